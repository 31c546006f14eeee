/** A field for the code that stands on the wall; what is typed is forgiven small letters, spaces and dashes. */
import { attribute, button, make, write } from "../dom.js";
import { OTHER, Speaker } from "./speaker.js";

const LENGTH = 6;
const LOOK_ALIKE = /[01OIL]/;
const WHY = { wrong: "JOIN_WRONG", often: "JOIN_OFTEN" };

/** The code in what somebody typed: full-width letters of Chinese keyboards among it. */
function codeIn(text) {
  return text.normalize("NFKC").toUpperCase().replace(/[^A-Z0-9]/g, "");
}

function open({ words, why }) {
  const say = new Speaker(words);
  const [title, label, means, told] = [make("h1"), make("label", { for: "code" }), make("p", { class: "means" }), make("p", { class: "refusal", role: "alert" })];
  const field = make("input", { id: "code", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 20, enterkeyhint: "go" });
  const go = make("button", { type: "submit", class: "place" });
  const form = make("form", { class: "joining" }, label, field, told, go, means);
  const language = button("language", () => {
    say.turn();
    sayAll();
  });
  let fault = WHY[why] ?? null;

  function sayAll() {
    document.title = say.t("JOIN_TITLE");
    const [lang, name] = OTHER[say.lang];
    write(title, say.t("JOIN_TITLE"));
    write(label, say.t("JOIN_CODE"));
    write(means, say.t("JOIN_MEANS"));
    write(go, say.t("JOIN_GO"));
    write(language, name);
    attribute(language, "lang", lang);
    write(told, fault ? say.t(fault) : "");
    told.hidden = !fault;
    attribute(field, "aria-invalid", fault ? "true" : null);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = codeIn(field.value);
    fault = LOOK_ALIKE.test(code) ? "JOIN_LOOK_ALIKE" : code.length === LENGTH ? null : "JOIN_SHORT";
    sayAll();
    if (fault) field.focus();
    else location.assign(`/r/${code}`);
  });
  document.getElementById("wait")?.remove();
  document.body.append(make("header", {}, title, language), make("main", {}, form));
  sayAll();
  field.focus();
}

open(JSON.parse(document.getElementById("frame").textContent));
