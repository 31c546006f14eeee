/** What stands in the middle of a guest's page: waiting, a question with its answers, closed, or what came of it. */
import { make } from "../dom.js";
import { makeAsking } from "./asking.js";
import { distribution, reasons } from "./bars.js";
import { betText, hitsText, isKnown, isRight, measureText, resultText, valueText } from "./says.js";

const MOST_REASONS = 12;

/**
 * Make the stage for a question as it stands.
 *
 * @param {object} guest the page
 * @param {object?} question none where nothing is asked
 * @returns {{element: Element, spoken: string, show: function(object)}} `show` is given the question whenever it changes
 */
export function makeStage(guest, question) {
  if (question === null) return waiting(guest);
  return { open: asking, closed, revealed }[question.state](guest, question);
}

function waiting({ say }) {
  const spoken = say.t("WAITING_MEANS");
  const element = make("section", { class: "waiting" }, make("h2", {}, say.t("WAITING_TITLE")), make("p", {}, spoken));
  return { element, spoken, show() {} };
}

function asking(guest, question) {
  const { say } = guest;
  const form = makeAsking(guest, question);
  const element = make("section", { class: "asking" }, ...head(say, question), form.element);
  return { element, spoken: say.t("NEW_QUESTION", { text: say.text(question.text) }), show: form.show };
}

function closed(guest, question) {
  const { say } = guest;
  const mine = make("p", { class: "mine" });
  const element = make("section", { class: "closed" }, ...head(say, question), mine, make("p", { class: "means" }, say.t("CLOSED_MEANS")));
  return {
    element,
    spoken: say.t("CLOSED_MEANS"),
    show(asked) {
      mine.replaceChildren(mineText(guest, asked));
    },
  };
}

function revealed(guest, question) {
  const { say } = guest;
  const result = make("div", { class: "result" });
  const element = make("section", { class: "revealed" }, ...head(say, question), result);
  let shown = "";
  return {
    element,
    spoken: [verdictText(guest, question), resultText(say, question)].join(" "),
    show(asked) {
      const now = JSON.stringify([asked, guest.betOn(asked).bet]);
      if (now === shown) return;
      shown = now;
      result.replaceChildren(...outcome(guest, asked));
    },
  };
}

/** Number, wording, what is tried and how things are now. */
function head(say, question) {
  const parts = [make("p", { class: "number" }, say.t("QUESTION_NUMBER", { number: question.number })), make("h2", { dir: "auto" }, say.text(question.text))];
  if (question.kind !== "poll" && isKnown(question.now)) {
    const [measure, value] = [measureText(say, question), valueText(say, question, question.now, 1)];
    parts.push(make("p", { class: "facts" }, say.t("NOW_IS", { measure, value })));
  }
  return parts;
}

/** Everything about a revealed question: whether one was right, what came out, the bets, reasons, what was concluded. */
export function outcome(guest, question) {
  const { say } = guest;
  const { bet } = guest.betOn(question);
  const parts = [make("p", { class: "verdict" }, verdictText(guest, question)), make("p", { class: "came-out" }, resultText(say, question))];
  parts[0].dataset.right = String(isRight(question, bet));
  if (question.bets) parts.push(distribution(say, question, bet));
  else parts.push(make("p", { class: "means" }, say.t("NOBODY_BET")));
  if (isKnown(question.shown.hits)) parts.push(make("p", { class: "hits" }, hitsText(say, question, ["HITS", "HITS_NEAR"])));
  for (const [field, words] of [["finding", "FINDING_WAS"], ["decision", "DECISION_WAS"]]) {
    const text = question.notes?.[field];
    if (text) parts.push(make("h3", {}, say.t(words)), make("p", { class: "note", dir: "auto" }, text));
  }
  const why = reasons(say, question, MOST_REASONS);
  if (why) parts.push(make("h3", {}, say.t("REASONS")), why);
  return parts;
}

/** Whether one was right; of a size, how far one was off. */
function verdictText(guest, question) {
  const { say } = guest;
  const { bet } = guest.betOn(question);
  if (!bet) return say.t("NO_BET");
  const told = say.t("BET_WAS", { bet: betText(say, question, bet) });
  const right = isRight(question, bet);
  const then = question.shown?.result?.then;
  const far = question.kind === "size" && isKnown(then) ? say.t("FAR_OFF", { far: say.number(Math.abs(bet.value - then), 1) }) : "";
  const verdict = right === null ? "" : say.t(right ? (far ? "WAS_NEAR" : "WAS_RIGHT") : "WAS_WRONG");
  return [verdict, told, far].filter(Boolean).join(say.t("BETWEEN_VERDICTS"));
}

function mineText(guest, question) {
  const { bet, isSent } = guest.betOn(question);
  if (!bet) return guest.say.t("NO_BET");
  return guest.say.t(isSent ? "BET_WAS" : "BET_UNSENT", { bet: betText(guest.say, question, bet) });
}
