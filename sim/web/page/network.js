/**
 * The two networks: the same simulated week as it is now, and with what is switched on.
 *
 * Lines are trust, rings are the people who are busy, dots are requests, diamonds are cases that a conflict freezes.
 */

import { Calendar, Pace } from "page/calendar.js";
import { onTick } from "page/clock.js";
import { write } from "page/dom.js";
import { countedStates, Dots, readMoves } from "page/dots.js";
import { Frozen, frozenAt, readFrozen } from "page/frozen.js";
import { layout, pathOf } from "page/layout.js";
import { departmentName, momentName, named, shownCase, withCaption } from "page/names.js";
import { forgetSizes, html, onLetters, onPhone, onResize, scale, set, sizeOf, svg } from "page/svg.js";

const THIN = 0.12;
const EASING = 0.22;
const SHARE_OF_DEALINGS = 0.97;
const LINES_PER_DEPARTMENT = 1.8;
const REACH = { mouse: 14, touch: 24 };
const STATES = ["unseen", "queued", "worked", "parked"];

/** Pairs of departments that have a line: those that deal most, until nearly all dealings are shown. */
function pairsShown(frame) {
  const isDepartment = (place) => frame.departments[place].parent === null;
  const pairs = frame.lines.filter(([a, b, weekly]) => a !== b && weekly > 0 && isDepartment(a) && isDepartment(b));
  const all = pairs.reduce((sum, [, , weekly]) => sum + weekly, 0);
  const most = Math.ceil(LINES_PER_DEPARTMENT * frame.departments.filter((one) => one.parent === null).length);
  const found = [];
  let sum = 0;
  for (const [a, b, weekly] of pairs) {
    if (found.length >= most || sum > SHARE_OF_DEALINGS * all) break;
    sum += weekly;
    found.push([Math.min(a, b), Math.max(a, b)]);
  }
  return found;
}

/** Trust of pairs by day, from 0 to 1; where both directions are told, their mean. */
function trustOf(week) {
  const found = new Map();
  for (const [a, b, ...percent] of week.trust) {
    const days = percent.map((value) => value / 100);
    const key = `${Math.min(a, b)}:${Math.max(a, b)}`;
    const other = found.get(key);
    found.set(key, other ? days.map((value, day) => (value + other[day]) / 2) : days);
  }
  return found;
}

/** One network: its caption, its picture, and a table of the same for those who hear the page. */
class Network {
  constructor(app, host, side, pace) {
    Object.assign(this, { app, side, pace, week: null, moves: [], conflicts: [] });
    this.host = html("section", { class: "net", "data-side": side }, host);
    this.makeCaption();
    this.picture = svg("svg", { role: "img" }, this.host);
    const groups = ["lines", "quarrels", "nodes", "dots", "diamonds"];
    this.groups = Object.fromEntries(groups.map((name) => [name, svg("g", { class: name }, this.picture)]));
    this.dots = new Dots(this.groups.dots);
    this.diamonds = new Frozen(this.groups.quarrels, this.groups.diamonds);
    this.table = html("table", {}, html("div", { class: "unseen" }, this.host));
    this.picture.addEventListener("click", (event) => this.choose(event));
  }

  makeCaption() {
    const caption = html("div", { class: "caption" }, this.host);
    this.title = html("h2", {}, caption);
    this.mark = html("span", { class: "computing" }, caption);
    const counts = html("span", { class: "counts" }, caption);
    this.waitingWord = html("span", {}, counts);
    this.waitingCount = html("b", {}, counts);
    const frozen = html("span", { class: "frozen-count" }, counts);
    this.frozenWord = html("span", {}, frozen);
    this.frozenCount = html("b", {}, frozen);
  }

  /** Write everything that is in words again. */
  rename() {
    const { app } = this;
    write(this.title, this.side === "now" ? app.t("NOW") : withCaption(app));
    this.title.title = this.title.textContent;
    write(this.waitingWord, app.t("WAITING"));
    write(this.frozenWord, app.t("FROZEN"));
    this.markStale();
  }

  /** Show whether the week still belongs to what was on before. */
  markStale() {
    const { app } = this;
    const isOld = this.side === "with" && app.state.items.length > 0 && (app.staleWeek || !app.weekThen);
    this.host.classList.toggle("stale", Boolean(isOld));
    this.host.classList.toggle("empty", !this.week);
    write(this.mark, isOld || !this.week ? app.t("COMPUTING") : "");
  }

