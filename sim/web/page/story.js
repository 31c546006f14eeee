/**
 * A story: pages that carry an hour. It stands where the switches are, says what the page says with the figures of the
 * answers, leads the eye to what is meant, and lets people bet before they see.
 */
import { isAsWished, makeBets, unchanged } from "page/bets.js";
import { attribute, button, make, write } from "page/dom.js";
import { makeDoubts } from "page/doubts.js";
import { Facts, pieces } from "page/facts.js";
import { keyOf, same, subjectOf } from "page/items.js";
import { TABS } from "page/pages.js";
import { costText } from "page/switches.js";
import { between } from "page/texts.js";

/** The elements of each part of the page, dimmed while the eye is led elsewhere. */
const PLACES = { why: ["#why"], networks: ["#nets", "#legend", "#clock"], case: ["#case"], tabs: ["#tabs"] };

/** Put the story into its host. */
export function mount(app, host) {
  if (!app.frame.story) return;
  const { pages } = app.known;
  const facts = new Facts(app, pages);
  const parts = makeParts(app, facts);
  host.append(...parts.elements);
  makeBlank(app);

  function arrive() {
    const { page } = app.state;
    const { tab, time } = pages.wishOf(page);
    app.set({ ...(tab ? { tab } : {}), ...(time === undefined ? {} : { time, playing: false }) });
    app.answers.ahead(page ? pages.itemsFrom(page) : []);
    parts.turned();
    lay();
  }

  /** The page makes room for a story, or takes it back. */
  function lay() {
    const root = document.documentElement;
    const isOn = Boolean(app.state.page);
    if (root.hasAttribute("data-story") === isOn) return;
    root.toggleAttribute("data-story", isOn);
    host.hidden = !isOn;
    app.emit("size");
  }

  function show() {
    const { page } = app.state;
    light(app, page && !pages.isBetting(page) ? pages.page(page).show : []);
    if (!page) return;
    parts.show(pages.page(page), pages.isBetting(page));
    parts.tell(pages.page(page), pages.isBetting(page));
  }

  host.hidden = true;
  app.on("state", (before) => {
    if (before.page !== app.state.page) arrive();
    show();
  });
  for (const event of ["answer", "ahead", "language", "size", "room", "connection"]) app.on(event, show);
  arrive();
  show();
}

/** Turn the pages of the story; called by keys and buttons. */
export function turn(app, by) {
  goTo(app, app.known.pages.beside(app.state.page, by));
}

/** Begin the story, or leave it. */
export function goTo(app, page) {
  const { items = app.state.items } = app.known.pages.wishOf(page);
  app.set({ page, items, drawer: false }, { undo: true });
}

/** Switch on again what the page wants; true where it is not. */
export function putBack(app) {
  const wish = app.known.pages.wishOf(app.state.page);
  if (isAsWished(app, wish)) return false;
  app.set({ items: wish.items }, { undo: true });
  return true;
}

function makeParts(app, facts) {
  const { pages } = app.known;
  const [place, leave] = [make("span", { class: "place" }), button("leave", () => goTo(app, ""))];
  const [title, text] = [make("h2"), make("div", { class: "told" })];
  const [bets, doubts, chips] = [makeBets(app, facts), makeDoubts(app, facts), makeChips(app)];
  const [total, spoken] = [make("p", { class: "total" }), make("p", { class: "unseen", "aria-live": "polite" })];
  const [back, on] = [button("back", () => turn(app, -1)), button("on", () => turn(app, 1))];
  const turning = make("nav", { class: "turning" }, back, place, on);
  const head = make("div", { class: "story-head" }, make("b"), leave);
  const body = make("div", { class: "story-body" }, title, bets.element, text, doubts.element, chips.element, total);
  let isNew = false;

  function show(page, isBetting) {
    const { lang } = app.state;
    const story = app.text(app.frame.story.title);
    write(head.firstChild, story);
    attribute(document.getElementById("story"), "aria-label", story);
    write(title, facts.filled(app.text(page.title), isBetting ? unchanged(page) : page, lang));
    bets.show(page, isBetting);
    text.hidden = isBetting;
    if (!isBetting) writeText(app, facts, text, page);
    doubts.show(isBetting ? null : page);
    chips.show(page, isBetting);
    write(total, app.state.items.length ? costText(app).replaceAll("*", "") : "");
    showTurning(page, isBetting);
    fit();
    speak(page, isBetting);
  }

  /** What does not fit is set more tightly, so that nothing hides below. */
  function fit() {
    attribute(body, "data-tight", null);
    attribute(body, "data-tight", body.scrollHeight > body.clientHeight + 1);
  }

  function showTurning(page, isBetting) {
    const [number, all] = [pages.pages.indexOf(page) + 1, pages.pages.length];
    write(place, app.t("STORY_PLACE", { number, all }));
    write(back, "←");
    write(on, isBetting ? app.t("STORY_REVEAL") : "→");
    attribute(on, "data-reveals", isBetting);
    attribute(back, "aria-label", app.t("STORY_BACK"));
    attribute(on, "aria-label", app.t(isBetting ? "STORY_REVEAL" : "STORY_ON"));
    back.disabled = pages.beside(app.state.page, -1) === app.state.page;
    on.disabled = pages.beside(app.state.page, 1) === app.state.page;
    write(leave, app.t("STORY_LEAVE"));
  }

  /** A page is read aloud once, when all its figures are there. */
  function speak(page, isBetting) {
    if (!isNew || (!isBetting && text.querySelector('[data-state="missing"]'))) return;
    isNew = false;
    const said = (isBetting ? bets.element : text).innerText;
    const [number, all] = [pages.pages.indexOf(page) + 1, pages.pages.length];
    write(spoken, `${app.t("STORY_SPOKEN", { number, all, title: title.textContent })} ${said}`);
  }

  function turned() {
    isNew = true;
    bets.again();
    body.scrollTop = 0;
  }

  return { elements: [head, body, turning, spoken], show, tell: bets.tell, turned };
}

