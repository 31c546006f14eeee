/**
 * One case, twice: what happened to it now and with what is switched on, on two lanes of working time.
 *
 * Lanes have the colors of the ledger; nights take no room. Whether it is late is told in calendar days.
 */

import { hoursText } from "page/amounts.js";
import { Calendar } from "page/calendar.js";
import { changed, hoursLate, readCase, typical } from "page/cases.js";
import { onTick } from "page/clock.js";
import { write, writeMarked } from "page/dom.js";
import { baseOf, departmentName, partName, shownCase, weekOf } from "page/names.js";
import { color, fitted, hatches, html, onResize, set, sizeOf, svg, textWidth } from "page/svg.js";
import { tell, verdict } from "page/tale.js";

const LEFT = 46;
const RIGHT = 104;
const WEEK = 168;
const ROOM_OF_WEEK = 58;

class Lanes {
  constructor(app, host) {
    this.app = app;
    this.calendar = new Calendar(app.frame.calendar);
    this.makeParts(host);
    this.hour = null;
    onTick(({ hour }) => this.moveCursor(hour));
    const refresh = () => this.refresh();
    app.on("week", refresh);
    app.on("language", refresh);
    app.on("size", () => this.draw());
    onResize(this.picture, () => this.draw());
    app.on("state", (old) => {
      const isOther = old?.items !== app.state.items;
      if (isOther && app.staleWeek && this.then) this.markStale();
      else if (isOther || old?.case !== app.state.case) this.refresh();
    });
    this.refresh();
  }

  makeParts(host) {
    host.classList.add("one-case");
    const head = html("div", { class: "head" }, host);
    this.title = html("h2", {}, head);
    const buttons = html("span", { class: "actions" }, head);
    this.buttons = ["saved", "cost"].map((list) => {
      const button = html("button", { type: "button" }, buttons);
      button.addEventListener("click", () => this.next(list));
      return [list, button];
    });
    this.picture = svg("svg", { class: "lanes", role: "img" }, host);
    this.tale = html("p", { class: "tale" }, host);
    this.host = host;
  }

  /** Choose the case again, and draw and tell it. */
  refresh() {
    const { app } = this;
    const weekThen = app.state.items.length ? app.weekThen : null;
    this.lists = { saved: [], cost: [], shown: null };
    if (app.weekNow) this.lists = this.choose(weekThen);
    if (app.caseByRule !== this.lists.shown) {
      app.caseByRule = this.lists.shown;
      app.emit("case");
    }
    const id = shownCase(app);
    this.now = readCase(app.weekNow, id, app.frame.parts);
    this.then = readCase(weekThen, id, app.frame.parts);
    this.markStale();
    this.rename();
    this.draw();
  }

  /** Show whether the week still belongs to what was on before. */
  markStale() {
    this.host.classList.toggle("stale", Boolean(this.app.state.items.length && this.app.staleWeek));
  }

  choose(weekThen) {
    const { weekNow } = this.app;
    return weekThen ? changed(weekNow, weekThen) : { saved: [], cost: [], shown: typical(weekNow) };
  }

  /** Show the next case of a list. */
  next(list) {
    const ids = this.lists[list];
    const place = ids.indexOf(shownCase(this.app));
    this.app.set({ case: ids[(place + 1) % ids.length] });
  }

  rename() {
    const { app } = this;
    const isOn = app.state.items.length > 0;
    write(this.title, app.t(isOn ? "ONE_CASE_TWICE" : "ONE_CASE"));
    for (const [list, button] of this.buttons) {
      const count = this.lists[list].length;
      write(button, app.t(list === "saved" ? "ONE_SAVED" : "ONE_COST", { count }));
      button.disabled = !count;
      button.hidden = !isOn;
    }
    writeMarked(this.tale, app.weekNow ? tell(app, this.now, this.then) : app.t("COMPUTING"));
    set(this.picture, { "aria-label": this.tale.textContent });
  }

  draw() {
    const { picture } = this;
    const { width, height } = sizeOf(picture);
    picture.replaceChildren();
    this.cursor = null;
    const shown = [this.now, this.then].filter(Boolean);
    if (!width || !height || !shown.length) return;
    set(picture, { viewBox: `0 0 ${width.toFixed(1)} ${height.toFixed(1)}` });
    this.fills = hatches(picture);
    this.setAxis(shown, width, height);
    this.drawWeeks(height);
    this.drawDue(height);
    for (const lane of this.laneList(height)) this.drawLane(lane);
    this.cursor = svg("line", { y1: 16, y2: height - 4, class: "cursor" }, picture);
    this.moveCursor(this.hour, true);
  }

  /** Work out where working time stands. */
  setAxis(shown, width, height) {
    const first = Math.min(...shown.map(({ arrival }) => arrival));
    const last = Math.max(...shown.flatMap((one) => [endOf(one), one.target ?? endOf(one)]));
    const [from, to] = [this.calendar.worked(first), this.calendar.worked(last)];
    const right = width - RIGHT;
    this.place = (hour) => LEFT + ((this.calendar.worked(hour) - from) / (to - from || 1)) * (right - LEFT);
    const due = shown[0].target === null ? null : this.place(shown[0].target);
    Object.assign(this, { first, last, due, height });
  }

