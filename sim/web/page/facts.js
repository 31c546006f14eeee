/** Figures of answers as people read them: digits, signs and units are decided here, for numbers and for stories. */
import { figureDigits } from "page/amounts.js";
import { between, fill, number, signed } from "page/texts.js";

/** What stands where a figure is not known yet. */
const MISSING = "…";
const CHANGES = ["diff", "low", "high"];
const TRUST = ["start", "now", "then"];

/** Decimals of a measure; whole numbers tell nothing where the difference is small. */
export function digitsOf(measure, found) {
  const small = found && found.diff !== null && Math.abs(found.diff) < 1.5;
  return small ? Math.max(1, measure.digits) : measure.digits;
}

/** A difference and the ends of its interval as written; with one decimal more where all would look the same. */
export function writtenDifference(measure, { diff, low, high }) {
  const digits = Math.max(1, measure.digits);
  const written = (more) => [diff, low, high].map((one) => signed(one, digits + more));
  const plain = written(0);
  return low !== null && isNarrow(...plain) ? written(1) : plain;
}

/** Whether an interval seems to end where it should have its middle. */
const isNarrow = (middle, low, high) => middle === low || middle === high;

/** The figures of a page of a story. */
export class Facts {
  /**
   * @param {object} app
   * @param {import("page/pages.js").Pages} pages all pages, as figures may be of another one
   */
  constructor(app, pages) {
    this.app = app;
    this.pages = pages;
  }

  /** The answer to what a page switches on, or undefined. */
  answer(page) {
    return this.app.answers.of(this.app.known.ordered(page.items));
  }

  /** The page that a figure is of, and its name without it. */
  #split(whole, page) {
    const colon = whole.indexOf(":");
    const home = colon < 0 ? page : this.pages.called(whole.slice(0, colon).trim());
    return [home, whole.slice(colon + 1).trim()];
  }

  /** What a figure says, as data; null where it is not known. */
  value(whole, page) {
    const [home, name] = this.#split(whole, page);
    const answer = home && this.answer(home);
    return answer ? valueIn(this.app.frame, answer, name.split(".")) : null;
  }

  /** A figure as people read it in a language: {text, state}, which is "missing", "growing" or "final". */
  written(whole, page, lang) {
    const [home, name] = this.#split(whole, page);
    const answer = home && this.answer(home);
    const value = answer ? valueIn(this.app.frame, answer, name.split(".")) : null;
    if (value === null || value === undefined) return { text: MISSING, state: "missing" };
    const text = write(this.app, answer, name.split("."), value, lang);
    return { text, state: answer.state === "final" ? "final" : "growing" };
  }

  /** A text with its figures filled in, as plain text. */
  filled(text, page, lang) {
    const told = pieces(text).map((part, i) => (i % 2 ? this.written(part, page, lang).text : part));
    return told.reduce((made, one) => made + between(made, one) + one, "");
  }
}

/** A text taken apart: texts, and between them what stands in braces. */
export function pieces(text) {
  return text.split(/\{([^{}]*)\}/);
}

function valueIn(frame, answer, [first, ...rest]) {
  if (first === "hours") return hoursIn(frame, answer.ledger, rest);
  if (first === "cost") return answer.cost[rest[0]];
  if (first === "people") return frame.people;
  if (first === "runs") return answer.n;
  if (first === "weeks") return frame.weeks.horizon;
  if (first === "trust" && !answer.measures.trust) return trustIn(answer.trust, rest[0]);
  return answer.measures[first]?.[rest[0]];
}

/** The mean of all pairs in percent: at the start, at the end as it is, and with what is on. */
function trustIn(pairs, side) {
  if (side === "diff") {
    const [now, then] = ["now", "then"].map((one) => trustIn(pairs, one));
    return now === null || then === null ? null : then - now;
  }
  const told = pairs.map((pair) => pair[2 + TRUST.indexOf(side)]);
  return !told.length || told.includes(null) ? null : sum(told) / told.length;
}

function hoursIn(frame, ledger, rest) {
  const told = rest.filter((one) => one !== "number");
  const [part, side] = told.length > 1 ? told : [null, told[0]];
  const of = (row) => (row ? sum(part === null ? row : [row[frame.parts.indexOf(part)]]) : null);
  if (side !== "diff") return of(ledger[side]);
  return ledger.then ? of(ledger.then) - of(ledger.now) : null;
}

const sum = (values) => values.reduce((all, one) => all + (one ?? 0), 0);

function write(app, answer, parts, value, lang) {
  const isBare = parts[parts.length - 1] === "number";
  const [first, ...rest] = isBare ? parts.slice(0, -1) : parts;
  if (first === "hours") return inHours(app, "STORY_HOURS", caseHours(app, answer, rest, value), isBare, lang);
  if (first === "cost") return costWritten(app, rest[0], number(value), isBare, lang);
  const measure = app.frame.measures.find(({ id }) => id === first);
  if (!measure && first === "trust") return inPercent(app, rest[0] === "diff" ? signed(value) : number(value), isBare, lang);
  if (!measure) return number(value);
  return measured(app, measure, answer.measures[first], rest[0], isBare, lang);
}

function inPercent(app, text, isBare, lang) {
  return isBare ? text : withUnit(text, { en: "%", zh: "%" }, lang);
}

function costWritten(app, what, text, isBare, lang) {
  if (what === "hours") return inHours(app, "STORY_COST", text, isBare, lang);
  return isBare ? text : saidIn(app, lang, "STORY_MONEY", { money: text }).replaceAll(" ", "\u00a0");
}

function inHours(app, key, hours, isBare, lang) {
  return isBare ? hours : saidIn(app, lang, key, { hours }).replace(" ", "\u00a0");
}

/** Hours of a case, more finely where they are few or differ little. */
function caseHours(app, answer, rest, value) {
  const side = rest[rest.length - 1];
  const change = hoursIn(app.frame, answer.ledger, [...rest.slice(0, -1), "diff"]);
  const digits = figureDigits(app, value, change);
  return side === "diff" ? signed(value, digits) : number(value, digits);
}

function measured(app, measure, found, side, isBare, lang) {
  if (side === "verdict") return saidIn(app, lang, `VERDICTS.${found.verdict}`);
  if (side === "better") return saidIn(app, lang, "STORY_BETTER_IN", { count: found.better[0], of: found.better[1] });
  const text = CHANGES.includes(side)
    ? writtenDifference(measure, found)[CHANGES.indexOf(side)]
    : number(found[side], digitsOf(measure, found.then === null ? null : found));
  if (isBare) return text;
  return withUnit(text, CHANGES.includes(side) ? measure.delta_unit : measure.unit, lang);
}

/** A number with its unit, which no line parts; in Chinese a percent sign stands close. */
function withUnit(text, unit, lang) {
  const said = unit[lang] ?? unit.en;
  return said === "%" && lang === "zh" ? `${text}%` : `${text}\u00a0${said}`.trimEnd();
}

/** The words under a key in a language, also in the one that is not on. */
function saidIn(app, lang, key, facts = {}) {
  return fill(app.frame.words[lang]?.[key] ?? key, facts);
}
