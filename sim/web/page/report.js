/** The report of what is switched on, as a file: it takes a while, so it is fetched and then handed over. */
import { attribute, button, make, write } from "page/dom.js";
import { keyOf } from "page/items.js";

/** A button that has a report made; without a server, and for guests, it is not there. */
export function makeReport(app) {
  const element = button("report", () => fetchReport());
  let busy = false;

  async function fetchReport() {
    if (busy) return;
    busy = true;
    show();
    app.say("REPORT_BEING_MADE");
    try {
      const answer = await fetch(reportAddress(app), { method: "POST" });
      if (answer.ok) {
        hand(await answer.blob(), `${app.frame.scenario}_report.html`);
        app.say(null);
      } else {
        const why = (await answer.text()).trim();
        app.say({ en: why, zh: why });
      }
    } catch {
      app.say("REPORT_FAILED");
    }
    busy = false;
    show();
  }

  function show() {
    element.hidden = !app.source.live || !app.frame.report;
    element.disabled = app.state.items.length === 0;
    attribute(element, "aria-busy", busy);
    write(element, app.t("REPORT"));
    attribute(element, "title", app.t(busy ? "REPORT_BEING_MADE" : "REPORT_MEANS"));
  }

  return { element, show };
}

function reportAddress(app) {
  const { scenario } = app.frame;
  return `/report/${encodeURIComponent(scenario)}?with=${encodeURIComponent(keyOf(app.state.items))}&lang=${app.state.lang}`;
}

/** Hand something over as a file, as if it had been asked for by a link. */
function hand(content, name) {
  const address = URL.createObjectURL(content);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
