/**
 * The clock that both networks and the case share: it plays the week, and lets people move through it.
 *
 * While it plays it writes `app.state.time` without an event; when it stands still it tells the page.
 */

import { Calendar, Pace } from "page/calendar.js";
import { dayName, momentName } from "page/names.js";
import { color, html, set, sizeOf, svg } from "page/svg.js";

const DAY = 24;
const WEEK = 168;
const SPEEDS = [1, 2, 4];
const LONGEST_FRAME = 0.1;
const ICONS = { play: "M2 0l10 6-10 6z", pause: "M2 1h3v10H2zM7 1h3v10H7z" };

const listeners = [];
let moment = null;

/**
 * Be told of every frame: the hour of the week, the second of playing, whether it jumped there, whether it plays, and
 * whether that has just turned.
 * @param {function({hour, second, jump, playing, turned})} listener
 */
export function onTick(listener) {
  listeners.push(listener);
  if (moment) listener({ ...moment, jump: true, turned: true });
}

class Clock {
  constructor(app, host) {
    this.app = app;
    this.calendar = new Calendar(app.frame.calendar);
    this.pace = new Pace(this.calendar);
    this.request = null;
    this.makeControls(host);
    this.start();
    app.on("state", () => this.follow());
    app.on("language", () => this.rename());
    app.on("size", () => this.drawScale());
    document.addEventListener("visibilitychange", () => this.keepGoing());
    this.rename();
  }

  makeControls(host) {
    const { app } = this;
    this.button = html("button", { type: "button", class: "play" }, host);
    this.icon = svg("path", {}, svg("svg", { viewBox: "0 0 12 12", "aria-hidden": "true" }, this.button));
    this.button.addEventListener("click", () => app.set({ playing: !app.state.playing }));
    this.text = html("span", { class: "moment" }, host);
    this.slider = svg("svg", { class: "scrubber", role: "slider", tabindex: 0, "aria-valuemin": 0 }, host);
    this.slider.addEventListener("pointerdown", (event) => this.grab(event));
    this.slider.addEventListener("keydown", (event) => this.step(event));
    const speeds = html("span", { class: "speeds", role: "group" }, host);
    this.speeds = SPEEDS.map((speed) => {
      const button = html("button", { type: "button" }, speeds, `${speed}×`);
      button.addEventListener("click", () => app.set({ speed }));
      return [speed, button];
    });
    this.speedGroup = speeds;
  }

  /** Stand still where the address says; else play from Monday on, or with reduced motion stand at a typical hour. */
  start() {
    const { state } = this.app;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const isTold = typeof state.time === "number";
    const first = still ? this.calendar.typicalHour() : 0;
    state.time = isTold ? state.time : first;
    state.playing = !still && !isTold;
    this.second = this.pace.second(state.time);
    this.hour = state.time;
    this.tell({ jump: true, turned: true });
    this.keepGoing();
  }

  /** Take over what changed in the state of the page. */
  follow() {
    const { state } = this.app;
    const moved = typeof state.time === "number" && Math.abs(state.time - this.hour) > 0.02;
    if (moved) this.second = this.pace.second(Math.min(WEEK, Math.max(0, state.time)));
    const turned = this.wasPlaying !== state.playing;
    if (moved || turned) this.tell({ jump: moved, turned: true });
    this.showButtons();
    this.keepGoing();
  }

  /** Ask for the next frame while the week plays and somebody can see it. */
  keepGoing() {
    const goes = this.app.state.playing && !document.hidden;
    if (goes && this.request === null) {
      this.last = null;
      this.request = requestAnimationFrame((time) => this.frame(time));
    } else if (!goes && this.request !== null) {
      cancelAnimationFrame(this.request);
      this.request = null;
    }
  }

  frame(time) {
    this.request = requestAnimationFrame((next) => this.frame(next));
    const passed = Math.min(LONGEST_FRAME, (time - (this.last ?? time)) / 1000);
    this.last = time;
    let jump = false;
    this.second += passed * this.app.state.speed;
    if (this.second >= this.pace.seconds) {
      this.second = 0;
      jump = true;
    }
    this.tell({ jump, turned: false });
  }

