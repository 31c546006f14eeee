/** The tab with the hours: where the time of a case goes, part by part of the ledger. */

import { hourDigits, hoursText, worthNaming } from "page/amounts.js";
import { write, writeMarked } from "page/dom.js";
import { partName } from "page/names.js";
import { color, fitted, hatches, svg } from "page/svg.js";

const NAMES = 134;
const NUMBERS = 66;

/** As a part of what is worth naming: what is drawn. */
const LEAST = 0.1;

/** Draw the tab; `parts` are those of tabs.js. */
export function draw(app, parts) {
  const now = (parts.answer ?? app.now).ledger.now;
  const then = parts.answer ? parts.answer.ledger.then : null;
  const rows = app.frame.parts
    .map((part, place) => ({ part, now: now[place] ?? 0, then: then ? (then[place] ?? 0) : null }))
    .filter((row) => Math.max(row.now, row.then ?? 0) >= LEAST * worthNaming(app))
    .sort((one, other) => other.now - one.now);
  writeMarked(parts.finding, finding(app, rows, then !== null));
  write(parts.note, app.t(then ? "HOURS_NOTE_TICK" : "HOURS_NOTE"));
  if (parts.width) drawRows(app, parts, rows);
}

function finding(app, rows, isOn) {
  const sum = rows.reduce((all, { now }) => all + now, 0);
  const touch = rows.find(({ part }) => part === "touch")?.now ?? 0;
  if (!isOn) return app.t("HOURS_NOW", { hours: hoursText(app, sum), touch: hoursText(app, touch) });
  const change = (row) => row.then - row.now;
  const most = rows.reduce((one, row) => (Math.abs(change(row)) > Math.abs(change(one)) ? row : one), rows[0]);
  const all = rows.reduce((total, row) => total + change(row), 0);
  if (!most || Math.abs(change(most)) < worthNaming(app)) return app.t("HOURS_SAME", { hours: hoursText(app, sum) });
  return app.t("HOURS_MOVED", { all: signed(app, all), part: partName(app, most.part), hours: signed(app, change(most)) });
}

const signed = (app, change) => app.signed(change, hourDigits(app));

function drawRows(app, { picture, width, height }, rows) {
  const fills = hatches(picture);
  const high = Math.min(24, height / rows.length);
  const most = Math.max(...rows.map((row) => Math.max(row.now, row.then ?? 0)));
  const place = (hours) => NAMES + (hours / most) * (width - NAMES - NUMBERS);
  rows.forEach((row, index) => {
    const y = index * high;
    const shown = row.then ?? row.now;
    const name = { x: NAMES - 7, y: y + high * 0.5 + 4, "text-anchor": "end", class: "row-name" };
    svg("text", name, picture, fitted(partName(app, row.part), 11, NAMES - 8)).style.fontSize = `${Math.min(11, high * 0.88)}px`;
    const bar = { x: NAMES, y: y + high * 0.16, width: Math.max(1, place(shown) - NAMES), height: high * 0.68 };
    const edge = row.part === "answer" ? "row-bar edged" : "row-bar";
    svg("rect", { ...bar, fill: fills[row.part] ?? color(hueOf(row.part)), class: edge }, picture);
    if (row.then !== null) {
      const x = place(row.now);
      svg("line", { x1: x, x2: x, y1: y + 1, y2: y + high - 1, class: "tick" }, picture);
    }
    const end = Math.max(place(row.now), place(shown)) + 6;
    drawNumber(app, picture, row, end, y + high * 0.5 + 4);
  });
}

/** The color of a part; cases that are never finished have none of their own. */
const hueOf = (part) => (part === "unfinished" ? "faint" : part);

/** Hours with the change in parentheses, where it is worth naming. */
function drawNumber(app, picture, row, x, y) {
  const change = row.then === null ? 0 : row.then - row.now;
  const isChanged = Math.abs(change) >= worthNaming(app);
  const hue = isChanged && row.part !== "touch" ? (change < 0 ? "good" : "bad") : "soft";
  const hours = hoursText(app, row.then ?? row.now);
  const text = isChanged ? `${hours} (${signed(app, change)})` : hours;
  svg("text", { x, y, class: `row-number hue-${hue}` }, picture, text);
}
