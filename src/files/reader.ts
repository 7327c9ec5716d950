/** Where a thread begins that finds and reads files; see `readInThread`. */
import { parentPort, workerData } from "node:worker_threads";
import { words } from "virtual:prefilter";
import { Prefilter } from "../engine/prefilter.ts";
import { readInShares } from "./gather.ts";
import type { ReadingAnswer, ReadingJob } from "./thread.ts";

const { paths, options } = workerData as ReadingJob;
const shares = readInShares(paths, options, new Prefilter(words));
let answer: ReadingAnswer;
do {
  answer = await shares.next();
  parentPort?.postMessage(answer);
} while (answer.done !== true);
