/** Alternatives that were kept, each with on time and conflicts; what happens now is always the first. */
import { attribute, button, make, write } from "page/dom.js";
import { keyOf, same } from "page/items.js";
import { MOST_KEPT } from "page/state.js";

/** Put the kept alternatives into their host. */
export function mount(app, host) {
  const heading = make("h2");
  const keep = button("keep", () => app.set({ kept: [...app.state.kept, app.state.items] }, { undo: true }));
  const list = make("ul");
  const rows = new Map();
  host.append(make("div", { class: "head" }, heading, keep), list);

  function show() {
    const { items, kept } = app.state;
    keep.disabled = items.length === 0 || kept.length >= MOST_KEPT || kept.some((one) => same(one, items));
    const wanted = [[], ...kept].map((one) => row(one));
    if (!sameOrder([...list.children], wanted)) list.replaceChildren(...wanted.map(({ element }) => element));
    for (const one of wanted) one.show();
  }

  function row(items) {
    const key = keyOf(items);
    if (!rows.has(key)) rows.set(key, makeRow(app, items));
    return rows.get(key);
  }

  function say() {
    write(heading, app.t("KEPT"));
    write(keep, app.t("KEEP_THIS"));
    attribute(host, "aria-label", app.t("KEPT"));
    show();
  }

  app.on("language", say);
  app.on("state", show);
  app.on("answer", show);
  say();
}

function sameOrder(elements, rows) {
  return elements.length === rows.length && rows.every(({ element }, i) => element === elements[i]);
}

function makeRow(app, items) {
  const [first, conflicts] = shownMeasures(app.frame);
  const [name, value, count] = [make("span", { class: "name" }), make("b"), make("span", { class: "conflicts" })];
  const compare = button("compare", () => app.set({ items }, { undo: true }));
  compare.append(name, value, count);
  const remove = button("remove", () => app.set({ kept: app.state.kept.filter((one) => !same(one, items)) }, { undo: true }));
  write(remove, "×");
  const element = make("li", {}, compare, items.length ? remove : null);
  return {
    element,
    show() {
      const [told, valueText, countText] = [app.namesOf(items), shown(app, items, first), shown(app, items, conflicts)];
      write(name, told);
      attribute(name, "title", told);
      write(value, valueText);
      write(count, conflicts ? `◆ ${countText}` : "");
      attribute(count, "title", conflicts ? app.text(conflicts.label) : null);
      attribute(compare, "aria-current", same(app.state.items, items) ? "true" : null);
      attribute(remove, "aria-label", app.t("REMOVE", { name: told }));
    },
  };
}

/** The first measure of the page, and the one of conflicts. */
function shownMeasures(frame) {
  return [frame.measures[0], frame.measures.find(({ id }) => id.includes("conflict"))];
}

function shown(app, items, measure) {
  const found = measure && app.answers.of(items)?.measures[measure.id];
  if (!found) return "…";
  const value = items.length ? found.then : found.now;
  return measure.unit.en === "%" ? app.valued(value, measure.digits, measure.unit) : app.number(value, measure.digits);
}
