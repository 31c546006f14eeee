/**
 * Answers from the page itself, where it is one file: every combination of its switches is in it, compressed. The first
 * line of the data holds all answers, each further line the played week of one of them, which is unpacked when it is
 * asked for.
 */

/** Connect to the data of this document. */
export function connect(frame) {
  return new Stick(frame.switches, document.querySelector("#data").textContent.split("\n"));
}

class Stick {
  live = false;
  onConnection = null;
  #switches;
  #lines;
  #unpacked = null;

  constructor(switches, lines) {
    this.#switches = switches;
    this.#lines = lines;
  }

  ask(items, onAnswer, onWeek, onRefused) {
    const asked = { dropped: false };
    const unlessDropped = (fn) => (found) => asked.dropped || fn?.(found);
    this.#tell(items, unlessDropped(onAnswer), unlessDropped(onWeek), unlessDropped(onRefused));
    return { drop: () => (asked.dropped = true) };
  }

  async #tell(items, onAnswer, onWeek, onRefused) {
    this.#unpacked ??= afterPaint().then(() => unpack(this.#lines[0]));
    const { answers, refused, otherwise, weeks } = await this.#unpacked;
    const key = this.#keyOf(items);
    if (!Object.hasOwn(answers, key)) {
      onRefused(refused[key] ?? otherwise);
      return;
    }
    onAnswer({ ...answers[key], asked: items });
    await afterPaint();
    onWeek({ ...(await unpack(this.#lines[1 + weeks.indexOf(key)])), asked: items });
  }

  /** The items in the order of the switches; null where one of them is no switch. */
  #keyOf(items) {
    const known = this.#switches.filter((item) => items.includes(item));
    return known.length === items.length ? known.join("+") : null;
  }
}

/** Wait until what has changed is on the screen; a page that nobody sees is not painted, and does not wait for it. */
function afterPaint() {
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Read what is compressed and written in letters. */
async function unpack(letters) {
  const plain = atob(letters);
  const bytes = new Uint8Array(plain.length);
  for (let i = 0; i < plain.length; i += 1) bytes[i] = plain.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}
