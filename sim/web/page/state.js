/**
 * What is switched on and how it is looked at, as it stands in the address behind `#`:
 * `with=raci+shared_kpi&keep=raci;raci+shared_kpi&lang=zh&theme=dark&big=1&tab=hours&case=730&t=35&page=3b`. A page of
 * a story has wishes of its own: only what is otherwise is in the address.
 */
import { same } from "page/items.js";

const LANGUAGES = ["en", "zh"];
const THEMES = ["light", "dark"];
const NAME = /^[\w-]{1,40}$/;
const MOST_ITEMS = 80;

/** Alternatives that are kept at the same time. */
export const MOST_KEPT = 8;

const MOST_LETTERS = 4000;

/** The state of a page that was opened without any wishes. */
export function plainState(lang, page = "") {
  return {
    page, blank: false,
    items: [], kept: [], lang, theme: "light", big: false, tab: "", side: "with", case: null, time: null,
    playing: false, speed: 1, drawer: false,
  };
}

/**
 * Read the address. What is not understood or not allowed is left out.
 *
 * @param {string} hash what stands behind the `#`, with it or without
 * @param {object} plain the state where the address says nothing
 * @param {import("page/items.js").Known} known what can be asked for
 * @returns {{state: object, ignored: string[]}}
 */
export function readAddress(hash, plain, known) {
  const ignored = [];
  const text = hash.replace(/^#/, "");
  if (text.length > MOST_LETTERS) return { state: { ...plain }, ignored: [`${text.slice(0, 20)}…`] };
  const told = text.split("&").filter(Boolean).map(inTwo);
  const state = usual(plain, readPage(told, plain, known, ignored), known);
  for (const [name, value] of told) {
    if (Object.hasOwn(READERS, name)) READERS[name](value, state, known, ignored);
    else ignored.push(shortened(name));
  }
  return { state, ignored };
}

function inTwo(part) {
  const equals = part.indexOf("=");
  return equals < 0 ? [part, ""] : [part.slice(0, equals), part.slice(equals + 1)];
}

/** What a page is like where the address says nothing else: as its story wants it. */
function usual(plain, page, known) {
  return { ...plain, page, ...known.pages.wishOf(page) };
}

/** The page of the story; 0 is none. */
function readPage(told, plain, known, ignored) {
  const found = told.find(([name]) => name === "page")?.[1];
  if (found === undefined) return plain.page;
  if (found === "0") return "";
  if (known.pages.stages.includes(found)) return found;
  ignored.push(shortened(`page=${found}`));
  return plain.page;
}

const READERS = {
  page() {}, // read before all others
  with(value, state, known, ignored) {
    state.items = readItems(value, known, ignored);
  },
  keep(value, state, known, ignored) {
    const kept = value.split(";").map((one) => readItems(one, known, ignored)).filter((one) => one.length);
    state.kept = kept.filter((one, i) => kept.findIndex((other) => same(one, other)) === i).slice(0, MOST_KEPT);
  },
  lang: oneOf("lang", LANGUAGES),
  theme: oneOf("theme", THEMES),
  big(value, state) {
    state.big = value === "1";
  },
  tab: named("tab"),
  case: named("case"),
  t(value, state, known, ignored) {
    const time = Number(value);
    if (value !== "" && time >= 0 && time <= 168) state.time = time;
    else ignored.push(shortened(value));
  },
};

function oneOf(key, allowed) {
  return (value, state, known, ignored) => {
    if (allowed.includes(value)) state[key] = value;
    else ignored.push(shortened(value));
  };
}

function named(key) {
  return (value, state, known, ignored) => {
    if (NAME.test(value) || (key === "tab" && value === "")) state[key] = value;
    else ignored.push(shortened(value));
  };
}

function readItems(text, known, ignored) {
  const items = text.split("+").filter(Boolean).map(unquoted);
  const allowed = items.filter((item) => known.allows(item));
  ignored.push(...items.filter((item) => !known.allows(item)).map(shortened));
  return known.ordered(allowed.slice(0, MOST_ITEMS));
}

function unquoted(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function shortened(text) {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}

/** Write the address of a state; what is as usual is left out. */
export function writeAddress(state, plain, known) {
  const parts = [];
  const { items, tab, time } = usual(plain, state.page, known);
  const put = (name, value, usual) => value !== usual && value !== null && parts.push(`${name}=${value}`);
  put("page", state.page || "0", plain.page || "0");
  put("with", itemsText(state.items), itemsText(known.ordered(items)));
  put("keep", state.kept.map(itemsText).join(";"), "");
  put("lang", state.lang, plain.lang);
  put("theme", state.theme, plain.theme);
  put("big", state.big ? "1" : "", "");
  put("tab", state.tab, tab);
  put("case", state.case, null);
  if (!state.playing && state.time !== null) put("t", Math.round(state.time * 10) / 10, time);
  return `#${parts.join("&")}`;
}

function itemsText(items) {
  return items.map((item) => encodeURIComponent(item).replace(/%3A/g, ":").replace(/%3D/g, "=").replace(/%2C/g, ",")).join("+");
}

/** What was switched on and kept before, so that one can go back and forth. */
export class Past {
  #undone = [];
  #done = [];
  #join = null;

  /** Remember a state before it is changed; changes with the same `join` (one pull at a slider) are one step. */
  remember(state, join = null) {
    const goesOn = join !== null && join === this.#join;
    this.#join = join;
    if (goesOn) return false;
    this.#done.push(content(state));
    if (this.#done.length > 200) this.#done.shift();
    this.#undone = [];
    return true;
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /** What was before `state`, or null. */
  undo(state) {
    return this.#step(this.#done, this.#undone, state);
  }

  /** What was undone last, or null. */
  redo(state) {
    return this.#step(this.#undone, this.#done, state);
  }

  #step(from, to, state) {
    this.#join = null;
    if (!from.length) return null;
    to.push(content(state));
    return from.pop();
  }
}

function content(state) {
  return { items: state.items, kept: state.kept, page: state.page };
}
