/**
 * The answers that have come, and which of them are shown. What is on is asked for as soon as it changes; until its
 * answer comes, the one before stays, marked as stale.
 */
import { keyOf } from "page/items.js";

const MOST_WEEKS = 40;

/** What is asked for at the same time of what will be looked at soon. */
const MOST_AHEAD = 5;

export class Answers {
  #app;
  #source;
  #answers = new Map();
  #weeks = new Map();
  #asked = new Map();
  #ahead = new Map();
  #refused = new Set();

  constructor(app, source) {
    this.#app = app;
    this.#source = source;
    this.now = null;
    this.then = null;
    this.stale = false;
    this.weekNow = null;
    this.weekThen = null;
    this.staleWeek = false;
    this.refusal = null;
    this.isHidden = () => false; // what a question is about is not shown before it is answered; see room/room.js
    this.sureProgress = new Map();
    this.busy = new Map();
    source.onConnection = (up) => {
      app.connected = up;
      app.emit("connection");
    };
    source.onNear = (answers) => this.#hold(answers);
  }

  /** Take what the document brings along about how things are now. */
  begin(answer, week) {
    if (answer) this.#answers.set("", answer);
    if (week) this.#weeks.set("", week);
    this.#show();
  }

  /** Keep answers that nobody looks at yet: what is one switch away comes along, so that it is there at once. */
  #hold(answers) {
    for (const answer of answers) {
      const key = keyOf(this.#app.known.ordered(answer.asked));
      if (this.#answers.get(key)?.state !== "final") this.#answers.set(key, answer);
    }
  }

  /** The newest answer for some items, or undefined. */
  of(items) {
    return this.isHidden(items) ? undefined : this.#answers.get(keyOf(items));
  }

  /**
   * Ask for what is kept, what happens now and what is on, which comes last, as the latest question is the most
   * urgent; forget what nobody looks at.
   */
  follow() {
    const { items, kept } = this.#app.state;
    const looked = [...kept, [], items].filter((one) => !this.isHidden(one));
    const waiting = new Set([...kept, [], ...this.#ahead.values()].map(keyOf));
    waiting.delete(keyOf(items));
    for (const key of [...this.#asked.keys()]) {
      if (!waiting.has(key) && !this.#isDone(key)) this.#drop(key); // also what is on now: asked anew it is urgent
    }
    this.refusal = null;
    this.#show();
    for (const one of looked) this.#ask(one);
    this.#askAhead();
  }

  /** Ask for what will be looked at soon, the first of them first, once what is on is there. */
  ahead(lists) {
    this.#ahead = new Map(lists.map((items) => this.#app.known.ordered(items)).map((items) => [keyOf(items), items]));
    this.#askAhead();
  }

  #askAhead() {
    const { items } = this.#app.state;
    const key = keyOf(items);
    if (!this.#isDone(key) && !this.#refused.has(key) && !this.isHidden(items)) return;
    const missing = [...this.#ahead].filter(([key]) => !this.#isDone(key) && !this.#refused.has(key)).slice(0, MOST_AHEAD);
    for (const [, one] of missing.reverse()) this.#ask(one);
  }

  #drop(key) {
    const handle = this.#asked.get(key);
    this.#asked.delete(key);
    handle?.drop?.();
  }

  #isDone(key) {
    return this.#answers.get(key)?.state === "final" && this.#weeks.has(key);
  }

  #ask(items) {
    const key = keyOf(items);
    if (this.#asked.has(key) || this.#isDone(key)) return;
    this.#asked.set(key, null);
    const handle = this.#source.ask(
      items,
      (answer) => this.#take(key, answer),
      (week) => this.#takeWeek(key, week),
      (sentence) => this.#refuse(key, sentence),
      (done, total) => this.#hearBusy(key, done, total),
    );
    if (this.#asked.has(key)) this.#asked.set(key, handle ?? null);
  }

  #take(key, answer) {
    this.#answers.set(key, newest(this.#answers.get(key), answer));
    this.busy.delete(key);
    if (this.#isShown(key) || this.#app.state.kept.some((one) => keyOf(one) === key)) {
      this.#show();
      this.#app.emit("answer");
    }
    this.#hadAhead(key);
  }

  /** Something came that will be looked at soon, or what is on is there: go on with the rest. */
  #hadAhead(key) {
    if (this.#ahead.has(key)) this.#app.emit("ahead");
    if (this.#isDone(key)) this.#askAhead();
  }

  #takeWeek(key, week) {
    this.#weeks.delete(key);
    this.#weeks.set(key, week);
    if (this.#weeks.size > MOST_WEEKS) this.#forgetWeek();
    if (this.#isShown(key)) {
      this.#show();
      this.#app.emit("week");
    }
    this.#hadAhead(key);
  }

  #forgetWeek() {
    const old = [...this.#weeks.keys()].find((key) => !this.#isShown(key));
    if (old !== undefined) this.#weeks.delete(old);
  }

  #refuse(key, sentence) {
    this.#asked.delete(key);
    this.#refused.add(key);
    if (key !== keyOf(this.#app.state.items)) return;
    this.refusal = sentence;
    this.#app.emit("answer");
    this.#app.say(sentence);
  }

  /** How far the runs are that what is on waits for: {done, total}, or undefined. */
  get busyNow() {
    return this.busy.get(keyOf(this.#app.state.items));
  }

  #hearBusy(key, done, total) {
    this.busy.set(key, { done, total });
    if (this.#isShown(key)) this.#app.emit("answer");
  }

  #isShown(key) {
    return key === "" || key === keyOf(this.#app.state.items);
  }

  /** Choose what is shown; the parts are told by whoever calls. */
  #show() {
    const key = keyOf(this.#app.state.items);
    this.now = this.#answers.get("") ?? null;
    this.weekNow = this.#weeks.get("") ?? null;
    const [answer, week] = [this.#answers.get(key), this.#weeks.get(key)];
    this.stale = key !== "" && !answer;
    this.staleWeek = key !== "" && !week;
    if (!this.stale) this.then = key === "" ? null : answer;
    if (!this.staleWeek) this.weekThen = key === "" ? null : week;
    if (this.isHidden(this.#app.state.items)) this.#cover();
  }

  /** Show nothing of what is on. */
  #cover() {
    [this.stale, this.staleWeek] = [true, true];
    [this.then, this.weekThen] = [null, null];
  }

  // ---- how sure over assumptions

  /** Can it be asked how sure an answer is over assumptions? A copy without a server cannot. */
  get canAskSure() {
    return typeof this.#source.sure === "function";
  }

  /** How far the runs under other assumptions are for what is on: {done, total}, or undefined where none go on. */
  get sureNow() {
    return this.sureProgress.get(keyOf(this.#app.state.items));
  }

  /** Try what is on under other assumptions. */
  askSure() {
    const key = keyOf(this.#app.state.items);
    if (!this.canAskSure || this.sureProgress.has(key)) return;
    this.sureProgress.set(key, { done: 0, total: 0 });
    this.#app.emit("sure");
    this.#source.sure(
      this.#app.state.items,
      (done, total) => {
        this.sureProgress.set(key, { done, total });
        this.#app.emit("sure");
      },
      (answer) => {
        this.sureProgress.delete(key);
        this.#take(key, answer);
        this.#app.emit("sure");
      },
      (sentence) => {
        this.sureProgress.delete(key);
        this.#app.emit("sure");
        this.#app.say(sentence);
      },
    );
  }
}

/** Of two answers to the same, the one with more runs; what either knows about other assumptions is kept. */
function newest(before, answer) {
  if (!before) return answer;
  const more = before.n > answer.n ? before : answer;
  return { ...more, sure: answer.sure ?? before.sure };
}
