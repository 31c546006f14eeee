/**
 * The four big numbers, now and then: what differs and how surely, in how many runs it is better, and
 * beside that what comes out under other assumptions.
 */
import { drawCells } from "page/cells.js";
import { attribute, button, draw, make, write, writeMarked } from "page/dom.js";
import { digitsOf, writtenDifference } from "page/facts.js";
import { Scale, makeInterval } from "page/intervals.js";
import { named } from "page/names.js";

const SIGNS = {
  better: "▲", but: "▲", worse: "▼", changed: "◇", small: "○", unclear: "○", unknown: "○",
};

/** Put the numbers into their host. */
export function mount(app, host) {
  const boxes = app.frame.measures.map((measure) => makeNumber(app, measure));
  const untried = makeUntried(app);
  host.append(...boxes.map(({ element }) => element), untried.element);

  function show() {
    const answer = app.then ?? app.now;
    attribute(host, "data-stale", app.stale);
    attribute(host, "data-nothing", app.state.items.length === 0);
    attribute(host, "aria-busy", app.stale || answer?.state !== "final" ? "true" : null);
    host.style.setProperty("--done", answer ? Math.min(1, answer.n / answer.wanted) : 0);
    for (const box of boxes) box.show();
    untried.show();
  }

  function say() {
    attribute(host, "aria-label", app.t("NUMBERS"));
    for (const box of boxes) box.say();
    show();
  }

  app.on("state", show);
  app.on("answer", show);
  app.on("language", say);
  app.on("sure", untried.show);
  say();
}

function makeNumber(app, measure) {
  const [label, sign, verdict] = [make("h3"), make("span", { class: "sign", "aria-hidden": "true" }), make("span")];
  const mark = make("span", { class: "mark" }, sign, verdict);
  const [now, arrow] = [make("span", { class: "now" }), make("span", { class: "arrow", role: "img" }, "→")];
  const [then, unit] = [make("span", { class: "then" }), make("span", { class: "unit" })];
  const [difference, better] = [make("span"), make("span")];
  const [luck, range, scale] = [makeInterval("line"), makeRange(app, measure), new Scale()];
  const cells = draw("svg", { class: "cells", "aria-hidden": "true", preserveAspectRatio: "none" });
  const often = make("p", { class: "often" }, better, cells);
  const element = make("article", { class: "number", "data-measure": measure.id },
    make("div", { class: "label" }, label, mark),
    make("p", { class: "big" }, now, arrow, then, unit),
    make("p", { class: "difference" }, difference, luck.picture),
    often, range.element);

  function show() {
    const [found, one] = [app.then?.measures[measure.id], app.now?.measures[measure.id]];
    for (const part of [mark, now, arrow]) part.hidden = !found;
    often.hidden = !found?.better; // of a measure that is better neither way no run is
    write(then, app.number(found ? found.then : one?.now, digitsOf(measure, found)));
    attribute(luck.picture, "hidden", !found || found.low === null);
    if (found) return compare(found, app.then.sure?.measures[measure.id]);
    range.show(null);
    writeMarked(difference, one ? spread(app, measure, one) : app.t("COMPUTING"));
  }

  function compare(found, sure) {
    write(now, app.number(found.now, digitsOf(measure, found)));
    write(sign, SIGNS[found.verdict] ?? "○");
    write(verdict, named(app, "VERDICTS", found.verdict));
    attribute(mark, "data-verdict", found.verdict);
    writeMarked(difference, differenceText(app, measure, found));
    if (found.better) showOften(found.better);
    scale.hold(app.then.key, [found.low ?? 0, found.high ?? 0, sure?.low ?? 0, sure?.high ?? 0]);
    if (found.low !== null) luck.show(scale.place, found.low, found.diff, found.high);
    range.show(sure, scale.place);
  }

  function showOften([count, of]) {
    write(better, app.t("BETTER_IN", { count, of }));
    drawCells(cells, count, of, app.then.wanted);
  }

  function say() {
    write(label, app.text(measure.label));
    write(unit, app.text(measure.unit));
    attribute(arrow, "aria-label", app.t("ARROW"));
    range.say();
  }

  return { element, show, say };
}

function differenceText(app, measure, found) {
  const [difference, low, high] = writtenDifference(measure, found);
  return found.low === null ? app.t("DIFFERENCE_ALONE", { difference }) : app.t("DIFFERENCE", { difference, low, high });
}

function spread(app, measure, { now_range: range }) {
  if (!range) return "";
  const [low, high] = range.map((one) => app.number(one, measure.digits));
  return app.t("EIGHT_OF_TEN", { low, high });
}

/** What comes out under other assumptions: in numbers, and as a bar that crosses zero or does not. */
function makeRange(app, measure) {
  const [words, bar] = [make("span"), makeInterval("bar")];
  const element = make("p", { class: "assumptions" }, words, bar.picture);

  function show(found, place) {
    element.hidden = !found;
    if (!found) return;
    const [narrow, wide] = [found.low, found.high].map(Math.abs).sort((a, b) => a - b);
    const digits = narrow < 1 || wide < 1.5 ? Math.max(1, measure.digits) : measure.digits;
    const [low, high] = [found.low, found.high].map((one) => app.signed(one, digits));
    writeMarked(words, app.t("OTHER_ASSUMPTIONS", { low, high }));
    bar.show(place, found.low, found.middle, found.high);
  }

  function say() {
    attribute(element, "title", app.t("OTHER_ASSUMPTIONS_MEANS"));
  }

  return { element, show, say };
}

/** The mark that an answer was not yet tried under other assumptions, and the button that has it tried. */
function makeUntried(app) {
  const words = make("span");
  const ask = button("ask", () => app.answers.askSure());
  const bar = make("progress");
  const element = make("div", { class: "untried" }, words, ask, bar);

  function show() {
    const going = app.answers.sureNow;
    element.hidden = !app.then || Boolean(app.then.sure);
    write(words, going ? app.t("TRYING", shownProgress(app, going)) : app.t("UNTRIED"));
    write(ask, app.t("TRY"));
    ask.hidden = Boolean(going) || !app.answers.canAskSure;
    ask.disabled = app.stale;
    bar.hidden = !going?.total;
    if (going?.total) [bar.max, bar.value] = [going.total, going.done];
    attribute(element, "title", app.t("OTHER_ASSUMPTIONS_MEANS"));
    attribute(bar, "aria-label", app.t("UNTRIED"));
  }

  return { element, show };
}

function shownProgress(app, { done, total }) {
  return { done: app.number(done), total: total ? app.number(total) : "…" };
}
