/**
 * What can be switched on, as text in the grammar of the command line: `raci`, `raci:clarity=0.7`,
 * `job_rotation:preset=week`, or a place with its value, `departments.production.staff=15`.
 */

import { Pages } from "page/pages.js";

/** Is this an own figure (a place with its value) rather than an intervention? */
export function isPlace(item) {
  return /^[^:=]*=/.test(item);
}

/** The intervention or place that an item is about. */
export function subjectOf(item) {
  return item.split(/[:=]/, 1)[0];
}

/** The doses of an item, as text by name. */
export function dosesOf(item) {
  const colon = item.indexOf(":");
  if (isPlace(item) || colon < 0) return {};
  return Object.fromEntries(item.slice(colon + 1).split(",").map((dose) => {
    const equals = dose.indexOf("=");
    return [dose.slice(0, equals), dose.slice(equals + 1)];
  }));
}

/** The value of an own figure. */
export function valueOf(item) {
  return Number(item.slice(item.indexOf("=") + 1));
}

/** The item of an intervention with doses; doses that are undefined are left out. */
export function itemOf(kind, doses = {}) {
  const told = Object.entries(doses).filter(([, value]) => value !== undefined).map(([name, value]) => `${name}=${value}`);
  return told.length ? `${kind}:${told.join(",")}` : kind;
}

/** The items as one text, by which answers are kept. */
export function keyOf(items) {
  return items.join("+");
}

/** Are two values the same, or two lists that hold the same in the same order? */
export function same(one, other) {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((part, i) => same(part, other[i]));
}

/**
 * What a frame knows: which items are allowed, in which order they stand, what they are called.
 */
export class Known {
  constructor(frame) {
    this.interventions = new Map();
    for (const family of frame.catalogue ?? []) {
      for (const one of family.interventions) this.interventions.set(one.kind, one);
    }
    this.figures = new Map((frame.figures ?? []).map((one) => [one.place, one]));
    this.pages = new Pages(frame.story ?? null);
    const told = this.pages.itemsFrom("").flat();
    const bundles = (frame.bundles ?? []).filter((one) => !one.refused);
    this.shipped = bundles.filter((one) => one.name);
    const itemsOf = (some) => some.flatMap((one) => one.items);
    const given = [...(frame.switches ?? []), ...itemsOf(bundles.filter((one) => !one.name)), ...told];
    this.given = new Set([...given, ...itemsOf(this.shipped)]);
    this.suggested = new Map([...given].reverse().map((item) => [subjectOf(item), item]));
    this.places = [...this.interventions.keys(), ...this.figures.keys()];
  }

  /** What switches an intervention on: with the doses that the scenario suggests for it, or without any. */
  itemFor(kind) {
    return this.suggested.get(kind) ?? kind;
  }

  /** The doses of an item that are not those that the scenario suggests. */
  ownDoses(item) {
    const suggested = dosesOf(this.itemFor(subjectOf(item)));
    return Object.entries(dosesOf(item)).filter(([name, value]) => suggested[name] !== value);
  }

  /** The shipped bundle that consists of just these items, or undefined. */
  bundleOf(items) {
    const key = keyOf(this.ordered(items));
    return this.shipped.find((one) => keyOf(this.ordered(one.items)) === key);
  }

  /** What a switch for an item is about: an intervention, or an own figure with a value in its place; or undefined. */
  switchFor(item) {
    if (!isPlace(item)) return this.interventions.get(subjectOf(item));
    const figure = this.figures.get(subjectOf(item));
    return { kind: subjectOf(item), item, label: figure?.label, doses: [], presets: [], refused: null };
  }

  /** Can this be asked for? What comes from an address may be anything. */
  allows(item) {
    if (this.given.has(item)) return true;
    if (isPlace(item)) return within(this.figures.get(subjectOf(item)), item.slice(item.indexOf("=") + 1));
    const found = this.interventions.get(subjectOf(item));
    if (!found || found.refused) return false;
    return this.ownDoses(item).every(([name, value]) => this.#allowsDose(found, name, value));
  }

  #allowsDose(intervention, name, value) {
    if (name === "preset") return intervention.presets.some((one) => one.name === value);
    return within(intervention.doses.find((one) => one.name === name), value);
  }

  /** The items in their order, each subject once (the last one said counts). */
  ordered(items) {
    const latest = new Map(items.map((item) => [subjectOf(item), item]));
    const rank = (item) => {
      const place = this.places.indexOf(subjectOf(item));
      return place < 0 ? this.places.length : place;
    };
    return [...latest.values()].sort((a, b) => rank(a) - rank(b));
  }
}

function within(range, text) {
  const value = Number(text);
  return Boolean(range) && text.trim() !== "" && value >= range.low && value <= range.high;
}
