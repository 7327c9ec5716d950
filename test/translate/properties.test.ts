import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Value } from "../../src/commands/command.ts";
import { flagsOf, findImage } from "../../src/knowledge/lookup.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { sentence } from "../../src/rules/messages.ts";
import { parseFlags } from "../../src/translate/flags.ts";
import { parseLine } from "../../src/translate/parse.ts";
import { translate } from "../../src/translate/translate.ts";
import type { CommandLine, NewWord, TranslateOptions, Translation } from "../../src/translate/translation.ts";
import { validate } from "../../src/translate/validate.ts";
import { show } from "./lines.ts";
import { oldLines, repeatedFlags } from "./old-lines.ts";
import { runs } from "../support/property-runs.ts";

const knowledge = loadKnowledge();
const TARGETS = ["v0.36.1", "v0.39.0", "v0.41.2", "v0.42.0", "v0.43.0", "v0.49.0", "v0.55.1"];
const RUNS = { numRuns: runs(1000) };

const anyOptions: fc.Arbitrary<TranslateOptions> = fc
  .record({
    target: fc.constantFrom(...TARGETS),
    imageStyle: fc.constantFrom<TranslateOptions["imageStyle"]>("short", "full"),
    defaults: fc.constantFrom<TranslateOptions["defaults"]>("keep", "new"),
    registry: fc.constantFrom(undefined, "registry.example/gadgets"),
  })
  .chain((options) =>
    fc
      .constantFrom<Value>([options.target], [{ code: "$IG_VERSION", words: "one" }])
      .map((tag) => ({ ...options, tag })),
  );

const cases = fc.record({ old: oldLines(knowledge), options: anyOptions });

describe("random old command lines", () => {
  test("are read as the gadget that they were made for", () => {
    fc.assert(
      fc.property(oldLines(knowledge), ({ line, gadget }) => {
        const parsed = parseLine(line, knowledge);
        expect(parsed).toMatchObject({ kind: "gadget", gadget: { id: gadget.id } });
      }),
      RUNS,
    );
  });

  test("never make translation throw, and each note has its sentence", () => {
    fc.assert(
      fc.property(cases, ({ old, options }) => {
        const result = translate(old.line, options, knowledge);
        if (result.state === "fine") throw new Error("a built-in gadget is never fine");
        for (const note of [result.message, ...result.notes])
          expect(sentence(note)).toMatch(/^\S.*\S(\n {4}.*\S)*$/);
      }),
      RUNS,
    );
  });

  test("lead only to commands that the target takes, in the order of the old words", () => {
    fc.assert(
      fc.property(cases, ({ old: { line }, options }) => {
        const result = translate(line, options, knowledge);
        if (result.state !== "rewrite") return;
        const indexes = result.words.flatMap((word) => ("keep" in word ? word.keep : (word.replaces ?? [])));
        expect(indexes).toEqual([...new Set(indexes)].sort((a, b) => a - b));
        expect(
          validate(valuesOf(result.words, line), line.programWords, now(line), options.target, knowledge),
        ).toEqual([]);
      }),
      RUNS,
    );
  });

  test("say the same with a flag in front that a later one overrules", () => {
    const said = (line: CommandLine, options: TranslateOptions): object => {
      const result = translate(line, options, knowledge);
      if (result.state === "fine") throw new Error("a built-in gadget is never fine");
      const { state, notes } = result;
      return { state, notes, words: show(result.state === "rewrite" ? result.words : result.nearest, line) };
    };
    fc.assert(
      fc.property(repeatedFlags(knowledge), anyOptions, ({ once, twice }, options) => {
        expect(said(twice, options)).toEqual(said(once, options));
      }),
      RUNS,
    );
  });

  test("are fine once translated", () => {
    fc.assert(
      fc.property(cases, ({ old: { line }, options }) => {
        const result = translate(line, options, knowledge);
        if (result.state !== "rewrite") return;
        const next = { ...line, program: now(line), words: valuesOf(result.words, line) };
        // Its readers are as they were, so there may be something to say of them.
        expect(translate(next, options, knowledge).state).toBe("fine");
      }),
      RUNS,
    );
  });

  test("are written in the announced form only with `--image` put in, never as safe, and once", () => {
    fc.assert(
      fc.property(cases, ({ old: { line }, options }) => {
        const announced = { ...options, form: "announced" } as const;
        const result = translate(line, announced, knowledge);
        if (
          result.state !== "rewrite" ||
          !result.notes.some(({ messageId }) => messageId === "announced-written")
        )
          return;
        expect(result.grade).toBe("unsafe");
        const words = valuesOf(result.words, line);
        expect(words.filter((word) => !line.words.includes(word))).toHaveLength(2);
        expect(words.filter((word) => line.words.includes(word))).toEqual(line.words);
        expect(translate({ ...line, words }, announced, knowledge)).toEqual({ state: "fine" });
      }),
      RUNS,
    );
  });

  test("keep every container filter where the rewrite is safe", () => {
    fc.assert(
      fc.property(cases, ({ old: { line }, options }) => {
        const result = translate(line, options, knowledge);
        if (result.state !== "rewrite" || result.grade !== "safe") return;
        const parsed = parseLine(line, knowledge);
        if (parsed.kind !== "gadget") throw new Error("no gadget");
        // Some had another name once: `--label` is `--selector`.
        const newName = (use: (typeof parsed.uses)[number]): string => use.spec?.row?.to[0]?.flag ?? "";
        const before = lastValues(parsed.uses.map((use) => [newName(use), use.value]));
        const after = newFlags(result, line, options.target);
        for (const name of CONTAINER_FLAGS) expect(after.get(name)).toEqual(before.get(name));
      }),
      RUNS,
    );
  });
});

const CONTAINER_FLAGS = [
  "namespace",
  "podname",
  "containername",
  "selector",
  "all-namespaces",
  "node",
  "host",
];

function newFlags(
  { words, image: name }: Translation & { state: "rewrite" },
  line: CommandLine,
  release: string,
): ReadonlyMap<string, Value | null> {
  const image = findImage(knowledge, name ?? "");
  if (image === null) throw new Error(`no image ${name ?? ""}`);
  const flags = flagsOf({ knowledge, image, program: now(line), release });
  const specs = flags.map((flag) => ({
    name: flag.name,
    shorthand: flag.shorthand ?? null,
    takesValue: flag.type !== "bool",
  }));
  const { uses } = parseFlags(valuesOf(words, line), specs, { from: line.programWords });
  return lastValues(uses.map((use) => [use.spec?.name ?? "", use.value]));
}

function lastValues(uses: readonly (readonly [string, Value | null])[]): ReadonlyMap<string, Value | null> {
  return new Map(uses);
}

function valuesOf(words: readonly NewWord[], line: CommandLine): readonly Value[] {
  return words.map((word) => ("keep" in word ? (line.words[word.keep] ?? []) : word.write));
}

function now({ program }: CommandLine): CommandLine["program"] {
  return knowledge.programs.find(({ id }) => id === program)?.now.id ?? program;
}
