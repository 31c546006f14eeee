/** The sentence that says where the hours come from, and beside it how far the runs are. */
import { movedText } from "page/amounts.js";
import { attribute, make, write } from "page/dom.js";
import { partName } from "page/names.js";

/** Put the sentence into its host. */
export function mount(app, host) {
  const lead = make("b");
  const list = make("span", { class: "parts" });
  const sentence = make("p", { class: "sentence" }, lead, list);
  const progress = make("p", { class: "progress" });
  host.append(sentence, progress);
  const pieces = [];

  function show() {
    const { then, stale } = app;
    attribute(host, "data-stale", stale);
    write(progress, progressText(app));
    const parts = then ? then.why : [];
    write(lead, then && parts.length ? app.t("HOURS_PER_CASE") : "");
    if (!then) return only(app.state.items.length ? "" : app.t("SWITCH_ON"));
    if (!parts.length) return only(app.t("NOTHING_MOVES", { worth: app.text(app.frame.hours.said) }));
    while (pieces.length < parts.length) pieces.push(makePiece());
    const shown = parts.map(([part, hours], i) => pieces[i].show(app, part, hours, i === parts.length - 1));
    if (list.childNodes.length !== shown.length || list.firstChild !== shown[0]) list.replaceChildren(...shown);
  }

  function only(text) {
    if (list.childNodes.length !== 1 || list.firstChild.nodeType !== Node.TEXT_NODE) list.replaceChildren("");
    write(list, text);
  }

  app.on("state", show);
  app.on("answer", show);
  app.on("connection", show);
  app.on("language", show);
  show();
}

function makePiece() {
  const [color, name, hours, comma] = [make("i", { "aria-hidden": "true" }), make("span"), make("b"), make("span")];
  const element = make("span", { class: "piece" }, color, name, hours, comma);
  return {
    show(app, part, change, isLast) {
      attribute(color, "data-part", part);
      write(name, `${partName(app, part)} `);
      write(hours, movedText(app, change));
      write(comma, app.t(isLast ? "FULL_STOP" : "COMMA"));
      return element;
    },
  };
}

/** How far the runs are, where they still go on; a stale number is never without this mark. */
function progressText(app) {
  const { then, now, stale } = app;
  if (stale || !now) return waitingText(app);
  const answer = then ?? now;
  if (answer.state === "final") return "";
  return app.t("AFTER_RUNS", { n: app.number(answer.n), wanted: app.number(answer.wanted) });
}

function waitingText(app) {
  if (app.answers.refusal) return app.t("REFUSED");
  if (!app.connected) return app.t("WAITING_FOR_CONNECTION");
  const busy = app.answers.busyNow;
  return busy ? app.t("COMPUTING_OF", { done: app.number(busy.done), total: app.number(busy.total) }) : app.t("COMPUTING");
}
