/** Words and numbers for a document of its own, as `app` has them on the large page. */
import { Wording } from "../texts.js";
import { keep, recalled } from "./memory.js";

const LANGUAGES = ["en", "zh"];

/** What the other language is called, by its own name. */
export const OTHER = { en: ["zh", "中文"], zh: ["en", "English"] };

export class Speaker extends Wording {
  /** @param {object} words by language and key */
  constructor(words) {
    super();
    this.words = words;
    this.lang = chosen();
    this.#dress();
  }

  /** Speak the other language from now on. */
  turn() {
    [this.lang] = OTHER[this.lang];
    keep("lang", this.lang);
    this.#dress();
  }

  #dress() {
    document.documentElement.lang = this.lang === "zh" ? "zh-CN" : this.lang;
  }

  get spoken() {
    return this.lang;
  }
}

/** The language that was chosen here before, or the first of the browser's that there is, or that of the document. */
function chosen() {
  const wanted = [recalled("lang"), ...(navigator.languages ?? []).map((one) => one.slice(0, 2).toLowerCase())];
  const told = document.documentElement.lang.slice(0, 2);
  return wanted.find((one) => LANGUAGES.includes(one)) ?? (LANGUAGES.includes(told) ? told : "en");
}
