import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";

/* Against Debian's docker-registry on loopback, with an image that is pushed over HTTP. */

const FOLDER = mkdtempSync(join(tmpdir(), "gadget-migrate-pin-"));
const MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
const SCRIPT = "kubectl gadget trace exec -n demo\n";

let open: Registry;
let locked: Registry;

interface Registry {
  readonly host: string;
  readonly process: ChildProcess;
}

beforeAll(async () => {
  open = await start("open", "");
  // bcrypt of `secret`
  writeFileSync(join(FOLDER, "users"), "ann:$2b$05$kIg11OdDbtDFHlGB75fo..5DhEpcEQJoOjQo.axZglUqMqlxlb0XG\n");
  locked = await start("locked", `auth:\n  htpasswd:\n    realm: test\n    path: ${join(FOLDER, "users")}\n`);
}, 60_000);

afterAll(() => {
  open.process.kill();
  locked.process.kill();
  rmSync(FOLDER, { recursive: true });
});

async function start(name: string, more: string): Promise<Registry> {
  const port = await freePort();
  const storage = join(FOLDER, name);
  const config = `version: 0.1\nlog: { level: error }\nstorage:\n  filesystem: { rootdirectory: ${storage} }\nhttp:\n  addr: 127.0.0.1:${port}\n${more}`;
  writeFileSync(join(FOLDER, `${name}.yml`), config);
  const process = spawn("docker-registry", ["serve", join(FOLDER, `${name}.yml`)], { stdio: "ignore" });
  const host = `127.0.0.1:${port}`;
  for (let i = 0; i < 300; i++) {
    if (
      await fetch(`http://${host}/v2/`).then(
        () => true,
        () => false,
      )
    )
      return { host, process };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("docker-registry does not start; apt-get install docker-registry");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Pushes an image of no layers; returns its digest. */
async function push({ host }: Registry, tag: string, authorization?: string): Promise<string> {
  const headers = authorization === undefined ? {} : { authorization };
  const config = Buffer.from(`{"tag":"${tag}"}`);
  const configDigest = `sha256:${createHash("sha256").update(config).digest("hex")}`;
  const repository = `http://${host}/v2/gadgets/trace_exec`;
  const upload = await fetch(`${repository}/blobs/uploads/`, { method: "POST", headers });
  const place = new URL(upload.headers.get("location") ?? "", repository);
  place.searchParams.set("digest", configDigest);
  await fetch(place, {
    method: "PUT",
    body: config,
    headers: { ...headers, "content-type": "application/octet-stream" },
  });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: {
      mediaType: "application/vnd.oci.image.config.v1+json",
      size: config.length,
      digest: configDigest,
    },
    layers: [],
  });
  const put = await fetch(`${repository}/manifests/${tag}`, {
    method: "PUT",
    body: manifest,
    headers: { ...headers, "content-type": MANIFEST_TYPE },
  });
  if (!put.ok) throw new Error(`the push failed: ${put.status} ${await put.text()}`);
  return `sha256:${createHash("sha256").update(manifest).digest("hex")}`;
}

let count = 0;

/** A folder of its own with one script. */
function project(text = SCRIPT): string {
  const folder = join(FOLDER, `project-${(count += 1)}`);
  mkdirSync(folder);
  writeFileSync(join(folder, "watch.sh"), text);
  return folder;
}

async function run(cwd: string, { host }: Pick<Registry, "host">, words: readonly string[], env = {}) {
  let err = "";
  const shared = ["--pin", "digest", "--registry", `${host}/gadgets`, "--insecure-registry", host];
  const code = await main([...shared, "--target", "v0.45.0", ...words], {
    stdout: () => Promise.resolve(),
    stderr: (text) => Promise.resolve(void (err += text)),
    stdin: () => Promise.resolve(new Uint8Array()),
    cwd,
    env: { HOME: FOLDER, ...env },
    isTTY: false,
  });
  return { code, err };
}

const script = (folder: string): string => readFileSync(join(folder, "watch.sh"), "utf8");
const lock = (folder: string): string => readFileSync(join(folder, "gadget-images.lock.yaml"), "utf8");

