/** What a reader of the screen hears after a change: one sentence, once the answer has settled. */
import { make, write } from "page/dom.js";
import { named } from "page/names.js";

const PAUSE = 900;

/** Say one sentence about every new answer. */
export function startSpeaking(app, host) {
  const spoken = make("p", { class: "unseen", "aria-live": "polite" });
  host.append(spoken);
  let waiting = 0;
  let last = app.state.items;

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(speak, PAUSE);
  }

  function speak() {
    if (last === app.state.items || app.stale) return;
    last = app.state.items;
    write(spoken, sentence(app));
  }

  app.on("answer", soon);
  app.on("state", (before) => {
    if (before.page !== app.state.page) last = app.state.items; // a page of a story is told by the story
    soon();
  });
}

function sentence(app) {
  if (!app.then) return app.t("SPOKEN_NOW");
  const told = app.frame.measures.map((measure) => {
    const { now, then, verdict } = app.then.measures[measure.id];
    const [from, to] = [now, then].map((one) => app.number(one, Math.max(1, measure.digits)));
    return app.t("SPOKEN_MEASURE", { label: measure.label, from, to, verdict: named(app, "VERDICTS", verdict) });
  });
  return app.t("SPOKEN", { names: app.namesOf(app.state.items), told: told.join(app.t("SEMICOLON")) });
}
