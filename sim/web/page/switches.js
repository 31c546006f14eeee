/** The switches on the screen, what they cost together, and the way to everything else. */
import { attribute, button, make, write, writeMarked } from "page/dom.js";
import { isPlace, subjectOf } from "page/items.js";
import { explanation, makeDoses, makeSwitch } from "page/parts.js";
import { explain } from "page/tip.js";

/** Doses that can be set under a switch; the drawer has them all. */
const MOST_DOSES = 2;

/** Put the switches into their host. */
export function mount(app, host) {
  const heading = make("h2");
  const found = app.frame.switches.filter((item) => app.known.switchFor(item));
  let open = null;
  const rows = found.map((item, i) => makeRow(app, item, i, (kind) => {
    open = open === kind ? null : kind;
    show();
  }));
  const total = make("p", { class: "total" });
  const more = button("more", () => app.set({ drawer: !app.state.drawer }));
  attribute(more, "aria-controls", "drawer");
  more.hidden = !app.source.live; // a file holds what its switches do, and nothing else to choose
  host.append(heading, make("div", { class: "switches" }, ...rows.map(({ element }) => element)), total, more);

  function say() {
    write(heading, app.t("WHAT_WE_TRY"));
    const rest = app.known.interventions.size - found.filter((item) => !isPlace(item)).length;
    write(more, rest > 0 ? app.t("MORE", { count: rest }) : app.t("MORE_FIGURES"));
    for (const row of rows) row.say();
    cost();
  }

  function show() {
    for (const row of rows) row.show(open);
    attribute(more, "aria-expanded", String(app.state.drawer));
    cost();
  }

  function cost() {
    writeMarked(total, costText(app));
  }

  app.on("language", say);
  app.on("state", show);
  app.on("answer", cost);
  say();
  show();
}

function makeRow(app, item, i, onOpen) {
  const intervention = app.known.switchFor(item);
  const toggle = makeSwitch(app, intervention, item);
  const doses = makeDoses(app, intervention, MOST_DOSES);
  const opener = button("opener", () => onOpen(intervention.kind));
  const element = make("div", { class: "switch-row" }, toggle.element, opener, doses.element);
  const adjustable = intervention.doses.length + intervention.presets.length > 0;
  explain(element, () => explanation(app, intervention, i < 9 ? i + 1 : null));
  write(opener, "⋯");
  return {
    element,
    say() {
      toggle.say();
      doses.say();
      attribute(opener, "aria-label", app.t("DOSES_OF", { name: intervention.label }));
    },
    show(open) {
      const on = app.itemOn(intervention.kind) !== undefined;
      const isOpen = on && adjustable && open === intervention.kind;
      toggle.show();
      opener.hidden = !on || !adjustable;
      attribute(opener, "aria-expanded", String(isOpen));
      doses.element.hidden = !isOpen;
      if (isOpen) doses.show();
    },
  };
}

/** What all that is on costs: as the answer has it, or by the usual doses until it is there. */
export function costText(app) {
  if (!app.state.items.length) return app.t("NO_COST");
  const { hours, money, once } = app.then && !app.stale ? app.then.cost : usualCost(app);
  const facts = { hours: app.number(hours), money: app.number(money), once: app.number(once) };
  return app.t(once ? "TOTAL_ONCE" : money ? "TOTAL" : "TOTAL_HOURS", facts);
}

function usualCost(app) {
  const on = app.state.items.map((item) => app.known.interventions.get(subjectOf(item))).filter(Boolean);
  const sum = (what) => on.reduce((all, one) => all + (one[what] ?? 0), 0);
  return { hours: sum("hours"), money: sum("money"), once: sum("once") };
}
