/**
 * The keyboard: digits switch, Space plays, arrows move the time, 0 or Esc resets, Ctrl+Z goes back. In a story arrows
 * and the keys of clickers turn pages, b or . makes the screen black, and Esc puts the page as it was.
 */
import { putBack, turn } from "page/story.js";

const STEP = 0.5;
const WEEK = 168;

/** Listen to the keys of the whole page. */
export function mount(app) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey) return;
    const isDone = event.ctrlKey || event.metaKey ? goBackOrForth(app, event) : plain(app, event);
    if (isDone) event.preventDefault();
  });
}

function goBackOrForth(app, event) {
  if (isWriting(event.target) && event.target.type !== "range") return false;
  const key = event.key.toLowerCase();
  if (key === "z") event.shiftKey ? app.redo() : app.undo();
  else if (key === "y") app.redo();
  else return false;
  return true;
}

function plain(app, event) {
  if (app.state.blank) return showAgain(app);
  if (event.key === "Escape") return escape(app);
  if (isWriting(event.target)) return false;
  const told = app.state.page && !app.state.drawer && !event.shiftKey ? STORY_KEYS[event.key] : undefined;
  if (told && !usesKey(event.target, event.key)) {
    told(app);
    return true;
  }
  if (/^[1-9]$/.test(event.key)) return switchOver(app, Number(event.key) - 1);
  const todo = KEYS[event.key];
  if (!todo || usesKey(event.target, event.key)) return false;
  todo(app);
  return true;
}

const KEYS = {
  0: (app) => app.reset(),
  " ": (app) => app.set({ playing: !app.state.playing }),
  ArrowLeft: (app) => move(app, -STEP),
  ArrowRight: (app) => move(app, STEP),
};

const blank = (app) => app.set({ blank: true });

/** What keys do in a story; with Shift, arrows move the time as ever. */
const STORY_KEYS = {
  ArrowLeft: (app) => turn(app, -1),
  ArrowRight: (app) => turn(app, 1),
  PageUp: (app) => turn(app, -1),
  PageDown: (app) => turn(app, 1),
  b: blank,
  ".": blank,
};

function showAgain(app) {
  app.set({ blank: false });
  return true;
}

function escape(app) {
  if (app.state.drawer) app.set({ drawer: false });
  else if (app.state.page) putBack(app);
  else app.reset();
  return true;
}

function switchOver(app, i) {
  const item = app.frame.switches[i];
  if (item === undefined) return false;
  app.toggle(item);
  return true;
}

function move(app, by) {
  app.set({ time: Math.min(WEEK, Math.max(0, (app.state.time ?? 0) + by)) });
}

/** Is something being typed or pulled that the keys belong to? */
function isWriting(element) {
  return element.matches?.("input, select, textarea") ?? false;
}

/** Does an element of its own use a key: a button is pressed by Space, tabs and sliders move with arrows? */
function usesKey(element, key) {
  if (key === " ") return element.matches?.("button, a, [role]") ?? false;
  return element.matches?.("[role=tab], [role=slider]") ?? false;
}
