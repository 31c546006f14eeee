/** Puts the page together: the frame of the document, the source of answers, and every part on its place. */
import { App } from "page/app.js";
import { connect } from "page/source.js";

/** Every part with the id of the element that it fills; the numbers come first, whatever can wait comes last. */
const PARTS = [
  ["header", "header"],
  ["notices", "notices"],
  ["switches", "switches"],
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

async function main() {
  const loading = PARTS.map(([name]) => import(`page/${name}.js`));
  for (const one of loading) one.catch(() => {}); // told where it is mounted
  const frame = JSON.parse(document.querySelector("#frame").textContent);
  const app = new App(frame, await connect(frame), document.documentElement.lang);
  for (const [i, [, id]] of PARTS.entries()) await mount(app, loading[i], id);
  app.start();
}

await main();