  /** Tell everybody what time it is. */
  tell({ jump, turned }) {
    const { state } = this.app;
    this.hour = this.pace.hour(this.second);
    state.time = this.hour;
    this.wasPlaying = state.playing;
    moment = { hour: this.hour, second: this.second, playing: state.playing, jump, turned };
    this.showTime();
    for (const listener of listeners) listener(moment);
  }

  showTime() {
    const text = momentName(this.app, this.hour);
    if (this.knob) this.knob.setAttribute("cx", this.place(this.second).toFixed(1));
    if (text === this.text.textContent) return;
    this.text.textContent = text;
    set(this.slider, { "aria-valuenow": Math.round(this.second), "aria-valuetext": text });
  }

  place(second) {
    return this.inset + (second / this.pace.seconds) * (this.width - 2 * this.inset);
  }

  /** Draw the days of the week, as long as they take to play. */
  drawScale() {
    const { width, height } = sizeOf(this.slider);
    if (!width) return;
    [this.width, this.inset] = [width, 6];
    const middle = height / 2 + 3;
    this.slider.replaceChildren();
    set(this.slider, { viewBox: `0 0 ${width.toFixed(1)} ${height.toFixed(1)}` });
    svg("line", { x1: 0, x2: width, y1: middle, y2: middle, class: "nights" }, this.slider);
    for (const day of this.calendar.openDays()) {
      const [from, to] = this.calendar.span(day).map((hour) => this.place(this.pace.second(hour)));
      svg("line", { x1: from, x2: to, y1: middle, y2: middle, class: "day" }, this.slider);
      svg("text", { x: (from + to) / 2, y: middle - 7, "text-anchor": "middle" }, this.slider, dayName(this.app, day));
    }
    this.knob = svg("circle", { cy: middle, r: 5.5, fill: color("ink"), class: "knob" }, this.slider);
    this.showTime();
  }

  /** Write everything that is in words again. */
  rename() {
    const { app } = this;
    set(this.slider, { "aria-label": app.t("SCRUBBER"), "aria-valuemax": Math.round(this.pace.seconds) });
    set(this.speedGroup, { "aria-label": app.t("SPEED") });
    this.text.textContent = "";
    this.showButtons();
    this.drawScale();
    this.showTime();
  }

  showButtons() {
    const { app } = this;
    const { playing, speed } = app.state;
    set(this.icon, { d: playing ? ICONS.pause : ICONS.play });
    set(this.button, { "aria-label": app.t(playing ? "PAUSE" : "PLAY") });
    for (const [value, button] of this.speeds) set(button, { "aria-pressed": String(value === speed) });
  }

  /** Follow a finger or the mouse until it lets go. */
  grab(event) {
    const { slider } = this;
    const move = ({ clientX }) => {
      const box = slider.getBoundingClientRect();
      const share = (clientX - box.left) / box.width;
      const second = ((share * this.width - this.inset) / (this.width - 2 * this.inset)) * this.pace.seconds;
      this.jumpTo(second);
    };
    const release = () => {
      slider.removeEventListener("pointermove", move);
      this.settle();
    };
    slider.setPointerCapture(event.pointerId);
    slider.addEventListener("pointermove", move);
    slider.addEventListener("lostpointercapture", release, { once: true });
    move(event);
  }

  /** Move by keys: half an hour of work, a day, to both ends. */
  step(event) {
    const { second } = this;
    const daysOn = (days) => this.pace.second(Math.min(WEEK, Math.max(0, this.hour + days * DAY)));
    const targets = {
      ArrowRight: second + 0.5,
      ArrowUp: second + 0.5,
      ArrowLeft: second - 0.5,
      ArrowDown: second - 0.5,
      PageUp: daysOn(1),
      PageDown: daysOn(-1),
      Home: 0,
      End: this.pace.seconds,
    };
    if (!(event.key in targets)) return;
    event.preventDefault();
    this.jumpTo(targets[event.key]);
    this.settle();
  }

  jumpTo(second) {
    this.second = Math.min(this.pace.seconds - 0.01, Math.max(0, second));
    this.tell({ jump: true, turned: !this.app.state.playing });
  }

  /** Let the page know where a clock that was moved by hand stands now. */
  settle() {
    this.app.set({ time: Math.round(this.hour * 100) / 100 });
  }
}

/** Put the clock into the page. */
export function mount(app, host) {
  return new Clock(app, host);
}
