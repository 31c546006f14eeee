/**
 * What all parts of the page share: the frame, the state, the answers, words and numbers in the language that is on.
 * A part subscribes with `app.on(event, fn)` and changes the state with `app.set(patch)`; it knows no other part.
 *
 * Events: "state" (with the state before), "answer", "week", "sure", "language", "theme", "size", "connection", "notice",
 * "ahead" (an answer came that somebody will look at soon), "room" (who is there and what is asked, where there is one).
 */
import { Answers } from "page/answers.js";
import { Known, dosesOf, isPlace, itemOf, same, subjectOf, valueOf } from "page/items.js";
import { Past, plainState, readAddress, writeAddress } from "page/state.js";
import { Wording } from "page/texts.js";

const UNDOABLE = ["items", "kept", "page"];
const MOMENTARY = ["time", "playing", "speed", "blank"];

export class App extends Wording {
  #listeners = new Map();
  #past = new Past();
  #plain;
  #writing = 0;
  #unwritten = [];

  /**
   * @param {object} frame what is the same for all answers
   * @param {object} source where answers come from
   * @param {string} lang the language where the address names none
   */
  constructor(frame, source, lang) {
    super();
    this.frame = frame;
    this.source = source;
    this.known = new Known(frame);
    this.connected = true;
    this.notice = null;
    this.room = null;
    this.#plain = plainState(lang, frame.story?.opens ? "1" : "");
    this.answers = new Answers(this, source);
    this.#restore(location.hash);
    addEventListener("popstate", (event) => this.#wentBack(event));
    addEventListener("resize", () => requestAnimationFrame(() => this.emit("size")));
  }

  /** Ask for what is on; called once the parts stand. */
  start() {
    this.#dress();
    this.answers.follow();
  }

  // ---- events

  /** Call `fn` whenever `event` happens. */
  on(event, fn) {
    if (!this.#listeners.has(event)) this.#listeners.set(event, []);
    this.#listeners.get(event).push(fn);
  }

  /** Tell those who listen; the fault of one part leaves the others alone. */
  emit(event, ...facts) {
    for (const fn of this.#listeners.get(event) ?? []) {
      try {
        fn(...facts);
      } catch (error) {
        console.error(error);
      }
    }
  }

  // ---- state

  /**
   * Change the state and the address, and tell everybody.
   *
   * @param {object} patch what changes
   * @param {{undo?: boolean, join?: string}} how whether it can be undone; one pull at a slider is one step (`join`)
   */
  set(patch, { undo = false, join = null } = {}) {
    const wanted = { ...patch };
    if (wanted.items) wanted.items = this.known.ordered(wanted.items);
    const changed = Object.keys(wanted).filter((key) => !same(this.state[key], wanted[key]));
    if (!changed.length) return;
    const content = changed.some((key) => UNDOABLE.includes(key));
    const isStep = undo && content && this.#past.remember(this.state, join);
    this.#change(wanted, changed);
    this.#write(changed, isStep);
  }

  undo() {
    this.#return(this.#past.undo(this.state));
  }

  redo() {
    this.#return(this.#past.redo(this.state));
  }

  get canUndo() {
    return this.#past.canUndo;
  }

  get canRedo() {
    return this.#past.canRedo;
  }

  #return(content) {
    if (!content) return;
    this.#change(content, UNDOABLE);
    this.#write(UNDOABLE, true);
  }

  #change(patch, changed) {
    const before = this.state;
    this.state = { ...before, ...patch };
    if (changed.includes("items") || changed.includes("kept")) this.answers.follow();
    if (changed.some((key) => ["lang", "theme", "big"].includes(key))) this.#dress();
    this.emit("state", before);
    if (changed.includes("lang")) this.emit("language");
    if (changed.includes("theme")) this.emit("theme");
    if (changed.includes("big")) this.emit("size");
  }

