/** What is said about a question: what somebody bets, what came out, and whether one was right. */
import { make } from "../dom.js";

/** A value of what is asked, with its unit. */
export function valueText(app, { measure, scale }, value, least = 0) {
  const digits = Math.max(measure?.digits ?? 0, decimals(scale?.step ?? 1), least);
  return measure ? app.valued(value, digits, measure.unit) : app.number(value, digits);
}

function decimals(step) {
  return Math.min(3, (String(step).split(".")[1] ?? "").length);
}

/** What somebody bets. */
export function betText(app, question, bet) {
  if (question.kind === "size") return valueText(app, question, bet.value);
  return choiceText(app, question, bet.choice);
}

/** The name of what is asked about, as a sentence begins with it. */
export function measureText(app, { measure }) {
  const name = app.text(measure.label);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** What a choice is called. */
export function choiceText(app, { choices }, id) {
  return app.text(choices?.find((one) => one.id === id)?.label) || id;
}

/** Signs of directions, from up to down. */
const WAYS = { up: "↑", same: "=", down: "↓" };

/** The sign or letter before a choice: where a direction goes, whether that is better or worse; else as one calls them out. */
function signOf({ kind, measure }, id) {
  if (kind !== "direction") return id.toUpperCase();
  const [better, worse] = measure?.better === "lower" ? ["down", "up"] : ["up", "down"];
  return WAYS[{ better, worse, more: "up", less: "down" }[id] ?? "same"];
}

/** A choice as it is listed: its sign or letter, and its name. */
export function choiceParts(app, question, id) {
  const isHidden = question.kind === "direction" ? "true" : null; // an arrow says what the name says
  return [make("b", { class: "sign", "aria-hidden": isHidden }, signOf(question, id)), make("span", { dir: "auto" }, choiceText(app, question, id))];
}

/** Whether a bet was right, or near enough; null where there is no right or wrong, or none yet. */
export function isRight({ kind, shown }, bet) {
  const { right = [], then, within } = shown?.result ?? {};
  if (!bet) return null;
  if (kind !== "size") return right.length ? right.includes(bet.choice) : null;
  return isKnown(then) && isKnown(within) ? Math.abs(bet.value - then) <= within + 1e-9 : null;
}

/** How many were right, in a sentence for the wall or for phones; of sizes, how many came near enough. */
export function hitsText(app, { kind, shown, bets }, [words, wordsOfSizes]) {
  const facts = { hits: app.number(shown.hits), bets: app.number(bets) };
  const within = shown.result?.within;
  return kind === "size" && isKnown(within) ? app.t(wordsOfSizes, { ...facts, within: app.number(within, decimals(within)) }) : app.t(words, facts);
}

/** Is a number known? */
export function isKnown(value) {
  return value !== null && value !== undefined;
}

/** What came out, or why nothing does, in a sentence; empty for a poll. */
export function resultText(app, question) {
  if (question.kind === "poll") return "";
  const result = question.shown?.result;
  if (!result) return question.shown?.failure ? app.text(question.shown.failure) : app.t("RESULT_COMING");
  const said = question.kind === "which" ? bestText(app, question, result) : changeText(app, question, result);
  const { n, wanted } = result;
  return result.state === "final" || !wanted ? said : `${said} ${app.t("RESULT_SO_FAR", { n: app.number(n), wanted: app.number(wanted) })}`;
}

function bestText(app, question, { right }) {
  const measure = measureText(app, question);
  const names = right.map((id) => choiceText(app, question, id)).join(" · ");
  return names ? app.t("RESULT_WHICH", { measure, names }) : app.t("RESULT_NONE", { measure });
}

function changeText(app, question, { then, diff, low, high, verdict }) {
  const { measure, label } = question;
  const now = question.shown.result.now ?? question.now;
  const name = measureText(app, question);
  const [from, to] = [now, then].map((one) => valueText(app, question, one, 1));
  if (!isKnown(diff)) return app.t("RESULT_ALONE", { measure: name, value: to });
  const digits = Math.max(1, measure.digits);
  const facts = { measure: name, now: from, then: to, label, turned: app.t(["TURNED", verdict].join(".")), diff: app.signed(diff, digits) };
  if (!isKnown(low)) return app.t("RESULT_BARE", facts);
  return app.t("RESULT", { ...facts, low: app.signed(low, digits), high: app.signed(high, digits) });
}
