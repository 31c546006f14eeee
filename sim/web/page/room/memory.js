/** What a browser remembers for this room, also over visits or only in this tab; one that keeps nothing is fine. */

/** Return what was kept under a name, or null. */
export function recalled(name, isTab = false) {
  try {
    return JSON.parse((isTab ? sessionStorage : localStorage).getItem(`deptsim.${name}`));
  } catch {
    return null;
  }
}

/** Keep something plain under a name. */
export function keep(name, value, isTab = false) {
  try {
    (isTab ? sessionStorage : localStorage).setItem(`deptsim.${name}`, JSON.stringify(value));
  } catch {
    // a browser may keep nothing
  }
}
