/** Cases of the played week: what happened to each, which the change saved or cost, and which is shown by rule. */

/**
 * Read what happened to a case on one side; times in hours from Monday 00:00 of the played week.
 * @returns {?{id, process, arrival, target, finish, pieces: {from, to, part, department, hours}[]}} `hours` are the open ones;
 *   `target` is null where no date is wanted
 */
export function readCase(week, id, parts) {
  const found = week?.cases[id];
  if (!found) return null;
  const [process, arrival, target, finish, pieces] = found;
  let from = arrival;
  const read = pieces.map(([end, part, department, hours]) => {
    const piece = { from: from / 10, to: end / 10, part: parts[part], department, hours };
    from = end;
    return piece;
  });
  const last = finish === null ? null : finish / 10;
  const due = target === null ? null : target / 10;
  return { id: Number(id), process, arrival: arrival / 10, target: due, finish: last, pieces: read };
}

/** Hours after the target; negative where a case is early, null where it is not finished or nobody waits for it. */
export const hoursLate = ({ finish, target }) => (finish === null || target === null ? null : finish - target);

/** Hours from arrival to the end. */
export const hoursTaken = ({ arrival, finish }) => finish - arrival;

/** Open hours of a case by part of the ledger. */
export function hoursByPart(one) {
  const found = {};
  for (const { part, hours } of one.pieces) found[part] = (found[part] ?? 0) + hours;
  return found;
}

const ARRIVAL = 1;
const TARGET = 2;
const FINISH = 3;

/** Cases that are finished on both sides, with the hours by which the change brings each forward. */
function inBoth(weekNow, weekThen) {
  return Object.keys(weekNow.cases)
    .map((id) => ({ id: Number(id), now: weekNow.cases[id], then: weekThen.cases[id] }))
    .filter(({ now, then }) => then && now[FINISH] !== null && then[FINISH] !== null)
    .map((one) => ({ ...one, gained: one.now[FINISH] - one.then[FINISH] }));
}

const isLate = (one) => one[TARGET] !== null && one[FINISH] > one[TARGET];

/** The middle one of a list. */
const middle = (list) => list[Math.floor(list.length / 2)];

/**
 * What the change did to the cases of the week.
 * @returns {{saved: number[], cost: number[], shown: ?number}} those that are late on one side only, most changed
 *   first; and the one that is shown first: the middle one of those saved, else of those it cost, else of all
 */
export function changed(weekNow, weekThen) {
  const both = inBoth(weekNow, weekThen);
  const ids = (list) => list.map(({ id }) => id);
  const saved = ids(both.filter(({ now, then }) => isLate(now) && !isLate(then)).sort((a, b) => b.gained - a.gained));
  const cost = ids(both.filter(({ now, then }) => !isLate(now) && isLate(then)).sort((a, b) => a.gained - b.gained));
  const all = ids(both.sort((a, b) => Math.abs(b.gained) - Math.abs(a.gained)));
  return { saved, cost, shown: middle(saved) ?? middle(cost) ?? middle(all) ?? null };
}

/** A typical case of a week: the middle one by lead time, of the process with most cases. */
export function typical(week) {
  const finished = Object.entries(week.cases).filter(([, one]) => one[FINISH] !== null);
  const counts = new Map();
  for (const [, [process]] of finished) counts.set(process, (counts.get(process) ?? 0) + 1);
  const most = [...counts].sort((one, other) => other[1] - one[1])[0]?.[0];
  const taken = ([, one]) => one[FINISH] - one[ARRIVAL];
  const same = finished.filter(([, [process]]) => process === most).sort((one, other) => taken(one) - taken(other));
  return same.length ? Number(middle(same)[0]) : null;
}
