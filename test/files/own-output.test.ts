import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";
import { Prefilter } from "../../src/engine/prefilter.ts";
import { isOwnOutput } from "../../src/files/own-output.ts";
import { readFiles } from "../../src/files/read.ts";
import { makeTree } from "../support/tree.ts";

const SCRIPT = "IG_VERSION=v0.45.0\nkubectl gadget trace exec\n";
const ARGS: Readonly<Record<string, readonly string[]>> = {
  "known.json": ["--baseline", "known.json", "--update-baseline"],
  "out.json": ["--format", "json", "--output", "out.json"],
  "out.sarif": ["--format", "sarif", "--output", "out.sarif"],
  "out.html": ["--format", "html", "--output", "out.html"],
};

async function written(name: string): Promise<{ readonly root: string; readonly text: string }> {
  const root = makeTree({ "a.sh": SCRIPT });
  const said: string[] = [];
  const say = (text: string): Promise<void> => Promise.resolve(void said.push(text));
  const stdin = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array());
  const io = { stdout: say, stderr: say, stdin, cwd: root, env: {}, isTTY: false };
  const code = await main(ARGS[name] ?? [], io);
  expect({ code: code > 1 ? code : 0, said: said.filter(() => code > 1) }).toEqual({ code: 0, said: [] });
  return { root, text: readFileSync(join(root, name), "utf8") };
}

describe("what this program wrote", () => {
  test.each(Object.keys(ARGS))("%s is neither scanned nor a sign of a release", async (name) => {
    const { root, text } = await written(name);
    expect(isOwnOutput(text)).toBe(true);
    const read = readFiles(["a.sh", name], root, new Prefilter());
    expect(read.candidates.map(({ path }) => path)).toEqual(["a.sh"]);
    expect(read.telling.map(({ path }) => path)).toEqual(["a.sh"]);
    const named = readFiles([name], root, new Prefilter(), new Set([name])).candidates;
    expect(named).toEqual(
      text.includes("gadget")
        ? [{ path: name, reason: expect.stringContaining("gadget-migrate wrote") as string }]
        : [],
    );
  });

  test("is told of the plan, which is printed", async () => {
    const root = makeTree({ "a.sh": SCRIPT });
    const said: string[] = [];
    const say = (text: string): Promise<void> => Promise.resolve(void said.push(text));
    const stdin = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array());
    await main(["assess", "--format", "html"], {
      stdout: say,
      stderr: say,
      stdin,
      cwd: root,
      env: {},
      isTTY: false,
    });
    expect(isOwnOutput(said.join(""))).toBe(true);
  });

  test("is told when it was formatted, with a BOM and CRLF too", async () => {
    const { text } = await written("known.json");
    const pretty = JSON.stringify(JSON.parse(text), null, 4).replaceAll("\n", "\r\n");
    expect(isOwnOutput(`\uFEFF${pretty}`)).toBe(true);
    expect(isOwnOutput(JSON.stringify(JSON.parse(text)))).toBe(true);
  });

  test.each([
    SCRIPT,
    '{ "version": 1, "findings": ["kubectl gadget trace exec"] }',
    '{ "version": 1, "target": { "command": "kubectl gadget trace exec" } }',
    "<!doctype html>\n<title>Runbook of gadget-migrate reports</title>",
    "",
  ])("nothing else is: %j", (text) => {
    expect(isOwnOutput(text)).toBe(false);
  });
});
