/** Something to write down about a question; it is kept as it is typed, with a pause. */
import { attribute, make, write } from "../dom.js";

const PAUSE = 700;
const MOST = 1000;

/**
 * A field for the hypothesis, the finding or the decision of a question.
 *
 * @param {object} app
 * @param {object} room
 * @param {string} field which of them
 * @param {string} words the key of what it is called
 * @param {string} place where it stands, as there may be several
 */
export function makeNote(app, room, field, words, place) {
  const name = make("label");
  const state = make("span", { class: "note-state", role: "status" });
  const text = make("textarea", { rows: 2, maxlength: MOST, dir: "auto" });
  const element = make("div", { class: "noting" }, make("p", { class: "note-name" }, name, state), text);
  let question = null;
  let waiting = 0;

  function send() {
    clearTimeout(waiting);
    waiting = 0;
    if (question && text.value !== room.noted(question, field)) room.note(question.id, field, text.value);
    stands();
  }

  function stands() {
    const isWritten = waiting === 0 && text.value.trim() !== "";
    const isHeard = question && text.value === (question.notes?.[field] ?? "");
    write(state, isWritten && !isHeard && !app.connected ? app.t("NOTE_UNSENT") : isWritten && isHeard ? app.t("NOTE_SAVED") : "");
  }

  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(send, PAUSE);
    stands();
  });
  text.addEventListener("change", send);

  return {
    element,
    say() {
      write(name, app.t(words));
      stands();
    },
    show(asked) {
      if (question && question.id !== asked.id) send();
      const isOther = question?.id !== asked.id;
      question = asked;
      const known = room.noted(asked, field);
      if ((isOther || (waiting === 0 && document.activeElement !== text)) && text.value !== known) text.value = known;
      attribute(text, "id", `${place}-${field}-${asked.id}`);
      attribute(name, "for", text.id);
      stands();
    },
  };
}
