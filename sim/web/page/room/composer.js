/** Where the host puts a question together: of which kind, about what, in which words. */
import { make, write } from "../dom.js";
import { isPlace, keyOf, subjectOf } from "../items.js";

/** Kinds of questions, each with its name and what it means. */
const KINDS = [
  ["direction", "KIND_DIRECTION", "KIND_DIRECTION_MEANS"],
  ["size", "KIND_SIZE", "KIND_SIZE_MEANS"],
  ["which", "KIND_WHICH", "KIND_WHICH_MEANS"],
  ["poll", "KIND_POLL", "KIND_POLL_MEANS"],
];

/** Letters of a wording and of an answer. */
export const MOST_TEXT = 300;
export const MOST_LABEL = 100;

const MOST_CHOICES = 8;
const MOST_NOTE = 1000;

export function makeComposer(app, room) {
  const kinds = makeKinds(app, () => fits());
  const measure = makeMeasure(app);
  const tried = makeTried(app);
  const several = makeSeveral(app);
  const choices = makeField(app, make("textarea", { rows: 5, dir: "auto" }), "ASK_CHOICES", "ASK_CHOICES_MEANS");
  const text = makeField(app, make("textarea", { rows: 2, maxlength: MOST_TEXT, dir: "auto" }), "ASK_TEXT", "ASK_TEXT_MEANS");
  const hypothesis = makeField(app, make("textarea", { rows: 2, maxlength: MOST_NOTE, dir: "auto" }), "NOTE_HYPOTHESIS", "ASK_HYPOTHESIS_MEANS");
  const go = make("button", { type: "submit", class: "control go" });
  const fault = make("p", { class: "room-refused", role: "alert" });
  const fields = { measure, tried, several, choices, text, hypothesis };
  const left = make("div", { class: "column" }, kinds.element, measure.element, tried.element, several.element, choices.element);
  const right = make("div", { class: "column" }, text.element, hypothesis.element, fault, go);
  const element = make("form", { class: "room-part composer" }, left, right);
  let posed = null;

  function fits() {
    const kind = kinds.chosen();
    measure.element.hidden = kind === "poll";
    tried.element.hidden = !["direction", "size"].includes(kind);
    several.element.hidden = kind !== "which";
    choices.element.hidden = kind !== "poll";
    text.means(kind === "poll" ? "ASK_TEXT_NEEDED" : "ASK_TEXT_MEANS");
    complain(null);
  }

  function complain(words) {
    fault.hidden = words === null;
    write(fault, words === null ? "" : app.t(words));
  }

  element.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = asked(kinds.chosen(), fields);
    const words = faultOf(question);
    complain(words);
    if (words !== null) return;
    posed = room.told?.question?.id ?? "";
    room.pose(question);
  });

  return {
    element,
    turned() {
      kinds.focus();
    },
    show(told) {
      const newest = told?.question?.id ?? "";
      if (posed !== null && newest !== posed) {
        posed = null;
        for (const field of [text, hypothesis, choices]) field.clear();
      }
      for (const one of [tried, several]) one.show();
      fits();
    },
    say() {
      kinds.say();
      for (const field of Object.values(fields)) field.say();
      write(go, app.t("ASK_GO"));
      fits();
    },
  };
}

/** The question as it is put to the room. */
function asked(kind, { measure, tried, several, choices, text, hypothesis }) {
  const question = { kind, text: text.value() || undefined, hypothesis: hypothesis.value() || undefined };
  if (kind !== "poll") question.measure = measure.value();
  if (kind === "which") question.choices = several.value();
  else if (kind === "poll") question.choices = choices.value().split("\n").map((one) => one.trim()).filter(Boolean).map((label) => ({ label }));
  else question.items = tried.value();
  return question;
}

/** A text in both languages, unless it was put together and became longer than a host may write: then it is left out. */
export function fitting(text, most) {
  return Object.values(text).every((one) => one.length <= most) ? text : undefined;
}

/** The key of what is missing or too much, or null. */
function faultOf({ kind, text, choices, items }) {
  if (choices?.length > MOST_CHOICES) return "FAULT_MANY_CHOICES";
  if (kind === "poll" && !text) return "FAULT_NO_TEXT";
  if (kind === "poll" && choices.length < 2) return "FAULT_FEW_CHOICES";
  if (kind === "which" && choices.length < 2) return "FAULT_FEW_ALTERNATIVES";
  return items?.length === 0 ? "FAULT_NOTHING_TRIED" : null;
}

// ---- fields

