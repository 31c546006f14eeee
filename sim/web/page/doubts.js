/** Notes under a text of a story where an answer says otherwise than the text takes for granted. */
import { attribute, make, write } from "page/dom.js";
import { named, partName } from "page/names.js";

/** Put the doubts about a page into an element. */
export function makeDoubts(app, facts) {
  const element = make("div", { class: "doubts" });

  function show(page) {
    const found = page && facts.answer(page)?.state === "final" ? page.expects.map((one) => doubt(app, facts, page, one)) : [];
    const told = found.filter(Boolean);
    while (element.children.length > told.length) element.lastChild.remove();
    while (element.children.length < told.length) element.append(make("p"));
    for (const [i, text] of told.entries()) write(element.children[i], text);
    attribute(element, "hidden", !told.length);
  }

  return { element, show };
}

/** What an answer says instead of what is expected, as a sentence; nothing where it is so, or not known. */
function doubt(app, facts, page, expected) {
  const value = facts.value(expected.figure, page);
  if (value === null || value === undefined) return "";
  const [holds, wanted] = expected.is ? verdict(app, expected, value) : compared(app, facts, page, expected, value);
  if (holds) return "";
  const found = facts.written(expected.figure, page, app.state.lang).text;
  return app.t("STORY_DOUBT", { what: nameOf(app, facts, expected.figure), found, expected: wanted });
}

function verdict(app, { is }, value) {
  return [is.includes(value), is.map((one) => app.t(`VERDICTS.${one}`)).join(app.t("STORY_OR"))];
}

function compared(app, facts, page, expected, value) {
  const than = expected.above ?? expected.below;
  const isAbove = expected.above !== undefined;
  const limit = typeof than === "number" ? than : facts.value(than, page);
  if (limit === null || limit === undefined) return [true, ""];
  const told = typeof than === "number" ? app.number(than, Number.isInteger(than) ? 0 : 1) : facts.written(than, page, app.state.lang).text;
  return [isAbove ? value > limit : value < limit, app.t(isAbove ? "STORY_ABOVE" : "STORY_BELOW", { limit: told })];
}

/** What a figure is called; one of another page with the title of that. */
function nameOf(app, facts, whole) {
  const [name, home] = whole.split(":").reverse();
  const [first, part] = name.split(".");
  const measure = app.frame.measures.find(({ id }) => id === first);
  const isPart = first === "hours" && app.frame.parts.includes(part);
  const told = measure ? app.text(measure.label) : isPart ? partName(app, part) : named(app, "STORY_NAMES", first);
  const page = home && facts.pages.called(home);
  return page ? app.t("STORY_OF_PAGE", { what: told, page: facts.filled(app.text(page.title), page, app.state.lang) }) : told;
}
