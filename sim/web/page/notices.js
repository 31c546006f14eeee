/** Sentences about the page itself: a lost connection, an address with faults, something that cannot be had. */
import { attribute, button, make, write } from "page/dom.js";
import { startSpeaking } from "page/voice.js";

/** Put the notices into their host. */
export function mount(app, host) {
  const lost = make("p", { class: "notice lost", role: "status" });
  const text = make("span");
  const close = button("close", () => app.say(null));
  const said = make("p", { class: "notice", role: "status" }, text, close);
  host.append(lost, said);
  write(close, "×");
  let wasLost = false;
  let showing = 0;

  function connection() {
    clearTimeout(showing);
    if (app.connected && wasLost) showing = setTimeout(() => { lost.hidden = true; }, 3000);
    lost.hidden = app.connected && !wasLost;
    wasLost ||= !app.connected;
    write(lost, app.t(app.connected ? "CONNECTION_BACK" : "CONNECTION_LOST"));
    attribute(lost, "data-back", app.connected);
    if (app.connected) wasLost = false;
  }

  function notice() {
    said.hidden = app.notice === null;
    if (app.notice === null) return;
    const { key, facts } = app.notice;
    write(text, typeof key === "string" ? app.t(key, facts) : app.text(key));
    attribute(close, "aria-label", app.t("CLOSE"));
  }

  app.on("connection", connection);
  app.on("notice", notice);
  app.on("language", () => {
    notice();
    if (!app.connected) connection();
  });
  lost.hidden = true;
  notice();
  startSpeaking(app, host);
}
