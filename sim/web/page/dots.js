/**
 * Requests as dots: where each is at a moment of the week, and the elements that show it.
 *
 * A request flies from whoever sends it to whoever is asked, sits around that ring until it is taken up, and inside it
 * while somebody works on it. That flying takes time is an effect; sending is instant.
 */

import { along } from "page/layout.js";
import { edge, look, SHAPES } from "page/marks.js";
import { insidePlace, waitingPlaces } from "page/slots.js";
import { color, set, svg } from "page/svg.js";

const FLIGHT = 0.8;
const FADING = 3;
const EASING = 0.22;
const STILL = 0.05;
const WAITS = new Set(["unseen", "queued", "parked"]);

/** Requests of a week as objects, in the order in which they are sent; kinds that have no dot are left out. */
export function readMoves(week, frame, pace) {
  return week.moves
    .map(([from, to, kind, id, sent, received, begun, ended, parked, resumed, ...held]) => ({
      from, to, kind: frame.kinds[kind], id, sent, received, begun, ended, parked, resumed, held,
      takeoff: pace.second(sent / 10),
    }))
    .filter((move) => look(move.kind))
    .sort((one, other) => one.sent - other.sent);
}

const begunBy = (time, tenth) => time !== null && time !== undefined && time <= tenth;

/**
 * What becomes of a request at a moment.
 * @param {Object} move
 * @param {number} tenth - tenths of hours from Monday 00:00
 * @returns {"unseen"|"queued"|"worked"|"parked"|"gone"|null} null where it has no dot
 */
function stateOf(move, tenth) {
  if (move.sent > tenth) return null;
  if (begunBy(move.ended, tenth)) return move.ended > tenth - FADING ? "gone" : null;
  if (isHeld(move, tenth)) return null;
  if (begunBy(move.parked, tenth) && !begunBy(move.resumed, tenth)) return "parked";
  if (begunBy(move.begun, tenth)) return "worked";
  return begunBy(move.received, tenth) ? "queued" : "unseen";
}

/** Whether a request is set aside because its case is frozen: the diamond of the case stands for it. */
function isHeld({ held }, tenth) {
  for (let pair = 0; pair < held.length; pair += 2) {
    if (begunBy(held[pair], tenth) && !begunBy(held[pair + 1], tenth)) return true;
  }
  return false;
}

/** How many requests of each state every department has at a moment, for those who hear the page. */
export function countedStates(moves, tenth, departments) {
  const counts = departments.map(() => ({ unseen: 0, queued: 0, worked: 0, parked: 0 }));
  for (const move of moves) {
    const state = stateOf(move, tenth);
    if (state && state !== "gone") counts[move.to][state] += 1;
  }
  return counts;
}

/** The dots of one network. */
export class Dots {
  /** @param {SVGElement} group - which they are put into */
  constructor(group) {
    this.group = group;
    this.texts = svg("g", { class: "more-dots" }, group);
    this.moves = [];
    this.shown = new Map();
    this.spare = [];
    this.counted = [];
  }

  /** Show another week. */
  setMoves(moves) {
    this.moves = moves;
    for (const dot of this.shown.values()) this.retire(dot);
    this.shown.clear();
  }

  /** Take over where departments stand. */
  setNodes(nodes, ways) {
    Object.assign(this, { nodes, ways });
    this.rings = nodes.map(waitingPlaces);
    this.texts.replaceChildren();
    this.counted = nodes.map(() => null);
  }

  /**
   * Draw a moment.
   * @param {{hour: number, second: number, jump: boolean}} moment - `jump`: nothing glides there
   * @param {?number} chosen - the case that is marked
   * @returns {number} how many requests wait
   */
  draw({ hour, second, jump }, chosen) {
    const tenth = hour * 10;
    const waiting = this.nodes.map(() => 0);
    const worked = this.sortWorked(tenth);
    const live = new Set();
    let total = 0;
    for (const move of this.moves) {
      if (move.sent > tenth) break;
      const state = stateOf(move, tenth);
      if (!state) continue;
      const target = this.target(move, state, second, waiting, worked);
      if (target.waits) total += 1;
      if (!target.place) continue;
      live.add(move);
      this.show(move, state, target, jump, chosen, tenth);
    }
    for (const [move, dot] of this.shown) {
      if (live.has(move)) continue;
      this.retire(dot);
      this.shown.delete(move);
    }
    waiting.forEach((count, node) => this.count(node, count - this.rings[node].places.length));
    return total;
  }

