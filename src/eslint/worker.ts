/** Where the thread begins that does the work of the ESLint plugin; see `thread.ts`. */
import { parentPort, workerData } from "node:worker_threads";
import { answer } from "./answer.ts";
import type { Reply, Request, ThreadData } from "./protocol.ts";

const { replies, signal } = workerData as ThreadData;

async function replyTo(request: Request): Promise<Reply> {
  try {
    return { ok: true, answer: await answer(request) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on("message", (request: Request) => {
  void replyTo(request).then((reply) => {
    replies.postMessage(reply);
    Atomics.store(signal, 0, 1);
    Atomics.notify(signal, 0);
  });
});
