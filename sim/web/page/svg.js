/** Elements of pictures and of the page, made where they stand; how large they and their texts are. */
import { attribute, draw, make } from "page/dom.js";

/**
 * Make an element of a picture.
 * @param {string} tag - its name: "circle", "path", …
 * @param {Object} [attributes] - by name
 * @param {Element} [parent] - what it is put into
 * @param {string} [text] - what stands in it
 */
export function svg(tag, attributes = {}, parent = null, text = null) {
  return within(parent, draw(tag, attributes, text));
}

/** Make an element of the page; arguments as of `svg`. */
export function html(tag, attributes = {}, parent = null, text = null) {
  return within(parent, make(tag, attributes, text));
}

function within(parent, element) {
  parent?.appendChild(element);
  return element;
}

/** Set attributes of an element; null takes one away. */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) attribute(element, name, value);
}

/** A color of the page by its name in the style sheet. */
export const color = (name) => `var(--${name})`;

let unit = null;
let sizes = new WeakMap();

/** How many pixels of the screen are one pixel of the design, which is drawn for 1280 × 720. */
export function scale() {
  unit ??= parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
  return unit;
}

/**
 * Width and height of an element in pixels of the design.
 *
 * To measure makes the browser lay out the page; so it is remembered until `onResize` or `forgetSizes` know better.
 */
export function sizeOf(element) {
  if (!sizes.has(element)) sizes.set(element, [element.clientWidth, element.clientHeight]);
  const [width, height] = sizes.get(element);
  return { width: width / scale(), height: height / scale() };
}

/** Measure everything again when it is asked for: the screen or the size of letters has changed. */
export function forgetSizes() {
  unit = null;
  sizes = new WeakMap();
}

/** Call `fn` whenever an element gets another size than the one it was drawn for. */
export function onResize(element, fn) {
  const observer = new ResizeObserver(() => {
    const [width, height] = sizes.get(element) ?? [0, 0];
    const found = [element.clientWidth, element.clientHeight];
    sizes.set(element, found);
    if (found[0] !== width || found[1] !== height) fn();
  });
  observer.observe(element);
}

/** Whether the page is shown on a phone: one network, and everything below another. */
export const onPhone = () => matchMedia("(max-width: 860px)").matches;

const MEASURED = 20;
const SAME_WIDTH = 0.01;
const widths = new Map();
let pen = null;

/** How wide a text is drawn, without laying out the page. */
export function textWidth(text, size) {
  if (!widths.has(text)) {
    pen ??= document.createElement("canvas").getContext("2d");
    pen.font = `500 ${MEASURED}px ${getComputedStyle(document.body).fontFamily}`;
    widths.set(text, pen.measureText(text).width / MEASURED);
  }
  return widths.get(text) * size;
}

/** Call `fn` whenever letters have come with which a text is as wide as it was not before. */
export function onLetters(fn) {
  document.fonts?.addEventListener("loadingdone", () => {
    const before = [...widths];
    widths.clear();
    if (before.some(([text, width]) => Math.abs(textWidth(text, 1) - width) > SAME_WIDTH)) fn();
  });
}

/** Shorten a text to a width, with an ellipsis where something is left out. */
export function fitted(text, size, width) {
  if (textWidth(text, size) <= width) return text;
  let kept = text;
  while (kept && textWidth(`${kept}…`, size) > width) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}

let pictures = 0;

/** Parts of the ledger that are hatched, and how far their stripes are turned, in degrees. */
const HATCHED = { conflict: 45, rework: 135, ping_pong: 0 };

/**
 * Define hatches: stripes over a color that can be told from one another without seeing the hue.
 * @param {SVGElement} picture
 * @returns {Object<string, string>} by part of the ledger the fill that draws it
 */
export function hatches(picture) {
  pictures += 1;
  const definitions = svg("defs", {}, picture);
  const fills = {};
  for (const [name, turn] of Object.entries(HATCHED)) {
    const id = `hatch-${pictures}-${name}`;
    const tile = { id, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${turn})` };
    const pattern = svg("pattern", tile, definitions);
    svg("rect", { width: 5, height: 5, fill: color(name) }, pattern);
    svg("rect", { width: 1.2, height: 5, fill: color("paper"), opacity: 0.75 }, pattern);
    fills[name] = `url(#${id})`;
  }
  return fills;
}
