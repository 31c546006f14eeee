/** What dots, diamonds, rings and lines mean, in one line. */

import { edge, look, SHAPES } from "page/marks.js";
import { color, html, svg } from "page/svg.js";

const KINDS = [
  ["work", "LEGEND_WORK"],
  ["consult", "LEGEND_QUESTION"],
  ["triage", "LEGEND_TRIAGE"],
  ["rework", "LEGEND_REWORK"],
];
const TURN = "M0-4.4a4.4 4.4 0 1 1-4.2 3";

/** The entries: how each is drawn, and the key of its words. */
function entries() {
  return [
    ...KINDS.map(([kind, key]) => [(box) => drawKind(box, kind), key]),
    [(box) => svg("path", { d: SHAPES.diamond, fill: color("conflict") }, box), "LEGEND_FROZEN"],
    [(box) => drawCircle(box, color("touch"), color("answer"), 2.4), "LEGEND_PARKED"],
    [(box) => drawCircle(box, "none", color("soft"), 1.5), "LEGEND_UNSEEN"],
    [drawRing, "LEGEND_RING"],
  ];
}

function drawKind(box, kind) {
  const { shape, color: hue } = look(kind);
  svg("path", { d: SHAPES[shape], fill: color(hue), stroke: color(edge(hue)), "stroke-width": 0.8 }, box);
}

function drawCircle(box, fill, stroke, width) {
  svg("circle", { r: 3.6, fill, stroke, "stroke-width": width }, box);
}

function drawRing(box) {
  svg("circle", { r: 4.4, fill: "none", stroke: color("link"), "stroke-width": 2 }, box);
  svg("path", { d: TURN, fill: "none", stroke: color("ink"), "stroke-width": 2 }, box);
}

/** Put the legend into the page. */
export function mount(app, host) {
  host.classList.add("legend");
  const draw = () => {
    host.replaceChildren();
    for (const [mark, key] of entries()) {
      const entry = html("span", {}, host);
      mark(svg("svg", { viewBox: "-6 -6 12 12", "aria-hidden": "true" }, entry));
      html("span", {}, entry, app.t(key));
    }
  };
  app.on("language", draw);
  draw();
}
