import type { TextSink } from "./io.ts";

/** A run that is shorter says nothing. */
const PATIENCE = 500;
const INTERVAL = 100;

/**
 * One line on a terminal that says how far a long run is, drawn as it goes on; to be cleared before anything else is printed.
 */
export class Progress {
  readonly #write: TextSink;
  readonly #start: number;
  #last = 0;
  #files = 0;
  #isShown = false;

  /** @param write a terminal @param now milliseconds, by whatever clock */
  constructor(
    write: TextSink,
    readonly now: () => number = () => performance.now(),
  ) {
    this.#write = write;
    this.#start = now();
  }

  /** The same files, counted as they go by. */
  async *counted<T>(files: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const file of files) {
      this.#files++;
      this.say(`${this.#files} file${this.#files === 1 ? "" : "s"} looked into`);
      yield file;
    }
  }

  /** Draws what is being done, if it is time to; without an end, for the seconds follow. */
  say(what: string): void {
    const now = this.now();
    if (now - this.#start < PATIENCE || now - this.#last < INTERVAL) return;
    this.#last = now;
    this.#isShown = true;
    // Where it cannot be written there is nobody to tell.
    void this.#write(`\r\u001b[K${what}, ${Math.floor((now - this.#start) / 1000)} s`).catch(() => undefined);
  }

  /** Draws what is being done for as long as it takes. */
  async during<T>(what: string, work: Promise<T>): Promise<T> {
    this.say(what);
    const timer = setInterval(() => {
      this.say(what);
    }, PATIENCE);
    return work.finally(() => {
      clearInterval(timer);
    });
  }

  /** Takes the line away; nothing, where there is none. */
  async clear(): Promise<void> {
    if (!this.#isShown) return;
    this.#isShown = false;
    await this.#write("\r\u001b[K");
  }
}
