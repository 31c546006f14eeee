/** Words and numbers in a language; the words come with the frame. */

/** What stands too close where two pieces meet: Chinese letters beside Latin ones or digits. */
const TOO_CLOSE = /^(?:[\u4e00-\u9fff](?:[A-Za-z0-9]|[-−+][0-9])|[A-Za-z0-9][\u4e00-\u9fff])/;
const FORMATS = new Map();

/** What stands between two pieces of a text: a space where they would stand too close, and nothing otherwise. */
export function between(before, after) {
  return before && after && TOO_CLOSE.test(before.slice(-1) + after.slice(0, 2)) ? " " : "";
}

/** Fill the placeholders of a text; Chinese letters and the Latin ones beside them are kept apart by a space. */
export function fill(text, facts = {}) {
  let made = "";
  for (const part of text.split(/(\{\w+\})/)) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    const said = name !== undefined && Object.hasOwn(facts, name) ? String(facts[name]) : part;
    made += between(made, said) + said;
  }
  return made;
}

/** A number as it is shown: a true minus sign, thousands apart, nothing known as a dash. */
export function number(value, digits = 0) {
  if (unknown(value)) return "–";
  const shown = unsigned(value, digits);
  return value < 0 && !isNothing(shown) ? `−${shown}` : shown;
}

/** A difference as it is shown, with its sign. */
export function signed(value, digits = 0) {
  if (unknown(value)) return "–";
  const shown = unsigned(value, digits);
  if (isNothing(shown)) return `±${shown}`;
  return (value > 0 ? "+" : "−") + shown;
}

function unknown(value) {
  return value === null || value === undefined || Number.isNaN(value);
}

function isNothing(shown) {
  return !/[1-9]/.test(shown);
}

function unsigned(value, digits) {
  if (!FORMATS.has(digits)) {
    const places = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    FORMATS.set(digits, new Intl.NumberFormat("en-US", places));
  }
  return FORMATS.get(digits).format(Math.abs(value));
}

/**
 * Words and numbers in the language that is on. Whoever speaks says which that is (`spoken`), and which words there are
 * by language and key (`words`).
 */
export class Wording {
  /** The words under a key, with facts filled in; a fact may be a text in both languages. */
  t(key, facts = {}) {
    const said = Object.entries(facts).map(([name, fact]) => [name, fact?.en === undefined ? fact : this.text(fact)]);
    return fill(this.words[this.spoken]?.[key] ?? key, Object.fromEntries(said));
  }

  /** A text that is there in both languages, in the one that is on. */
  text(label) {
    return label?.[this.spoken] ?? label?.en ?? "";
  }

  number(value, digits = 0) {
    return number(value, digits);
  }

  signed(value, digits = 0) {
    return signed(value, digits);
  }

  /** A number with its unit, which is a text in both languages; in Chinese a percent sign stands close. */
  valued(value, digits, unit) {
    const [text, said] = [this.number(value, digits), this.text(unit)];
    return said === "%" && this.spoken === "zh" ? `${text}%` : `${text} ${said}`.trimEnd();
  }
}
