/** The line at the top: which organization, and what can be done with the page as a whole. */
import { attribute, button, make, write } from "page/dom.js";
import { keyOf } from "page/items.js";
import { makeReport } from "page/report.js";
import { goTo } from "page/story.js";

/** Languages, each by its own name. */
const LANGUAGES = { en: "English", zh: "中文" };

/** Put the header into its host. */
export function mount(app, host) {
  const title = make("h1");
  const about = make("p", { class: "about" });
  const others = make("a", { class: "others" });
  others.hidden = !app.frame.others;
  const undo = button("icon", () => app.undo());
  const redo = button("icon", () => app.redo());
  const reset = button("", () => app.reset());
  const save = make("a", { download: "", role: "link" });
  const report = makeReport(app);
  const story = button("tell", () => goTo(app, app.state.page ? "" : "1"));
  story.hidden = !app.frame.story;
  const projector = button("projector", () => project(app));
  const language = button("language", () => app.set({ lang: app.state.lang === "en" ? "zh" : "en" }));
  const room = app.room?.entrance() ?? null;
  const tools = make("nav", { class: "tools" }, story, room, undo, redo, reset, save, report.element, projector, language);
  host.append(make("div", { class: "title" }, others, title), about, tools);
  write(undo, "↶");
  write(redo, "↷");

  function say() {
    write(title, app.text(app.frame.title));
    write(reset, app.t("RESET"));
    write(save, app.t("SAVE"));
    const other = app.state.lang === "en" ? "zh" : "en";
    write(language, LANGUAGES[other]);
    attribute(language, "lang", other);
    write(story, app.t("STORY"));
    named(undo, app.t("UNDO"));
    named(redo, app.t("REDO"));
    attribute(save, "title", app.t("SAVE_MEANS"));
    attribute(reset, "title", app.t("RESET_MEANS"));
    attribute(tools, "aria-label", app.t("TOOLS"));
    write(others, app.t("OTHERS"));
    count();
    switched();
  }

  function count() {
    write(about, aboutText(app));
  }

  function switched() {
    const none = app.state.items.length === 0;
    undo.disabled = !app.canUndo;
    redo.disabled = !app.canRedo;
    reset.disabled = none;
    save.hidden = !app.source.live;
    report.show();
    if (app.frame.others) attribute(others, "href", addressOfOthers(app));
    attribute(save, "href", none ? null : childAddress(app));
    attribute(save, "aria-disabled", none ? "true" : null);
    write(projector, app.state.big ? app.t("DESK") : app.t("PROJECTOR"));
    attribute(projector, "data-on", app.state.big);
    attribute(story, "data-on", Boolean(app.state.page));
    attribute(story, "title", app.text(app.frame.story?.title));
  }

  app.on("language", say);
  app.on("answer", count);
  app.on("state", switched);
  say();
}

/** The page of all organizations; how it is looked at goes along. */
function addressOfOthers(app) {
  const { lang, theme, big } = app.state;
  const looks = [`lang=${lang}`, ...(theme === "dark" ? ["theme=dark"] : []), ...(big ? ["big=1"] : [])];
  return `${app.frame.others}?${looks.join("&")}`;
}

function named(element, text) {
  attribute(element, "aria-label", text);
  attribute(element, "title", text);
}

function aboutText(app) {
  const { horizon } = app.frame.weeks;
  const isYear = Math.abs(horizon - 50) <= 3;
  const runs = (app.then ?? app.now)?.n;
  const facts = { people: app.number(app.frame.people), runs: app.number(runs), weeks: app.number(horizon) };
  const firm = app.t("ONE_FIRM", facts);
  if (runs === undefined) return firm;
  const said = isYear ? app.t("RUNS_OF_A_YEAR", facts) : app.t("RUNS_OF_WEEKS", facts);
  return `${firm} · ${said}`;
}

function childAddress(app) {
  const { scenario } = app.frame;
  return `/child/${encodeURIComponent(scenario)}?with=${encodeURIComponent(keyOf(app.state.items))}`;
}

/** Large and dark for a room; the same button goes back to what a desk needs. */
function project(app) {
  const big = !app.state.big;
  app.set({ big, theme: big ? "dark" : "light" });
}
