import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { translate } from "../../src/translate/translate.ts";
import type { CommandLine, LineOutput, TranslateOptions } from "../../src/translate/translation.ts";
import { lineOf, show, valuesOf } from "./lines.ts";

/** One row of a file in `cases/`; what a row leaves out is what most have. */
interface Case {
  readonly old: string;
  readonly target?: string;
  readonly tag?: string;
  readonly imageStyle?: TranslateOptions["imageStyle"];
  readonly registry?: string;
  readonly defaults?: TranslateOptions["defaults"];
  readonly role?: CommandLine["role"];
  readonly isCalled?: boolean;
  readonly pipe?: readonly string[];
  readonly sink?: LineOutput["sink"];
  /** The new line, or the nearest one where the grade is manual; absent: none. */
  readonly new?: string;
  readonly grade: "fine" | "safe" | "unsafe" | "manual";
  readonly rule?: string;
  readonly message?: string;
  /** Ids, in order. */
  readonly notes?: readonly string[];
  /** What the message of an unknown gadget suggests. */
  readonly nearest?: string;
}

const folder = new URL("cases/", import.meta.url);

for (const file of readdirSync(folder).sort()) {
  describe(file, () => {
    const cases = parse(readFileSync(new URL(file, folder), "utf8")) as readonly Case[];
    test.each(cases)("$old", (row) => {
      const { target = "v0.55.1", tag = target, imageStyle = "short", registry, defaults = "keep" } = row;
      const { role = "run", pipe = [], sink = "stdout", isCalled = false } = row;
      const line = lineOf(row.old, { role, isCalled, output: { pipe: pipe.map(valuesOf), sink } });
      const [tagValue = []] = valuesOf(tag);
      const options = { target, tag: tagValue, imageStyle, registry, defaults };
      expect(summary(translate(line, options, loadKnowledge()), line)).toMatchObject(expected(row));
    });
  });
}

function expected({ grade, message, nearest, notes = [], rule = "builtin-gadget", ...row }: Case): object {
  if (grade === "fine") return { grade };
  const always = { grade, new: row.new ?? null, rule, notes, nearest };
  return message === undefined ? always : { ...always, message };
}

function summary(result: ReturnType<typeof translate>, line: CommandLine): Record<string, unknown> {
  if (result.state === "fine") return { grade: "fine" };
  const words = result.state === "rewrite" ? result.words : result.nearest;
  return {
    grade: result.state === "rewrite" ? result.grade : "manual",
    new: show(words, line),
    rule: result.rule,
    notes: result.notes.map((note) => note.messageId),
    message: result.message.messageId,
    nearest: result.rule === "unknown-gadget" ? result.message.args["nearest"] : undefined,
  };
}
