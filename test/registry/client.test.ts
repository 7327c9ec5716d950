import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type Credentials, RegistryClient, type RegistryOptions } from "../../src/registry/client.ts";

const MANIFEST = '{"schemaVersion":2}';
const DIGEST = `sha256:${createHash("sha256").update(MANIFEST).digest("hex")}`;
const PATH = "/v2/gadget/trace_exec/manifests/v1";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Answer = (request: IncomingMessage, response: ServerResponse, host: string) => void;

/** A registry that answers as told, and the client of it. */
async function registry(answer: Answer, options: Partial<RegistryOptions> = {}) {
  const asked: string[] = [];
  const waits: number[] = [];
  let host = "";
  server = createServer((request, response) => {
    asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
    answer(request, response, host);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new RegistryClient({
    fetch,
    credentials: () => Promise.resolve(null),
    insecure: new Set([host]),
    timeout: 2000,
    retries: 2,
    wait: (milliseconds) => Promise.resolve(void waits.push(milliseconds)),
    ...options,
  });
  const digest = (): Promise<string> => client.digest({ host, repository: "gadget/trace_exec", tag: "v1" });
  return { asked, waits, digest, host };
}

const found: Answer = (_, response) => {
  response.setHeader("docker-content-digest", DIGEST).end(MANIFEST);
};

const password: Credentials = { kind: "password", user: "ann", password: "söcret:1" };
const BASIC = `Basic ${Buffer.from("ann:söcret:1").toString("base64")}`;

/** Asks for a token of `/token`, which goes to whoever `isKnown`. */
function withTokens(isKnown: (request: IncomingMessage) => boolean): Answer {
  return (request, response, host) => {
    if (request.url?.startsWith("/token") === true) {
      if (isKnown(request)) response.end('{"access_token":"t0ken"}');
      else response.writeHead(401).end();
    } else if (request.headers.authorization === "Bearer t0ken") found(request, response, host);
    else {
      const challenge = `Bearer realm="http://${host}/token",service="reg, istry",scope="repository:gadget/trace_exec:pull"`;
      response.writeHead(401, { "www-authenticate": challenge }).end();
    }
  };
}

describe("a digest", () => {
  test("is what the registry tells", async () => {
    const { digest, asked } = await registry(found);
    expect(await digest()).toBe(DIGEST);
    expect(asked).toEqual([`HEAD ${PATH}`]);
  });

  test("is that of the manifest where the registry does not tell it", async () => {
    const { digest, asked } = await registry((_, response) => response.end(MANIFEST));
    expect(await digest()).toBe(DIGEST);
    expect(asked).toEqual([`HEAD ${PATH}`, `GET ${PATH}`]);
  });

  test("is asked for with a token for nobody", async () => {
    const { digest, asked } = await registry(
      withTokens(({ headers }) => headers.authorization === undefined),
    );
    expect(await digest()).toBe(DIGEST);
    const token = "GET /token?service=reg%2C+istry&scope=repository%3Agadget%2Ftrace_exec%3Apull";
    expect(asked).toEqual([`HEAD ${PATH}`, token, `HEAD ${PATH}`]);
    await digest();
    expect(asked.slice(3)).toEqual([`HEAD ${PATH}`]);
  });

  test("is asked for with a token for a login", async () => {
    const credentials = () => Promise.resolve(password);
    const { digest } = await registry(
      withTokens(({ headers }) => headers.authorization === BASIC),
      { credentials },
    );
    expect(await digest()).toBe(DIGEST);
  });

  test("is asked for with a token for an identity", async () => {
    const credentials = () => Promise.resolve<Credentials>({ kind: "identity", token: "id" });
    const { digest } = await registry(
      withTokens(({ method }) => method === "POST"),
      { credentials },
    );
    expect(await digest()).toBe(DIGEST);
  });

  test("is asked for with the login itself", async () => {
    const answer: Answer = (request, response, host) => {
      if (request.headers.authorization === BASIC) found(request, response, host);
      else response.writeHead(401, { "www-authenticate": 'Basic realm="x"' }).end();
    };
    const { digest } = await registry(answer, { credentials: () => Promise.resolve(password) });
    expect(await digest()).toBe(DIGEST);
  });

  test("comes after faults that pass, with longer pauses, or those that the registry asks for", async () => {
    const answers: Answer[] = [
      (_, response) => response.writeHead(503).end(),
      (_, response) => response.writeHead(429, { "retry-after": "2" }).end(),
      found,
    ];
    const { digest, waits } = await registry((...all) => answers.shift()?.(...all));
    expect(await digest()).toBe(DIGEST);
    expect(waits).toEqual([250, 2000]);
  });
});

describe("what goes wrong is one sentence", () => {
  test.each<[string, Answer, string, Partial<RegistryOptions>]>([
    [
      "no such tag",
      (_, response) => response.writeHead(404).end(),
      "has no image gadget/trace_exec with tag v1.",
      {},
    ],
    [
      "a login is wanted",
      (_, r) => r.writeHead(401, { "www-authenticate": "Basic" }).end(),
      "wants a login; `docker login",
      {},
    ],
    [
      "nobody knows how to log in",
      (_, r) => r.writeHead(401).end(),
      "wants a login that is not known here.",
      {},
    ],
    ["the login is wrong", withTokens(() => false), "gives no token without a login (HTTP 401).", {}],
    [
      "the login is wrong, and there was one",
      withTokens(() => false),
      "gives no token with the login that docker keeps for it (HTTP 401).",
      { credentials: () => Promise.resolve(password) },
    ],
    ["it is not for us", (_, r) => r.writeHead(403).end(), "(HTTP 403); `docker login", {}],
    ["it stays broken", (_, r) => r.writeHead(500).end(), "answers HTTP 500 when asked for", {}],
    ["it is slow", () => undefined, "did not answer within 0.05 seconds.", { timeout: 50, retries: 0 }],
    ["it hangs up", (request) => request.socket.destroy(), "cannot be reached: ", {}],
  ])("%s", async (_, answer, sentence, options) => {
    const { digest, host } = await registry(answer, options);
    await expect(digest()).rejects.toThrow(host);
    await expect(digest()).rejects.toThrow(sentence);
  });
});
