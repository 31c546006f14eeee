/**
 * The bet of a page: what is asked, what can be chosen, and in the end which choice was right. Where there is a room it
 * is posed to the phones when the page is reached and revealed with the answer; else people raise their hands.
 */
import { attribute, make, write } from "page/dom.js";
import { same } from "page/items.js";
import { rightBy } from "page/right.js";

/** What is asked where a story has no words of its own. */
const ASK = { direction: "STORY_ASK_DIRECTION", size: "STORY_ASK_SIZE", which: "STORY_ASK_WHICH" };

/** What stands before the choices of a direction. */
const SIGNS = ["↑", "=", "↓"];

/** Put the bets of a story into an element. */
export function makeBets(app, facts) {
  const [ask, choices, told] = [make("div", { class: "ask-for" }), make("ol", { class: "choices" }), make("p", { class: "hands" })];
  const element = make("div", { class: "bet" }, ask, choices, told);
  let done = null;

  function show(page, isBetting) {
    element.hidden = !page?.bet;
    if (element.hidden) return;
    attribute(element, "data-open", isBetting);
    const texts = isBetting ? [facts.filled(asked(app, page), unchanged(page), app.state.lang)] : [];
    if (ask.textContent !== texts.join("")) ask.replaceChildren(...texts.map((text) => make("p", {}, text)));
    list(page, isBetting ? null : rightOf(app, facts, page));
    write(told, isBetting ? counted(app, page) : guessed(app, page));
  }

  function list(page, right) {
    const shown = choicesOf(app, page);
    const counts = app.room?.of?.(page.id)?.shown?.counts ?? null;
    while (choices.children.length > shown.length) choices.lastChild.remove();
    while (choices.children.length < shown.length) choices.append(make("li", {}, make("b"), make("span"), make("span", { class: "count" })));
    for (const [i, { id, sign, text }] of shown.entries()) {
      const row = choices.children[i];
      write(row.firstChild, sign);
      write(row.children[1], text);
      showCount(app, row, counts, id);
      attribute(row, "data-right", right === null ? null : right.includes(id));
    }
    choices.hidden = !shown.length;
  }

  /**
   * Let the room bet on a page, or see what came of it: once each time the page is turned, and again when the connection
   * is back. What was posed or revealed already stays so.
   */
  function tell(page, isBetting) {
    const { room } = app;
    if (!room?.isHost || !page?.bet || !room.told || !app.now || done === app.state.page) return;
    const question = room.of(page.id);
    if (isBetting ? question : !question || question.state === "revealed") return;
    done = app.state.page;
    if (isBetting) room.pose(questionOf(app, facts, page));
    else room.reveal(question.id);
  }

  function again() {
    done = null;
  }

  app.on("connection", again);
  return { element, show, tell, again };
}

/** How many have bet on a choice, once that is revealed: as a number, and as a part of the ground. */
function showCount(app, row, counts, id) {
  const all = counts ? Object.values(counts).reduce((sum, one) => sum + one, 0) : 0;
  write(row.lastChild, all ? app.number(counts[id] ?? 0) : "");
  row.style.setProperty("--share", all ? `${(100 * (counts[id] ?? 0)) / all}%` : "0%");
}

/** What is asked in the language that is on. */
function asked(app, page) {
  return page.bet.ask ? app.text(page.bet.ask) : app.t(ASK[page.bet.kind], { measure: measureOf(app, page)?.label });
}

function measureOf(app, page) {
  return app.frame.measures.find(({ id }) => id === page.bet.measure);
}

/** What can be chosen: its id, the sign or letter before it, and its name. */
function choicesOf(app, page) {
  const { kind, choices } = page.bet;
  if (kind === "size") return [];
  return choices.map(({ id, label }, i) => ({ id, sign: kind === "direction" ? SIGNS[i] : id.toUpperCase(), text: app.text(label) }));
}

/** The choices that were right: as the room has it, so that wall and phones agree, or as far as it is known here. */
function rightOf(app, facts, page) {
  const told = app.room?.of?.(page.id)?.shown?.result?.right ?? [];
  return told.length ? told : rightChoice(app, facts, page);
}

function rightChoice(app, facts, page) {
  const { kind, measure, choices } = page.bet;
  const tried = kind === "which" ? choices : [page];
  return rightBy(page.bet, tried.map((one) => facts.answer(one)?.measures[measure]), measureOf(app, page)?.better);
}

/** How many have bet, or how to bet without phones. */
function counted(app, page) {
  const question = app.room?.of?.(page.id);
  const { people = 0 } = app.room?.told ?? {};
  if (question && (people || question.bets)) return app.t("STORY_BETS", { count: app.number(question.bets), people: app.number(people) });
  return app.t(page.bet.kind === "size" ? "STORY_NUMBER" : "STORY_HANDS");
}

function guessed(app, page) {
  const question = app.room?.of?.(page.id);
  const hits = question?.shown?.hits ?? null;
  return hits === null || !question.bets ? "" : app.t("STORY_HITS", { hits: app.number(hits), count: app.number(question.bets) });
}

/** The question as the server takes it: in both languages, with its figures filled in. */
function questionOf(app, facts, page) {
  const { kind, measure, ask, choices } = page.bet;
  const text = ask && Object.fromEntries(Object.keys(ask).map((lang) => [lang, facts.filled(ask[lang], unchanged(page), lang)]));
  const told = kind === "direction" ? [] : choices.map(({ label, items }) => ({ label, items }));
  return {
    kind, scenario: app.frame.scenario, items: page.items, page: page.id,
    ...(measure ? { measure } : {}), ...(text ? { text } : {}), ...(told.length ? { choices: told } : {}),
  };
}

/** A page as if it changed nothing: how a figure is written now must not give away how far it will go. */
export function unchanged(page) {
  return { ...page, items: [] };
}

/** Is what is on what a page wants? */
export function isAsWished(app, wish) {
  return same(app.state.items, app.known.ordered(wish.items ?? []));
}
