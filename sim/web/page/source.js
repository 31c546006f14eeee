/**
 * Where answers come from: a server, or the page itself where it is one file.
 *
 * A source has `ask(items, onAnswer, onWeek, onRefused, onBusy)`, which may return `{drop()}`; where it can compute it also has
 * `sure(items, onProgress, onAnswer, onRefused)` with `onProgress(done, total)`; `live` is true where there is a
 * server. It calls `source.onConnection(up)` when the connection is lost and when it is back, and
 * `source.onNear(answers)` with answers that come along unasked.
 */

/** Connect to where the answers of this document come from. */
export async function connect(frame) {
  const name = document.querySelector("#data") === null ? "live" : "stick";
  const source = await import(`page/${name}.js`);
  return source.connect(frame);
}
