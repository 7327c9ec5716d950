import type { TextSink } from "./io.ts";

/** A run that is shorter says nothing. */
const PATIENCE = 500;
const INTERVAL = 100;

/**
 * One line on a terminal that says how far a long run is, drawn as files go by; to be cleared before anything else is printed.
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
      await this.#draw();
      yield file;
    }
  }

  async #draw(): Promise<void> {
    const now = this.now();
    if (now - this.#start < PATIENCE || now - this.#last < INTERVAL) return;
    this.#last = now;
    this.#isShown = true;
    const files = `${this.#files} file${this.#files === 1 ? "" : "s"}`;
    await this.#write(`\r\u001b[K${files} looked into, ${Math.floor((now - this.#start) / 1000)} s`);
  }

  /** Takes the line away; nothing, where there is none. */
  async clear(): Promise<void> {
    if (!this.#isShown) return;
    this.#isShown = false;
    await this.#write("\r\u001b[K");
  }
}
