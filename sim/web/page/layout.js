/**
 * Where departments, their names and the lines between them are drawn in a network of a given size.
 */

import { textWidth } from "page/svg.js";

const TOP = 46;
const BOTTOM = 40;
const SIDE = 48;
const MOST_STRETCH = 1.15;
const LINE_HEIGHT = 1.15;
const MOST_BEND = 22;
const BENDS = [1, -1, 2.2, -2.2, 3.4, -3.4];
const ROOM_OF_DOTS = 11;
const APART = 5;
const CAPTION = 26;
const OUTSIDE = 1000;

/**
 * Lay out a network.
 * @param {Object[]} departments - of the frame
 * @param {string[]} names - of each as it is written
 * @param {number[][]} lines - pairs of places that have a line
 * @param {{width: number, height: number}} size - of the picture
 * @returns {{nodes: Object[], ways: Lines}} a node for every department and approver, in their order, and the lines
 */
export function layout(departments, names, lines, size) {
  const place = frameOf(departments, size);
  const nodes = departments.map((one, index) => {
    const [x, y] = place(one);
    return { index, parent: one.parent, approver: one.parent !== null, x, y };
  });
  const many = nodes.filter((node) => !node.approver);
  const nearest = nearestPair(many);
  const dots = Math.max(0.62, Math.min(1, nearest / 92));
  for (const node of nodes) {
    node.size = dots;
    node.r = node.approver ? 6.5 * Math.max(0.8, dots) : ringOf(departments[node.index].staff, nearest);
  }
  nodes.filter((node) => node.approver).forEach((node) => beside(node, nodes[node.parent], size));
  const ways = new Lines(nodes);
  const bends = lines.map(([a, b]) => ways.between(nodes[a], nodes[b]));
  label(many, nodes, names, bends, size, dots);
  for (const node of nodes) finish(node, nodes);
  return { nodes, ways };
}

/** How departments are moved into the picture: they fill it, but are never stretched much. */
function frameOf(departments, { width, height }) {
  const across = spread(departments.map(({ x }) => x), SIDE, width - SIDE, width);
  const down = spread(departments.map(({ y }) => y), TOP, height - BOTTOM, height);
  return (one) => [across(one.x), down(one.y)];
}

function spread(values, from, to, whole) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const middle = (from + to) / 2;
  const factor = Math.min((to - from) / (high - low || 1), whole * MOST_STRETCH);
  return (value) => middle + (value - (low + high) / 2) * factor;
}

function nearestPair(nodes) {
  let least = Infinity;
  nodes.forEach((a, k) => nodes.slice(k + 1).forEach((b) => (least = Math.min(least, Math.hypot(a.x - b.x, a.y - b.y)))));
  return Number.isFinite(least) ? least : 200;
}

/** The radius of a department: larger with more people, never so large that dots of neighbors meet. */
function ringOf(staff, nearest) {
  const plain = (10 + 3.2 * Math.sqrt(staff)) * within(nearest / 115, 1, 1.3);
  return Math.max(8, Math.min(plain, 32, nearest * 0.24));
}

/** Move an approver so far from its department that the dots of both have room, and into the picture. */
function beside(node, base, { width, height }) {
  const [dx, dy] = [node.x - base.x, node.y - base.y];
  const length = Math.hypot(dx, dy) || 1;
  const far = Math.max(Math.min(length, base.r + 34 * base.size), base.r + 22 * base.size);
  node.x = within(base.x + (dx / length) * far, 16, width - 16);
  node.y = within(base.y + (dy / length) * far, 34, height - 16);
}

const within = (value, least, most) => Math.min(most, Math.max(least, value));

/** Lines between nodes, each bent so that it passes others by; the same way in both directions. */
class Lines {
  /** @param {Object[]} nodes - of `layout` */
  constructor(nodes) {
    this.nodes = nodes;
    this.found = new Map();
  }

  /**
   * The line from one node to another, as a curve with one handle.
   * @returns {{x0, y0, cx, cy, x1, y1, length}}
   */
  between(from, to) {
    const key = `${from.index}:${to.index}`;
    if (!this.found.has(key)) {
      const [low, high] = from.index < to.index ? [from, to] : [to, from];
      const line = this.passing(low, high);
      this.found.set(key, from === low ? line : { ...line, x0: line.x1, y0: line.y1, x1: line.x0, y1: line.y0 });
    }
    return this.found.get(key);
  }

  /** Of several ways to bend a line the one on which fewest others stand. */
  passing(low, high) {
    const length = Math.hypot(high.x - low.x, high.y - low.y) || 1;
    const others = this.nodes.filter((node) => node !== low && node !== high && !node.approver);
    const plain = Math.min(MOST_BEND, length * 0.12);
    const lines = BENDS.map((times) => bent(low, high, times * plain, length));
    const met = lines.map((line, place) => others.filter((node) => touches(line, node)).length + place * 0.01);
    return lines[met.indexOf(Math.min(...met))];
  }
}

/** A line that is bent to one side by so many pixels. */
function bent(from, to, bend, length) {
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const [cx, cy] = [(from.x + to.x) / 2 - dy * bend, (from.y + to.y) / 2 + dx * bend];
  return { x0: from.x, y0: from.y, cx, cy, x1: to.x, y1: to.y, length };
}

function touches(line, node) {
  for (let share = 0.08; share < 0.95; share += 0.06) {
    const [x, y] = along(line, share);
    if (Math.hypot(x - node.x, y - node.y) < node.r + 3) return true;
  }
  return false;
}

