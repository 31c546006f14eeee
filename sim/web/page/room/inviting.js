/** How to join: the address, the code, and the same for a camera. */
import { button, make, write } from "../dom.js";
import { makeCode } from "./qr.js";

/** What stands on the wall for those who are not there yet; large as long as nothing is asked. */
export function makeInviting(app, hiding) {
  const code = makeCode();
  const [how, address, codeName, letters, names] = [make("p", { class: "how" }), make("p", { class: "address" }), make("p", { class: "code-name" }), make("p", { class: "code" }), make("ul", { class: "names" })];
  const alone = make("p", { class: "alone" });
  const other = button("other", () => {
    place += 1;
    show(told);
  });
  const element = make("div", { class: "inviting" }, code.picture, make("div", { class: "join" }, how, address, other, codeName, letters, alone, names));
  let place = 0;
  let told = null;
  let listed = "";

  function show(room) {
    told = room;
    const { addresses = [], code: text = "" } = room ?? {};
    const one = addresses[place % Math.max(1, addresses.length)];
    code.show(one?.qr, app.t("INVITE_PICTURE", { url: one?.url ?? "" }));
    write(address, one?.short ?? "");
    write(alone, app.t("INVITE_NO_ADDRESS"));
    alone.hidden = one !== undefined && !one.short.startsWith("127.");
    other.hidden = addresses.length < 2;
    write(letters, text);
    list((room?.names ?? []).filter((name) => !hiding.hasName(name)));
  }

  function list(shown) {
    names.hidden = !shown.length;
    const now = JSON.stringify([app.state.lang, shown]);
    if (now === listed) return;
    listed = now;
    names.replaceChildren(...shown.map((name) => make("li", {}, make("bdi", {}, name), hiding.nameButton(name))));
  }

  function say() {
    write(how, app.t("INVITE_HOW"));
    write(codeName, app.t("INVITE_CODE"));
    write(other, app.t("INVITE_OTHER"));
    show(told);
  }

  return { element, show, say };
}
