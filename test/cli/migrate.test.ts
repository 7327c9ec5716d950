import { describe, expect, test } from "vitest";
import { migrate } from "../../src/cli/migrate.ts";
import type { Report, SourceFile } from "../../src/engine/report.ts";
import type { Finding, Fix } from "../../src/rules/finding.ts";
import { findingAt, reportOf } from "../support/report.ts";

/** Rescans by looking for each of `words` once; its fix replaces it as the table says. */
function scanner(words: Readonly<Record<string, readonly [grade: Fix["grade"], text: string]>>) {
  const scan = (text: string): readonly Finding[] =>
    Object.entries(words).flatMap(([word, [grade, replacement]]) => {
      const start = text.indexOf(word);
      if (start < 0) return [];
      const edits = [{ start, end: start + word.length, text: replacement }];
      return [findingAt(text, word, { fix: { grade, edits } })];
    });
  return {
    scan,
    rescan: ({ path, text }: SourceFile): Promise<Report> =>
      Promise.resolve(reportOf(text, scan(text), path)),
  };
}

describe("migrate", () => {
  const { scan, rescan } = scanner({
    safe: ["safe", "done"],
    risky: ["unsafe", "done"],
    first: ["safe", "second"],
    second: ["safe", "third"],
  });
  const entry = (text: string) => ({ file: { path: "a.sh", text }, findings: scan(text) });

  test.each([
    ["safe risky", false, "done risky", 1, 1],
    ["safe risky", true, "done done", 2, 0],
    ["first", false, "third", 1, 0],
  ])("%j with unsafe %j becomes %j", async (text, unsafe, expected, fixed, left) => {
    const migration = await migrate(entry(text), unsafe, rescan);
    expect(migration?.before.text).toBe(text);
    expect(migration?.after.text).toBe(expected);
    expect(migration?.fixed.length).toBe(fixed);
    expect(migration?.left.length).toBe(left);
  });

  test.each([
    ["nothing", false],
    ["risky", false],
  ])("%j with unsafe %j is left alone", async (text, unsafe) => {
    expect(await migrate(entry(text), unsafe, rescan)).toBeNull();
  });

  test("ends, even if fixes undo each other", async () => {
    const loop = scanner({ ping: ["safe", "pong"], pong: ["safe", "ping"] });
    const file = { path: "a.sh", text: "ping" };
    const migration = await migrate({ file, findings: loop.scan("ping") }, false, loop.rescan);
    expect(migration?.left.length).toBe(1);
  });
});
