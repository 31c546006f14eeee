/**
 * Who was right: which choices of a bet the answers bear out. The server says the same for a room; a test holds both
 * equal.
 */

/** What a verdict makes right, where the direction is bet on. */
const DIRECTIONS = { better: "better", but: "better", worse: "worse", small: "same", unclear: "same" };

/** The choices that are right by the answers to what is tried; null where nobody can be, or it is not known yet. */
export function rightBy({ kind, choices }, found, better) {
  if (kind === "direction") return directionOf(found[0]);
  return kind === "which" ? bestOf(choices, found, better) : null;
}

/** Which does most, and what cannot be told from it: whose interval reaches as far as its difference. */
function bestOf(choices, found, better) {
  if (found.some((one) => !one || one.diff === null)) return null; // it grows: at first not all are there
  const sign = better === "lower" ? -1 : 1;
  const best = Math.max(...found.map(({ diff }) => sign * diff));
  const reach = ({ diff, low, high }) => Math.max(...[diff, low, high].filter((one) => one !== null).map((one) => sign * one));
  return choices.filter((_, i) => reach(found[i]) >= best).map(({ id }) => id);
}

function directionOf(found) {
  if (found?.verdict === "changed") return [found.diff > 0 ? "more" : "less"];
  const right = DIRECTIONS[found?.verdict];
  return right === undefined ? null : [right];
}
