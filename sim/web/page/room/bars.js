/** How bets are distributed: a bar for every choice, or columns on a scale; with what came out, and one's own bet. */
import { attribute, make, write } from "../dom.js";
import { choiceText, isKnown, valueText } from "./says.js";

const MOST_COLUMNS = 24;

/**
 * What is shown of a revealed question.
 *
 * @param {object} app words and numbers
 * @param {object} question as the room tells it
 * @param {object?} mine one's own bet
 */
export function distribution(app, question, mine = null) {
  return question.kind === "size" ? columns(app, question, mine) : bars(app, question, mine);
}

// ---- choices

function bars(app, question, mine) {
  const { shown, choices } = question;
  const most = Math.max(1, ...choices.map(({ id }) => shown.counts[id] ?? 0));
  const all = choices.reduce((sum, { id }) => sum + (shown.counts[id] ?? 0), 0);
  return make("ul", { class: "bars" }, ...choices.map(({ id }) => {
    const count = shown.counts[id] ?? 0;
    const isBest = shown.result?.right?.includes(id) ?? false;
    const bar = make("span", { class: "bar" });
    bar.style.setProperty("--share", `${(100 * count) / most}%`);
    const marks = [isBest && app.t("IS_RIGHT"), mine?.choice === id && app.t("IS_MINE")].filter(Boolean);
    const row = make("li", {},
      make("span", { class: "choice-name" }, choiceText(app, question, id)),
      make("span", { class: "marks" }, ...marks.map((text, i) => make("b", { class: i || !isBest ? "is-mine" : "is-right" }, text))),
      make("span", { class: "bar-line" }, bar, make("span", { class: "count" }, countText(app, count, all)), valueOf(app, question, id)));
    attribute(row, "data-right", isBest);
    attribute(row, "data-mine", mine?.choice === id);
    return row;
  }));
}

function countText(app, count, all) {
  return all ? app.t("COUNT_OF", { count: app.number(count), percent: app.number((100 * count) / all) }) : app.number(count);
}

/** What came out for one of several alternatives. */
function valueOf(app, question, id) {
  const found = question.shown.result?.of?.[id];
  return !isKnown(found) ? null : make("span", { class: "value" }, valueText(app, question, found, 1));
}

// ---- sizes

function columns(app, question, mine) {
  const { shown, scale, now } = question;
  const result = shown.result;
  const band = isKnown(result?.low) && isKnown(result.now ?? now) ? [result.low, result.high].map((end) => (result.now ?? now) + end) : null;
  const marks = [
    ["now", "MARK_NOW", now],
    ["median", "MARK_MEDIAN", shown.median],
    ["mine", "MARK_MINE", mine?.value],
    ["result", band ? "MARK_RESULT_RANGE" : "MARK_RESULT", result?.then],
  ].filter(([, , value]) => isKnown(value));
  const place = placing(scale, [...shown.values.map(([value]) => value), ...marks.map(([, , value]) => value), ...(band ?? [])]);
  const plot = make("div", { class: "plot", "aria-hidden": "true" }, ...heaps(shown.values, place));
  if (band) plot.append(spanned("band", place(band[0]), place(band[1])));
  for (const [name, , value] of marks) plot.append(spanned(`mark-${name}`, place(value)));
  const facts = band && { low: valueText(app, question, band[0], 1), high: valueText(app, question, band[1], 1) };
  const key = make("ul", { class: "key" }, ...marks.map(([name, words, value]) => make("li", {},
    make("i", { class: `sign-${name}`, "aria-hidden": "true" }),
    make("span", {}, app.t(words, { value: valueText(app, question, value, name === "result" ? 1 : 0), ...facts })))));
  const ends = make("p", { class: "ends", "aria-hidden": "true" }, ...place.ends.map((one) => make("span", {}, valueText(app, question, one))));
  return make("div", { class: "columns" }, plot, ends, key);
}

/** Where values stand between the ends of a scale, in percent; the scale grows where something lies beyond. */
function placing(scale, values) {
  const ends = [Math.min(scale.low, ...values), Math.max(scale.high, ...values)];
  const place = (value) => (100 * (value - ends[0])) / (ends[1] - ends[0] || 1);
  place.ends = ends;
  return place;
}

/** Bets in columns, as high as there are many. */
function heaps(values, place) {
  const found = new Map();
  for (const [value, count] of values) {
    const column = Math.min(MOST_COLUMNS - 1, Math.floor((place(value) / 100) * MOST_COLUMNS));
    found.set(column, (found.get(column) ?? 0) + count);
  }
  const most = Math.max(1, ...found.values());
  return [...found].map(([column, count]) => {
    const heap = spanned("heap", (100 * column) / MOST_COLUMNS, (100 * (column + 1)) / MOST_COLUMNS);
    heap.style.height = `${(100 * count) / most}%`;
    write(heap, String(count));
    return heap;
  });
}

function spanned(name, from, to = null) {
  const element = make("span", { class: name });
  element.style.left = `${from}%`;
  if (to !== null) element.style.width = `${Math.max(0.3, to - from)}%`;
  return element;
}

// ---- reasons

/** What people said why, with their names; at most some. */
export function reasons(app, question, most) {
  const found = question.shown.reasons.filter(({ why }) => why).slice(0, most);
  return make("ul", { class: "reasons" }, ...found.map(({ name, choice, value, why }) => {
    const bet = question.kind === "size" ? valueText(app, question, value) : choiceText(app, question, choice);
    return make("li", {}, make("q", { dir: "auto" }, why), make("span", { class: "who" }, make("bdi", {}, name || app.t("SOMEBODY")), ` · ${bet}`));
  }));
}