  /** The lanes to draw, and where. */
  laneList(height) {
    const { app } = this;
    const thick = Math.min(34, height * 0.21);
    const lanes = [{ one: this.now, name: app.t("NOW"), hue: "now" }];
    if (app.state.items.length) lanes.push({ one: this.then, name: app.t("WITH"), hue: "with" });
    const tops = lanes.length > 1 ? [20, 20 + (height - 22) / 2] : [height * 0.36];
    return lanes.map((lane, row) => ({ ...lane, top: tops[row], thick })).filter(({ one }) => one);
  }

  /** A mark for every Monday, with as many names as have room and are not in the way of the due date. */
  drawWeeks(height) {
    const first = Math.ceil(this.first / WEEK) * WEEK;
    const gap = this.place(first + WEEK) - this.place(first);
    const every = Math.max(1, Math.ceil(ROOM_OF_WEEK / (gap || 1)));
    for (let hour = first, row = 0; hour < this.last; hour += WEEK, row += 1) {
      const x = this.place(hour);
      svg("line", { x1: x, x2: x, y1: 4, y2: height - 2, class: "week" }, this.picture);
      const free = this.due === null || Math.abs(x + 20 - this.due + 12) > 46;
      if (row % every || !free) continue;
      svg("text", { x: x + 3, y: 11, class: "week-name" }, this.picture, this.app.t("WEEK", { week: weekOf(this.app, hour) }));
    }
  }

  drawDue(height) {
    if (this.due === null) return;
    svg("line", { x1: this.due, x2: this.due, y1: 2, y2: height - 2, class: "due" }, this.picture);
    const name = { x: this.due - 4, y: 11, "text-anchor": "end", class: "due-name" };
    svg("text", name, this.picture, this.app.t("DUE"));
  }

  drawLane({ one, name, hue, top, thick }) {
    const { picture } = this;
    const group = svg("g", { class: "lane" }, picture);
    svg("text", { x: 0, y: top + thick * 0.68, class: `lane-name hue-${hue}` }, group, name);
    for (const piece of one.pieces) this.drawPiece(group, piece, top, thick);
    this.drawOwners(group, one, top + thick);
    this.drawEnd(group, one, top, thick);
  }

  drawPiece(group, piece, top, thick) {
    const [x, end] = [this.place(piece.from), this.place(piece.to)];
    if (end - x < 0.05) return;
    const box = { x: x.toFixed(2), y: top.toFixed(1), width: Math.max(0.7, end - x).toFixed(2), height: thick.toFixed(1) };
    const look = piece.part === "answer" ? "case-piece edged" : "case-piece";
    const rectangle = svg("rect", { ...box, class: look, fill: this.fills[piece.part] ?? color(piece.part) }, group);
    const names = { part: partName(this.app, piece.part), department: departmentName(this.app, piece.department) };
    const facts = { ...names, hours: hoursText(this.app, piece.hours, 1) };
    svg("title", {}, rectangle, this.app.t("PIECE", facts));
  }

  /** Under the lane who has the case, where there is room. */
  drawOwners(group, one, bottom) {
    const { app } = this;
    const owners = [];
    for (const { from, to, department } of one.pieces) {
      const owner = baseOf(app.frame, department);
      const last = owners.at(-1);
      if (last?.owner === owner) last.to = to;
      else owners.push({ owner, from, to });
    }
    let free = -Infinity;
    for (const { owner, from, to } of owners) {
      const [x, width] = [this.place(from), this.place(to) - this.place(from)];
      svg("line", { x1: x, x2: x, y1: bottom, y2: bottom + 4, class: "owner-mark" }, group);
      const name = departmentName(app, owner);
      if (x < free || width < textWidth(name, 10.5) * 0.9) continue;
      svg("text", { x: x + 1, y: bottom + 11.5, class: "owner" }, group, name);
      free = x + textWidth(name, 10.5) + 4;
    }
  }

  /** When it is finished, and how many days late or early that is; without a date that is wanted, neither good nor bad. */
  drawEnd(group, one, top, thick) {
    const late = hoursLate(one);
    const undated = one.finish !== null && one.target === null;
    const hue = undated ? "now" : late === null || late > 0 ? "bad" : "good";
    const x = this.place(endOf(one));
    const middle = top + thick / 2;
    const text = fitted(verdict(this.app, one), 12, RIGHT);
    const room = { x: x + 6, y: middle - 8, width: textWidth(text, 12.5) + 6, height: 16, class: "room" };
    svg("rect", room, group);
    svg("circle", { cx: x, cy: middle, r: 5, class: `end hue-${hue}` }, group);
    svg("text", { x: x + 9, y: middle + 4.2, class: `verdict hue-${hue}` }, group, text);
  }

  /** The dotted line stands where the clock does. */
  moveCursor(hour, anew = false) {
    if (!this.cursor || hour === null) {
      this.hour = hour;
      return;
    }
    const shown = hour >= this.first && hour <= this.last;
    const x = shown ? this.place(hour).toFixed(1) : "";
    this.hour = hour;
    if (x === this.cursorX && !anew) return;
    this.cursorX = x;
    set(this.cursor, shown ? { x1: x, x2: x, visibility: null } : { visibility: "hidden" });
  }
}

/** Where a case ends, or what is known of it does. */
const endOf = (one) => one.finish ?? one.pieces.at(-1)?.to ?? one.target ?? one.arrival;

/** Put the case into the page. */
export function mount(app, host) {
  return new Lanes(app, host);
}
