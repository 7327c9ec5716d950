/** Where a thread begins that finds and reads files; see `readInThread`. */
import { parentPort, workerData } from "node:worker_threads";
import { words } from "virtual:prefilter";
import { Prefilter } from "../engine/prefilter.ts";
import { withProgramWords } from "../knowledge/own-programs.ts";
import { withCommandWords } from "../knowledge/own-rules.ts";
import { readInShares } from "./gather.ts";
import { packed, type ReadingJob } from "./thread.ts";

const { paths, options, programs, commands } = workerData as ReadingJob;
const wanted = withCommandWords(withProgramWords(words, programs), commands);
const shares = readInShares(paths, options, new Prefilter(wanted));
let isDone = false;
while (!isDone) {
  const step = await shares.next();
  parentPort?.postMessage(packed(step));
  isDone = step.done === true;
}
