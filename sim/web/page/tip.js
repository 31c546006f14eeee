/** A short explanation beside an element while a pointer or the focus is on it; there is one at a time. */
import { attribute, make } from "page/dom.js";

const PAUSE = 600;
let box = null;
let described = null;
let waiting = 0;

/**
 * Explain an element.
 *
 * @param {HTMLElement} element what is explained
 * @param {() => string[]} lines what is said, a paragraph each, the first of them in bold
 */
export function explain(element, lines) {
  element.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "mouse") soon(element, lines);
  });
  element.addEventListener("pointerleave", hide);
  element.addEventListener("pointerdown", hide);
  element.addEventListener("focusin", () => element.querySelector(":focus-visible") && show(element, lines));
  element.addEventListener("focusout", hide);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !described) return;
    hide();
    event.preventDefault();
  });
}

function soon(element, lines) {
  clearTimeout(waiting);
  waiting = setTimeout(() => show(element, lines), PAUSE);
}

function show(element, lines) {
  hide();
  const said = lines().filter(Boolean);
  if (!said.length || !element.isConnected) return;
  box ??= document.body.appendChild(make("div", { id: "tip", role: "tooltip" }));
  box.replaceChildren(...said.map((line, i) => make("p", { class: i ? "" : "first" }, line)));
  box.hidden = false;
  beside(element.getBoundingClientRect());
  described = element.querySelector("button, input") ?? element;
  attribute(described, "aria-describedby", "tip");
}

/** To the right where there is room, otherwise below; never beyond the window. */
function beside(place) {
  const [width, height] = [box.offsetWidth, box.offsetHeight];
  const right = place.right + 8;
  const fits = right + width < innerWidth - 8;
  const left = fits ? right : Math.max(8, Math.min(place.left, innerWidth - width - 8));
  const top = fits ? place.top : place.bottom + 6;
  box.style.left = `${left}px`;
  box.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
}

function hide() {
  clearTimeout(waiting);
  if (!described) return;
  box.hidden = true;
  described.removeAttribute("aria-describedby");
  described = null;
}
