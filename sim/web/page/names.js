/** What things are called on the page: what is switched on, departments, days and weeks. */

const MOST_NAMED = 2;

/** What the second network shows, as a caption: up to two names or a bundle, then how many changes there are. */
export function withCaption(app) {
  const { items } = app.state;
  if (!items.length) return app.t("NOTHING_ON");
  if (items.length <= MOST_NAMED || app.known.bundleOf(items)) {
    return app.t("WITH_NAMES", { names: app.namesOf(items) });
  }
  const all = (app.frame.switches ?? []).length === items.length;
  return app.t(all ? "WITH_ALL" : "WITH_SOME", { count: items.length });
}

/** The words for one of several things that have names of their own. */
export const named = (app, table, key) => app.t(`${table}.${key}`);

/** The name of a department or approver by its place. */
export const departmentName = (app, place) => app.text(app.frame.departments[place].label);

/** A department, or the one to which an approver belongs. */
export const baseOf = (frame, place) => frame.departments[place].parent ?? place;

/** The name of a weekday from 0, which is Monday. */
export const dayName = (app, day) => named(app, "DAYS", ((day % 7) + 7) % 7);

/** The week as people count it that an hour belongs to; hours count from the Monday of the played week. */
export const weekOf = (app, hour) => app.frame.played.week + Math.floor(hour / 168);

/** What a moment of the played week is called. */
export function momentName(app, hour) {
  const minutes = Math.floor((hour * 60 + 0.001) / 10) * 10;
  const day = Math.min(6, Math.floor(minutes / 1440));
  const rest = minutes - day * 1440;
  const clock = [Math.floor(rest / 60), rest % 60].map((part) => String(part).padStart(2, "0")).join(":");
  return app.t("MOMENT", { week: app.frame.played.week, day: dayName(app, day), clock });
}

/** The name of one of the big numbers, as a sentence begins with it. */
export function measureName(app, { label }) {
  const name = app.text(label);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The name of a part of the ledger. */
export const partName = (app, part) => named(app, "LEDGER", part);

/** The case that the page shows, as a number: the one somebody chose, else the one that is shown by rule; or null. */
export const shownCase = (app) => (app.state.case === null ? (app.caseByRule ?? null) : Number(app.state.case));
