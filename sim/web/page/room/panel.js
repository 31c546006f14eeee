/**
 * The panel of the host: over the whole page, for the wall. It shows how to join, what is asked and what came of it; two
 * more parts of it are there to ask and to write down what was found.
 */
import { attribute, button, make, write } from "../dom.js";
import { makeAsked, spokenText } from "./asked.js";
import { makeComposer } from "./composer.js";
import { makeLog } from "./log.js";
import { keep, recalled } from "./memory.js";
import { OTHER } from "./speaker.js";

const PARTS = [["question", "PART_QUESTION", makeAsked], ["ask", "PART_ASK", makeComposer], ["log", "PART_LOG", makeLog]];

/** Keys by which the story behind the panel goes on: those of clickers. */
const OF_STORY = ["ArrowLeft", "ArrowRight", "PageUp", "PageDown", ".", "b"];

/** Make the panel of a room; it was open before the page was loaded again, or is put away. */
export function makePanel(app, room) {
  const panel = new Panel(app, room);
  if (recalled("panel", true)) panel.show(true);
  return panel;
}

class Panel {
  #app;
  #room;
  #part = "question";
  #asked = null;

  constructor(app, room) {
    this.#app = app;
    this.#room = room;
    this.dialog = make("dialog", { id: "room" });
    this.parts = PARTS.map(([name, words, makePart]) => ({ name, words, ...makePart(app, room, this), tab: this.#makeTab(name) }));
    this.#build();
    this.#listen();
    this.#say();
  }

  #makeTab(name) {
    const tab = button("part", () => this.turn(name));
    attribute(tab, "aria-controls", `room-${name}`);
    return tab;
  }

  #build() {
    this.title = make("h2", { dir: "auto" });
    this.people = make("p", { class: "here" });
    this.language = button("language", () => this.#app.set({ lang: OTHER[this.#app.state.lang][0] }));
    this.close = button("close", () => this.show(false));
    write(this.close, "×");
    this.tabs = make("nav", {}, ...this.parts.map(({ tab }) => tab));
    this.lost = make("p", { class: "room-lost", role: "status" });
    this.message = make("p", { class: "room-refused", role: "alert" });
    this.spoken = make("p", { class: "unseen", "aria-live": "polite" });
    for (const { name, element } of this.parts) attribute(element, "id", `room-${name}`);
    const head = make("div", { class: "head" }, this.title, this.tabs, this.people, this.language, this.close);
    this.dialog.append(head, this.lost, this.message, ...this.parts.map(({ element }) => element), this.spoken);
    document.body.append(this.dialog);
  }

  #listen() {
    const app = this.#app;
    for (const event of ["room", "connection"]) app.on(event, () => this.#show());
    app.on("language", () => this.#say());
    this.dialog.addEventListener("keydown", (event) => app.state.blank || isOfStory(event) || event.stopPropagation());
    document.addEventListener("keydown", (event) => isOwn(event) && !app.state.blank && this.show(true));
    app.on("state", (before) => this.#turned(before.page));
    this.dialog.addEventListener("close", () => this.#closed());
  }

  /** A page of the story that asks nothing is to be seen; a black screen is black here as well. */
  #turned(before) {
    const { page, blank } = this.#app.state;
    this.dialog.toggleAttribute("data-blank", blank);
    if (this.isShown && page && page !== before && !this.#app.known.pages.page(page)?.bet) this.show(false);
  }

  get isShown() {
    return this.dialog.open;
  }

  /** Show the panel, or put it away. */
  show(isOpen, part = this.#room.told?.question ? "question" : this.#part) {
    if (!isOpen) return this.dialog.close();
    this.#say();
    this.turn(part);
    if (!this.dialog.open) this.dialog.showModal();
    keep("panel", true, true);
    return undefined;
  }

  #closed() {
    keep("panel", false, true);
    this.refused(null);
  }

  /** Turn to one of its parts. */
  turn(name) {
    this.#part = name;
    this.refused(null);
    this.#show();
    this.parts.find((one) => one.name === name).turned?.();
  }

  /** Say why something cannot be done; null puts it away. */
  refused(sentence) {
    this.message.hidden = sentence === null;
    write(this.message, sentence === null ? "" : this.#app.text(sentence));
  }

  #say() {
    const app = this.#app;
    const [lang, name] = OTHER[app.state.lang];
    write(this.title, app.text(app.frame.title));
    write(this.language, name);
    attribute(this.language, "lang", lang);
    attribute(this.close, "aria-label", app.t("ROOM_CLOSE"));
    attribute(this.close, "title", app.t("ROOM_CLOSE"));
    attribute(this.dialog, "aria-label", app.t("ROOM"));
    attribute(this.tabs, "aria-label", app.t("ROOM"));
    write(this.lost, app.t("ROOM_LOST"));
    for (const { words, tab, say } of this.parts) {
      write(tab, app.t(words));
      say();
    }
    this.#show();
  }

  #show() {
    const { told } = this.#room;
    this.lost.hidden = this.#app.connected;
    this.people.hidden = told === null;
    this.#follow(told?.question ?? null);
    write(this.people, this.#app.t("PEOPLE_HERE", { count: this.#app.number(told?.people ?? 0) }));
    for (const { name, tab, element, show } of this.parts) {
      const isOn = name === this.#part;
      attribute(tab, "aria-current", isOn ? "true" : null);
      element.hidden = !isOn;
      if (isOn) show(told);
    }
  }

  /** Whoever has asked sees the question, and hears it; also when it is closed and revealed. */
  #follow(question) {
    const [before, now] = [this.#asked, question === null ? "" : `${question.id} ${question.state}`];
    this.#asked = now;
    if (before === null || now === before || question === null) return;
    write(this.spoken, spokenText(this.#app, question));
    const isNew = question.state === "open" && before.split(" ")[0] !== question.id;
    if (isNew && this.#part === "ask") this.#part = "question";
    if (isNew) this.refused(null);
  }
}

/** Is it the key that shows the panel? */
function isOwn({ key, target, ctrlKey, metaKey, altKey, defaultPrevented }) {
  return key.toLowerCase() === "r" && !ctrlKey && !metaKey && !altKey && !defaultPrevented && !target.matches?.("input, textarea, select");
}

/** Does a key turn the pages of the story? Not while something is written or chosen. */
function isOfStory({ key, target, ctrlKey, metaKey, altKey }) {
  if (ctrlKey || metaKey || altKey || target.matches("input, textarea, select")) return false;
  return OF_STORY.includes(key);
}