/** The point of a line at a share of its way. */
export function along(line, share) {
  const rest = 1 - share;
  const [start, handle, end] = [rest * rest, 2 * rest * share, share * share];
  return [start * line.x0 + handle * line.cx + end * line.x1, start * line.y0 + handle * line.cy + end * line.y1];
}

/** A line as the description of a path. */
export function pathOf({ x0, y0, cx, cy, x1, y1 }) {
  return `M${x0.toFixed(1)} ${y0.toFixed(1)}Q${cx.toFixed(1)} ${cy.toFixed(1)} ${x1.toFixed(1)} ${y1.toFixed(1)}`;
}

/** Give every department a name above or below it, where fewest things are in the way. */
function label(many, nodes, names, bends, size, dots) {
  const font = dots > 0.85 ? 11.5 : 10.5;
  const boxes = new Map();
  for (let sweep = 0; sweep < 2; sweep += 1) {
    for (const node of many) {
      const name = names[node.index];
      const tried = written(name, font, many.length).flatMap((lines) => candidates(node, lines, font, size));
      const others = [...boxes].filter(([other]) => other !== node).map(([, box]) => box);
      const costs = tried.map((box) => cost(box, node, nodes, others, bends));
      const best = tried[costs.indexOf(Math.min(...costs))];
      boxes.set(node, best);
      node.above = best.above;
      node.label = best;
    }
  }
}

/** How a name can be written: in one line, or in two where it is long and there are many departments. */
function written(name, font, count) {
  const most = count > 12 ? 62 : count > 9 ? 80 : 130;
  const [words, between] = wordsOf(name);
  if (words.length < 2 || textWidth(name, font) <= most) return [[name]];
  const ways = words.slice(1).map((_, k) => [words.slice(0, k + 1), words.slice(k + 1)].map((half) => half.join(between)));
  const longest = (way) => Math.max(...way.map((line) => textWidth(line, font)));
  return [ways.reduce((best, way) => (longest(way) < longest(best) ? way : best)), [name]];
}

/** The words of a name and what stands between them; Chinese ones have nothing between them. */
function wordsOf(name) {
  if (name.includes(" ")) return [name.split(" "), " "];
  if (!globalThis.Intl?.Segmenter) return [Array.from(name), ""];
  const parts = new Intl.Segmenter("zh", { granularity: "word" }).segment(name);
  return [Array.from(parts, ({ segment }) => segment), ""];
}

function candidates(node, lines, font, size) {
  const width = Math.max(...lines.map((line) => textWidth(line, font)));
  const height = lines.length * font * LINE_HEIGHT;
  const found = [];
  for (const above of [false, true]) {
    for (const shift of [0, -0.3, 0.3]) {
      const x = within(node.x + shift * width, width / 2 + 2, size.width - width / 2 - 2);
      const top = above ? node.y - node.r - 5 - height : node.y + node.r + 4;
      found.push({ lines, font, above, shift, x, width, height, left: x - width / 2, top, size });
    }
  }
  return found;
}

/** How much is in the way of a name: other names, rings with their dots, lines, and the edge of the picture. */
function cost(box, node, nodes, others, bends) {
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  let found = (box.above ? 0.6 : 0) + Math.abs(box.shift) + box.width / 50;
  if (box.top < CAPTION || bottom > box.size.height - 1) found += OUTSIDE;
  for (const other of others) found += 0.5 * shared(box, other);
  for (const other of nodes) {
    if (other === node) continue;
    const dx = Math.max(box.left - other.x, 0, other.x - right);
    const dy = Math.max(box.top - other.y, 0, other.y - bottom);
    const room = other.r + (other.approver ? 7 : ROOM_OF_DOTS) * other.size;
    found += Math.max(0, room - Math.hypot(dx, dy)) * 1.5;
  }
  for (const line of bends) if (crosses(line, box, right, bottom)) found += 2.5;
  return found;
}

function shared(one, other) {
  const wide = Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left) + APART;
  const high = Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}

function crosses(line, box, right, bottom) {
  for (let share = 0.04; share < 1; share += 0.04) {
    const [x, y] = along(line, share);
    if (x > box.left && x < right && y > box.top && y < bottom) return true;
  }
  return false;
}

/** Note which arcs around a node stay free for names and approvers, and how many rings of dots have room. */
function finish(node, nodes) {
  node.closed = [];
  if (node.label) node.closed.push(arcOfName(node));
  const partners = node.approver ? [nodes[node.parent]] : nodes.filter((other) => other.parent === node.index);
  for (const other of partners) node.closed.push(arcOf(node, other));
  const free = nodes.filter((other) => other !== node && !partners.includes(other)).map((other) => room(node, other));
  const rings = Math.floor(Math.min(...free, 40) / (7.4 * node.size));
  node.rings = node.approver ? 2 : within(rings, 1, 3);
}

function arcOfName(node) {
  const middle = node.above ? -Math.PI / 2 : Math.PI / 2;
  const half = Math.min(1.2, Math.asin(Math.min(0.92, (node.label.width / 2 + 2) / (node.r + 13))));
  return [middle, Math.max(0.5, half)];
}

function arcOf(node, other) {
  const far = Math.hypot(other.x - node.x, other.y - node.y) || 1;
  const reach = other.r + (other.approver ? 1 : 4);
  return [Math.atan2(other.y - node.y, other.x - node.x), Math.min(0.9, Math.asin(Math.min(1, reach / far)))];
}

function room(node, other) {
  return (Math.hypot(node.x - other.x, node.y - other.y) - node.r - other.r - 6) / (other.approver ? 1 : 1.6);
}
