/** Everything that was asked, with what was expected, bet, found and decided; and the ways to take it along. */
import { attribute, button, make, write } from "../dom.js";
import { askAgain } from "./asked.js";
import { makeNote } from "./noting.js";
import { choiceText, resultText, valueText } from "./says.js";

const NOTES = [["hypothesis", "NOTE_HYPOTHESIS"], ["finding", "NOTE_FINDING"], ["decision", "NOTE_DECISION"]];
const STATES = { open: "LOG_OPEN", closed: "LOG_CLOSED" };
const WAYS = [["/debrief", "DEBRIEF_PAGE"], ["/debrief.csv", "DEBRIEF_CSV"], ["/debrief.json", "DEBRIEF_JSON"]];

export function makeLog(app, room, panel) {
  const [nothing, where, list] = [make("p", { class: "means" }), make("p", { class: "means where" }), make("div", { class: "entries" })];
  const links = WAYS.map(([address, words]) => ({ address, words, element: make("a", { target: "_blank", rel: "noopener" }) }));
  const head = make("div", { class: "log-head" }, ...links.map((one) => one.element), where);
  const element = make("div", { class: "room-part log" }, head, nothing, list);
  const entries = new Map();

  function show(told) {
    const found = [...(told?.past ?? []), told?.question].filter(Boolean).reverse();
    nothing.hidden = found.length > 0;
    where.hidden = !told?.log;
    write(where, app.t("LOG_LIES", { path: told?.log ?? "" }));
    const wanted = found.map((question) => entryOf(question));
    const isSame = list.children.length === wanted.length && wanted.every((one, i) => list.children[i] === one.element);
    if (!isSame) list.replaceChildren(...wanted.map((one) => one.element));
    for (const [i, one] of wanted.entries()) one.show(found[i]);
  }

  function entryOf(question) {
    if (!entries.has(question.id)) entries.set(question.id, makeEntry(app, room, panel));
    return entries.get(question.id);
  }

  return {
    element,
    show,
    say() {
      write(nothing, app.t("LOG_NOTHING"));
      for (const { address, words, element: link } of links) {
        write(link, app.t(words));
        attribute(link, "href", app.state.lang === "zh" ? `${address}?lang=zh` : address);
      }
      for (const one of entries.values()) one.say();
      show(room.told);
    },
  };
}

function makeEntry(app, room, panel) {
  const [text, facts, result] = [make("h3", { dir: "auto" }), make("p", { class: "means" }), make("p")];
  const notes = NOTES.map(([field, words]) => makeNote(app, room, field, words, "log"));
  let question = null;
  const reveal = button("control", () => room.reveal(question.id));
  const again = button("control", () => {
    askAgain(room, question);
    panel.turn("question");
  });
  const element = make("article", { class: "entry" }, text, facts, result, make("div", { class: "notes" }, ...notes.map((note) => note.element)), make("div", { class: "controls" }, reveal, again));

  function say() {
    write(reveal, app.t("DO_REVEAL"));
    write(again, app.t("DO_AGAIN"));
    for (const note of notes) note.say();
  }

  say();
  return {
    element,
    say,
    show(asked) {
      question = asked;
      write(text, `${asked.number}. ${app.text(asked.text)}`);
      write(facts, factsText(app, asked));
      write(result, asked.shown ? resultText(app, asked) : "");
      result.hidden = !result.textContent;
      reveal.hidden = asked.state === "revealed";
      again.hidden = asked.state === "open";
      for (const note of notes) note.show(asked);
    },
  };
}

/** What was tried, and how the bets fell. */
function factsText(app, question) {
  const { shown, kind } = question;
  const tried = kind === "direction" || kind === "size" ? [app.text(question.label)] : [];
  const all = app.t("LOG_BETS", { bets: app.number(question.bets) });
  if (!shown) return [...tried, all, app.t(STATES[question.state])].join(" · ");
  if (kind === "size") {
    const middle = shown.median === null ? [] : [app.t("MARK_MEDIAN", { value: valueText(app, question, shown.median) })];
    return [...tried, all, ...middle].join(" · ");
  }
  const counts = question.choices.map(({ id }) => app.t("LOG_COUNT", { choice: choiceText(app, question, id), count: app.number(shown.counts[id] ?? 0) }));
  return [...tried, all, ...counts].join(" · ");
}
