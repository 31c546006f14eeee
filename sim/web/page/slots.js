/**
 * Places around a department: where waiting requests sit, and where those that are worked on.
 *
 * Waiting ones fill a ring from the top to both sides and leave out where the name stands; a full ring is followed by
 * a second and a third one, and what does not fit into these is counted.
 */

const FULL = 2 * Math.PI;
const FIRST = 6.5;
const GAP = { department: 7.4, approver: 6.6 };
const GOLDEN = 2.399963;

/**
 * Work out the places of waiting requests around a node.
 * @param {{x, y, r, approver, above, size, rings, closed}} node - `above`: the name stands above; `closed`: arcs that
 *   stay free, as [middle, half width]
 * @returns {{places: number[][], more: number[]}} places in the order in which they fill, and where the rest is counted
 */
export function waitingPlaces(node) {
  const start = node.above ? Math.PI / 2 : -Math.PI / 2;
  const gap = (node.approver ? GAP.approver : GAP.department) * node.size;
  const places = [];
  let radius = node.r + FIRST * node.size;
  for (let ring = 0; ring < node.rings; ring += 1, radius += gap) {
    for (const angle of angles(gap / radius, start, node.closed)) {
      places.push([node.x + Math.cos(angle) * radius, node.y + Math.sin(angle) * radius]);
    }
  }
  return { places, more: [node.x + Math.cos(start) * (radius + 1), node.y + Math.sin(start) * (radius + 1)] };
}

/** Angles of a ring from its start to both sides by turns, without those that are closed. */
function angles(step, start, closed) {
  const found = [];
  const most = Math.floor(FULL / step / 2);
  for (let place = 0; place < 2 * most; place += 1) {
    const angle = start + (place % 2 ? 1 : -1) * Math.ceil(place / 2) * step;
    if (!closed.some(([middle, half]) => apart(angle, middle) < half + step / 2)) found.push(angle);
  }
  return found;
}

/** The angle between two directions. */
function apart(one, other) {
  const turned = (((one - other) % FULL) + FULL) % FULL;
  return Math.min(turned, FULL - turned);
}

/** Where the request at a place among those that are worked on is drawn inside of a ring. */
export function insidePlace(node, place, count) {
  if (count === 1 || node.approver) return [node.x, node.y];
  const pitch = Math.min(4.6 * node.size, (node.r - 5 * node.size) / Math.sqrt(count));
  const radius = pitch * Math.sqrt(place + 0.5);
  return [node.x + Math.cos(place * GOLDEN) * radius, node.y + Math.sin(place * GOLDEN) * radius];
}
