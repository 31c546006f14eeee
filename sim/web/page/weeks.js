/** The tab with the weeks: how a measure goes on both sides, with the band in which eight of ten runs lie. */

import { write, writeMarked } from "page/dom.js";
import { html, set, svg, textWidth } from "page/svg.js";

const LEFT = 34;
const TOP = 8;
const BOTTOM = 18;
const REACHED = 0.8;
const WORTH_TELLING = 1 / 12;
const STEPS = [1, 2, 2.5, 5, 10];
const CERTAIN = ["better", "but", "worse", "changed"];

let chosen = null;

/** Draw the tab; `parts` are those of tabs.js. */
export function draw(app, parts) {
  const series = app.frame.series.find(({ id }) => id === chosen) ?? app.frame.series[0];
  const found = (parts.answer ?? app.now).weeks?.series ?? {};
  const sides = { now: found[series.id]?.now, then: parts.answer ? found[series.id]?.then : null };
  offerSeries(app, parts, series);
  if (!hasValues(sides?.now)) {
    writeMarked(parts.finding, app.t("WEEKS_NONE"));
    return;
  }
  if (!hasValues(sides.then)) sides.then = null;
  if (!parts.width) return;
  writeMarked(parts.finding, finding(app, series, sides, parts.answer ?? app.now));
  write(parts.note, app.t("WEEKS_NOTE", { runs: (parts.answer ?? app.now).n }));
  new Chart(app, parts, series, sides).draw();
}

const hasValues = (side) => Boolean(side?.every((line) => line.some(known)));

/** A small list of the measures that there are week by week. */
function offerSeries(app, { choice, again }, series) {
  let list = choice.querySelector("select");
  if (!list) {
    list = html("select", {}, choice);
    list.addEventListener("change", () => {
      chosen = list.value;
      again();
    });
  }
  set(list, { "aria-label": app.t("SERIES") });
  list.replaceChildren(...app.frame.series.map(({ id, label }) => html("option", { value: id }, null, app.text(label))));
  list.value = series.id;
}

const known = (value) => value !== null && value !== undefined;

function mean(values) {
  const told = values.filter(known);
  return told.length ? told.reduce((sum, value) => sum + value, 0) / told.length : null;
}

/** What both sides come to in the counted weeks, and since when they differ as much; what a big number says holds. */
function finding(app, series, sides, answer) {
  const { now, then } = sides;
  const [before, after] = levels(app, series, sides, answer);
  if (before === null) return "";
  const { digits: plain, unit } = series;
  if (after === null) return app.t("WEEKS_NOW", { now: app.valued(before, plain, unit) });
  const digits = Math.abs(after - before) < 1.5 && plain === 0 ? 1 : plain;
  const facts = { now: app.number(before, digits), then: app.valued(after, digits, unit) };
  const verdict = answer.measures[series.id]?.verdict;
  const isNarrow = Math.abs(after - before) < WORTH_TELLING * width(app.frame, now);
  if (verdict === "small" || (isNarrow && !CERTAIN.includes(verdict))) return app.t("WEEKS_SAME", facts);
  return app.t("WEEKS_MOVED", { ...facts, week: reached(app.frame, now[0], then[0], after - before) });
}

/** Both sides over all counted weeks: as the big numbers have it where the series is one of them. */
function levels(app, series, { now, then }, answer) {
  const measure = answer.measures[series.id];
  if (measure) return [measure.now, then && measure.then];
  const level = (side) => mean(counted(app.frame, side[0]));
  return [level(now), then && level(then)];
}

/** The weeks that count, without those in which the organization gets going. */
const counted = (frame, line) => line.slice(line.length - frame.weeks.horizon);

/** How wide the band is in the counted weeks. */
function width(frame, [, low, high]) {
  return mean(counted(frame, high)) - mean(counted(frame, low)) || 1;
}

/** The counted week from which on most of the final difference is there, over three weeks at a time. */
function reached(frame, now, then, final) {
  const before = now.length - frame.weeks.horizon;
  for (let week = before + 1; week < now.length - 1; week += 1) {
    const gap = mean(then.slice(week - 1, week + 2)) - mean(now.slice(week - 1, week + 2));
    if (gap / final >= REACHED) return Math.max(1, week - before + 1);
  }
  return frame.weeks.horizon;
}

/** Round steps for an axis. */
function ticks(low, high, most) {
  const raw = (high - low) / most || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = STEPS.find((one) => one * power >= raw - 1e-9) * power;
  const first = Math.floor(low / step + 1e-9) * step;
  const found = [];
  for (let value = first; value < high + step - 1e-9; value += step) found.push(Number(value.toFixed(6)));
  return found;
}

class Chart {
  constructor(app, { picture, width, height }, series, sides) {
    Object.assign(this, { app, picture, series, sides });
    this.count = sides.now[0].length;
    this.warm = this.count - app.frame.weeks.horizon;
    const beside = [app.t("NOW"), app.t("WEEKS_AXIS"), sides.then ? app.t("WITH") : ""];
    const names = Math.max(...beside.map((text) => textWidth(text, 11))) + 4;
    Object.assign(this, { x0: LEFT, x1: width - names - 10, y0: height - BOTTOM, y1: TOP });
    this.values = ticks(...this.range(), 4);
  }

