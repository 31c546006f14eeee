/** The tab that says who pays: hours a week that the change costs directly, how busy everybody is, and what it brings. */

import { write, writeMarked } from "page/dom.js";
import { departmentName } from "page/names.js";
import { fitted, svg, textWidth } from "page/svg.js";

const NAMES = 112;
const HEAD = 14;
const MOST_ROWS = 10;
const RADIUS = 3.4;
const LEAST = 0.05;
const ROW = 12.5;

/** Draw the tab; `parts` are those of tabs.js. */
export function draw(app, parts) {
  const { load, cost } = parts.answer ?? app.now;
  const every = app.frame.departments.map((_, place) => ({
    place,
    cost: parts.answer ? (cost.departments[place] ?? 0) : 0,
    now: load.now[place],
    then: parts.answer ? load.then[place] : null,
  }));
  const weight = (row) => row.cost * 1000 + (row.then === null ? row.now : Math.abs(row.then - row.now));
  const busy = every.filter((row) => row.cost >= LEAST || row.now >= 0.5 || row.then >= 0.5);
  const rows = busy.sort((one, other) => weight(other) - weight(one)).slice(0, fitting(parts));
  const money = parts.answer?.money;
  writeMarked(parts.finding, finding(app, every, parts.answer) + (money ? moneyText(app, money) : ""));
  const left = busy.length - rows.length;
  write(parts.note, app.t(parts.answer ? "PAYS_NOTE_WITH" : "PAYS_NOTE") + (left ? app.t("ROWS_LEFT", { count: left }) : ""));
  if (parts.width && rows.length) drawRows(app, parts, rows);
}

/** How many rows there is room for: names that touch each other are read by nobody. */
function fitting({ height }) {
  return height ? Math.max(1, Math.min(MOST_ROWS, Math.floor((height - HEAD) / ROW))) : MOST_ROWS;
}

function finding(app, rows, answer) {
  const busiest = rows.reduce((most, row) => ((row.then ?? row.now) > (most.then ?? most.now) ? row : most));
  const department = departmentName(app, busiest.place);
  if (!answer) return app.t("PAYS_NOW", { department, load: app.number(busiest.now) });
  const payer = rows.reduce((most, row) => (row.cost > most.cost ? row : most));
  if (payer.cost < LEAST) return app.t("PAYS_NOTHING", { department, load: app.number(busiest.then) });
  const facts = { hours: app.number(answer.cost.hours), department: departmentName(app, payer.place) };
  return app.t("PAYS_WITH", { ...facts, part: app.number(payer.cost, 1) });
}

/** What it brings a year, and after how many weeks it has paid back. */
function moneyText(app, money) {
  if (money.net_value_year === null) return "";
  const [low, high] = [money.ci_low, money.ci_high].map((one) => app.signed(one ?? 0));
  const year = app.t(money.ci_low === null ? "MONEY_ALONE" : "MONEY", { year: app.signed(money.net_value_year), low, high });
  const facts = { weeks: app.number(money.payback_weeks ?? 0), within: app.number(money.weeks), never: app.number(money.not_paid_back * 100) };
  return year + app.t(money.payback_weeks === null ? "MONEY_OWING" : "MONEY_BACK", facts);
}

function drawRows(app, { picture, width, height }, rows) {
  const isOn = rows[0].then !== null;
  const high = Math.min(22, (height - HEAD) / rows.length);
  const most = Math.max(1, ...rows.map(({ cost }) => cost));
  const costs = isOn ? { from: NAMES, to: NAMES + (width - NAMES) * 0.3, most } : null;
  const loads = { from: isOn ? costs.to + 42 : NAMES, to: width - 60 };
  drawHeads(app, picture, costs, loads);
  rows.forEach((row, index) => {
    const y = HEAD + (index + 0.5) * high;
    const name = { x: NAMES - 8, y: y + 4, "text-anchor": "end", class: "row-name" };
    svg("text", name, picture, fitted(departmentName(app, row.place), 11, NAMES - 9));
    if (costs && row.cost >= LEAST) drawCost(app, picture, row, costs, y, high);
    drawLoad(app, picture, row, loads, y);
  });
}

function drawHeads(app, picture, costs, loads) {
  if (costs) svg("text", { x: costs.from, y: 9, class: "axis" }, picture, app.t("PAYS_COST"));
  const text = fitted(app.t("PAYS_LOAD"), 10.5, loads.to + 60 - loads.from);
  svg("text", { x: loads.from, y: 9, class: "axis" }, picture, text);
}

function drawCost(app, picture, { cost }, { from, to, most }, y, high) {
  const width = (cost / most) * (to - from);
  svg("rect", { x: from, y: y - high * 0.3, width: Math.max(0.8, width), height: high * 0.6, class: "cost" }, picture);
  svg("text", { x: from + width + 4, y: y + 4, class: "row-number" }, picture, app.number(cost, 1));
}

function drawLoad(app, picture, { now, then }, { from, to }, y) {
  const x = (percent) => from + (Math.min(100, percent) / 100) * (to - from);
  svg("line", { x1: from, x2: to, y1: y, y2: y, class: "grid" }, picture);
  if (then !== null) svg("line", { x1: x(now), x2: x(then), y1: y, y2: y, class: "span" }, picture);
  svg("circle", { cx: x(now), cy: y, r: RADIUS, class: "end-now" }, picture);
  if (then !== null) svg("circle", { cx: x(then), cy: y, r: RADIUS, class: "end-with" }, picture);
  const values = then === null || app.number(now) === app.number(then) ? [now] : [now, then];
  const last = app.valued(values.pop(), 0, { en: "%", zh: "%" });
  const text = [...values.map((value) => app.number(value)), last].join(" → ");
  const left = Math.max(to + 8, to + 58 - textWidth(text, 11));
  svg("text", { x: left, y: y + 4, class: "row-number" }, picture, text);
}
