import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dedent, list, read } from "./reading.ts";
import { runs } from "../../support/property-runs.ts";

interface Case {
  readonly name: string;
  readonly source: string;
  readonly found: readonly string[];
  readonly problems: readonly (readonly [line: number, fatal: boolean])[];
}

const cases: readonly Case[] = [
  {
    name: "what stands apart from an error is read",
    source: dedent`
      a:
        command: [ig, trace, exec]
      b: [1, 2
      c:
        command: [ig, trace, open]
    `,
    found: ["run: ig trace exec", "run: ig trace open"],
    problems: [[4, false]],
  },
  {
    name: "one broken document of several",
    source: "command: [ig, trace, exec]\n---\na: 'b\n---\ncommand: [ig, trace, open]\n",
    found: ["run: ig trace exec", "run: ig trace open"],
    problems: [[6, false]],
  },
  {
    name: "a line that no tree has",
    source: "a: b: c\nrun: kubectl gadget trace exec -n demo\n\td: e\n",
    found: ["run: kubectl gadget trace exec -n demo"],
    problems: [[1, false]],
  },
  {
    name: "base64 that is none is no fault",
    source: "a: !!binary '-----'\nrun: kubectl gadget trace exec -n demo\n",
    found: ["run: kubectl gadget trace exec -n demo"],
    problems: [],
  },
  {
    name: "nothing but errors",
    source: 'args: ["kubectl", "gadget", "trace"\nfoo: bar\n',
    found: [],
    // Once: the line that could not be read says why.
    problems: [[1, false]],
  },
];

describe("YAML that does not parse", () => {
  it.each(cases)("$name", ({ source, found, problems }) => {
    const reading = read("yaml", source);
    expect(list(reading)).toEqual(found);
    const lineOf = (offset: number): number => source.slice(0, offset).split("\n").length;
    expect(reading.problems.map(({ start, fatal }) => [lineOf(start), fatal])).toEqual(problems);
  });

  it("is skipped with a sentence that names the line", () => {
    const [problem] = read("yaml", 'a: "b\n').problems;
    expect(problem?.reason).toMatch(/^this is not valid YAML: line 2: Missing closing "quote$/);
  });

  it("never throws, and all places are in the file", () => {
    const valid = dedent`
      a: &a {command: ["ig", 'trace', exec], image: x}
      b:
        - run: |
            kubectl gadget trace exec \
              -n demo
        - *a
        - <<: *a
          args: >-
            trace open
      c: !t [1, "\u00e9", {k: v}]
      ---
      d: 'it''s'
    `;
    const mutation = fc.tuple(
      fc.nat(valid.length),
      fc.nat(4),
      fc.constantFrom(
        "",
        "\n",
        ":",
        " ",
        "'",
        '"',
        "[",
        "}",
        "*a",
        "&",
        "|\n",
        "- ",
        "\t",
        "#",
        "\r",
        "😀",
        "? ",
        "---\n",
      ),
    );
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
        let source = valid;
        for (const [at, length, text] of mutations)
          source = source.slice(0, at) + text + source.slice(at + length);
        const { invocations, problems } = read("yaml", source);
        const words = invocations.flatMap((invocation) =>
          invocation.words.map((word) => word.list.fragment.toSource(word)),
        );
        for (const { start, end } of [...words, ...problems]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(source.length);
        }
      }),
      { numRuns: runs(500) },
    );
  });

  it.each([
    ["brackets", "[".repeat(20_000)],
    ["dashes", "- ".repeat(5_000)],
    ["an alias of itself", "a: &a [*a, *a]\ncommand: *a\n<<: *a\n"],
    [
      "laughs",
      Array.from(
        { length: 40 },
        (_, i) => `x${i}: &x${i} {<<: [${`*x${i - 1}, `.repeat(9)}], cmd: [${`*x${i - 1}, `.repeat(9)}]}\n`,
      ).join(""),
    ],
    ["a mapping that merges itself", "a: &a\n  <<: *a\n  args: [ig, trace]\n"],
  ])("survives %s", (_, source) => {
    expect(() => read("yaml", source)).not.toThrow();
  });
});
