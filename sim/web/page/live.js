/** Answers from the server over one WebSocket; when the connection is lost it comes back by itself and asks again. */

const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 8000;

/** Connect to the server that this document comes from. */
export function connect(frame) {
  const source = new Live(frame.scenario);
  source.open();
  return source;
}

class Live {
  live = true;
  onConnection = null;
  onNear = null;
  #scenario;
  #socket = null;
  #next = 1;
  #asked = new Map();
  #pause = FIRST_PAUSE;
  #lost = false;

  constructor(scenario) {
    this.#scenario = scenario;
  }

  /** Open the connection; what is still asked for is asked again. */
  open() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/live`);
    this.#socket = socket;
    socket.addEventListener("open", () => this.#opened());
    socket.addEventListener("message", (event) => this.#heard(JSON.parse(event.data)));
    socket.addEventListener("close", () => this.#closed());
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
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #opened() {
    this.#pause = FIRST_PAUSE;
    for (const { message } of this.#asked.values()) this.#say(message);
    if (this.#lost) this.onConnection?.(true);
    this.#lost = false;
  }

  #closed() {
    if (!this.#lost) this.onConnection?.(false);
    this.#lost = true;
    setTimeout(() => this.open(), this.#pause);
    this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 1.7);
  }

  #heard(message) {
    if (message.type === "near") return this.onNear?.(message.answers);
    const asked = this.#asked.get(message.id);
    if (!asked) return undefined;
    HEARD[message.type]?.(message, asked);
    if (asked.needs.size === 0) this.#asked.delete(message.id);
    return undefined;
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