  /** Language, colors and size are said once, at the root of the document. */
  #dress() {
    const root = document.documentElement;
    root.lang = this.state.lang === "zh" ? "zh-CN" : this.state.lang;
    root.dataset.theme = this.state.theme;
    root.toggleAttribute("data-big", this.state.big);
    document.title = `${this.text(this.frame.title)} · deptsim`;
  }

  // ---- address

  /** The address follows once what changed is on the screen: a step in the history takes longer than all the rest. */
  #write(changed, isStep) {
    clearTimeout(this.#writing);
    if (changed.every((key) => MOMENTARY.includes(key))) {
      this.#writing = setTimeout(() => history.replaceState({ ours: true }, "", this.#address), 400);
      return;
    }
    this.#unwritten.push([isStep, this.#address]);
    afterDrawing(() => this.#catchUp());
  }

  #catchUp() {
    for (const [isStep, address] of this.#unwritten.splice(0)) {
      if (isStep) history.pushState({ ours: true }, "", address);
      else history.replaceState({ ours: true }, "", address);
    }
  }

  get #address() {
    return writeAddress(this.state, this.#plain, this.known);
  }

  #restore(hash) {
    const { state, ignored } = readAddress(hash, this.#plain, this.known);
    this.state = state;
    if (ignored.length) this.notice = { key: "ADDRESS_IGNORED", facts: { what: ignored.slice(0, 3).join(", ") } };
    history.replaceState({ ours: true }, "", hash ? this.#address : location.href);
  }

  /** Back and forward change what is on, not how it is looked at; an address that was typed in changes both. */
  #wentBack(event) {
    this.#unwritten.length = 0; // what was not in the history yet when somebody went back is not put on top of it
    const { state, ignored } = readAddress(location.hash, this.#plain, this.known);
    const { items, kept, page, lang, theme, big } = state;
    const patch = event.state?.ours ? { items, kept, page } : { items, kept, page, lang, theme, big };
    const changed = Object.keys(patch).filter((key) => !same(this.state[key], patch[key]));
    if (changed.some((key) => UNDOABLE.includes(key))) this.#past.remember(this.state);
    if (changed.length) this.#change(patch, changed);
    history.replaceState({ ours: true }, "", this.#address);
    if (ignored.length) this.say("ADDRESS_IGNORED", { what: ignored.slice(0, 3).join(", ") });
  }

  /** Show a sentence that can be put away; a text of the server may be given in both languages instead of a key. */
  say(key, facts) {
    this.notice = key === null ? null : { key, facts };
    this.emit("notice");
  }

  // ---- answers (see answers.js)

  /** The answer for what happens now; null until there is one. */
  get now() {
    return this.answers.now;
  }

  /** The answer for what is switched on; null where nothing is, or until there is one. */
  get then() {
    return this.answers.then;
  }

  /** Does `then` belong to what was on before? */
  get stale() {
    return this.answers.stale;
  }

  get weekNow() {
    return this.answers.weekNow;
  }

  get weekThen() {
    return this.answers.weekThen;
  }

  get staleWeek() {
    return this.answers.staleWeek;
  }

  // ---- words

  get words() {
    return this.frame.words;
  }

  get spoken() {
    return this.state.lang;
  }

  /** What an item is called, with its doses where it has some. */
  nameOf(item) {
    if (isPlace(item)) return this.#figureName(item);
    const found = this.known.interventions.get(subjectOf(item));
    const doses = this.known.ownDoses(item);
    const name = found ? this.text(found.label) : subjectOf(item);
    return doses.length ? this.t("DOSED", { name, doses: doses.map(([, v]) => this.#doseName(found, v)).join(", ") }) : name;
  }

  #doseName(intervention, value) {
    const preset = intervention?.presets.find((one) => one.name === value);
    return preset ? this.text(preset.label) : value;
  }

  #figureName(item) {
    const found = this.known.figures.get(subjectOf(item));
    const name = found ? this.text(found.label) : subjectOf(item);
    return this.t("FIGURE_NAME", { name, value: this.number(valueOf(item), 2).replace(/\.?0+$/, "") });
  }

  /** What several items are called together: a bundle by its name. */
  namesOf(items) {
    const bundle = this.known.bundleOf(items);
    return bundle ? this.text(bundle.label) : this.partsOf(items);
  }

  /** What several items are called, one after another. */
  partsOf(items) {
    return items.length ? items.map((item) => this.nameOf(item)).join(" + ") : this.t("NOW");
  }

  // ---- switches

  /** The item that is on about an intervention or place, or undefined. */
  itemOn(subject) {
    return this.state.items.find((item) => subjectOf(item) === subject);
  }

  /** The dose that is on, as text, or undefined where it is the usual one. */
  doseOn(kind, name) {
    return dosesOf(this.itemOn(kind) ?? kind)[name];
  }

  /** Switch an item on where nothing about its subject is on, and off where something is. */
  toggle(item) {
    const subject = subjectOf(item);
    const rest = this.state.items.filter((one) => subjectOf(one) !== subject);
    this.set({ items: rest.length < this.state.items.length ? rest : [...rest, item] }, { undo: true });
  }

  /** Put an item in the place of what is on about its subject. */
  put(item, join = null) {
    const rest = this.state.items.filter((one) => subjectOf(one) !== subjectOf(item));
    this.set({ items: [...rest, item] }, { undo: true, join });
  }

  /** Change one dose of an intervention; the usual value is left out. */
  dose(kind, name, value, join = null) {
    const doses = dosesOf(this.itemOn(kind) ?? this.known.itemFor(kind));
    const usual = this.known.interventions.get(kind)?.doses.find((one) => one.name === name)?.usual;
    this.put(itemOf(kind, { ...doses, [name]: value === usual || value === "" ? undefined : value }), join);
  }

  /** Switch everything off; it can be undone. */
  reset() {
    this.set({ items: [] }, { undo: true });
  }
}

/** Call a function once what has changed is on the screen; where nothing is drawn, soon. */
function afterDrawing(fn) {
  if (document.hidden) setTimeout(fn);
  else requestAnimationFrame(() => setTimeout(fn));
}
