import { on } from "node:events";
import { Worker } from "node:worker_threads";
import type { Discovery, DiscoverOptions } from "./discover.ts";
import { PathList } from "./path-list.ts";
import type { Contents } from "./read.ts";

/** What a thread that reads is told. */
export interface ReadingJob {
  readonly paths: readonly string[];
  readonly options: DiscoverOptions;
  /** Names that the configuration adds to those of the programs. */
  readonly programs: readonly string[];
  /** Words that commands begin with that it adds. */
  readonly commands: readonly string[];
}

/** What it answers: shares as they are read, at the end what was found. */
export type ReadingAnswer = IteratorResult<Contents, PackedDiscovery>;

/** All paths in one text, which no path has a NUL in: to hand over many texts takes ten times as long. */
interface PackedDiscovery extends Omit<Discovery, "files"> {
  readonly files: string;
}

/** @param step of `readInShares` */
export function packed(step: IteratorResult<Contents, Discovery>): ReadingAnswer {
  if (step.done !== true) return step;
  return { done: true, value: { ...step.value, files: step.value.files.all.join("\0") } };
}

function unpacked(found: PackedDiscovery): Discovery {
  return { ...found, files: PathList.of(found.files === "" ? [] : found.files.split("\0")) };
}

/** See `readInShares`. */
export interface ReadingThread {
  readonly shares: AsyncGenerator<Contents, Discovery>;
  /** Nobody wants the rest. */
  readonly stop: () => void;
}

/**
 * Begins `readInShares` in a thread of its own, so that this one can parse meanwhile.
 * @param script the built `reader.ts`
 * @throws Error when no thread can be started
 */
export function readInThread(script: URL, job: ReadingJob): ReadingThread {
  const worker = new Worker(script, { workerData: job });
  const answers = on(worker, "message", { close: ["exit"] });
  return {
    shares: untilDone(answers as AsyncIterable<[ReadingAnswer]>),
    stop: () => {
      void worker.terminate();
    },
  };
}

async function* untilDone(answers: AsyncIterable<[ReadingAnswer]>): AsyncGenerator<Contents, Discovery> {
  for await (const [answer] of answers) {
    if (answer.done === true) return unpacked(answer.value);
    yield answer.value;
  }
  throw new Error("the thread that reads files ended too early");
}
