/** The tab with trust: between whom it is how high at the start, and at the end on both sides. */

import { write, writeMarked } from "page/dom.js";
import { departmentName } from "page/names.js";
import { fitted, svg, textWidth } from "page/svg.js";

const MOST_NAMES = 0.52;
const NUMBERS = 62;
const MOST_ROWS = 9;
const AXIS = 14;
const RADIUS = 3.6;

/** Draw the tab; `parts` are those of tabs.js. */
export function draw(app, parts) {
  const isOn = parts.answer !== null;
  const told = (parts.answer ?? app.now).trust;
  const pairs = told.map(([a, b, start, now, then]) => ({ a, b, start, now, then: isOn ? then : null }));
  if (!pairs.length) {
    writeMarked(parts.finding, app.t("TRUST_NONE"));
    return;
  }
  const rank = isOn ? ({ now, then }) => -(then - now) : ({ now }) => -now;
  const rows = pairs.sort((one, other) => rank(one) - rank(other)).slice(0, MOST_ROWS);
  writeMarked(parts.finding, finding(app, pairs, isOn));
  const left = pairs.length - rows.length;
  const key = isOn ? "TRUST_NOTE_WITH" : "TRUST_NOTE";
  write(parts.note, app.t(key) + (left ? app.t("ROWS_LEFT", { count: left }) : ""));
  if (parts.width) drawRows(app, parts, rows);
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function finding(app, pairs, isOn) {
  const [start, now] = [mean(pairs.map((one) => one.start)), mean(pairs.map((one) => one.now))];
  if (!isOn) return app.t("TRUST_NOW", { start: app.number(start), now: app.number(now) });
  const grown = pairs.filter(({ now: before, then }) => then - before >= 1).length;
  const facts = { now: app.number(now), then: app.number(mean(pairs.map(({ then }) => then))) };
  return app.t("TRUST_WITH", { ...facts, grown, pairs: pairs.length });
}

function drawRows(app, { picture, width, height }, rows) {
  const high = Math.min(24, (height - AXIS) / rows.length);
  const right = width - NUMBERS;
  const left = Math.min(MOST_NAMES * width, 14 + Math.max(...rows.map((row) => textWidth(pairName(app, row), 11))));
  const x = (percent) => left + (percent / 100) * (right - left);
  const bottom = rows.length * high;
  for (const percent of [0, 50, 100]) {
    svg("line", { x1: x(percent), x2: x(percent), y1: 0, y2: bottom, class: "grid" }, picture);
    const at = { x: x(percent), y: bottom + 12, "text-anchor": "middle", class: "axis" };
    svg("text", at, picture, percent === 100 ? "100%" : String(percent));
  }
  rows.forEach((row, index) => drawRow(app, picture, row, { y: (index + 0.5) * high, x, left, right }));
}

const pairName = (app, { a, b }) => app.t("PAIR", { a: departmentName(app, a), b: departmentName(app, b) });

function drawRow(app, picture, row, { y, x, left, right }) {
  const name = pairName(app, row);
  const label = { x: left - 9, y: y + 4, "text-anchor": "end", class: "row-name" };
  svg("text", label, picture, fitted(name, 11, left - 10));
  svg("line", { x1: x(0), x2: x(100), y1: y, y2: y, class: "grid" }, picture);
  const ends = [row.start, row.now, row.then].filter((value) => value !== null);
  const span = { x1: x(Math.min(...ends)), x2: x(Math.max(...ends)), y1: y, y2: y };
  svg("line", { ...span, class: "span" }, picture);
  svg("line", { x1: x(row.start), x2: x(row.start), y1: y - 5, y2: y + 5, class: "tick" }, picture);
  svg("circle", { cx: x(row.now), cy: y, r: RADIUS, class: "end-now" }, picture);
  if (row.then !== null) svg("circle", { cx: x(row.then), cy: y, r: RADIUS, class: "end-with" }, picture);
  const text = row.then === null ? [row.start, row.now] : [row.now, row.then];
  const shown = text.map((value) => app.number(value)).join(" → ");
  svg("text", { x: right + 12, y: y + 4, class: "row-number" }, picture, shown);
}
