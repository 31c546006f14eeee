/** Hours of work and waiting as finely as they count here: where answers come within minutes, parts of an hour are told. */

/** Hours from which on a part of a case is worth naming. */
export const worthNaming = (app) => app.frame.hours.worth;

/** Is a change so small that it has one decimal more? */
const isSmall = (app, change) => Math.abs(change) < 3 * worthNaming(app);

/** So many decimals hours have; `more` of them where it matters. */
export const hourDigits = (app, more = 0) => app.frame.hours.digits + more;

/** Hours as they are written. */
export const hoursText = (app, hours, more = 0) => app.number(hours, hourDigits(app, more));

/** A change of hours as it is written, with its sign. */
export const movedText = (app, change) => app.signed(change, hourDigits(app, isSmall(app, change) ? 1 : 0));

/** Hours of a figure in a text: more finely where they are few, or differ little. */
export function figureDigits(app, hours, change) {
  const isFew = Math.abs(hours) < 20 * worthNaming(app);
  return hourDigits(app, isFew || (change !== null && isSmall(app, change)) ? 1 : 0);
}
