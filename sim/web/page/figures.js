/** Bundles of interventions, and the organization's own figures, as they stand in the drawer. */
import { attribute, button, make, write } from "page/dom.js";
import { same, valueOf } from "page/items.js";
import { makeSlider } from "page/parts.js";
import { explain } from "page/tip.js";

/** Bundles that are switched on at once; null where there are none. */
export function makeBundles(app) {
  if (!app.frame.bundles?.length) return null;
  const rows = app.frame.bundles.map((bundle) => makeBundle(app, bundle));
  return panel(app, "BUNDLES", rows);
}

function makeBundle(app, bundle) {
  const [name, told] = [make("b"), make("span", { class: "summary" })];
  const items = app.known.ordered(bundle.items);
  const isOn = () => same(app.state.items, items);
  const pressed = button("bundle", () => bundle.refused || app.set({ items: isOn() ? [] : items }, { undo: true }));
  const element = make("div", {}, pressed);
  pressed.append(name, told);
  attribute(pressed, "aria-disabled", bundle.refused ? "true" : null);
  if (bundle.about) explain(element, () => [app.text(bundle.label), app.text(bundle.about)]);
  return {
    element,
    texts: [bundle.label, { en: bundle.name ?? "" }],
    say() {
      write(name, app.text(bundle.label));
      write(told, bundle.refused ? app.t("REFUSED_HERE", { why: bundle.refused }) : app.partsOf(items));
    },
    show() {
      attribute(pressed, "aria-pressed", String(isOn()));
    },
  };
}

/** The organization's own figures; null where there are none. */
export function makeFigures(app) {
  if (!app.frame.figures?.length) return null;
  const rows = app.frame.figures.map((figure) => makeFigure(app, figure));
  return panel(app, "FIGURES", rows);
}

function makeFigure(app, figure) {
  const { place, here } = figure;
  const slider = makeSlider(app, figure, (value) => {
    const rest = app.state.items.filter((item) => item !== app.itemOn(place));
    const items = value === here ? rest : [...rest, `${place}=${value}`];
    app.set({ items }, { undo: true, join: place });
  });
  const back = button("back", () => app.set({ items: app.state.items.filter((item) => item !== app.itemOn(place)) }, { undo: true }));
  const element = make("div", { class: "figure" }, slider.element, back);
  return {
    element,
    texts: [figure.label, { en: place }],
    say() {
      slider.say();
      write(back, app.t("HERE", { value: app.number(here, 2).replace(/\.?0+$/, "") }));
    },
    show() {
      const item = app.itemOn(place);
      slider.show(item ? valueOf(item) : here);
      back.hidden = !item;
      attribute(element, "data-changed", Boolean(item));
    },
  };
}

function panel(app, key, rows) {
  const heading = make("h3");
  const element = make("section", { class: key.toLowerCase() }, heading, ...rows.map((row) => row.element));
  return {
    element,
    say() {
      write(heading, app.t(key));
      for (const row of rows) row.say();
    },
    show() {
      for (const row of rows) row.show();
    },
    find(wanted) {
      for (const row of rows) row.element.hidden = !isAbout(wanted, row.texts);
      element.hidden = rows.every((row) => row.element.hidden);
      return !element.hidden;
    },
  };
}

/** Is what is searched for in one of the texts, in any language? */
export function isAbout(wanted, texts) {
  return texts.some((text) => Object.values(text).some((one) => one.toLowerCase().includes(wanted)));
}
