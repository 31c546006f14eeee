/** Answers from the server over one WebSocket; when the connection is lost it comes back by itself and asks again. */

const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 8000;

/** With this the server ends the connection of whoever has not come in. */
const ELSEWHERE = 4001;

/** Words to the room of which it is remembered who wants to know if they are refused. */
const MOST_WORDS = 50;

/** Connect to the server that this document comes from; `as` says as whom, where a browser may be several. */
export function connect(frame, as = "") {
  const source = new Live(frame.scenario, as);
  source.open();
  return source;
}

class Live {
  live = true;
  onConnection = null;
  onNear = null;
  #onRoom = null;
  #onOpened = null;
  #words = new Map();
  #scenario;
  #address;
  #socket = null;
  #next = 1;
  #asked = new Map();
  #pause = FIRST_PAUSE;
  #lost = false;
  #waiting = 0;

  constructor(scenario, as) {
    this.#scenario = scenario;
    this.#address = as ? `/live?as=${as}` : "/live";
  }

  /** Open the connection; what is still asked for is asked again. */
  open() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}${this.#address}`);
    this.#socket = socket;
    socket.addEventListener("open", () => this.#opened());
    socket.addEventListener("message", (event) => this.#heard(JSON.parse(event.data)));
    socket.addEventListener("close", (event) => this.#closed(socket, event.code));
  }

  /** Is the connection there? */
  get up() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Begin the connection anew: one that slept in a pocket may look well and carry nothing. */
  renew() {
    const old = this.#socket;
    clearTimeout(this.#waiting);
    this.open();
    old?.close();
  }

  /** Belong to the room from now on: `onRoom` hears how it stands, `onOpened` is called with every new connection. */
  enter(onRoom, onOpened) {
    this.#onRoom = onRoom;
    this.#onOpened = onOpened;
    this.#say({ do: "room" });
  }

  /** Say something to the room; false where there is no connection. `onRefused` hears why it cannot be done. */
  tell(message, onRefused) {
    if (!this.up) return false;
    const id = this.#next++;
    this.#words.set(id, onRefused);
    if (this.#words.size > MOST_WORDS) this.#words.delete(this.#words.keys().next().value);
    this.#say({ ...message, id });
    return true;
  }

  ask(items, onAnswer, onWeek, onRefused, onBusy) {
    return this.#send({ do: "ask", items }, { onAnswer, onWeek, onRefused, onBusy, needs: ["final", "week"] });
  }

  sure(items, onProgress, onAnswer, onRefused) {
    return this.#send({ do: "sure", items }, { onProgress, onAnswer, onRefused, needs: ["sure"] });
  }

  #send(wish, handler) {
    const id = this.#next++;
    const message = { ...wish, scenario: this.#scenario, id };
    this.#asked.set(id, { message, handler, needs: new Set(handler.needs) });
    this.#say(message);
    return { drop: () => this.#drop(id) };
  }

  #drop(id) {
    if (this.#asked.delete(id)) this.#say({ do: "drop", id });
  }

  #say(message) {
    if (this.up) this.#socket.send(JSON.stringify(message));
  }

  #opened() {
    this.#pause = FIRST_PAUSE;
    if (this.#onRoom) this.#say({ do: "room" });
    this.#onOpened?.();
    for (const { message } of this.#asked.values()) this.#say(message);
    if (this.#lost) this.onConnection?.(true);
    this.#lost = false;
  }

  #closed(socket, code) {
    if (socket !== this.#socket) return; // given up for another one
    if (code === ELSEWHERE) location.reload(); // the room is another one by now: its door asks for the code
    if (!this.#lost) this.onConnection?.(false);
    this.#lost = true;
    this.#waiting = setTimeout(() => this.open(), this.#pause);
    this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 1.7);
  }

  #heard(message) {
    if (message.type === "near") return this.onNear?.(message.answers);
    if (message.type === "room") return this.#onRoom?.(message.room);
    if (this.#words.has(message.id)) return this.#refused(message);
    const asked = this.#asked.get(message.id);
    if (!asked) return undefined;
    HEARD[message.type]?.(message, asked);
    if (asked.needs.size === 0) this.#asked.delete(message.id);
    return undefined;
  }

  #refused({ id, sentence }) {
    const onRefused = this.#words.get(id);
    this.#words.delete(id);
    onRefused?.(sentence);
  }
}

/** What to do with a message, by its type; what an asker has got is taken off what it needs. */
const HEARD = {
  answer({ answer }, { handler, needs }) {
    if (answer.state === "final") needs.delete("final");
    if (answer.sure || !needs.has("sure")) {
      needs.delete("sure");
      handler.onAnswer(answer);
    }
  },
  week({ week }, { handler, needs }) {
    needs.delete("week");
    handler.onWeek?.(week);
  },
  sure({ done, total }, { handler }) {
    handler.onProgress?.(done, total);
  },
  busy({ done, total }, { handler }) {
    handler.onBusy?.(done, total);
  },
  refused({ sentence }, { handler, needs }) {
    needs.clear();
    handler.onRefused(sentence);
  },
};
