/**
 * Makes elements of pictures and of the page, and measures text.
 *
 * Text always goes in by textContent, so that a name from a scenario can never become markup.
 */

const NAMESPACE = "http://www.w3.org/2000/svg";

/**
 * Make an element of a picture.
 * @param {string} tag - its name: "circle", "path", …
 * @param {Object} [attributes] - by name
 * @param {Element} [parent] - what it is put into
 * @param {string} [text] - what stands in it
 */
export function svg(tag, attributes = {}, parent = null, text = null) {
  return finish(document.createElementNS(NAMESPACE, tag), attributes, parent, text);
}

/** Make an element of the page; arguments as of `svg`. */
export function html(tag, attributes = {}, parent = null, text = null) {
  return finish(document.createElement(tag), attributes, parent, text);
}

function finish(element, attributes, parent, text) {
  set(element, attributes);
  if (text !== null) element.textContent = text;
  if (parent) parent.appendChild(element);
  return element;
}

/** Set attributes of an element; null takes one away. */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
  return element;
}

/** Change the text of an element only if it is another one. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A color of the page by its name in the style sheet. */
export const color = (name) => `var(--${name})`;

/** How many pixels of the screen are one pixel of the design, which is drawn for 1280 × 720. */
export function scale() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
}

/** Width and height of an element in pixels of the design. */
export function sizeOf(element) {
  const unit = scale();
  return { width: element.clientWidth / unit, height: element.clientHeight / unit };
}

/** Whether the page is shown on a phone: one network, and everything below another. */
export const onPhone = () => matchMedia("(max-width: 720px)").matches;

const WIDE = /[\u2e80-\u9fff\uff00-\uffef]/;

/** About how wide a text is drawn, without asking the browser to lay it out. */
export function textWidth(text, size) {
  let width = 0;
  for (const letter of text) width += WIDE.test(letter) ? 1 : "il.,:; 1".includes(letter) ? 0.36 : 0.58;
  return width * size;
}

/** Shorten a text to a width, with an ellipsis where something is left out. */
export function fitted(text, size, width) {
  if (textWidth(text, size) <= width) return text;
  let kept = text;
  while (kept && textWidth(`${kept}…`, size) > width) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}

/**
 * Put a sentence into an element; what stands between two pairs of asterisks becomes bold.
 * @param {Element} host
 * @param {string} sentence
 */
export function rich(host, sentence) {
  host.replaceChildren();
  sentence.split("**").forEach((piece, place) => {
    if (place % 2) html("b", {}, host, piece);
    else if (piece) host.append(piece);
  });
}

let patterns = 0;

/**
 * Define a hatch: stripes of a color that can be told from a plain one without seeing the hue.
 * @returns {string} the fill that draws it
 */
export function hatch(picture, name) {
  const id = `hatch-${name}-${(patterns += 1)}`;
  const frame = { id, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  const pattern = svg("pattern", frame, svg("defs", {}, picture));
  svg("rect", { width: 5, height: 5, fill: color(name) }, pattern);
  svg("rect", { width: 1.3, height: 5, fill: color("paper"), opacity: 0.8 }, pattern);
  return `url(#${id})`;
}
