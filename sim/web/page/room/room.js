/**
 * The room as the large page knows it: who is there and what is asked. The host poses questions and reveals what came
 * of them; until then nothing on the page shows it. Whoever else belongs to the room finds back to the question.
 */
import { attribute, button, make, write } from "../dom.js";
import { keyOf } from "../items.js";
import { Line, alike } from "./line.js";

/** Enter the room; returns what other parts find at `app.room`. */
export function enter(app) {
  const room = new Room(app);
  room.listen();
  return room;
}

class Room {
  #app;
  #line;
  #hidden = { name: "", holds: () => false };
  #awaited = null;

  constructor(app) {
    this.#app = app;
    this.isHost = app.frame.room.role === "host";
    this.panel = null;
    this.#line = new Line(app.source, {
      onChange: (before) => this.#changed(before),
      onRefused: (sentence) => this.#refused(sentence),
    });
    app.answers.isHidden = (items) => this.#hidden.name !== "" && this.#hidden.holds(this.#key(items));
  }

  listen() {
    if (this.isHost) this.#openPanel();
    else this.#app.on("state", (before) => before.items !== this.#app.state.items && this.#explain());
  }

  /** How the room stands: see the contract of the server; null until it is known. */
  get told() {
    return this.#line.told;
  }

  /** The question that a page of the story poses, or null. */
  of(page) {
    const { question, past = [] } = this.told ?? {};
    const all = question ? [...past, question] : past;
    return all.filter((one) => one.page === page).at(-1) ?? null;
  }

  // ---- what the host does

  pose(question) {
    this.#line.say({ do: "pose", question: { scenario: this.#app.frame.scenario, ...question } });
  }

  reveal(id) {
    this.#line.say({ do: "reveal", question: id });
  }

  close(id) {
    this.#line.say({ do: "close", question: id });
  }

  reopen(id) {
    this.#line.say({ do: "reopen", question: id });
  }

  withdraw(id) {
    this.#line.say({ do: "withdraw", question: id });
  }

  /** Write down a hypothesis, a finding or a decision; it is said until the room knows it. */
  note(id, field, text) {
    const isKnown = (room) => [...(room.past ?? []), room.question].some((one) => one?.id === id && alike(one.notes?.[field], text));
    this.#line.keepSaying(`${id} ${field}`, { do: "note", question: id, field, text }, isKnown);
  }

  /** The note that is on its way to the room, or what the room knows. */
  noted(question, field) {
    return this.#line.unknown(`${question.id} ${field}`)?.text ?? question.notes?.[field] ?? "";
  }

  // ---- what a guest does

  bet(question, bet) {
    this.#line.say({ do: "bet", question, ...bet });
  }

  // ---- the panel of the host

  /** Show the panel over the page, or put it away; `part` is "question", "ask" or "log". */
  show(isOpen, part) {
    this.panel?.show(isOpen, part);
  }

  get isShown() {
    return this.panel?.isShown ?? false;
  }

  #openPanel() {
    import("./panel.js").then(({ makePanel }) => {
      this.panel = makePanel(this.#app, this);
      this.#app.emit("room");
    }).catch((error) => console.error(error));
  }

  /** What leads to the room from the header: the panel, or for a guest the question. */
  entrance() {
    const app = this.#app;
    const element = this.isHost ? button("to-room", () => this.show(true)) : make("a", { class: "to-room", href: app.frame.room.home });
    const say = () => {
      const { question } = this.told ?? {};
      const isOpen = question?.state === "open";
      const bets = question?.bets ?? 0;
      write(element, isOpen ? app.t(this.isHost ? "ROOM_BETS" : "TO_QUESTION", { bets }) : app.t(this.isHost ? "ROOM" : "TO_ROOM"));
      attribute(element, "data-open", isOpen);
      if (this.isHost) attribute(element, "title", app.t("ROOM_KEY"));
    };
    for (const event of ["room", "language"]) app.on(event, say);
    say();
    return element;
  }

  // ---- what the room tells

  #changed(before) {
    if (this.told === null) return;
    this.#hide(this.isHost ? this.#asked() : this.#notRevealed());
    if (this.isHost && before) this.#follow(before.question);
    this.#app.emit("room");
  }

  #key(items) {
    return keyOf(this.#app.known.ordered(items));
  }

  /** What the host's page covers: what is asked and not yet revealed, and was not on before that page of the story. */
  #asked() {
    const asked = askedItems(this.told.question, this.#app.frame.scenario);
    const keys = new Set(asked.map((items) => this.#key(items)).filter(Boolean));
    if (this.#stageOf(this.told.question)) {
      for (const items of this.#app.known.pages.itemsBefore(this.told.question.page)) keys.delete(this.#key(items));
    }
    return { name: [...keys].join(" "), holds: (key) => keys.has(key) };
  }

  /** What the page of a guest covers while bets are open: everything but how things are now, and what was revealed. */
  #notRevealed() {
    const { question, past = [] } = this.told;
    if (question?.state !== "open") return { name: "", holds: () => false };
    const keys = new Set(["", ...past.flatMap(everyItems).map((items) => this.#key(items))]);
    return { name: question.id, holds: (key) => !keys.has(key) };
  }

  /** The stage of the story that answers a question; undefined where it was posed by hand. */
  #stageOf(question) {
    const isHere = question?.scenario === this.#app.frame.scenario;
    return isHere ? this.#app.known.pages.answerOf(question.page) : undefined;
  }

  /** Cover answers, or show again what was covered; the host's page switches off what it must not show. */
  #hide(hidden) {
    const { answers } = this.#app;
    const isOther = hidden.name !== this.#hidden.name;
    this.#hidden = hidden;
    if (!isOther) return;
    if (this.isHost && answers.isHidden(this.#app.state.items)) this.#app.set({ items: [] }, { undo: true });
    answers.follow();
    this.#app.emit("answer");
    this.#app.emit("week");
    this.#explain();
  }

  /** A guest is told why nothing is shown, as long as that is so. */
  #explain() {
    const [app, isTold] = [this.#app, this.#app.notice?.key === "SHOWN_LATER"];
    const isHidden = !this.isHost && app.answers.isHidden(app.state.items);
    if (isHidden !== isTold) app.say(isHidden ? "SHOWN_LATER" : null);
  }

  /**
   * Switch on what was asked when it is revealed; of several, what turned out best, as soon as that is known. In a
   * story the page decides, whatever was best.
   */
  #follow(before) {
    const { question } = this.told;
    const isRevealed = question?.state === "revealed" && before?.id === question.id && before.state !== "revealed";
    if (isRevealed) this.#awaited = question.id;
    if (!question || question.id !== this.#awaited) return;
    const stage = this.#stageOf(question);
    if (stage) this.#turnTo(stage);
    const items = stage ? null : revealedItems(question);
    if (items === undefined) return;
    this.#awaited = null;
    if (items !== null && question.scenario === this.#app.frame.scenario) this.#app.set({ items }, { undo: true });
  }

  /** Show a page of the story with its answer, or where the story is left only what it has on. */
  #turnTo(stage) {
    const { items } = this.#app.known.pages.wishOf(stage);
    this.#app.set({ items, page: this.#app.state.page && stage }, { undo: true });
  }

  #refused(sentence) {
    this.#app.say(sentence);
    this.panel?.refused(sentence);
  }
}

/** Sets of items whose answers must not be seen yet. */
function askedItems(question, scenario) {
  if (!question || question.state === "revealed" || question.scenario !== scenario) return [];
  return everyItems(question);
}

/** Sets of items that a question is about. */
function everyItems({ kind, items, choices }) {
  if (kind === "poll") return [];
  return kind === "which" ? choices.map((one) => one.items ?? []) : [items ?? []];
}

/** What a revealed question switches on; null for nothing, undefined as long as it is not known. */
function revealedItems({ kind, items, choices, shown }) {
  if (kind === "poll") return null;
  if (kind !== "which") return items ?? null;
  const best = shown?.result?.right?.[0];
  return best === undefined ? undefined : (choices.find(({ id }) => id === best)?.items ?? null);
}
