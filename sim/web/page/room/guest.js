/**
 * The page of somebody who bets on a phone: the question that is open, then what came of it, and what was asked before.
 * It stands on the connection of the large page (`page/live.js`) and on little else.
 */
import { attribute, button, make, write } from "../dom.js";
import { connect } from "../live.js";
import { Earlier } from "./earlier.js";
import { Line, alike } from "./line.js";
import { OTHER, Speaker } from "./speaker.js";
import { makeStage } from "./stages.js";

const MOST_NAME = 30;
const ASLEEP = 5000;

class Guest {
  #refusal = null;

  constructor(frame) {
    this.say = new Speaker(frame.words);
    this.frame = frame;
    this.connected = true;
    this.stage = null;
    this.live = connect(frame, "guest");
    this.live.onConnection = (up) => this.#connection(up);
    this.line = new Line(this.live, { onChange: () => this.show(), onRefused: (sentence) => this.#refused(sentence) });
    this.earlier = new Earlier(this);
    this.#build();
    this.#stayAwake();
    this.turned();
  }

  get told() {
    return this.line.told;
  }

  // ---- what somebody does

  /** Bet, or change the bet; it is said until the room knows it. */
  bet(question, bet) {
    const isKnown = ({ mine, question: asked }) => asked?.id !== question.id || (mine !== null && isSame(mine, bet));
    this.#refusal = null;
    this.line.keepSaying("bet", { do: "bet", question: question.id, ...bet }, isKnown);
    this.show();
  }

  /** The bet on a question: one on its way, or the one that the room knows. */
  betOn(question) {
    const sent = this.line.unknown("bet");
    if (sent?.question === question.id) return { bet: sent, isSent: this.connected };
    const { mine, question: asked } = this.told;
    return { bet: asked?.id === question.id ? mine : this.earlier.betOn(question), isSent: true };
  }

  #rename() {
    const name = this.name.value.trim().slice(0, MOST_NAME);
    this.line.keepSaying("name", { do: "name", name }, (room) => alike(room.name, name));
    this.show();
  }

  // ---- the page

  #build() {
    this.title = make("h1", { dir: "auto" });
    this.language = button("language", () => {
      this.say.turn();
      this.turned();
    });
    this.state = make("p", { class: "connection", role: "status" });
    this.refusal = make("p", { class: "refusal", role: "alert" });
    this.main = make("main");
    this.people = make("p", { class: "people" });
    this.spoken = make("p", { class: "unseen", "aria-live": "polite" });
    this.press = make("a", { class: "press" });
    this.pressMeans = make("p", { class: "means" });
    const parts = [make("section", { class: "aside" }, this.press, this.pressMeans), this.#makeName(), this.earlier.element];
    document.getElementById("wait")?.remove();
    document.body.append(make("header", {}, this.title, this.language), this.state, this.refusal, this.main, this.people, ...parts, this.spoken);
  }

  #makeName() {
    this.name = make("input", { id: "name", maxlength: MOST_NAME, autocomplete: "nickname", enterkeyhint: "done" });
    this.nameLabel = make("label", { for: "name" });
    this.nameSave = make("button", { type: "submit" });
    this.nameState = make("p", { class: "means", role: "status" });
    const form = make("form", { class: "aside name" }, this.nameLabel, make("div", { class: "field" }, this.name, this.nameSave), this.nameState);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#rename();
      this.name.blur();
    });
    return form;
  }

  /** A phone that was put away may hold a connection that carries nothing: it is begun anew. */
  #stayAwake() {
    let since = 0;
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) since = Date.now();
      else if (!this.live.up || Date.now() - since > ASLEEP) this.live.renew();
    });
    addEventListener("online", () => this.live.renew());
  }

  /** Say everything in the language that was turned to. */
  turned() {
    const { say } = this;
    document.title = say.t("GUEST_TITLE");
    const [lang, name] = OTHER[say.lang];
    write(this.language, name);
    attribute(this.language, "lang", lang);
    write(this.press, say.t("PRESS_YOURSELF"));
    write(this.pressMeans, say.t("PRESS_MEANS"));
    write(this.nameLabel, say.t("NAME_LABEL"));
    write(this.nameSave, say.t("NAME_SAVE"));
    attribute(this.press, "href", largePage(this.frame.room.page ?? "/", say.lang));
    this.stage = null;
    this.#connection(this.connected);
    this.show();
  }

  show() {
    const { told } = this;
    write(this.title, this.say.text(told?.title ?? this.frame.title));
    if (told === null) return write(this.main, this.say.t("GUEST_CONNECTING"));
    const question = told.question ?? null;
    const key = question ? `${question.id} ${question.state}` : "none";
    this.earlier.remember(told);
    if (this.stage?.key !== key) this.#turnTo(key, question);
    this.stage.show(question);
    this.#around(told);
    return undefined;
  }

  #turnTo(key, question) {
    const hadOne = this.stage !== null;
    this.stage = { key, ...makeStage(this, question) };
    this.main.replaceChildren(this.stage.element);
    write(this.spoken, this.stage.spoken);
    if (hadOne && question) scrollTo({ top: 0 });
  }

  #around(told) {
    const { say } = this;
    const open = told.question?.state === "open";
    write(this.people, open ? say.t("BETS_SO_FAR", { bets: say.number(told.question.bets), people: say.number(told.people) }) : say.t("PEOPLE_HERE", { count: say.number(told.people) }));
    this.press.parentElement.hidden = open || told.question?.state === "closed";
    const isWaiting = this.line.unknown("name") !== undefined && !this.connected;
    const name = this.line.unknown("name")?.name ?? told.name;
    if (document.activeElement !== this.name) this.name.value = name ?? "";
    write(this.nameState, isWaiting ? say.t("NOT_SENT_YET") : name ? say.t("NAME_KNOWN", { name: isolated(name) }) : say.t("NAME_MEANS"));
    this.refusal.hidden = !this.#refusal;
    write(this.refusal, say.text(this.#refusal));
    this.earlier.show(told.question);
  }

  // ---- the connection

  #refused(sentence) {
    this.#refusal = sentence;
    if (this.told) this.show();
  }

  #connection(up) {
    const wasLost = !this.connected;
    this.connected = up;
    this.state.hidden = up;
    write(this.state, up ? "" : this.say.t("LINE_LOST"));
    if (up && wasLost) write(this.spoken, this.say.t("LINE_BACK"));
    if (this.told) this.show();
  }
}

/** Is what the room knows the bet that was made? */
function isSame(mine, { choice, value, why }) {
  const near = value === undefined || Math.abs((mine.value ?? Infinity) - value) < 1e-6;
  return (mine.choice ?? undefined) === choice && near && alike(mine.why, why);
}

/** The large page as it is read here. */
function largePage(address, lang) {
  return `${address}#lang=${lang}${matchMedia("(prefers-color-scheme: dark)").matches ? "&theme=dark" : ""}`;
}

/** A name that runs from right to left leaves the sentence around it as it is. */
function isolated(name) {
  return `\u2068${name}\u2069`;
}

new Guest(JSON.parse(document.getElementById("frame").textContent));
