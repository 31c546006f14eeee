/** A code for cameras, drawn as one path; always dark on white, with the rest of the margin that cameras need. */
import { attribute, draw } from "../dom.js";

const MARGIN = 2;

/** A picture that can be given other rows of zeros and ones. */
export function makeCode() {
  const ground = draw("rect", { class: "ground", width: "100%", height: "100%" });
  const path = draw("path", { class: "marks" });
  const picture = draw("svg", { class: "qr", role: "img", "shape-rendering": "crispEdges" }, ground, path);
  return {
    picture,
    show(rows, name) {
      picture.toggleAttribute("hidden", !rows?.length);
      if (!rows?.length) return;
      const size = rows.length + 2 * MARGIN;
      attribute(picture, "viewBox", `0 0 ${size} ${size}`);
      attribute(picture, "aria-label", name);
      attribute(path, "d", rows.map(rowPath).join(""));
    },
  };
}

function rowPath(row, y) {
  return [...row.matchAll(/1+/g)].map(({ 0: run, index }) => `M${index + MARGIN} ${y + MARGIN}h${run.length}v1h-${run.length}z`).join("");
}
