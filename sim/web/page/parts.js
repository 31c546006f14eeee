/** Small parts that several panels use: a switch, dots of evidence, a slider with its number. */
import { attribute, button, draw, make, write } from "page/dom.js";

/** Hours a week below which somebody's time is not worth naming. */
const LEAST = 0.05;

/**
 * A switch with a name, what it costs, and how good the evidence is.
 *
 * @param {object} app
 * @param {object} intervention an entry of the frame's catalogue
 * @param {string} item what it switches on
 */
export function makeSwitch(app, intervention, item) {
  const name = make("b");
  const cost = make("span");
  const word = make("span");
  const isFigure = intervention.item !== undefined;
  const meta = isFigure ? null : make("span", { class: "meta" }, cost, dots(intervention.grade), word);
  const track = make("span", { class: "track", "aria-hidden": "true" });
  const made = button("switch", () => intervention.refused || app.toggle(item));
  made.append(track, make("span", { class: "names" }, name, meta));
  attribute(made, "role", "switch");
  attribute(made, "aria-disabled", intervention.refused ? "true" : null);
  return {
    element: made,
    say() {
      write(name, isFigure ? app.nameOf(intervention.item) : app.text(intervention.label));
      if (isFigure) return;
      write(cost, costOf(app, intervention));
      write(word, app.text(intervention.evidence));
    },
    show() {
      attribute(made, "aria-checked", String(app.itemOn(intervention.kind) !== undefined));
    },
  };
}

/** The hours a week that an intervention takes, and that it takes money where it does. */
function costOf(app, { hours, spent, once }) {
  if (!spent && !once) return app.t("COST", { hours: app.number(hours) });
  return hours < LEAST ? app.t("COST_MONEY") : app.t("COST_BOTH", { hours: app.number(hours) });
}

/** What it takes in money beside people's time, week by week and once. */
function moneyOf(app, { spent, once }) {
  const key = spent && once ? "SPENT_BOTH" : spent ? "SPENT_WEEKLY" : once ? "SPENT_ONCE" : null;
  return key ? app.t(key, { spent: app.number(spent), once: app.number(once) }) : "";
}

/** What is told about an intervention when a pointer or the focus is on it. */
export function explanation(app, intervention, key = null) {
  const { summary, evidence, finding, refused } = intervention;
  if (!summary) return [key ? app.t("KEY_OF_SWITCH", { key }) : ""];
  const found = finding ? app.t("FINDING", { finding: app.text(finding) }) : app.t("NO_FINDING", { evidence });
  const money = refused ? "" : moneyOf(app, intervention);
  return [app.text(summary), money, refused ? app.text(refused) : found, key ? app.t("KEY_OF_SWITCH", { key }) : ""];
}

/** How good the evidence is, as three dots. */
function dots(grade) {
  const made = draw("svg", { class: "dots", viewBox: "0 0 30 10", "aria-hidden": "true" });
  for (const i of [0, 1, 2]) {
    made.append(draw("circle", { cx: 5 + 10 * i, cy: 5, r: 3.4, class: i < grade ? "full" : "" }));
  }
  return made;
}

/**
 * A slider with a field for its number.
 *
 * @param {object} app
 * @param {{label: object, unit: object, low: number, high: number, step: number}} range
 * @param {(value: number) => void} onPull called a little after each move, and at once when the field is left
 */
export function makeSlider(app, range, onPull) {
  const { low, high, step } = range;
  const limits = { min: low, max: high, step };
  const [name, unit] = [make("span", { class: "name" }), make("span", { class: "unit" })];
  const slider = make("input", { type: "range", ...limits });
  const field = make("input", { type: "number", ...limits, inputmode: "decimal" });
  let waiting = 0;
  const pull = (value) => {
    clearTimeout(waiting);
    if (value !== "" && !Number.isNaN(Number(value))) onPull(Math.min(high, Math.max(low, Number(value))));
  };
  slider.addEventListener("input", () => {
    field.value = slider.value;
    clearTimeout(waiting);
    waiting = setTimeout(() => pull(slider.value), 180);
  });
  slider.addEventListener("change", () => pull(slider.value));
  field.addEventListener("change", () => pull(field.value));
  return {
    element: make("label", { class: "slider" }, name, slider, field, unit),
    say() {
      write(name, app.text(range.label));
      write(unit, app.text(range.unit));
      for (const one of [slider, field]) attribute(one, "aria-label", app.text(range.label));
    },
    show(value) {
      for (const one of [slider, field]) {
        if (document.activeElement !== one || Number(one.value) !== Number(value)) one.value = value;
      }
    },
  };
}

/** The presets and sliders of an intervention; of the sliders the first `most`. */
export function makeDoses(app, intervention, most = Infinity) {
  const { kind, doses, presets } = intervention;
  const sliders = doses.slice(0, most).map((dose) => {
    const slider = makeSlider(app, dose, (value) => app.dose(kind, dose.name, value, `${kind}.${dose.name}`));
    return { dose, slider };
  });
  const isOn = (preset) => app.doseOn(kind, "preset") === preset.name;
  const chips = presets.map((preset) => {
    const chip = button("chip", () => app.dose(kind, "preset", isOn(preset) ? "" : preset.name));
    return { preset, chip };
  });
  const row = chips.length ? make("div", { class: "chips" }, ...chips.map(({ chip }) => chip)) : null;
  return {
    element: make("div", { class: "doses" }, row, ...sliders.map(({ slider }) => slider.element)),
    say() {
      for (const { slider } of sliders) slider.say();
      for (const { preset, chip } of chips) write(chip, app.text(preset.label));
    },
    show() {
      for (const { dose, slider } of sliders) slider.show(app.doseOn(kind, dose.name) ?? dose.usual);
      for (const { preset, chip } of chips) attribute(chip, "aria-pressed", String(isOn(preset)));
    },
  };
}
