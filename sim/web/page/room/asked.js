/** The question on the wall: how to bet on it, how many have, and what came out; with what the host can do about it. */
import { attribute, button, make, write } from "../dom.js";
import { distribution, reasons } from "./bars.js";
import { MOST_LABEL, MOST_TEXT, fitting } from "./composer.js";
import { Hiding } from "./hiding.js";
import { makeInviting } from "./inviting.js";
import { makeNote } from "./noting.js";
import { choiceParts, hitsText, isKnown, measureText, resultText, valueText } from "./says.js";

const MOST_REASONS = 8;
const SURE = 4000;

const STATES = { open: "ASKED_OPEN", closed: "ASKED_CLOSED", revealed: "ASKED_REVEALED" };

/** Lengths of a wording from which on it is written smaller. */
const LONG = [60, 130];

export function makeAsked(app, room, panel) {
  const hiding = new Hiding(app, () => show(told));
  const inviting = makeInviting(app, hiding);
  const notes = [makeNote(app, room, "finding", "NOTE_FINDING", "wall"), makeNote(app, room, "decision", "NOTE_DECISION", "wall")];
  const [number, text, facts] = [make("p", { class: "asked-number" }), make("h3", { dir: "auto" }), make("p", { class: "asked-facts" })];
  const body = make("div", { class: "asked-body" });
  const main = make("section", { class: "asked" }, number, text, facts, body);
  const more = makeMore(app, main);
  const [bets, betsMeans] = [make("p", { class: "bets" }), make("p", { class: "bets-means" })];
  const side = make("section", { class: "asked-side" }, make("div", { class: "betting" }, bets, betsMeans), inviting.element, ...notes.map((note) => note.element));
  const controls = makeControls(app, room, panel);
  const element = make("div", { class: "room-part" }, make("div", { class: "wall" }, make("div", { class: "asked-frame" }, main, more.element), side), controls.element);
  let told = null;
  let [drawn, stood] = ["", ""];

  function show(to) {
    told = to;
    const question = told?.question ?? null;
    attribute(element, "data-state", question?.state ?? "none");
    main.parentElement.hidden = question === null;
    inviting.show(told);
    inviting.element.hidden = question?.state === "revealed";
    for (const note of notes) {
      note.element.hidden = question?.state !== "revealed";
      if (question) note.show(question);
    }
    bets.parentElement.hidden = question === null;
    if (question) ask(question);
    controls.show(question);
  }

  function ask(question) {
    const now = `${question.id} ${question.state}`;
    if (now !== stood) for (const one of [main, element]) one.scrollTop = 0;
    stood = now;
    write(number, app.t(STATES[question.state], { number: question.number }));
    const said = app.text(question.text);
    write(text, said);
    attribute(text, "data-long", LONG.filter((length) => wide(said) > length).length || null);
    write(facts, factsText(app, question));
    count(question);
    draw(question);
    more.show();
  }

  function draw(question) {
    const now = JSON.stringify([app.state.lang, question.id, question.state, question.shown, question.choices, hiding.count]);
    if (now === drawn) return;
    drawn = now;
    body.replaceChildren(...(question.state === "revealed" ? outcome(app, question, hiding) : answers(app, question)));
  }

  function count(question) {
    const isRight = isKnown(question.shown?.hits);
    write(bets, app.number(isRight ? question.shown.hits : question.bets));
    const facts = { bets: app.number(question.bets), people: app.number(told.people) };
    const words = question.state === "revealed" ? "BETS_ALL" : "BETS_OF";
    write(betsMeans, isRight ? hitsText(app, question, ["HITS_OF", "HITS_OF_NEAR"]) : app.t(words, facts));
  }

  return {
    element,
    show,
    say() {
      inviting.say();
      for (const note of notes) note.say();
      controls.say();
      more.say();
      drawn = "";
      show(told);
    },
  };
}

/** A sign that there is more below what can be seen of an element; pressed, it shows it. */
function makeMore(app, element) {
  const sign = button("more-below", () => element.scrollBy({ top: 0.8 * element.clientHeight }));
  const show = () => (sign.hidden = element.scrollTop + element.clientHeight > element.scrollHeight - 8);
  element.addEventListener("scroll", show);
  new ResizeObserver(show).observe(element);
  return { element: sign, show, say: () => write(sign, app.t("WALL_MORE")) };
}

/** How much room a text takes: a Chinese letter as much as two others. */
function wide(text) {
  return [...text].reduce((sum, letter) => sum + (letter > "\u2e80" ? 2 : 1), 0);
}

function factsText(app, question) {
  if (question.kind === "poll" || !isKnown(question.now)) return "";
  return app.t("NOW_IS", { measure: measureText(app, question), value: valueText(app, question, question.now, 1) });
}

