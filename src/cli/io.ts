import { systemReason } from "../files/reasons.ts";
import { Fault } from "./fault.ts";

/** The world of one run, passed in so that tests need no process. */
export interface Io {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** All of standard input, as bytes. */
  readonly stdin: () => Promise<Uint8Array>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal. */
  readonly isTTY: boolean;
  /** Whether standard error is one; absent: no. */
  readonly isStderrTTY?: boolean;
  /** Asks on the terminal, and gives a line back, null at the end of the input; absent where nobody is there to answer. */
  readonly ask?: ((question: string) => Promise<string | null>) | undefined;
  /** Where a thread begins that reads files; without it they are read where they are parsed. */
  readonly readerScript?: URL;
}

/** @throws Fault when the text cannot be written; a reader that has gone away is none */
export type TextSink = (text: string) => Promise<void>;

/**
 * The streams and settings of this process.
 * @param readerScript see `Io`
 */
export function processIo(readerScript: URL): Io {
  return {
    stdout: sink(process.stdout),
    stderr: sink(process.stderr),
    stdin: readAll,
    cwd: process.cwd(),
    env: process.env,
    isTTY: process.stdout.isTTY,
    isStderrTTY: process.stderr.isTTY,
    ...(process.stdin.isTTY && process.stdout.isTTY ? { ask } : {}),
    readerScript,
  };
}

async function ask(question: string): Promise<string | null> {
  const { createInterface } = await import("node:readline");
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise((resolve) => {
    lines.once("close", () => {
      resolve(null);
    });
    lines.question(question, (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}

function sink(stream: NodeJS.WriteStream): TextSink {
  // Without a listener the stream's error would end the process; the callback below gets the same error.
  stream.on("error", () => undefined);
  return (text) =>
    new Promise((resolve, reject) => {
      stream.write(text, (error) => {
        if (error === null || error === undefined || isGone(error)) resolve();
        else reject(new Fault(`Cannot write the output: ${systemReason(error)}.`));
      });
    });
}

/** `gadget-migrate | head` closes the pipe early: nobody is left to tell. */
function isGone(error: Error): boolean {
  return "code" in error && (error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED");
}

async function readAll(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
