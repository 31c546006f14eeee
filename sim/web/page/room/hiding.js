/** What the host has taken off this screen: names and reasons that are rude. Nobody else is told, and the log keeps them. */
import { attribute, button, write } from "../dom.js";
import { keep, recalled } from "./memory.js";

const MOST = 200;

export class Hiding {
  #app;
  #hidden = new Set(recalled("hidden", true) ?? []);
  #changed;

  /** @param {function()} onChange something was taken off */
  constructor(app, onChange) {
    this.#app = app;
    this.#changed = onChange;
  }

  /** How much was taken off so far. */
  get count() {
    return this.#hidden.size;
  }

  hasName(name) {
    return this.#hidden.has(`name ${name}`);
  }

  hasReason(question, reason) {
    return this.#hidden.has(keyOf(question, reason));
  }

  /** A button that takes a name off, wherever it stands. */
  nameButton(name) {
    return this.#button(`name ${name}`, name);
  }

  /** A button that takes a reason off. */
  reasonButton(question, reason) {
    return this.#button(keyOf(question, reason), reason.why);
  }

  #button(key, what) {
    const element = button("take-off", () => {
      this.#hidden.add(key);
      keep("hidden", [...this.#hidden].slice(-MOST), true);
      this.#changed();
    });
    const said = this.#app.t("TAKE_OFF");
    write(element, "×");
    attribute(element, "title", said);
    attribute(element, "aria-label", `${said} (${what.slice(0, 40)})`);
    return element;
  }
}

function keyOf(question, { name, why }) {
  return `reason ${JSON.stringify([question.id, name, why])}`;
}
