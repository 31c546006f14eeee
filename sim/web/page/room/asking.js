/** Answers to a question that is open: large buttons, or a slider with a button that places the bet; and why. */
import { attribute, button, make, write } from "../dom.js";
import { alike } from "./line.js";
import { betText, choiceParts, valueText } from "./says.js";

const MOST_WHY = 200;

/** After so many milliseconds without a letter a reason is sent, and at the latest after so many since it was. */
const [PAUSE, LONGEST] = [800, 3000];

/** What a guest answers with; `show(question)` follows how the bet stands. */
export function makeAsking(guest, question) {
  const { say } = guest;
  const why = makeWhy(guest, question);
  const means = question.kind === "size" ? makeSlider(guest, question, why) : makeChoices(guest, question, why);
  const state = make("p", { class: "mine", role: "status" });

  function show(asked) {
    const { bet, isSent } = guest.betOn(asked);
    means.show(bet);
    why.show(bet);
    attribute(state, "data-state", bet ? (isSent ? "sent" : "waiting") : "none");
    const none = question.kind === "size" ? "SIZE_HINT" : "CHOICE_HINT";
    write(state, bet ? say.t(isSent ? "BET_IN" : "BET_UNSENT", { bet: betText(say, question, bet) }) : say.t(none));
  }

  return { element: make("div", { class: "answers" }, means.element, state, why.element), show };
}

// ---- one of several

function makeChoices(guest, question, why) {
  const made = question.choices.map(({ id }) => {
    const one = button("choice", () => guest.bet(question, { choice: id, ...why.said() }));
    one.append(...choiceParts(guest.say, question, id));
    return [id, one];
  });
  const element = make("div", { class: "choices", role: "group", "aria-label": guest.say.text(question.text) }, ...made.map(([, one]) => one));
  return {
    element,
    show(bet) {
      for (const [id, one] of made) attribute(one, "aria-pressed", String(bet?.choice === id));
    },
  };
}

// ---- how much

function makeSlider(guest, question, why) {
  const { say } = guest;
  const { low, high, step } = question.scale;
  const now = question.now;
  const start = guest.betOn(question).bet?.value ?? Math.min(high, Math.max(low, now ?? (low + high) / 2));
  const slider = make("input", { type: "range", min: low, max: high, step, "aria-label": say.text(question.measure.label) });
  const value = make("output", { class: "value" });
  const [less, more] = [-1, 1].map((by) => button("step", () => {
    slider.value = Number(slider.value) + by * step;
    moved();
  }));
  const place = button("place", () => guest.bet(question, { value: rounded(Number(slider.value)), ...why.said() }));
  slider.value = start;
  let bet = null;

  function moved() {
    const text = valueText(say, question, Number(slider.value));
    write(value, text);
    attribute(slider, "aria-valuetext", text);
    const isPlaced = bet !== null && Math.abs(bet.value - Number(slider.value)) < 1e-6;
    attribute(place, "aria-disabled", isPlaced ? "true" : null);
    write(place, isPlaced ? say.t("BET_PLACED", { value: text }) : say.t(bet ? "CHANGE_BET" : "PLACE_BET", { value: text }));
  }

  slider.addEventListener("input", moved);
  for (const [one, sign, words] of [[less, "−", "STEP_LESS"], [more, "+", "STEP_MORE"]]) {
    write(one, sign);
    attribute(one, "aria-label", say.t(words, { step: say.number(step, String(step).includes(".") ? 1 : 0) }));
  }
  const rail = make("div", { class: "rail" }, slider, nowMark(say, question, now));
  const ends = make("p", { class: "ends", "aria-hidden": "true" }, ...[low, high].map((end) => make("span", {}, valueText(say, question, end))));
  return {
    element: make("div", { class: "size" }, make("div", { class: "chosen" }, less, value, more), rail, ends, place),
    show(placed) {
      bet = placed;
      moved();
    },
  };
}

/** The present value on the slider: a mark, with its name above the place where a thumb stands for it. */
function nowMark(say, question, now) {
  if (now === null || now === undefined) return null;
  const { low, high } = question.scale;
  const share = Math.min(1, Math.max(0, (now - low) / (high - low || 1)));
  const mark = make("span", { class: "now-mark", "aria-hidden": "true" }, make("span", {}, say.t("MARK_NOW", { value: valueText(say, question, now, 1) })));
  mark.style.setProperty("--at", String(share));
  attribute(mark, "data-end", share < 0.3 ? "low" : share > 0.7 ? "high" : null);
  return mark;
}

function rounded(value) {
  return Math.round(value * 1e6) / 1e6;
}

// ---- why

/** The reason beside a bet: sent as it is typed, with a pause, and at the latest when somebody turns to something else. */
function makeWhy(guest, question) {
  const { say } = guest;
  const text = make("textarea", { id: "why", rows: 2, maxlength: MOST_WHY, dir: "auto" });
  const state = make("p", { class: "means", role: "status" });
  const element = make("div", { class: "why" }, make("label", { for: "why" }, say.t("WHY_LABEL")), text, state);
  let [waiting, since] = [0, 0];

  /** What somebody said why, as it goes with every bet. */
  function said() {
    const why = text.value.trim().slice(0, MOST_WHY);
    return why || guest.betOn(question).bet?.why ? { why } : {};
  }

  function send() {
    clearTimeout(waiting);
    [waiting, since] = [0, 0];
    const { bet } = guest.betOn(question);
    if (!bet || !text.isConnected || alike(bet.why, said().why)) return stands();
    const { choice, value } = bet;
    return guest.bet(question, { ...(question.kind === "size" ? { value } : { choice }), ...said() });
  }

  function soon() {
    clearTimeout(waiting);
    since ||= Date.now();
    waiting = setTimeout(send, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
    stands();
  }

  function stands() {
    const { bet, isSent } = guest.betOn(question);
    const isIn = Boolean(bet?.why) && alike(bet.why, said().why);
    write(state, !isIn ? say.t("WHY_MEANS") : say.t(isSent ? "WHY_SENT" : "NOT_SENT_YET"));
  }

  text.value = guest.betOn(question).bet?.why ?? "";
  text.addEventListener("input", ({ isComposing }) => isComposing || soon()); // not yet letters of Chinese
  text.addEventListener("compositionend", soon);
  for (const event of ["change", "blur"]) text.addEventListener(event, send);
  document.addEventListener("visibilitychange", () => document.hidden && waiting && send());

  return {
    element,
    said,
    show(bet) {
      element.hidden = !bet; // first the bet, then why
      stands();
    },
  };
}
