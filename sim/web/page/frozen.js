/** Frozen cases: diamonds pinned on the line between the two departments that quarrel. */

import { along, pathOf } from "page/layout.js";
import { SHAPES } from "page/marks.js";
import { color, set, svg } from "page/svg.js";

const APART = 11;

/** Conflicts of a week as objects. */
export function readFrozen(week) {
  return week.frozen.map(([id, a, b, begin, end]) => ({ id, a, b, begin, end }));
}

/** Those that are not settled at a moment, in tenths of hours. */
export function frozenAt(conflicts, tenth) {
  return conflicts.filter(({ begin, end }) => begin <= tenth && (end === null || end > tenth));
}

/** The diamonds of one network, and the lines they are pinned on. */
export class Frozen {
  /**
   * @param {SVGElement} lines - the group under the departments
   * @param {SVGElement} marks - the group above them
   */
  constructor(lines, marks) {
    this.lines = lines;
    this.marks = marks;
    this.shown = new Map();
  }

  /** Forget what is shown, for another week. */
  clear() {
    this.lines.replaceChildren();
    this.marks.replaceChildren();
    this.shown.clear();
  }

  /** Take over where departments stand. */
  setNodes(nodes, ways) {
    Object.assign(this, { nodes, ways });
    this.clear();
  }

  /** Show the conflicts of a moment. */
  draw(conflicts, chosen) {
    const live = new Set(conflicts);
    for (const [conflict, mark] of this.shown) {
      if (live.has(conflict)) continue;
      mark.line.remove();
      mark.diamond.remove();
      this.shown.delete(conflict);
    }
    const counts = new Map();
    for (const conflict of conflicts) {
      const [one, other] = this.sides(conflict);
      const key = `${one.index}:${other.index}`;
      const place = counts.get(key) ?? 0;
      counts.set(key, place + 1);
      this.show(conflict, one, other, place, chosen);
    }
  }

  /** The two that quarrel; approvers quarrel for their departments, unless with these. */
  sides({ a, b }) {
    const base = (place) => this.nodes[this.nodes[place].parent ?? place];
    const [one, other] = base(a) === base(b) ? [this.nodes[a], this.nodes[b]] : [base(a), base(b)];
    return one.index <= other.index ? [one, other] : [other, one];
  }

  show(conflict, one, other, place, chosen) {
    const line = this.ways.between(one, other);
    const mark = this.shown.get(conflict) ?? this.enter(conflict, line, one === other);
    const [x, y] = one === other ? [one.x + one.r + 9 + place * APART, one.y - one.r] : pinned(line, place);
    const key = `${x}:${y}:${chosen === conflict.id}`;
    if (mark.key === key) return;
    mark.key = key;
    [mark.x, mark.y] = [x, y];
    set(mark.diamond, {
      transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${Math.max(0.8, one.size)})`,
      class: chosen === conflict.id ? "diamond chosen" : "diamond",
    });
  }

  enter(conflict, line, alone) {
    const drawn = { d: alone ? "" : pathOf(line), fill: "none", stroke: color("conflict"), class: "quarrel" };
    const mark = {
      line: svg("path", drawn, this.lines),
      diamond: svg("path", { d: SHAPES.diamond, fill: color("conflict"), stroke: color("paper") }, this.marks),
    };
    this.shown.set(conflict, mark);
    return mark;
  }

  /** The case of the diamond nearest to a point, if one is within reach. */
  nearest(x, y, reach) {
    let found = null;
    for (const [conflict, mark] of this.shown) {
      const distance = Math.hypot(mark.x - x, mark.y - y);
      if (distance < (found?.distance ?? reach)) found = { id: conflict.id, distance };
    }
    return found;
  }
}

/** Where a diamond is pinned on a line: the first in the middle, the next beside it to both sides by turns. */
function pinned(line, place) {
  const offset = (place % 2 ? 1 : -1) * Math.ceil(place / 2) * APART;
  return along(line, Math.min(0.9, Math.max(0.1, 0.5 + offset / line.length)));
}
