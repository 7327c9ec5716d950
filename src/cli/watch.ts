import type { SourceFile, Skipped } from "../engine/report.ts";
import type { Io } from "./io.ts";
import type { Options } from "./options.ts";
import { Progress } from "./progress.ts";

/** What a run spends its time on, in this order. */
export const PHASES = ["read", "parse", "release", "translate", "registries", "fix", "report"] as const;
export type Phase = (typeof PHASES)[number];

/** Follows a run: how long each phase takes, what it comes by, and what a terminal is told meanwhile. */
export class Watch {
  /** Milliseconds. */
  readonly times = new Map<Phase, number>();
  /** Texts that were parsed, and their lengths in UTF-16 code units. */
  parsed = 0;
  units = 0;
  readonly #progress: Progress | null;
  #phase: Phase = "read";
  #since: number;

  /** @param now milliseconds, by whatever clock */
  constructor(
    progress: Progress | null,
    readonly now: () => number = () => performance.now(),
  ) {
    this.#progress = progress;
    this.#since = now();
  }

  /** That of a command line: only a terminal is told anything, and not when it is to be quiet. */
  static of({ isQuiet }: Pick<Options, "isQuiet">, { isStderrTTY, stderr, env }: Io): Watch {
    const isTold = isStderrTTY === true && env["TERM"] !== "dumb" && !isQuiet;
    return new Watch(isTold ? new Progress(stderr) : null);
  }

  /** What comes now counts for another phase. */
  enter(phase: Phase): void {
    const now = this.now();
    this.times.set(this.#phase, (this.times.get(this.#phase) ?? 0) + now - this.#since);
    this.#phase = phase;
    this.#since = now;
  }

  /** The same files; to wait for one is reading, what happens before the next is asked for is parsing. */
  async *files(files: AsyncIterable<SourceFile | Skipped>): AsyncGenerator<SourceFile | Skipped> {
    for await (const file of this.#progress?.counted(files) ?? files) {
      if ("text" in file) {
        this.parsed++;
        this.units += file.text.length;
      }
      this.enter("parse");
      yield file;
      this.enter("read");
    }
    this.enter("parse");
  }

  /** @param what as in `translated` */
  step(what: string, done: number, of: number): void {
    this.#progress?.say(`${done} of ${of} file${of === 1 ? "" : "s"} ${what}`);
  }

  /** Something that is waited for. */
  async during<T>(phase: Phase, what: string, work: Promise<T>): Promise<T> {
    const before = this.#phase;
    this.enter(phase);
    try {
      return await (this.#progress?.during(what, work) ?? work);
    } finally {
      this.enter(before);
    }
  }

  /** Takes away what the terminal was told. */
  async clear(): Promise<void> {
    await this.#progress?.clear();
  }
}
