/** Earlier questions on a guest's page: what the room tells of them, or what this phone has seen itself. */
import { make, write } from "../dom.js";
import { keep, recalled } from "./memory.js";
import { outcome } from "./stages.js";

const MOST = 20;

export class Earlier {
  #guest;
  #name;
  #seen;
  #shown = "";

  constructor(guest) {
    this.#guest = guest;
    this.#name = `earlier ${guest.frame.room.home}`;
    this.#seen = new Map((recalled(this.#name) ?? []).filter((one) => one?.question?.shown).map((one) => [one.question.id, one]));
    this.heading = make("h2");
    this.list = make("div");
    this.element = make("section", { class: "aside earlier" }, this.heading, this.list);
  }

  /** What was bet on an earlier question, or null. */
  betOn(question) {
    return this.#seen.get(question.id)?.mine ?? null;
  }

  /** Take note of what was revealed, and of one's bets. */
  remember({ question, mine, past = [] }) {
    for (const one of past) this.#take(this.#asSeen(one), this.betOn(one));
    if (question) this.#take(question, mine ?? null);
  }

  /** An earlier question as it is told now, with the reasons that were seen when it was revealed. */
  #asSeen(question) {
    const reasons = this.#seen.get(question.id)?.question.shown?.reasons ?? [];
    return { ...question, shown: { ...question.shown, reasons } };
  }

  #take(question, mine) {
    const one = { question, mine };
    if (JSON.stringify(one) === JSON.stringify(this.#seen.get(question.id))) return;
    this.#seen.set(question.id, one);
    if (this.#seen.size > MOST) this.#seen.delete(this.#seen.keys().next().value);
    keep(this.#name, [...this.#seen.values()].filter((seen) => seen.question.shown));
  }

  /** Show all that were revealed but the one that stands in the middle. */
  show(current) {
    const { say } = this.#guest;
    const found = [...this.#seen.values()].filter(({ question }) => question.shown && question.id !== current?.id).reverse();
    this.element.hidden = found.length === 0;
    write(this.heading, say.t("EARLIER"));
    const now = JSON.stringify([say.lang, found]);
    if (now === this.#shown) return;
    this.#shown = now;
    this.list.replaceChildren(...found.map(({ question }) => make("details", {},
      make("summary", { dir: "auto" }, `${question.number}. ${say.text(question.text)}`),
      make("div", { class: "result" }, ...outcome(this.#guest, question)))));
  }
}
