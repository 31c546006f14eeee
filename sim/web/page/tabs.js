/** The tabs beside the case: what there is to know beyond the four numbers, one thing at a time. */

import { write } from "page/dom.js";
import { draw as drawHours } from "page/hours.js";
import { draw as drawPays } from "page/pays.js";
import { draw as drawSure } from "page/sure.js";
import { html, onResize, set, sizeOf, svg } from "page/svg.js";
import { draw as drawTrust } from "page/trust.js";
import { draw as drawWeeks } from "page/weeks.js";

const TABS = [
  ["weeks", "TAB_WEEKS", drawWeeks],
  ["hours", "TAB_HOURS", drawHours],
  ["trust", "TAB_TRUST", drawTrust],
  ["pays", "TAB_PAYS", drawPays],
  ["sure", "TAB_SURE", drawSure],
];

class Tabs {
  constructor(app, host) {
    this.app = app;
    this.makeList(host);
    this.makePanel(host);
    app.on("state", (old) => {
      const isOther = old?.items !== app.state.items;
      if (isOther && app.stale && app.then) this.markStale();
      else if (isOther || old?.tab !== app.state.tab) this.show();
    });
    for (const event of ["answer", "sure", "language", "size"]) app.on(event, () => this.show());
    onResize(this.picture, () => this.show());
    this.show();
  }

  makeList(host) {
    this.list = html("div", { role: "tablist", class: "tabs" }, host);
    this.buttons = TABS.map(([name], place) => {
      const facts = { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "tab-panel" };
      const button = html("button", facts, this.list);
      button.addEventListener("click", () => this.app.set({ tab: name }));
      button.addEventListener("keydown", (event) => this.step(event, place));
      return button;
    });
  }

  makePanel(host) {
    this.panel = html("div", { id: "tab-panel", role: "tabpanel", class: "panel" }, host);
    const head = html("div", { class: "finding" }, this.panel);
    this.finding = html("p", {}, head);
    this.choice = html("span", { class: "choice" }, head);
    this.picture = svg("svg", { class: "chart", role: "img" }, this.panel);
    this.below = html("div", { class: "below-chart" }, this.panel);
    this.note = html("p", { class: "note" }, this.panel);
  }

  /** Arrows go from tab to tab, as people who use the keyboard expect it. */
  step(event, place) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = (place + by + TABS.length) % TABS.length;
    this.app.set({ tab: TABS[next][0] });
    this.buttons[next].focus();
  }

  /** Draw what the chosen tab shows; what there is no answer for yet is left empty. */
  show() {
    const { app } = this;
    const found = TABS.findIndex(([name]) => name === app.state.tab);
    const chosen = Math.max(0, found);
    TABS.forEach(([, key], place) => {
      const button = this.buttons[place];
      write(button, app.t(key));
      set(button, { "aria-selected": String(place === chosen), tabindex: place === chosen ? 0 : -1 });
    });
    const [name, key, draw] = TABS[chosen];
    this.panel.dataset.tab = name;
    set(this.panel, { "aria-labelledby": `tab-${name}` });
    this.markStale();
    this.panel.classList.toggle("no-chart", name === "sure" && !this.answer()?.sure);
    this.clear(key);
    if (!app.now) return;
    draw(app, { ...this.parts(), again: () => this.show() });
    set(this.picture, { "aria-label": this.finding.textContent || app.t(key) });
  }

  /** Show whether the answer still belongs to what was on before. */
  markStale() {
    this.panel.classList.toggle("stale", Boolean(this.app.state.items.length && this.app.stale));
  }

  /** What a tab may fill. */
  parts() {
    const { finding, choice, picture, below, note } = this;
    return { finding, choice, picture, below, note, answer: this.answer(), ...sizeOf(picture) };
  }

  /** The answer whose other side is drawn: null where nothing is switched on. */
  answer() {
    return this.app.state.items.length ? this.app.then : null;
  }

  clear(key) {
    write(this.finding, "");
    write(this.note, "");
    this.below.replaceChildren();
    if (this.choice.dataset.of !== key) this.choice.replaceChildren();
    this.choice.dataset.of = key;
    this.picture.replaceChildren();
    const { width, height } = sizeOf(this.picture);
    if (width && height) set(this.picture, { viewBox: `0 0 ${width.toFixed(1)} ${height.toFixed(1)}` });
  }
}

/** Put the tabs into the page. */
export function mount(app, host) {
  return new Tabs(app, host);
}
