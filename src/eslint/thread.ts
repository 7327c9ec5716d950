import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from "node:worker_threads";
import type { Answers, Reply, Request, ThreadData } from "./protocol.ts";

/** Longer than the largest repository takes to be searched. */
const PATIENCE = 120_000;

/**
 * The engine in a thread of its own. ESLint's rules cannot wait for a promise, but the engine loads its parsers as files need
 * them and searches the project for the release in use: here the thread waits, and the rule is held up until it has answered.
 * It begins with the first file that may hold a command, so that a run without any pays nothing.
 */
export class EngineThread {
  readonly #script: URL;
  #open: { readonly worker: Worker; readonly replies: MessagePort; readonly signal: Int32Array } | null =
    null;

  /** @param script the built `worker.ts` */
  constructor(script: URL) {
    this.#script = script;
  }

  /** @throws Error with the engine's message when it cannot answer: the configuration is at fault, or we are */
  ask<K extends keyof Answers>(request: Request & { readonly kind: K }): Answers[K] {
    const { worker, replies, signal } = (this.#open ??= start(this.#script));
    Atomics.store(signal, 0, 0);
    worker.postMessage(request);
    if (Atomics.wait(signal, 0, 0, PATIENCE) === "timed-out") {
      void worker.terminate();
      this.#open = null;
      throw new Error(`gadget-migrate did not answer within ${PATIENCE / 1000} seconds.`);
    }
    const { message: reply } = receiveMessageOnPort(replies) as { readonly message: Reply<K> };
    if (reply.ok) return reply.answer;
    throw new Error(reply.message);
  }
}

function start(script: URL): { worker: Worker; replies: MessagePort; signal: Int32Array } {
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const data: ThreadData = { replies: port2, signal };
  // Flags of the process, such as a loader of ESLint's configuration, are not for this thread.
  const worker = new Worker(script, { workerData: data, transferList: [port2], execArgv: [] });
  worker.unref();
  port1.unref();
  return { worker, replies: port1, signal };
}
