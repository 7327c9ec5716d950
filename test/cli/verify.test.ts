import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";

const FOLDER = mkdtempSync(join(tmpdir(), "gadget-migrate-verify-"));
afterAll(() => {
  rmSync(FOLDER, { recursive: true });
});

const OLD = '{"k8s":{"podName":"web"},"pid":7,"comm":"cat","ret":0,"type":"normal"}\n';
const NEW = '{"k8s":{"podName":"web"},"proc":{"pid":7,"comm":"cat"},"error_raw":0,"error":""}\n';

/** Stands in for a program of a release that has both forms: replays what each prints, then waits to be interrupted. */
const STAND_IN = `#!/bin/sh
case "$*" in
"gadget version" | version) echo "Client version: v0.41.0" ;;
*"run trace_exec:"*) echo "$*" >>"${FOLDER}/ran"; printf '%s' '${NEW}'; trap 'exit 0' INT; while :; do sleep 0.05; done ;;
*"trace exec"*) echo "$*" >>"${FOLDER}/ran"; echo "WARN deprecated" >&2; printf '%s' '${OLD}'; trap 'exit 0' INT; while :; do sleep 0.05; done ;;
*"trace open"*) echo "no such namespace" >&2; exit 3 ;;
esac
`;

function file(name: string, text: string): string {
  writeFileSync(join(FOLDER, name), text);
  return name;
}

file("kubectl", STAND_IN);
chmodSync(join(FOLDER, "kubectl"), 0o755);

async function run(...words: readonly string[]) {
  let out = "";
  let err = "";
  const code = await main(["verify", ...words], {
    stdout: (text) => Promise.resolve(void (out += text)),
    stderr: (text) => Promise.resolve(void (err += text)),
    stdin: () => Promise.resolve(new Uint8Array()),
    cwd: FOLDER,
    env: { PATH: `${FOLDER}:${process.env["PATH"] ?? ""}` },
    isTTY: false,
  });
  return { code, out, err };
}

describe("two files", () => {
  const old = file("old.json", OLD);

  test("consistent: 0", async () => {
    const { code, out } = await run("--gadget", "trace exec", "--old", old, "--new", file("new.json", NEW));
    expect(code).toBe(0);
    expect(out).toContain("Consistent: all 4 mapped fields are equal.");
  });

  test("inconsistent: 1, with the values", async () => {
    const other = file("other.json", NEW.replace('"cat"', '"dog"'));
    const { code, out } = await run("--gadget", "trace exec", "--old", old, "--new", other);
    expect(code).toBe(1);
    expect(out).toContain('"cat" became "dog"');
    expect(out).toContain("Not consistent: 1 of 4 mapped fields is not equal.");
  });

  test("as JSON, with the pairs", async () => {
    const { out } = await run(
      "--gadget",
      "execsnoop",
      "--old",
      old,
      "--new",
      file("new.json", NEW),
      "--format",
      "json",
      "--debug",
    );
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      gadget: "trace exec",
      image: "trace_exec:v0.55.1",
      consistent: true,
      pairs: [{ old: { pid: 7 }, new: { proc: { pid: 7 } } }],
    });
  });
});

describe("both forms side by side", () => {
  test("run with the release of the program, in JSON, until the time is over", async () => {
    const { code, out, err } = await run(
      "--run",
      "kubectl gadget trace exec -n demo -o columns=pid",
      "--timeout",
      "0.3",
    );
    expect(err).toContain("kubectl gadget trace exec -n demo -o json\n");
    expect(err).toContain("kubectl gadget run trace_exec:v0.41.0 --ignore-failed=false -n demo -o json\n");
    expect(out).toContain("trace exec and trace_exec:v0.41.0");
    expect(out).toContain("Consistent: all 4 mapped fields are equal.");
    expect(code).toBe(0);
  });

  test("one that fails is told with what it said", async () => {
    const { code, err } = await run("--run", "kubectl gadget trace open", "--timeout", "5");
    expect(code).toBe(2);
    expect(err).toContain("kubectl gadget trace open -o json ended with exit code 3: no such namespace");
  });
});

describe("what cannot be done is said in one sentence", () => {
  test.each([
    [["--gadget", "trace exec"], "needs --gadget, --old and --new, or --run"],
    [
      ["--gadget", "trace exek", "--old", "old.json", "--new", "old.json"],
      'no gadget "trace exek"; the nearest: trace exec',
    ],
    [["--gadget", "traceloop", "--old", "old.json", "--new", "old.json"], "is several gadgets"],
    [["--gadget", "trace exec", "--old", "absent.json", "--new", "old.json"], "Cannot read absent.json"],
    [
      ["--gadget", "trace exec", "--old", "old.json", "--new", "old.json", "--target", "v9.9.9"],
      'no release "v9.9.9"',
    ],
    [["--run", "kubectl gadget trace exec | jq .pid"], "one command of a gadget"],
    [["--run", "kubectl gadget trace exec -n $NS"], "plain command"],
    [["--run", "kubectl get pods"], "one command of a gadget"],
    [["--run", "kubectl gadget run trace_exec:v0.41.0"], "no built-in gadget"],
    [["--run", "kubectl gadget trace exec", "--old", "old.json"], "--run prints both outputs itself"],
    [["--run", "kubectl gadget trace exec", "--timeout", "soon"], "--timeout takes a number of seconds"],
    [["--run", "/nowhere/ig trace exec", "--target", "v0.41.0"], "Cannot start /nowhere/ig"],
    [["old.json"], "takes no words of its own"],
    [["--what"], "See gadget-migrate verify --help"],
  ])("%j", async (words, sentence) => {
    const { code, out, err } = await run(...words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err.trimEnd().split("\n").at(-1)).toMatch(/^gadget-migrate: .*\.$/);
  });
});