  /** Between what the axis stands: the bands of the counted weeks, and the means of all. */
  range() {
    const sides = [this.sides.now, this.sides.then].filter(Boolean);
    const told = ([line, low, high]) => [...line, ...low.slice(this.warm), ...high.slice(this.warm)];
    const values = sides.flatMap(told).filter(known);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const most = this.app.text(this.series.unit) === "%" ? 100 : Infinity;
    const room = (high - low || 1) * 0.03;
    return [Math.max(0, low - room), Math.min(most, high + room)];
  }

  x(week) {
    return this.x0 + (week / (this.count - 1)) * (this.x1 - this.x0);
  }

  y(value) {
    const [low, high] = [this.values[0], this.values[this.values.length - 1]];
    return this.y0 - ((Math.min(high, Math.max(low, value)) - low) / (high - low)) * (this.y0 - this.y1);
  }

  draw() {
    this.drawWarmUp();
    this.drawAxes();
    this.drawPlayed();
    const { now, then } = this.sides;
    this.drawBand(now, "band-now");
    if (then) this.drawBand(then, "band-with");
    const ends = [this.drawLine(now, "line-now")];
    if (then) ends.push(this.drawLine(then, "line-with"));
    this.name(ends);
  }

  drawWarmUp() {
    if (this.warm < 1) return;
    const width = this.x(this.warm) - this.x0;
    svg("rect", { x: this.x0, y: this.y1, width, height: this.y0 - this.y1, class: "warm-up" }, this.picture);
    if (width < 44) return;
    svg("text", { x: this.x0 + 4, y: this.y0 - 5, class: "small" }, this.picture, this.app.t("WARM_UP"));
  }

  drawAxes() {
    const { app, picture } = this;
    const digits = this.values.some((value) => value % 1) ? 1 : 0;
    const percent = app.text(this.series.unit) === "%";
    this.values.forEach((value, place) => {
      const y = this.y(value);
      svg("line", { x1: this.x0, x2: this.x1, y1: y, y2: y, class: "grid" }, picture);
      const sign = percent && place === this.values.length - 1 ? "%" : "";
      const at = { x: this.x0 - 5, y: y + 4, "text-anchor": "end", class: "axis" };
      svg("text", at, picture, app.number(value, digits) + sign);
    });
    const { horizon } = app.frame.weeks;
    const step = Math.ceil(ticks(0, horizon, 5)[1]); // there is no half a week
    for (let week = step; week <= horizon; week += step) {
      const at = { x: this.x(this.warm + week - 1), y: this.y0 + 13, "text-anchor": "middle", class: "axis" };
      svg("text", at, picture, String(week));
    }
    svg("text", { x: this.x1 + 13, y: this.y0 + 13, class: "axis" }, picture, app.t("WEEKS_AXIS"));
  }

  /** Where the week is that plays above. */
  drawPlayed() {
    const x = this.x(this.warm + this.app.frame.played.index);
    svg("line", { x1: x, x2: x, y1: this.y1, y2: this.y0, class: "played" }, this.picture);
    svg("path", { d: `M${x - 4} ${this.y1 - 6}h8l-4 6z`, class: "played-mark" }, this.picture);
  }

  drawBand([, low, high], name) {
    const weeks = low.map((_, week) => week).filter((week) => known(low[week]) && known(high[week]));
    if (!weeks.length) return;
    const point = (line) => (week) => `${this.x(week).toFixed(1)} ${this.y(line[week]).toFixed(1)}`;
    const d = `M${weeks.map(point(high)).join("L")}L${weeks.reverse().map(point(low)).join("L")}Z`;
    svg("path", { d, class: name }, this.picture);
  }

  drawLine([line], name) {
    const weeks = line.map((_, week) => week).filter((week) => known(line[week]));
    const d = `M${weeks.map((week) => `${this.x(week).toFixed(1)} ${this.y(line[week]).toFixed(1)}`).join("L")}`;
    svg("path", { d, fill: "none", class: name }, this.picture);
    return this.y(line[weeks[weeks.length - 1]]);
  }

  /** Write which line is which at their ends, one above the other where they meet. */
  name(ends) {
    const labels = [["NOW", "now"], ["WITH", "with"]];
    if (ends.length > 1 && Math.abs(ends[0] - ends[1]) < 13) {
      const [middle, above] = [(ends[0] + ends[1]) / 2, ends[1] <= ends[0]];
      ends = above ? [middle + 6.5, middle - 6.5] : [middle - 6.5, middle + 6.5];
    }
    const lift = Math.max(0, Math.max(...ends) + 2 - this.y0);
    ends.map((y) => y - lift).forEach((y, side) => {
      const [key, hue] = labels[side];
      svg("text", { x: this.x1 + 5, y: y + 4, class: `side hue-${hue}` }, this.picture, this.app.t(key));
    });
  }
}