function makeKinds(app, onChange) {
  const legend = make("legend");
  const made = KINDS.map(([kind, words, meant]) => {
    const input = make("input", { type: "radio", name: "kind", value: kind });
    const [name, means] = [make("b"), make("span", { class: "means" })];
    input.addEventListener("change", onChange);
    return { kind, words, meant, input, name, means, element: make("label", { class: "kind" }, input, make("span", {}, name, means)) };
  });
  made[0].input.checked = true;
  return {
    element: make("fieldset", { class: "kinds" }, legend, ...made.map((one) => one.element)),
    chosen: () => made.find((one) => one.input.checked).kind,
    focus: () => made.find((one) => one.input.checked).input.focus(),
    say() {
      write(legend, app.t("ASK_KIND"));
      for (const { words, meant, name, means } of made) {
        write(name, app.t(words));
        write(means, app.t(meant));
      }
    },
  };
}

function makeField(app, input, words, meansWords) {
  const [name, means] = [make("span", { class: "field-name" }), make("span", { class: "means" })];
  let meant = meansWords;
  const say = () => {
    write(name, app.t(words));
    write(means, app.t(meant));
  };
  return {
    element: make("label", { class: "composing" }, name, input, means),
    say,
    value: () => input.value.trim(),
    clear() {
      input.value = "";
    },
    means(key) {
      meant = key;
      say();
    },
  };
}

function makeMeasure(app) {
  const name = make("span", { class: "field-name" });
  const select = make("select", {}, ...app.frame.measures.map(({ id }) => make("option", { value: id })));
  return {
    element: make("label", { class: "composing" }, name, select),
    value: () => select.value,
    say() {
      write(name, app.t("ASK_MEASURE"));
      for (const [i, { label, unit }] of app.frame.measures.entries()) write(select.options[i], app.t("ASK_MEASURE_UNIT", { measure: label, unit }));
    },
  };
}

/** One alternative out of what is on, kept, or can be switched. */
function makeTried(app) {
  const name = make("span", { class: "field-name" });
  const select = make("select");
  let listed = "";
  const show = () => {
    const found = alternatives(app);
    const now = JSON.stringify([app.state.lang, found.map(({ items }) => items), keyOf(app.state.items)]);
    if (now === listed) return;
    listed = now;
    const chosen = select.value;
    select.replaceChildren(...found.map(({ items, name: told }) => make("option", { value: keyOf(items) }, told)));
    select.value = found.some(({ items }) => keyOf(items) === chosen) ? chosen : keyOf(found[0]?.items ?? []);
  };
  return {
    element: make("label", { class: "composing" }, name, select),
    show,
    value: () => alternatives(app).find(({ items }) => keyOf(items) === select.value)?.items ?? [],
    say() {
      write(name, app.t("ASK_TRIED"));
      show();
    },
  };
}

/** Several alternatives of which one is the best. */
function makeSeveral(app) {
  const legend = make("legend");
  const list = make("div", { class: "several" });
  const chosen = new Set();
  let listed = "";
  const show = () => {
    const found = alternatives(app);
    const now = JSON.stringify([app.state.lang, found.map(({ items }) => items)]);
    if (now === listed) return;
    listed = now;
    list.replaceChildren(...found.map(({ items, name }) => {
      const input = make("input", { type: "checkbox" });
      input.checked = chosen.has(keyOf(items));
      input.addEventListener("change", () => (input.checked ? chosen.add(keyOf(items)) : chosen.delete(keyOf(items))));
      return make("label", {}, input, make("span", {}, name));
    }));
  };
  return {
    element: make("fieldset", { class: "composing" }, legend, list),
    show,
    value: () => alternatives(app).filter(({ items }) => chosen.has(keyOf(items))).map(({ items, label }) => ({ label: fitting(label, MOST_LABEL), items })),
    say() {
      write(legend, app.t("ASK_SEVERAL"));
      show();
    },
  };
}

/** What can be asked about: what is on, what is kept, every switch, every bundle; each once, with its name. */
function alternatives(app) {
  const { frame, state, known } = app;
  const bundles = (frame.bundles ?? []).filter((one) => !one.refused).map(({ items }) => items);
  const all = [state.items, ...state.kept, ...frame.switches.map((one) => [one]), ...bundles];
  const found = new Map();
  for (const items of all.filter((one) => one.length && one.every((item) => known.allows(item)))) {
    const ordered = known.ordered(items);
    if (!found.has(keyOf(ordered))) found.set(keyOf(ordered), ordered);
  }
  return [...found.values()].map((items) => ({ items, name: nameOf(app, items), label: labelOf(app, items) }));
}

function nameOf(app, items) {
  const name = app.namesOf(items);
  return keyOf(items) === keyOf(app.state.items) ? app.t("ASK_WHAT_IS_ON", { name }) : name;
}

/** What is tried in both languages; doses and own figures are named as they are here. */
function labelOf(app, items) {
  const bundle = app.known.bundleOf(items);
  if (bundle) return bundle.label;
  const named = (lang) => items.map((item) => {
    const label = isPlace(item) || app.known.ownDoses(item).length ? null : app.known.interventions.get(subjectOf(item))?.label;
    return label?.[lang] ?? app.nameOf(item);
  });
  return { en: named("en").join(" + "), zh: named("zh").join(" + ") };
}
