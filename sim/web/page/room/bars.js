/** How bets are distributed: a bar for every choice, or columns on a scale; with what came out, and one's own bet. */
import { attribute, make, write } from "../dom.js";
import { choiceParts, choiceText, isKnown, valueText } from "./says.js";

const MOST_COLUMNS = 24;

/** Bets of which a column is as high as the picture, at least. */
const FEW = 3;

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
      make("span", { class: "choice-name" }, ...choiceParts(app, question, id)),
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
  const { shown } = question;
  const marks = marksOf(question, mine);
  const band = bandOf(question);
  const view = viewOf(question, [...shown.values, ...marks.map(([, , value]) => [value]), ...band.map((end) => [end])].map(([value]) => value));
  const plot = make("div", { class: "plot", "aria-hidden": "true" }, ...heaps(shown.values, view));
  if (band.length) plot.append(spanned("band", ...band.map(view.place)));
  for (const [name, , value] of marks) plot.append(spanned(`mark-${name}`, view.place(value)));
  const key = make("ul", { class: "key" }, ...marks.map(([name, words, value]) => make("li", {},
    make("i", { class: `sign-${name}`, "aria-hidden": "true" }),
    make("span", {}, app.t(words, { value: valueText(app, question, value, name === "result" ? 1 : 0), ...rangeText(app, question, band) })))));
  const ends = make("p", { class: "ends", "aria-hidden": "true" }, ...view.ends.map((end) => make("span", {}, valueText(app, question, end))));
  return make("div", { class: "columns" }, plot, ends, key);
}

/** What is marked beside the bets: its name, the key of its words, and where it stands. */
function marksOf({ shown, now }, mine) {
  const { result } = shown;
  const words = isKnown(result?.low) ? "MARK_RESULT_RANGE" : "MARK_RESULT";
  const all = [["now", "MARK_NOW", now], ["median", "MARK_MEDIAN", shown.median], ["mine", "MARK_MINE", mine?.value], ["result", words, result?.then]];
  return all.filter(([, , value]) => isKnown(value));
}

/** From where to where what came out may lie, or nothing. */
function bandOf({ shown: { result }, now }) {
  const from = result?.now ?? now;
  return isKnown(result?.low) && isKnown(from) ? [from + result.low, from + result.high] : [];
}

/** The ends of an interval with as many digits as it takes to tell them apart, but not more than two more than usual. */
function rangeText(app, question, band) {
  const digits = Math.max(1, question.measure.digits);
  const told = [0, 1, 2].map((more) => band.map((end) => app.number(end, digits + more)));
  const [low, high] = told.find(([one, other]) => one !== other) ?? told[0];
  return { low, high };
}

/** The part of the scale on which something stands, with some room beside it: its ends, its columns, and a place on it. */
function viewOf({ scale }, values) {
  const { step } = scale;
  const room = Math.max(4 * step, (Math.max(...values) - Math.min(...values)) / 6);
  const whole = (value, round) => round(value / step) * step;
  const low = Math.min(whole(Math.max(scale.low, Math.min(...values) - room), Math.floor), ...values);
  const high = Math.max(whole(Math.min(scale.high, Math.max(...values) + room), Math.ceil), ...values);
  const wide = high - low || 1;
  return { ends: [low, high], count: Math.max(1, Math.min(MOST_COLUMNS, Math.round(wide / step))), place: (value) => (100 * (value - low)) / wide };
}

/** Bets in columns, as high as there are many. */
function heaps(values, { count, place }) {
  const found = new Map();
  for (const [value, bets] of values) {
    const column = Math.min(count - 1, Math.floor((place(value) / 100) * count + 1e-9));
    found.set(column, (found.get(column) ?? 0) + bets);
  }
  const most = Math.max(FEW, ...found.values());
  return [...found].map(([column, bets]) => {
    const heap = spanned("heap", (100 * column) / count, (100 * (column + 1)) / count);
    heap.style.height = `${(100 * bets) / most}%`;
    write(heap, String(bets));
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

/**
 * What people said why, with their names; at most some, and only where there are any.
 *
 * @param {object?} hiding what was taken off this screen, and the buttons for it
 */
export function reasons(app, question, most, hiding = null) {
  const found = question.shown.reasons.filter((one) => one.why && !hiding?.hasReason(question, one)).slice(0, most);
  if (!found.length) return null;
  return make("ul", { class: "reasons" }, ...found.map((one) => {
    const { choice, value, why } = one;
    const name = hiding?.hasName(one.name) ? "" : one.name;
    const bet = question.kind === "size" ? valueText(app, question, value) : choiceText(app, question, choice);
    const who = make("span", { class: "who" }, make("bdi", {}, name || app.t("SOMEBODY")), ` · ${bet}`);
    return make("li", {}, make("q", { dir: "auto" }, why), who, hiding?.reasonButton(question, one));
  }));
}
