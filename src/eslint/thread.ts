import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from "node:worker_threads";
import {
  PARSED,
  REPLIED,
  type Answers,
  type Parse,
  type Reply,
  type Request,
  type ThreadData,
} from "./protocol.ts";
import { TOO_DEEP } from "./program.ts";

/** Longer than the largest repository takes to be searched. */
const PATIENCE = 120_000;

/** The thread, once it was started. */
interface Started extends ThreadData {
  readonly worker: Worker;
}

/**
 * The engine in a thread of its own. ESLint's rules cannot wait for a promise, but the engine loads its parsers as files need
 * them and searches the project for the release in use: here the thread waits, and the rule is held up until it has answered.
 * It begins with the first file that may hold a command, so that a run without any pays nothing.
 */
export class EngineThread {
  readonly #script: URL;
  #started: Started | null = null;

  /** @param script the built `worker.ts` */
  constructor(script: URL) {
    this.#script = script;
  }

  /**
   * @param parse for the programs that the thread wants to see: fixed ones, to prove the fix
   * @throws Error with the engine's message when it cannot answer: the configuration is at fault, or we are
   */
  ask<K extends keyof Answers>(request: Request & { readonly kind: K }, parse: Parse): Answers[K] {
    const { worker, port, signals } = (this.#started ??= start(this.#script));
    Atomics.store(signals, REPLIED, 0);
    send(worker, request, () => ({ ...request, file: { ...request.file, program: TOO_DEEP } }));
    for (;;) {
      const reply = this.#next<K>();
      if (reply.kind === "answer") return reply.answer;
      if (reply.kind === "fault") throw new Error(reply.message);
      Atomics.store(signals, REPLIED, 0);
      send(port, parse(reply.text), () => TOO_DEEP);
      Atomics.store(signals, PARSED, 1);
      Atomics.notify(signals, PARSED);
    }
  }

  #next<K extends keyof Answers>(): Reply<K> {
    const { worker, port, signals } = (this.#started ??= start(this.#script));
    if (Atomics.wait(signals, REPLIED, 0, PATIENCE) === "timed-out") {
      void worker.terminate();
      this.#started = null;
      throw new Error(`gadget-migrate did not answer within ${PATIENCE / 1000} seconds.`);
    }
    const { message } = receiveMessageOnPort(port) as { readonly message: Reply<K> };
    return message;
  }
}

/** Sends a tree, or what stands for it where it is deeper than what can be sent. */
function send<T>(to: Pick<MessagePort, "postMessage">, message: T, instead: () => T): void {
  try {
    to.postMessage(message);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    to.postMessage(instead());
  }
}

function start(script: URL): Started {
  const { port1, port2 } = new MessageChannel();
  const signals = new Int32Array(new SharedArrayBuffer(8));
  const data: ThreadData = { port: port2, signals };
  // Flags of the process, such as a loader of ESLint's configuration, are not for this thread.
  const worker = new Worker(script, { workerData: data, transferList: [port2], execArgv: [] });
  worker.unref();
  port1.unref();
  return { worker, port: port1, signals };
}
