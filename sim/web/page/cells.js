/** In how many runs it was better: one cell is one run. */
import { attribute, draw } from "page/dom.js";

const ROWS = 4;

/**
 * Draw cells column by column: the runs in which it was better filled, the others as outlines; runs that are still
 * to come are left faint.
 */
export function drawCells(picture, better, of, wanted) {
  const said = `${better}/${of}/${wanted}`;
  if (picture.dataset.said === said) return;
  picture.dataset.said = said;
  const all = Math.max(of, wanted);
  const columns = Math.ceil(all / ROWS);
  attribute(picture, "viewBox", `0 0 ${columns * 4} ${ROWS * 5}`);
  const paths = { better: "", other: "", ahead: "" };
  for (let i = 0; i < all; i++) {
    const kind = i < better ? "better" : i < of ? "other" : "ahead";
    paths[kind] += `M${Math.floor(i / ROWS) * 4 + 0.35} ${(i % ROWS) * 5 + 0.5}h3.3v4h-3.3z`;
  }
  const drawn = picture.childNodes.length ? [...picture.childNodes] : Object.keys(paths).map((name) => draw("path", { class: name }));
  if (!picture.childNodes.length) picture.append(...drawn);
  for (const [i, name] of Object.keys(paths).entries()) attribute(drawn[i], "d", paths[name]);
}
