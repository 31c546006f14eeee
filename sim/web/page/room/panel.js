/** The panel of the host: over the whole page, for the wall. */

/** Make the panel; it is put away until it is shown. */
export function makePanel() {
  return { isShown: false, show() {}, refused() {} };
}
