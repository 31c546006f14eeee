/** Everything that can be changed: all interventions by family, bundles, the organization's own figures. */
import { attribute, button, make, write } from "page/dom.js";
import { isAbout, makeBundles, makeFigures } from "page/figures.js";
import { explanation, makeDoses, makeSwitch } from "page/parts.js";
import { explain } from "page/tip.js";

/** Put the drawer into its host; it is built when it is opened first. */
export function mount(app, host) {
  let built = null;
  let opener = null;

  function show(before) {
    const { drawer } = app.state;
    if (drawer && !built) built = build(app, host);
    if (drawer) built.show();
    if (before?.drawer === drawer) return;
    host.hidden = !drawer;
    if (drawer) {
      opener = document.activeElement;
      built.focus();
    } else if (host.contains(document.activeElement) || document.activeElement === document.body) {
      opener?.focus();
    }
  }

  attribute(host, "role", "dialog");
  app.on("state", show);
  app.on("language", () => built?.say());
}

function build(app, host) {
  const [heading, nothing] = [make("h2"), make("p", { class: "nothing" })];
  const search = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const close = button("close", () => app.set({ drawer: false }));
  const families = app.frame.catalogue.map((family) => makeFamily(app, family));
  const others = [makeBundles(app), makeFigures(app)].filter(Boolean);
  const all = [...families, ...others];
  write(close, "×");
  host.append(
    make("div", { class: "head" }, heading, search, close),
    make("div", { class: "drawers" },
      make("div", { class: "families" }, ...inColumns(families, app.known.interventions.size), nothing),
      make("div", { class: "others" }, ...others.map(({ element }) => element))),
  );

  function find() {
    const wanted = search.value.trim().toLowerCase();
    const found = all.map((one) => one.find(wanted));
    nothing.hidden = found.some(Boolean);
  }

  function say() {
    write(heading, app.t("DRAWER"));
    attribute(host, "aria-label", app.t("DRAWER"));
    attribute(search, "placeholder", app.t("SEARCH"));
    attribute(search, "aria-label", app.t("SEARCH"));
    attribute(close, "aria-label", app.t("CLOSE"));
    write(nothing, app.t("NOTHING_FOUND"));
    for (const one of all) one.say();
  }

  search.addEventListener("input", find);
  say();
  find();
  return { say, show: () => all.forEach((one) => one.show()), focus: () => search.focus() };
}

/** Families in two columns, about as many interventions in each; none moves when doses open. */
function inColumns(families, count) {
  const columns = [make("div"), make("div")];
  let before = 0;
  for (const { element, size } of families) {
    columns[before + size / 2 > count / 2 ? 1 : 0].append(element);
    before += size;
  }
  return columns;
}

function makeFamily(app, family) {
  const heading = make("h3");
  const rows = family.interventions.map((one) => makeRow(app, one));
  const element = make("section", { class: "family" }, heading, ...rows.map((row) => row.element));
  return {
    element,
    size: rows.length,
    say() {
      write(heading, app.text(family.label));
      for (const row of rows) row.say();
    },
    show() {
      for (const row of rows) row.show();
    },
    find(wanted) {
      const found = rows.map((row) => row.find(wanted)).some(Boolean);
      element.hidden = !found;
      return found;
    },
  };
}

function makeRow(app, intervention) {
  const toggle = makeSwitch(app, intervention, app.known.itemFor(intervention.kind));
  const doses = makeDoses(app, intervention);
  const told = make("p", { class: "summary" });
  const element = make("div", { class: "row" }, toggle.element, told, doses.element);
  attribute(element, "data-refused", Boolean(intervention.refused));
  explain(element, () => explanation(app, intervention));
  return {
    element,
    say() {
      toggle.say();
      doses.say();
      write(told, intervention.refused ? app.t("REFUSED_HERE", { why: intervention.refused }) : app.text(intervention.summary));
    },
    show() {
      toggle.show();
      doses.element.hidden = app.itemOn(intervention.kind) === undefined;
      if (!doses.element.hidden) doses.show();
    },
    find(wanted) {
      const { kind, label, summary } = intervention;
      element.hidden = !isAbout(wanted, [{ en: kind }, label, summary]);
      return !element.hidden;
    },
  };
}
