/** The story of a case in one or two sentences. */

import { hourDigits, hoursText, worthNaming } from "page/amounts.js";
import { hoursByPart, hoursLate, hoursTaken } from "page/cases.js";
import { dayName, departmentName, partName, weekOf } from "page/names.js";


/** How many times what is worth naming a case is frozen, or moves, before that is told. */
const FROZEN = 8;
const MOVED = 2;

const NOTHING_LATE = 0.05;
const DIGITS = 1;

/** In what customers count here: days, or hours where their dates are in hours. */
const unitOf = (app) => (app.frame.in_hours ? { hours: 1, unit: app.t("UNIT_HOURS") } : { hours: 24, unit: app.t("UNIT_DAYS") });

/**
 * Tell what happened to a case.
 * @param {Object} app
 * @param {?Object} now - the case as it is now
 * @param {?Object} then - the case with what is switched on; null where nothing is, or where it is not known
 * @returns {string} sentences; what is between two asterisks is bold
 */
export function tell(app, now, then) {
  [now, then] = [finished(now), finished(then)];
  if (!now && !then) return app.state.case === null ? app.t("TALE_NONE") : app.t("TALE_OPEN", { id: app.state.case });
  const one = now ?? then;
  const parts = [app.t(one.target === null ? "TALE_CASE_UNDATED" : "TALE_CASE", facts(app, one))];
  if (!app.state.items.length || !app.weekThen) parts.push(...alone(app, now));
  else if (now && then) parts.push(...both(app, now, then));
  else parts.push(onlyOne(app, now, then));
  return parts.filter(Boolean).join(app.t("BETWEEN_SENTENCES"));
}

const finished = (one) => (one && one.finish !== null ? one : null);

function facts(app, one) {
  const arrived = { day: dayName(app, Math.floor(one.arrival / 24)), week: weekOf(app, one.arrival) };
  const { hours, unit } = unitOf(app);
  const allowed = one.target === null ? "" : app.number((one.target - one.arrival) / hours, DIGITS).replace(/\.0$/, "");
  return { process: app.text(app.frame.processes[one.process].label), id: one.id, ...arrived, days: allowed, unit };
}

/** How many days or hours it took, as exactly as it is said how late it was: both are added up in people's heads. */
const days = (app, one) => app.number(hoursTaken(one) / unitOf(app).hours, DIGITS);

/** What there is to tell where nothing is switched on: how long it took, what took most, and what could be tried. */
function alone(app, now) {
  const took = { days: days(app, now), unit: unitOf(app).unit, verdict: verdict(app, now) };
  const parts = [app.t(now.target === null ? "TALE_ALONE_UNDATED" : "TALE_ALONE", took)];
  const inside = Object.entries(hoursByPart(now)).filter(([part]) => part !== "touch" && part !== "external");
  const [most] = inside.sort((one, other) => other[1] - one[1]);
  if (most) parts.push(app.t("TALE_MOST", { part: partName(app, most[0]), hours: hoursText(app, most[1]) }));
  return [...parts, frozen(app, [[now, app.weekNow, "TALE_FROZEN"]]), invitation(app)];
}

const invitation = (app) => (app.state.items.length ? "" : app.t("TALE_INVITE"));

function both(app, now, then) {
  const taken = { before: days(app, now), after: days(app, then), unit: unitOf(app).unit };
  const sides = [[now, app.weekNow, "TALE_FROZEN_NOW"], [then, app.weekThen, "TALE_FROZEN_THEN"]];
  const [part, hours] = movedMost(now, then);
  const quarreled = frozen(app, sides);
  if (quarreled && part === "conflict") return [app.t("TALE_BOTH", taken), quarreled];
  return [app.t("TALE_BOTH", taken), moved(app, part, hours), quarreled];
}

/** One side only: where the case is not finished, or not accepted, on the other. */
function onlyOne(app, now, then) {
  const { unit } = unitOf(app);
  if (then) return app.t("TALE_ONLY_THEN", { days: days(app, then), unit });
  return app.t("TALE_ONLY_NOW", { days: days(app, now), unit });
}

/** The part of the ledger that changed most between both sides, and by how many working hours. */
function movedMost(now, then) {
  const [before, after] = [hoursByPart(now), hoursByPart(then)];
  const parts = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changes = parts.map((part) => [part, (after[part] ?? 0) - (before[part] ?? 0)]);
  return changes.sort((one, other) => Math.abs(other[1]) - Math.abs(one[1]))[0] ?? [null, 0];
}

function moved(app, part, hours) {
  if (Math.abs(hours) < MOVED * worthNaming(app)) return app.t("TALE_SAME");
  return app.t("TALE_MOVED", { part: partName(app, part), hours: app.signed(hours, hourDigits(app)) });
}

/** Who quarreled over it, on the side on which that cost more hours. */
function frozen(app, sides) {
  const told = sides.map(([one, week, key]) => {
    return { key, hours: hoursByPart(one).conflict ?? 0, pair: quarrel(week, one.id) };
  });
  const worst = told.reduce((most, one) => (one.hours > most.hours ? one : most));
  if (worst.hours < FROZEN * worthNaming(app) || !worst.pair) return "";
  const [a, b] = worst.pair.map((place) => departmentName(app, place));
  return app.t(worst.key, { hours: hoursText(app, worst.hours), a, b });
}

function quarrel(week, id) {
  const found = week?.frozen.find(([frozenCase, a, b]) => frozenCase === id && a !== b);
  return found ? [found[1], found[2]] : null;
}

/** How many days or hours a case is late or early; where no date is wanted, how many it took. */
export function verdict(app, one) {
  if (one.finish === null) return app.t("NOT_FINISHED");
  const { hours, unit } = unitOf(app);
  if (one.target === null) return app.t("TOOK", { days: days(app, one), unit });
  const late = hoursLate(one);
  const off = Math.abs(late) / hours;
  if (off < NOTHING_LATE) return app.t(late > 0 ? "JUST_LATE" : app.frame.in_hours ? "IN_TIME" : "ON_THE_DAY");
  return app.t(late > 0 ? "DAYS_LATE" : "DAYS_EARLY", { days: app.number(off, DIGITS), unit });
}
