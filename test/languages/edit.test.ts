import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { display, type Invocation } from "../../src/commands/command.ts";
import { dockerfile } from "../../src/languages/dockerfile/index.ts";
import type { Language } from "../../src/languages/language.ts";
import { makefile } from "../../src/languages/makefile/index.ts";
import { applyEdits } from "../../src/text/edits.ts";
import { Fragment } from "../../src/text/fragment.ts";
import { runs } from "../support/property-runs.ts";
import { read } from "./shell/reading.ts";

/** Text with everything that make, Docker and a shell trip over. */
const TEXT = fc.string({
  unit: fc.constantFrom(...Array.from("abz019-_=:./,@%+~ \t'\"\\$`!#&|;<(){[]*?^éß命😀")),
  minLength: 1,
  maxLength: 6,
});
const WORDS = fc.array(TEXT, { minLength: 1, maxLength: 4 });

/** Shell words in quotes, of which make takes nothing away. */
const quoted = (words: readonly string[]): string =>
  words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
const forMake = (words: readonly string[]): string => quoted(words).replaceAll("$", "$$$$");
const asArray = (words: readonly string[]): string => JSON.stringify(["target", ...words, "-end"]);

/** A file with `target WORDS -end` somewhere in it; `inner` is where the words stand in other lines. */
type Place = readonly [name: string, language: Language, build: (words: readonly string[]) => string];

const PLACES: readonly Place[] = [
  ["a recipe", makefile, (words) => `all:\n\t@target ${forMake(words)} -end\n`],
  [
    "a recipe that goes on",
    makefile,
    (words) => `all: a\n\techo 1 && \\\n\t  target ${forMake(words)} \\\n\t  -end\n`,
  ],
  ["one shell", makefile, (words) => `.ONESHELL:\nall:\n\tset -e\n\ttarget ${forMake(words)} -end\n`],
  ["RUN", dockerfile, (words) => `FROM a\nRUN target ${quoted(words)} -end\n`],
  ["RUN that goes on", dockerfile, (words) => `FROM a\nRUN x && \\\n  target ${quoted(words)} \\\n  -end\n`],
  ["RUN as an array", dockerfile, (words) => `FROM a\nRUN ${asArray(words)}\n`],
  ["an entry point", dockerfile, (words) => `FROM a\nENTRYPOINT ${asArray(words)}\nUSER 1\n`],
  [
    "a health check",
    dockerfile,
    (words) => `FROM a\nHEALTHCHECK --retries=3 CMD target ${quoted(words)} -end\n`,
  ],
  [
    "a here-document",
    dockerfile,
    (words) => `FROM a\nRUN <<END\ntarget ${quoted(words)} -end\nEND\nUSER 1\n`,
  ],
];

describe.each(PLACES)("%s", (_, language, build) => {
  test("an edited word reads back as what was written, and nothing else changes", () => {
    let written = 0;
    fc.assert(
      fc.property(WORDS, TEXT, fc.nat(3), fc.boolean(), (words, value, at, isWindows) => {
        const source = isWindows ? build(words).replaceAll("\n", "\r\n") : build(words);
        const before = target(source, language);
        if (before?.words.length !== words.length + 2) return;
        const index = 1 + (at % words.length);
        const word = before.words[index];
        if (word === undefined) throw new Error("a word is missing");
        const text = word.list.write([value], word);
        const edit =
          text === null ? null : word.list.fragment.toSourceEdit({ start: word.start, end: word.end, text });
        if (edit === null) return;
        written += 1;
        const place = word.list.fragment.toSource(word);
        expect({ start: edit.start, end: edit.end }).toEqual(place);
        const after = target(applyEdits(source, [edit]), language);
        const wanted = before.words.map((old, i) => (i === index ? value : display(old.value)));
        expect([source, after?.words.map((next) => display(next.value))]).toEqual([source, wanted]);
      }),
      { numRuns: runs(150) },
    );
    expect(written).toBeGreaterThan(50);
  });
});

describe.each([makefile, dockerfile])("$id", (language) => {
  const piece = fc.oneof(
    TEXT,
    fc.constantFrom("\n", "\n\t", "\\\n", "$(", "${", "$$", "define x\n", "endef\n", "ifdef A\n", "endif\n"),
    fc.constantFrom(
      "FROM a\n",
      "RUN ",
      "CMD [",
      '"',
      "<<END\n",
      "END\n",
      "ARG x=",
      "# escape=`\n",
      "ONBUILD ",
    ),
    fc.constantFrom("kubectl gadget trace exec", "x := ig\n", "all:\n\t", "\uFEFF", "\r\n"),
  );

  test("no file is too broken to be read", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const source = pieces.join("");
        const { invocations, problems } = language.read(Fragment.of(source), { path: "x", read });
        const places = invocations.flatMap(({ words }) =>
          words.map((word) => word.list.fragment.toSource(word)),
        );
        for (const { start, end } of [...places, ...problems])
          expect(0 <= start && start <= end && end <= source.length).toBe(true);
      }),
      { numRuns: runs(500) },
    );
  });
});

function target(source: string, language: Language): Invocation | undefined {
  const { invocations } = language.read(Fragment.of(source), { path: "x", read });
  return invocations.find(({ words: [first] }) => first !== undefined && display(first.value) === "target");
}