  /** Show another week, or the same one in another size or language. */
  show(week) {
    if (!week) return;
    this.week = week;
    this.moves = readMoves(week, this.app.frame, this.pace);
    this.conflicts = readFrozen(week);
    this.trust = trustOf(week);
    this.dots.setMoves(this.moves);
    this.diamonds.clear();
    this.day = null;
    this.dim();
    this.jump = true;
  }

  /** Make the departments and lines for the size the picture has now. */
  build(shownLines) {
    const { app } = this;
    const size = sizeOf(this.picture);
    if (!size.width || !size.height) return;
    set(this.picture, { viewBox: `0 0 ${size.width.toFixed(1)} ${size.height.toFixed(1)}` });
    const names = app.frame.departments.map((one) => app.text(one.label));
    const { nodes, ways } = layout(app.frame.departments, names, shownLines, size);
    Object.assign(this, { nodes, ways, pairs: shownLines });
    this.drawLines(shownLines);
    this.groups.nodes.replaceChildren();
    this.rings = this.nodes.map((node) => this.drawNode(node));
    this.dots.setNodes(nodes, ways);
    this.diamonds.setNodes(nodes, ways);
    this.dim();
    this.day = null;
    this.jump = true;
  }

  /** Make them again where the picture has got another size. */
  resize(shownLines, moment) {
    this.build(shownLines);
    if (moment) this.draw(moment);
  }

  drawLines(shownLines) {
    this.groups.lines.replaceChildren();
    this.lines = shownLines.map(([a, b]) => {
      const d = pathOf(this.ways.between(this.nodes[a], this.nodes[b]));
      return svg("path", { d, fill: "none", class: "trust" }, this.groups.lines);
    });
    for (const node of this.nodes) {
      if (!node.approver) continue;
      const base = this.nodes[node.parent];
      svg("line", { x1: node.x, y1: node.y, x2: base.x, y2: base.y, class: "approves" }, this.groups.lines);
    }
  }

  drawNode(node) {
    const group = svg("g", { class: node.approver ? "approver" : "department" }, this.groups.nodes);
    const wide = (node.approver ? 2 : 3.5) * node.size;
    const circle = { cx: node.x.toFixed(1), cy: node.y.toFixed(1), r: node.r.toFixed(1), "stroke-width": wide.toFixed(1) };
    const full = svg("circle", { ...circle, class: "ring" }, group);
    svg("title", {}, full, departmentName(this.app, node.index));
    const turn = `rotate(-90 ${circle.cx} ${circle.cy})`;
    const arc = svg("circle", { ...circle, class: "busy", transform: turn, "stroke-dasharray": "0 999" }, group);
    if (node.label) drawName(group, node.label);
    return { group, arc, around: 2 * Math.PI * node.r, share: 0, drawn: -1 };
  }

  /** Departments to which nothing visible is sent in this week on either side stand back. */
  dim() {
    if (!this.rings) return;
    const busy = new Set();
    for (const week of [this.app.weekNow, this.week]) {
      for (const [from, to] of week?.moves ?? []) busy.add(from).add(to);
    }
    this.rings.forEach(({ group }, place) => group.classList.toggle("quiet", !busy.has(place)));
  }

  /** Draw a moment of the week. */
  draw(moment) {
    if (!this.nodes || !this.week) return;
    const jump = moment.jump || this.jump;
    this.jump = false;
    const tenth = moment.hour * 10;
    const chosen = shownCase(this.app);
    const conflicts = frozenAt(this.conflicts, tenth);
    const waiting = this.dots.draw({ ...moment, jump }, chosen);
    this.diamonds.draw(conflicts, chosen);
    this.drawBusy(Math.floor(moment.hour), jump);
    this.drawTrust(Math.min(4, Math.floor(moment.hour / 24)));
    write(this.waitingCount, String(waiting));
    write(this.frozenCount, String(conflicts.length));
    this.counts = { waiting, frozen: conflicts.length };
  }

  drawBusy(hour, jump) {
    this.rings.forEach((ring, place) => {
      const busy = this.week.busy[place]?.[hour] ?? 0;
      const share = Math.min(1, busy / this.app.frame.departments[place].staff);
      ring.share = jump ? share : ring.share + (share - ring.share) * EASING;
      if (Math.abs(ring.share - ring.drawn) < 0.004) return;
      ring.drawn = ring.share;
      ring.arc.setAttribute("stroke-dasharray", `${(ring.share * ring.around).toFixed(1)} 999`);
    });
  }

  drawTrust(day) {
    if (this.day === day) return;
    this.day = day;
    this.pairs.forEach(([a, b], place) => {
      const trust = this.trust.get(`${a}:${b}`)?.[day];
      const line = this.lines[place];
      if (trust === undefined || trust === null) return set(line, { "stroke-width": 0 });
      return set(line, {
        "stroke-width": ((1 + 9 * trust) * this.nodes[a].size).toFixed(2),
        "stroke-dasharray": trust < THIN ? "2 4" : null,
      });
    });
  }

