/** Where the thread begins that does the work of the ESLint plugin; see `thread.ts`. */
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import type { ParsedProgram } from "../languages/javascript/parsed.ts";
import { answer } from "./answer.ts";
import { PARSED, REPLIED, type Reply, type Request, type ThreadData } from "./protocol.ts";

const { port, signals } = workerData as ThreadData;

parentPort?.on("message", (request: Request) => {
  void replyTo(request).then(reply);
});

async function replyTo(request: Request): Promise<Reply> {
  try {
    return { kind: "answer", answer: await answer(request, parse) };
  } catch (error) {
    return { kind: "fault", message: error instanceof Error ? error.message : String(error) };
  }
}

function reply(one: Reply): void {
  port.postMessage(one);
  Atomics.store(signals, REPLIED, 1);
  Atomics.notify(signals, REPLIED);
}

/** Asks for it where the parser is, which waits for us. */
function parse(text: string): ParsedProgram {
  Atomics.store(signals, PARSED, 0);
  reply({ kind: "parse", text });
  Atomics.wait(signals, PARSED, 0);
  const { message } = receiveMessageOnPort(port) as { readonly message: ParsedProgram };
  return message;
}
