import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

/** One message of the language server protocol. */
export interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** What the editor answers to a request of the server. */
type Answer = (method: string, params: unknown) => unknown;

/** An editor's side of the language server protocol, over the standard streams of a server. */
export class LanguageServer {
  /** Everything that was said, in order: `->` to the server, `<-` from it. */
  readonly transcript: string[] = [];
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answer: Answer;
  readonly #pending = new Map<
    number,
    { resolve: (result: unknown) => void; reject: (error: Error) => void }
  >();
  #bytes = Buffer.alloc(0);
  #id = 0;

  constructor(command: readonly [string, ...string[]], cwd: string, answer: Answer) {
    const [program, ...args] = command;
    this.#answer = answer;
    this.#process = spawn(program, args, { cwd, stdio: "pipe" });
    this.#process.stdout.on("data", (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#readMessages();
    });
  }

  async request(method: string, params: unknown): Promise<unknown> {
    const id = (this.#id += 1);
    this.#send({ id, method, params });
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  async stop(): Promise<void> {
    await this.request("shutdown", null);
    this.notify("exit", null);
    this.#process.kill();
  }

  #send(message: Message): void {
    this.transcript.push(`-> ${JSON.stringify(message)}`);
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #readMessages(): void {
    for (;;) {
      const end = this.#bytes.indexOf("\r\n\r\n");
      const length = Number(
        /Content-Length: (\d+)/i.exec(this.#bytes.toString("latin1", 0, Math.max(end, 0)))?.[1],
      );
      if (end < 0 || this.#bytes.length < end + 4 + length) return;
      const body = this.#bytes.toString("utf8", end + 4, end + 4 + length);
      this.#bytes = this.#bytes.subarray(end + 4 + length);
      this.transcript.push(`<- ${body}`);
      this.#take(JSON.parse(body) as Message);
    }
  }

  #take(message: Message): void {
    const { id, method, params, result, error } = message;
    if (method === undefined) {
      const pending = this.#pending.get(Number(id));
      if (error !== undefined) pending?.reject(new Error(error.message));
      else pending?.resolve(result);
      return;
    }
    if (id !== undefined) this.#send({ id, result: this.#answer(method, params) });
  }
}
