import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findingsOf, runCli } from "../support/cli.ts";
import { makeTree } from "../support/tree.ts";

const EXEC = "kubectl gadget trace mount -n a\n";
const OPEN = "kubectl gadget trace open -n a\n";
const BASELINE = ["--baseline", "known.json"];

async function withBaseline(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = makeTree(files);
  expect((await runCli(folder, [...BASELINE, "--update-baseline"])).code).toBe(0);
  return folder;
}

const places = async (folder: string, ...argv: readonly string[]) =>
  (await findingsOf(folder, [...BASELINE, ...argv])).map((line) => line.split(" ")[0]);

describe("what the baseline knows is not reported", () => {
  test("also when lines move or spacing changes; what is new is, and a swap is", async () => {
    const folder = await withBaseline({ "a.sh": EXEC + OPEN, "b.sh": EXEC });
    expect(await places(folder)).toEqual([]);
    writeFileSync(join(folder, "a.sh"), `\n\n${OPEN}kubectl   gadget trace mount -n a\n`);
    expect(await places(folder)).toEqual([]);
    writeFileSync(join(folder, "a.sh"), OPEN + OPEN);
    expect(await places(folder)).toEqual(["a.sh:2"]);
  });

  test("nor fixed", async () => {
    const folder = await withBaseline({ "a.sh": EXEC });
    writeFileSync(join(folder, "a.sh"), EXEC + OPEN);
    await runCli(folder, [...BASELINE, "--fix"]);
    expect(readFileSync(join(folder, "a.sh"), "utf8")).toBe(
      `${EXEC}kubectl gadget run trace_open:v0.55.1 -n a\n`,
    );
  });

  test("an update drops what is gone, keeps files that were not scanned, and gives the same text again", async () => {
    const folder = await withBaseline({ "a.sh": EXEC + OPEN, "sub/b.sh": EXEC, "c.sh": EXEC });
    const text = (): string => readFileSync(join(folder, "known.json"), "utf8");
    const first = text();
    await runCli(folder, [...BASELINE, "--update-baseline"]);
    expect(text()).toBe(first);
    writeFileSync(join(folder, "a.sh"), OPEN);
    await runCli(folder, [...BASELINE, "--update-baseline", "a.sh", "sub"]);
    expect(text().match(/"path":"[^"]*"/g)).toEqual(['"path":"a.sh"', '"path":"c.sh"', '"path":"sub/b.sh"']);
  });
});

test.each([
  [["--baseline", "no.json"], "no.json: there is no such baseline; --update-baseline writes it."],
  [["--baseline", "bad.json"], "bad.json: it is no JSON, so no baseline."],
  [["--baseline", "other.json"], "other.json: it is no baseline of gadget-migrate, version 1."],
  [["--update-baseline"], "--update-baseline needs --baseline FILE, or `baseline` in the configuration."],
  [["--rule", "builtin-gadgets"], 'There is no rule "builtin-gadgets"; did you mean builtin-gadget?'],
])("%j: %s", async (argv, stderr) => {
  const folder = makeTree({ "a.sh": EXEC, "bad.json": "{", "other.json": "{}" });
  expect(await runCli(folder, argv)).toEqual({ code: 2, stdout: "", stderr: `gadget-migrate: ${stderr}\n` });
});

test("--rule reports that rule alone", async () => {
  const folder = makeTree({ "a.sh": `${EXEC}kubectl gadget trace exce\n# gadget-migrate-ignore-line\n` });
  expect((await findingsOf(folder, ["--rule", "unknown-gadget"])).map((line) => line.split(" ")[0])).toEqual([
    "a.sh:2",
  ]);
});
