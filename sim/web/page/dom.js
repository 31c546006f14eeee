/** Elements, made once; later only their text and attributes change. */

const SVG = "http://www.w3.org/2000/svg";

/** Make an element with attributes and what stands in it; texts go in as text. */
export function make(tag, attributes = {}, ...inside) {
  return filled(document.createElement(tag), attributes, inside);
}

/** Make an element of a drawing. */
export function draw(tag, attributes = {}, ...inside) {
  return filled(document.createElementNS(SVG, tag), attributes, inside);
}

function filled(element, attributes, inside) {
  for (const [name, value] of Object.entries(attributes)) attribute(element, name, value);
  element.append(...inside.filter((one) => one !== null && one !== undefined));
  return element;
}

/** Change a text only where it differs: what stays is not drawn again. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Change an attribute only where it differs; false and null take it away. */
export function attribute(element, name, value) {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value === true ? "" : String(value));
}

/** A button with a text that is put in later. */
export function button(name, onClick) {
  const made = make("button", { type: "button", class: name });
  made.addEventListener("click", onClick);
  return made;
}

/**
 * Put texts into an element, the parts of them in bold that stand between asterisks: `Costs *5 h* a week`.
 */
export function writeMarked(element, text) {
  const parts = text.split("*");
  if (element.childNodes.length !== parts.length) {
    element.replaceChildren(...parts.map((_, i) => (i % 2 ? make("b") : document.createTextNode(""))));
  }
  for (const [i, part] of parts.entries()) write(element.childNodes[i], part);
}
