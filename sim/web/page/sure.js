/**
 * The tab that says how sure: what luck leaves open beside what our assumptions leave open.
 *
 * Paired runs make luck small; what strengths the model takes to be true is often the larger doubt. The range over
 * assumptions is worked out only when somebody asks for it.
 */

import { write, writeMarked } from "page/dom.js";
import { measureName } from "page/names.js";
import { fitted, html, svg, textWidth } from "page/svg.js";

const NAMES = 104;
const ROW = 18;
const HEAD = 11;
const MOST_DECIDERS = 2;

/** Draw the tab; `parts` are those of tabs.js. */
export function draw(app, parts) {
  const { answer } = parts;
  if (!answer) writeMarked(parts.finding, app.t("SURE_NOTHING_ON"));
  else if (answer.sure) drawSure(app, parts, answer);
  else offer(app, parts);
}

/** Say that the range is not there, and offer to work it out. */
function offer(app, { finding, below, answer }) {
  writeMarked(finding, app.t("SURE_MISSING"));
  const { answers } = app;
  const explained = html("p", {}, below, app.t(answers?.canAskSure ? "SURE_WHY" : "SURE_CANNOT"));
  explained.className = "explained";
  if (!answers?.canAskSure) return;
  const progress = answers.sureNow;
  if (progress) drawProgress(app, below, progress);
  else {
    const button = html("button", { type: "button", class: "try" }, below, app.t("SURE_ASK"));
    button.disabled = !answer;
    button.addEventListener("click", () => answers.askSure());
  }
}

function drawProgress(app, below, { done, total }) {
  const text = total ? app.t("SURE_PROGRESS", { done, total }) : app.t("SURE_STARTS");
  const label = html("label", { class: "trying" }, below, text);
  const bar = html("progress", { max: total || 1 }, label);
  if (total) bar.value = done;
}

function drawSure(app, { finding, picture, below, note, width }, answer) {
  const { sure } = answer;
  const measures = app.frame.measures.filter(({ id }) => sure.measures[id] && answer.measures[id]);
  writeMarked(finding, headline(app, sure, measures[0]));
  write(note, app.t("SURE_NOTE", { points: sure.points }));
  if (width) drawRows(app, picture, width, measures, answer);
  drawDeciders(app, below, sure, width);
}

function headline(app, sure, measure) {
  if (!measure) return "";
  const found = sure.measures[measure.id];
  const facts = { measure: measureName(app, measure), points: sure.points };
  if (measure.better === "neither") return app.t("SURE_POINTS", facts);
  const isBetter = (found.better_in ?? 0) >= (found.worse_in ?? 0);
  const count = (isBetter ? found.better_in : found.worse_in) ?? 0;
  return app.t(isBetter ? "SURE_BETTER" : "SURE_WORSE", { ...facts, count });
}

function drawRows(app, picture, width, measures, answer) {
  const counts = textWidth("00 / 00", 11) + 6;
  const [left, right] = [NAMES, width - counts];
  svg("text", { x: width, y: 9, "text-anchor": "end", class: "axis" }, picture, app.t("SURE_COUNTS"));
  measures.forEach((measure, row) => {
    const found = { ...answer.sure.measures[measure.id], luck: answer.measures[measure.id] };
    drawRow(app, picture, measure, found, { y: HEAD + (row + 0.5) * ROW, left, right, width, points: answer.sure.points });
  });
}

/** One measure: a wide bar for assumptions, a thin one for luck, and where nothing would change. */
function drawRow(app, picture, measure, found, { y, left, right, width, points }) {
  const { luck } = found;
  const name = { x: left - 8, y: y + 4, "text-anchor": "end", class: "row-name" };
  svg("text", name, picture, fitted(measureName(app, measure), 11, left - 9));
  const ends = [found.low, found.high, luck.low, luck.high, 0].filter((value) => typeof value === "number");
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = 34;
  const x = (value) => left + room + ((value - low) / (high - low || 1)) * (right - left - 2 * room);
  svg("line", { x1: x(0), x2: x(0), y1: y - 9, y2: y + 9, class: "zero" }, picture);
  const range = { x: x(found.low), y: y - 6, width: Math.max(1.5, x(found.high) - x(found.low)), height: 7 };
  svg("rect", { ...range, class: "doubt" }, picture);
  svg("line", { x1: x(found.middle), x2: x(found.middle), y1: y - 7, y2: y + 2, class: "tick" }, picture);
  const thin = { x1: x(luck.low), x2: Math.max(x(luck.low) + 1.5, x(luck.high)), y1: y + 5, y2: y + 5 };
  svg("line", { ...thin, class: "luck" }, picture);
  const digits = Math.max(Math.abs(low), Math.abs(high)) < 10 ? 1 : 0;
  svg("text", { x: x(found.low) - 4, y: y + 1, "text-anchor": "end", class: "axis before-line" }, picture, app.signed(found.low, digits));
  svg("text", { x: x(found.high) + 4, y: y + 1, class: "axis before-line" }, picture, app.signed(found.high, digits));
  if (measure.better === "neither") return;
  const text = `${found.better_in ?? 0} / ${points}`;
  svg("text", { x: width, y: y + 4, "text-anchor": "end", class: "row-number" }, picture, text);
}

/** Which assumptions decide, and what would turn the answer. */
function drawDeciders(app, below, sure, width) {
  const told = (sure.deciders ?? []).slice(0, MOST_DECIDERS);
  if (!told.length) {
    const sentences = (sure.sentences ?? []).slice(0, 2);
    for (const sentence of sentences) html("p", { class: "explained" }, below, app.text(sentence));
    return;
  }
  html("p", { class: "explained" }, below, app.t("DECIDERS"));
  const list = html("ul", { class: "deciders" }, below);
  for (const one of told) {
    const measure = app.frame.measures.find(({ id }) => id === one.measure);
    const digits = Math.max(Math.abs(one.at_low), Math.abs(one.at_high)) < 10 ? 1 : 0;
    const ends = { low: app.signed(one.at_low, digits), high: app.signed(one.at_high, digits) };
    const said = (label) => app.t("DECIDER", { label, measure: app.text(measure?.label), unit: app.text(measure?.delta_unit), ...ends });
    const label = app.text(one.label);
    const rest = textWidth(said(""), 12); // of the two, the figures must be read
    const item = html("li", { title: said(label) }, list, said(width && !one.turn ? fitted(label, 12, Math.max(48, width - rest - 6)) : label));
    if (one.turn) item.append(app.t("BETWEEN_SENTENCES"), app.text(one.turn));
  }
}