  /** Choose the case whose dot or diamond is nearest to a click. */
  choose(event) {
    const box = this.picture.getBoundingClientRect();
    const unit = scale();
    const [x, y] = [(event.clientX - box.left) / unit, (event.clientY - box.top) / unit];
    const reach = REACH[event.pointerType] ?? REACH.mouse;
    const found = [this.dots.nearest(x, y, reach), this.diamonds.nearest(x, y, reach)].filter(Boolean);
    if (!found.length) return;
    found.sort((one, other) => one.distance - other.distance);
    this.app.set({ case: found[0].id });
  }

  /** Tell those who hear the page what a picture that stands still shows. */
  describe(hour, isPlaying) {
    const { app } = this;
    if (!this.counts) return;
    const name = this.title.textContent;
    const label = isPlaying ? app.t("PLAYING", { name }) : app.t("PAUSED", { name, ...this.counts });
    set(this.picture, { "aria-label": label });
    this.table.replaceChildren();
    if (!isPlaying) this.fillTable(hour);
  }

  fillTable(hour) {
    const { app } = this;
    const moment = momentName(app, hour);
    html("caption", {}, this.table, app.t("TABLE", { name: this.title.textContent, moment }));
    const head = html("tr", {}, html("thead", {}, this.table));
    html("th", { scope: "col" }, head, app.t("DEPARTMENT"));
    for (const state of STATES) html("th", { scope: "col" }, head, named(app, "STATES", state));
    const body = html("tbody", {}, this.table);
    const counts = countedStates(this.moves, hour * 10, app.frame.departments);
    counts.forEach((count, place) => {
      if (!STATES.some((state) => count[state])) return;
      const row = html("tr", {}, body);
      html("th", { scope: "row" }, row, departmentName(app, place));
      for (const state of STATES) html("td", {}, row, String(count[state]));
    });
  }
}

function drawName(group, label) {
  const first = label.top + label.font * 0.86;
  label.lines.forEach((line, row) => {
    const place = { x: label.x.toFixed(1), y: (first + row * label.font * 1.15).toFixed(1), "font-size": label.font };
    svg("text", { ...place, "text-anchor": "middle", class: "name" }, group, line);
  });
}

/** The switch of the phone, which has room for one network. */
function makeSideSwitch(app, host) {
  const box = html("div", { class: "sides", role: "group" }, host);
  const buttons = ["now", "with"].map((side) => {
    const button = html("button", { type: "button" }, box);
    button.addEventListener("click", () => app.set({ side }));
    return [side, button];
  });
  return () => {
    for (const [side, button] of buttons) {
      write(button, app.t(side === "now" ? "NOW" : "WITH"));
      set(button, { "aria-pressed": String(app.state.side === side) });
    }
    host.dataset.side = app.state.side;
  };
}

/** Put both networks into the page. */
export function mount(app, host) {
  app.on("size", forgetSizes);
  const pace = new Pace(new Calendar(app.frame.calendar));
  const lines = pairsShown(app.frame);
  const showSide = makeSideSwitch(app, host);
  const networks = ["now", "with"].map((side) => new Network(app, host, side, pace));
  let last = null;
  const weekOfSide = (side) => (side === "now" || !app.state.items.length ? app.weekNow : (app.weekThen ?? app.weekNow));
  const draw = (moment) => {
    last = moment;
    for (const network of networks) if (!onPhone() || network.side === app.state.side) network.draw(moment);
    if (!moment.playing || moment.turned) for (const network of networks) network.describe(moment.hour, moment.playing);
  };
  const redraw = () => last && draw({ ...last, jump: false, turned: true });
  const refresh = () => {
    for (const network of networks) {
      const week = weekOfSide(network.side);
      if (week && week !== network.week) network.show(week);
      network.rename();
    }
    redraw();
  };
  const rebuild = () => {
    showSide();
    for (const network of networks) network.build(lines);
    refresh();
  };
  app.on("state", (old) => {
    if (old?.side !== app.state.side) rebuild();
    else if (old?.items !== app.state.items || old?.case !== app.state.case) refresh();
  });
  app.on("case", redraw);
  app.on("week", refresh);
  app.on("answer", () => networks[1].rename());
  app.on("language", rebuild);
  app.on("size", rebuild);
  for (const network of networks) onResize(network.picture, () => network.resize(lines, last));
  onLetters(() => app.emit("size"));
  rebuild();
  onTick(draw);
}
