/** What a browser remembers for this room; one that keeps nothing is fine. */

/** Return what was kept under a name, or null. */
export function recalled(name) {
  try {
    return JSON.parse(localStorage.getItem(`deptsim.${name}`));
  } catch {
    return null;
  }
}

/** Keep something plain under a name. */
export function keep(name, value) {
  try {
    localStorage.setItem(`deptsim.${name}`, JSON.stringify(value));
  } catch {
    // a browser may keep nothing
  }
}