describe("--pin digest", () => {
  test("writes the digest behind the tag, and keeps it in the lock file", async () => {
    const digest = await push(open, "v0.45.0");
    const folder = project();
    expect(await run(folder, open, ["--fix", "."])).toEqual({ code: 0, err: "" });
    const image = `${open.host}/gadgets/trace_exec:v0.45.0`;
    expect(script(folder)).toBe(`kubectl gadget run ${image}@${digest} --ignore-failed=false -n demo\n`);
    expect(lock(folder)).toContain(`version: 1\nimages:\n  ${image}: ${digest}\n`);
  });

  test("with a lock file asks no registry, and writes what it says", async () => {
    const folder = project();
    const digest = `sha256:${"a".repeat(64)}`;
    const image = "127.0.0.1:1/gadgets/trace_exec:v0.45.0";
    writeFileSync(join(folder, "gadget-images.lock.yaml"), `version: 1\nimages:\n  ${image}: ${digest}\n`);
    expect(await run(folder, { host: "127.0.0.1:1" }, ["--fix", "."])).toEqual({ code: 0, err: "" });
    expect(script(folder)).toContain(`${image}@${digest}`);
  });

  test("a second run changes nothing, a report writes no lock file", async () => {
    const folder = project();
    expect((await run(folder, open, ["."])).code).toBe(1);
    expect(() => lock(folder)).toThrow();
    await run(folder, open, ["--fix", "."]);
    const before = [script(folder), lock(folder)];
    expect((await run(folder, open, ["--fix", "."])).code).toBe(0);
    expect([script(folder), lock(folder)]).toEqual(before);
  });

  test("takes the login of docker's configuration", async () => {
    const auth = Buffer.from("ann:secret").toString("base64");
    const digest = await push(locked, "v0.45.0", `Basic ${auth}`);
    const docker = join(FOLDER, "docker");
    mkdirSync(docker);
    writeFileSync(join(docker, "config.json"), JSON.stringify({ auths: { [locked.host]: { auth } } }));
    const folder = project();
    expect(await run(folder, locked, ["--fix", "."], { DOCKER_CONFIG: docker })).toEqual({
      code: 0,
      err: "",
    });
    expect(script(folder)).toContain(`@${digest}`);
  });

  test("takes the login that a credential helper prints", async () => {
    const docker = join(FOLDER, "helper");
    mkdirSync(docker);
    writeFileSync(join(docker, "config.json"), JSON.stringify({ credHelpers: { [locked.host]: "test" } }));
    const helper =
      '#!/bin/sh\n[ "$1" = get ] && [ -n "$(cat)" ] && echo "{\\"Username\\":\\"ann\\",\\"Secret\\":\\"secret\\"}"\n';
    writeFileSync(join(docker, "docker-credential-test"), helper, { mode: 0o755 });
    const env = { DOCKER_CONFIG: docker, PATH: `${docker}:${process.env["PATH"] ?? ""}` };
    const folder = project();
    expect(await run(folder, locked, ["--fix", "."], env)).toEqual({ code: 0, err: "" });
  });

  test("no finding, no request", async () => {
    const folder = project("echo nothing of a gadget\n");
    expect(await run(folder, { host: "127.0.0.1:1" }, ["."])).toEqual({ code: 0, err: "" });
  });
});

describe("nothing is written, exit code 2 and one sentence", () => {
  const wrong = Buffer.from("ann:wrong").toString("base64");
  test.each<[string, () => Promise<{ code: number; err: string }>, RegExp]>([
    [
      "a missing tag",
      () => run(project("ig trace dns\n"), open, ["--fix", "."]),
      /has no image gadgets\/trace_dns with tag v0\.45\.0\.$/,
    ],
    [
      "no login",
      () => run(project(), locked, ["--fix", "."]),
      /wants a login; `docker login 127\.0\.0\.1:\d+` keeps one\.$/,
    ],
    [
      "a wrong login",
      () => {
        const docker = mkdtempSync(join(FOLDER, "wrong-"));
        writeFileSync(
          join(docker, "config.json"),
          JSON.stringify({ auths: { [locked.host]: { auth: wrong } } }),
        );
        return run(project(), locked, ["--fix", "."], { DOCKER_CONFIG: docker });
      },
      /refuses to show .*\(HTTP 401\); `docker login 127\.0\.0\.1:\d+` keeps a login\.$/,
    ],
    [
      "a dead registry",
      () => run(project(), { host: "127.0.0.1:1" }, ["--fix", "."]),
      /127\.0\.0\.1:1 cannot be reached: .*\.$/,
    ],
    [
      "a lock file that is none",
      () => {
        const folder = project();
        writeFileSync(join(folder, "gadget-images.lock.yaml"), "version: 1\nimages: { x: y }\n");
        return run(folder, open, ["--fix", "."]);
      },
      /gadget-images\.lock\.yaml has no digest for x: it must be sha256:/,
    ],
  ])("%s", async (_, act, sentence) => {
    const { code, err } = await act();
    expect(code).toBe(2);
    expect(err.trimEnd()).toMatch(sentence);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });
});