/** A text as paragraphs, bold where asterisks are, with every figure in an element of its own. */
function writeText(app, facts, element, page) {
  const told = app.text(page.text);
  const wanted = pieces(told).filter((_, i) => i % 2).map((whole) => facts.written(whole, page, app.state.lang));
  const key = JSON.stringify([told, wanted]);
  if (element.dataset.key === key) return;
  element.dataset.key = key;
  const figures = wanted.values();
  const paragraphs = told.split(/\n\s*\n/).filter((one) => one.trim());
  element.replaceChildren(...paragraphs.map((one) => {
    const marked = one.split("*").map((part, i) => make(i % 2 ? "b" : "span", {}, ...withFigures(part, figures)));
    return make("p", {}, ...marked);
  }));
}

function withFigures(text, figures) {
  let before = "";
  return pieces(text.replace(/\s*\n\s*/g, lineEnd)).flatMap((part, i) => {
    const { text: told, state } = i % 2 ? figures.next().value : { text: part };
    const gap = between(before, told);
    before = told || before;
    return [gap, state ? make("span", { class: "fact", "data-state": state }, told) : told];
  });
}

/** Lines of a file run on; between Chinese letters without a space. */
function lineEnd(found, at, whole) {
  const beside = whole[at - 1] + (whole[at + found.length] ?? "");
  return /[\u3000-\u9fff\uff00-\uffef]{2}/.test(beside) ? "" : " ";
}

/** What is on, and what the page has on besides, as chips that switch. */
function makeChips(app) {
  const element = make("div", { class: "chips" });
  const put = button("put-back", () => putBack(app));

  function show(page, isBetting) {
    const wished = isBetting ? [] : app.known.ordered(page.items);
    const items = app.known.ordered([...wished, ...app.state.items]);
    if (!same(element.dataset.items, keyOf(items))) {
      element.dataset.items = keyOf(items);
      element.replaceChildren(...items.map((item) => button("chip", () => app.toggle(item))), put);
    }
    for (const [i, item] of items.entries()) {
      const chip = element.children[i];
      write(chip, app.nameOf(item));
      attribute(chip, "aria-pressed", String(app.itemOn(subjectOf(item)) !== undefined));
    }
    put.hidden = isAsWished(app, app.known.pages.wishOf(app.state.page));
    write(put, app.t("STORY_PUT_BACK"));
  }

  return { element, show };
}

/** Dim what a page does not want to be looked at; nothing where it wants all alike. */
function light(app, show) {
  const names = new Set(show.map((name) => (TABS.includes(name) ? "tabs" : name)));
  const dim = (place, isLit) => {
    const element = document.querySelector(place);
    if (element) attribute(element, "data-dim", names.size > 0 && !isLit);
  };
  for (const [name, places] of Object.entries(PLACES)) places.forEach((place) => dim(place, names.has(name)));
  lightNumbers(app, names, show.includes("sure"), dim);
}

/** Of the numbers some may be meant; what is said about how sure they are belongs to them. */
function lightNumbers(app, names, isSure, dim) {
  const all = names.has("numbers");
  const isMeant = ({ id }) => all || names.has(id);
  const isAnyLit = isSure || app.frame.measures.some(isMeant);
  dim("#numbers", isAnyLit);
  dim("#numbers .untried", !isAnyLit || all || isSure);
  for (const one of app.frame.measures) dim(`#numbers [data-measure="${one.id}"]`, !isAnyLit || isMeant(one));
}

/** A black screen over everything, until any key or a tap. */
function makeBlank(app) {
  const told = make("p", { class: "unseen" });
  const element = make("div", { id: "blank", role: "status" }, told);
  element.hidden = true;
  element.addEventListener("click", () => app.set({ blank: false }));
  document.body.append(element);
  app.on("state", () => {
    if (element.hidden !== app.state.blank) return;
    element.hidden = !app.state.blank;
    write(told, app.state.blank ? app.t("STORY_BLANK") : "");
  });
}
