/**
 * What the room and this page tell each other. What cannot be said because the connection is away waits: of bets, names
 * and notes the newest is said until the room knows it, everything else once.
 */

const MOST_WAITING = 20;
const PATIENCE = 5000;

export class Line {
  /** How the room stands, as it was told last; null until it is known. */
  told = null;
  #live;
  #changed;
  #unknown = new Map();
  #waiting = [];

  /**
   * @param {object} live the connection, see `page/live.js`
   * @param {{onChange: function(object?), onRefused: function(object)}} hears the room has changed (with what it was
   *   before), or something cannot be done (with a sentence in both languages)
   */
  constructor(live, { onChange, onRefused }) {
    this.#live = live;
    this.#changed = onChange;
    this.refuse = onRefused;
    live.enter((room) => this.#hear(room), () => this.#again());
  }

  /** Say something once: at once, or when the connection is back. */
  say(message) {
    if (this.#live.tell(message, this.refuse)) return;
    this.#waiting.push(message);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
  }

  /** Say something until the room knows it; what was said before under the same key no longer counts. */
  keepSaying(key, message, isKnown) {
    const one = { message, isKnown };
    this.#unknown.set(key, one);
    this.#utter(key, one);
  }

  /** What was said under a key and the room does not know yet, or undefined. */
  unknown(key) {
    return this.#unknown.get(key)?.message;
  }

  #utter(key, one) {
    const isSaid = this.#live.tell(one.message, (sentence) => {
      if (this.#unknown.get(key) === one) this.#unknown.delete(key);
      this.refuse(sentence);
      this.#changed(this.told);
    });
    if (isSaid) this.#doubt(key, one);
  }

  #hear(room) {
    const before = this.told;
    this.told = { past: before?.past ?? [], ...room }; // what is past need not be told every time
    for (const [key, one] of this.#unknown) if (one.isKnown(room)) this.#unknown.delete(key);
    for (const message of this.#waiting.splice(0)) this.say(message);
    this.#changed(before);
  }

  /** Over a new connection what the room may not have heard is said again. */
  #again() {
    for (const [key, one] of this.#unknown) this.#utter(key, one);
  }

  /** Where the room stays silent the connection may carry nothing: once another one is tried. */
  #doubt(key, one) {
    if (one.isDoubted) return;
    one.isDoubted = true;
    setTimeout(() => this.#unknown.get(key) === one && this.#live.up && this.#live.renew(), PATIENCE);
  }
}

/** Are two texts the same but for what a server may tidy: spaces, and letters that cannot be seen? */
export function alike(one, other) {
  const tidy = (text) => (text ?? "").normalize("NFC").replace(/\p{C}/gu, "").replace(/\s+/g, " ").trim();
  return tidy(one) === tidy(other);
}
