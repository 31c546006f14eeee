/** Puts the page together: the frame of the document, the source of answers, and every part on its place. */
import { App } from "page/app.js";
import { connect } from "page/source.js";

/** Every part with the id of the element that it fills; the numbers come first, whatever can wait comes last. */
const PARTS = [
  ["header", "header"],
  ["notices", "notices"],
  ["switches", "switches"],
  ["story", "story"],
  ["numbers", "numbers"],
  ["why", "why"],
  ["kept", "kept"],
  ["network", "nets"],
  ["legend", "legend"],
  ["clock", "clock"],
  ["lanes", "case"],
  ["tabs", "tabs"],
  ["drawer", "drawer"],
  ["keys", "main"],
];

/** Mount one part; the page stays of use where one cannot be had. */
async function mount(app, loading, id) {
  try {
    (await loading).mount(app, document.getElementById(id));
  } catch (error) {
    console.error(error);
  }
}

/** What the document brings along under a name, or null. */
function read(id) {
  const element = document.getElementById(id);
  return element === null ? null : JSON.parse(element.textContent);
}

/** Where the document belongs to a room, the parts find it at `app.room`. */
async function enterRoom(app) {
  if (!app.frame.room || !app.source.live) return;
  try {
    const { enter } = await import("page/room/room.js");
    app.room = enter(app);
  } catch (error) {
    console.error(error);
  }
}

async function main() {
  const loading = PARTS.map(([name]) => import(`page/${name}.js`));
  for (const one of loading) one.catch(() => {}); // told where it is mounted
  const frame = read("frame");
  const lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
  const app = new App(frame, await connect(frame), lang);
  app.answers.begin(read("answer"), read("week"));
  await enterRoom(app);
  for (const [i, [, id]] of PARTS.entries()) await mount(app, loading[i], id);
  app.start();
  document.documentElement.toggleAttribute("data-ready", true);
}

await main();