/** What can be answered. */
function answers(app, question) {
  if (question.kind === "size") return [scaleOf(app, question)];
  const rows = question.choices.map(({ id }) => make("li", {}, ...choiceParts(app, question, id)));
  return [make("ul", { class: "answers-list" }, ...rows)];
}

function scaleOf(app, question) {
  const { low, high } = question.scale;
  const now = question.now;
  const share = !isKnown(now) ? null : Math.min(1, Math.max(0, (now - low) / (high - low || 1)));
  const mark = make("span", { class: "scale-now" }, make("span", {}, app.t("MARK_NOW", { value: valueText(app, question, now, 1) })));
  mark.hidden = share === null;
  mark.style.left = `${100 * (share ?? 0)}%`;
  const ends = [low, high].map((end) => make("span", {}, valueText(app, question, end)));
  return make("div", { class: "scale" }, make("div", { class: "scale-line" }, mark), make("p", { class: "ends" }, ...ends));
}

/** What came out. */
function outcome(app, question, hiding) {
  const parts = [make("p", { class: "came-out" }, resultText(app, question))];
  parts[0].hidden = !parts[0].textContent;
  if (question.bets) parts.push(distribution(app, question));
  else parts.push(make("p", { class: "nobody" }, app.t("NOBODY_BET")));
  const why = reasons(app, question, MOST_REASONS, hiding);
  if (why) parts.push(make("h4", {}, app.t("REASONS")), why);
  return parts;
}

// ---- what the host can do

/** Buttons, each with its words, in which states it is there, and what it does. */
const CONTROLS = [
  ["ask", "DO_ASK", ["none"], (room, panel) => panel.turn("ask")],
  ["reveal", "DO_REVEAL", ["open", "closed"], (room, panel, { id }) => room.reveal(id)],
  ["week", "DO_WEEK", ["revealed"], (room, panel) => panel.show(false)],
  ["close-bets", "DO_CLOSE", ["open"], (room, panel, { id }) => room.close(id)],
  ["reopen", "DO_REOPEN", ["closed"], (room, panel, { id }) => room.reopen(id)],
  ["next", "DO_ASK", ["revealed"], (room, panel) => panel.turn("ask")],
  ["again", "DO_AGAIN", ["revealed"], (room, panel, question) => askAgain(room, question)],
];

function makeControls(app, room, panel) {
  let question = null;
  const made = CONTROLS.map(([name, words, states, act]) => ({ words, states, element: button(`control ${name}`, () => act(room, panel, question)) }));
  const withdraw = makeWithdraw(app, (id) => room.withdraw(id));
  const element = make("div", { class: "controls" }, ...made.map((one) => one.element), withdraw.element);
  return {
    element,
    show(asked) {
      question = asked;
      const state = question?.state ?? "none";
      const focused = element.contains(document.activeElement) ? document.activeElement : null;
      for (const one of made) one.element.hidden = !one.states.includes(state);
      withdraw.show(question);
      if (focused?.hidden) made.find((one) => !one.element.hidden)?.element.focus();
    },
    say() {
      for (const one of made) write(one.element, app.t(one.words));
      withdraw.say();
    },
  };
}

/** A question is withdrawn by two presses, as that cannot be taken back. */
function makeWithdraw(app, onWithdraw) {
  let question = null;
  let sure = 0;
  const element = button("control withdraw", () => {
    if (sure) onWithdraw(question.id);
    clearTimeout(sure);
    sure = sure ? 0 : setTimeout(calm, SURE);
    say();
  });

  function calm() {
    sure = 0;
    say();
  }

  function say() {
    write(element, app.t(sure ? "DO_WITHDRAW_SURE" : "DO_WITHDRAW"));
  }

  return {
    element,
    say,
    show(asked) {
      if (asked?.id !== question?.id && sure) calm();
      question = asked;
      element.hidden = !["open", "closed"].includes(question?.state);
    },
  };
}

/** What is said aloud of a question when it is put, closed or revealed. */
export function spokenText(app, question) {
  const told = [app.t(STATES[question.state], { number: question.number }), app.text(question.text)];
  return [...told, question.shown ? resultText(app, question) : ""].filter(Boolean).join(" · ");
}

/** Put the same question once more. */
export function askAgain(room, { kind, scenario, measure, items, text, choices, notes }) {
  const asked = { kind, scenario, text: fitting(text, MOST_TEXT), hypothesis: notes?.hypothesis || undefined };
  if (measure) asked.measure = measure.id;
  if (kind === "direction" || kind === "size") asked.items = items;
  else asked.choices = choices.map((one) => ({ label: fitting(one.label, MOST_LABEL), items: one.items ?? [] }));
  room.pose(asked);
}