  /** Requests that are being worked on, by department, so that their places inside of the ring are known. */
  sortWorked(tenth) {
    const found = new Map();
    for (const move of this.moves) {
      if (move.sent > tenth) break;
      if (stateOf(move, tenth) !== "worked") continue;
      if (!found.has(move.to)) found.set(move.to, []);
      found.get(move.to).push(move);
    }
    return found;
  }

  /** Where a request belongs at a moment; without a place it is only counted. */
  target(move, state, second, waiting, worked) {
    const waits = WAITS.has(state);
    const share = (second - move.takeoff) / FLIGHT;
    if (state !== "gone" && share < 1 && move.sent >= 0 && move.from !== null && move.from !== move.to) {
      return { place: this.flying(move, Math.max(0, share)), waits, flies: true };
    }
    const node = this.nodes[move.to];
    if (state === "worked") {
      const mates = worked.get(move.to);
      return { place: insidePlace(node, mates.indexOf(move), mates.length), waits };
    }
    if (state === "gone") return { place: [], waits };
    return { place: this.rings[move.to].places[waiting[move.to]++], waits };
  }

  /** A point of the bent line between two rings: slow at both ends, fast in between. */
  flying(move, share) {
    const line = this.ways.between(this.nodes[move.from], this.nodes[move.to]);
    const [leaves, arrives] = [this.nodes[move.from].r / line.length, 1 - this.nodes[move.to].r / line.length];
    return along(line, leaves + (arrives - leaves) * share * share * (3 - 2 * share));
  }

  /** Move the dot of a request towards its place, and make it one that tells its state. */
  show(move, state, { place, flies }, jump, chosen, tenth) {
    const known = this.shown.get(move);
    if (!known && state === "gone") return;
    const dot = known ?? this.enter(move, place);
    const [x, y] = place.length ? place : [dot.x, dot.y];
    const step = jump || flies || !known ? 1 : EASING;
    this.moveTo(dot, dot.x + (x - dot.x) * step, dot.y + (y - dot.y) * step);
    this.dress(dot, move, state, chosen === move.id);
    if (state === "gone") set(dot.path, { opacity: Math.max(0, 1 - (tenth - move.ended) / FADING).toFixed(2) });
  }

  enter(move, [x, y]) {
    const dot = this.spare.pop() ?? { path: svg("path", { class: "dot" }) };
    Object.assign(dot, { x, y, drawnX: NaN, drawnY: NaN, look: null, id: move.id });
    set(dot.path, { d: SHAPES[look(move.kind).shape], opacity: null });
    this.group.appendChild(dot.path);
    this.shown.set(move, dot);
    return dot;
  }

  retire(dot) {
    dot.path.remove();
    this.spare.push(dot);
  }

  moveTo(dot, x, y) {
    [dot.x, dot.y] = [x, y];
    if (Math.abs(x - dot.drawnX) < STILL && Math.abs(y - dot.drawnY) < STILL) return;
    [dot.drawnX, dot.drawnY] = [x, y];
    const size = this.nodes[0].size;
    const scaled = size === 1 ? "" : ` scale(${size.toFixed(2)})`;
    dot.path.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})${scaled}`);
  }

  dress(dot, move, state, chosen) {
    const key = `${state}:${chosen}`;
    if (dot.look === key) return;
    dot.look = key;
    if (state === "gone") return;
    const hue = look(move.kind).color;
    const hollow = state === "unseen";
    const rim = { parked: color("answer"), worked: color("node") }[state] ?? color(edge(hue));
    set(dot.path, {
      opacity: null,
      class: chosen ? "dot chosen" : "dot",
      fill: hollow ? color("paper") : color(hue),
      stroke: rim,
      "stroke-width": { parked: 2.4, unseen: 1.5, worked: 0.5 }[state] ?? 0.8,
    });
  }

  /** Say how many requests have no place around a department. */
  count(node, more) {
    const text = more > 0 ? `+${more}` : "";
    if (this.counted[node] === text || (!text && this.counted[node] === null)) return;
    this.counted[node] = text;
    const [x, y] = this.rings[node].more;
    let label = this.texts.querySelector(`[data-node="${node}"]`);
    label ??= svg("text", { "data-node": node, x, y: y + 3, "text-anchor": "middle", class: "more-count" }, this.texts);
    label.textContent = text;
  }

  /** The case of the dot nearest to a point, if one is within reach. */
  nearest(x, y, reach) {
    let [found, least] = [null, reach];
    for (const dot of this.shown.values()) {
      const distance = Math.hypot(dot.x - x, dot.y - y);
      if (distance < least) [found, least] = [dot.id, distance];
    }
    return found === null ? null : { id: found, distance: least };
  }
}
