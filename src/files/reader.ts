/** Where a thread begins that finds and reads files; see `readInThread`. */
import { parentPort, workerData } from "node:worker_threads";
import { words } from "virtual:prefilter";
import { Prefilter } from "../engine/prefilter.ts";
import { withProgramWords } from "../knowledge/own-programs.ts";
import { readInShares } from "./gather.ts";
import { packed, type ReadingJob } from "./thread.ts";

const { paths, options, programs } = workerData as ReadingJob;
const shares = readInShares(paths, options, new Prefilter(withProgramWords(words, programs)));
let isDone = false;
while (!isDone) {
  const step = await shares.next();
  parentPort?.postMessage(packed(step));
  isDone = step.done === true;
}
