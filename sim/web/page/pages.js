/**
 * The pages of a story: in which order their stages come, and what each wants to have on.
 *
 * A stage is written as the address has it: `3`, or `3b` once the answer to the bet of that page is shown.
 */

/** What a story wants: nothing is ever asked of one that is not there. */
export class Pages {
  /** @param {object | null} story that of the frame */
  constructor(story) {
    this.pages = story?.pages ?? [];
    this.stages = this.pages.flatMap(({ bet }, i) => (bet ? [`${i + 1}`, `${i + 1}b`] : [`${i + 1}`]));
  }

  /** The page of a stage, or undefined. */
  page(stage) {
    return this.pages[parseInt(stage, 10) - 1];
  }

  /** Is what the page says still hidden, as people bet on it? */
  isBetting(stage) {
    return Boolean(this.page(stage)?.bet) && !stage.endsWith("b");
  }

  /** The stage that comes so many after another, or the same at either end. */
  beside(stage, by) {
    const place = this.stages.indexOf(stage) + by;
    return this.stages[Math.min(this.stages.length - 1, Math.max(0, place))] ?? "";
  }

  /** What a stage wants to have on and to be looked at; while people bet, what the page before it had stays. */
  wishOf(stage) {
    const page = this.page(stage);
    if (!page) return {};
    if (this.isBetting(stage)) return { items: this.pages[this.pages.indexOf(page) - 1]?.items ?? [] };
    const tab = page.show.find((name) => TABS.includes(name));
    const still = page.at === null ? {} : { time: page.at };
    return { items: page.items, ...(tab ? { tab } : {}), ...still };
  }

  /** The stage at which the answer to the bet of a page is shown, by the id of the page; undefined where there is none. */
  answerOf(id) {
    const place = this.pages.findIndex((page) => page.id === id && page.bet);
    return place < 0 ? undefined : `${place + 1}b`;
  }

  /** What has been on before a page is reached: of that, nothing is news. */
  itemsBefore(id) {
    return this.pages.slice(0, this.pages.findIndex((page) => page.id === id)).map(({ items }) => items);
  }

  /** Everything that a story switches on, together as it does: what comes next from a stage on first. */
  itemsFrom(stage) {
    const from = Math.max(0, this.pages.indexOf(this.page(stage)));
    const inOrder = [...this.pages.slice(from), ...this.pages.slice(0, from).reverse()];
    return inOrder.flatMap(({ items, bet }) => [items, ...(bet?.choices ?? []).map((one) => one.items)]);
  }

  /** The page with an id, or undefined. */
  called(id) {
    return this.pages.find((page) => page.id === id);
  }
}

/** The tabs that a page can open. */
export const TABS = ["weeks", "hours", "trust", "pays", "sure"];
