/**
 * Two intervals of a difference, one under the other on the same scale with its zero: what luck leaves open, and what
 * comes out under other assumptions.
 */
import { attribute, draw } from "page/dom.js";

const WIDE = 44;
const EDGE = 2;

/** A picture of an interval: `line` is thin with a dot in it, `bar` is broad with a stroke in it. */
export function makeInterval(kind) {
  const zero = draw("line", { y1: 0, y2: 10, class: "zero" });
  const span = draw("rect", kind === "line" ? { y: 4.25, height: 1.5 } : { y: 2, height: 6 });
  const middle = draw("rect", kind === "line" ? { y: 2.5, height: 5, width: 5, rx: 2.5 } : { y: 0.5, height: 9, width: 1.6 });
  attribute(span, "class", "span");
  const picture = draw("svg", { class: `interval ${kind}`, viewBox: `0 0 ${WIDE} 10`, "aria-hidden": "true" });
  picture.append(zero, span, middle);
  const half = kind === "line" ? 2.5 : 0.8;
  return {
    picture,
    show(place, low, center, high) {
      for (const end of ["x1", "x2"]) attribute(zero, end, place(0));
      attribute(span, "x", place(low));
      attribute(span, "width", Math.max(1, place(high) - place(low)));
      attribute(middle, "x", rounded(place(center) - half));
    },
  };
}

/**
 * The scale for the intervals of one question: it holds zero and all that was shown for it so far, so that an interval
 * that narrows is seen to do so.
 */
export class Scale {
  #key = null;
  #low = 0;
  #high = 0;

  /** Make room for values that belong to a question. */
  hold(key, values) {
    if (key !== this.#key) [this.#key, this.#low, this.#high] = [key, 0, 0];
    this.#low = Math.min(this.#low, ...values);
    this.#high = Math.max(this.#high, ...values);
  }

  /** Where a value stands in the picture. */
  place = (value) => {
    const wide = this.#high - this.#low || 1;
    return rounded(EDGE + ((WIDE - 2 * EDGE) * (value - this.#low)) / wide);
  };
}

function rounded(value) {
  return Math.round(value * 10) / 10;
}
