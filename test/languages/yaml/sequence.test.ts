import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { rewrite } from "../../../src/commands/rewrite.ts";
import { display, type Value } from "../../../src/commands/command.ts";
import { applyEdits } from "../../../src/text/edits.ts";
import type { NewWord } from "../../../src/translate/translation.ts";
import { dedent, list, read } from "./reading.ts";
import { runs } from "../../support/property-runs.ts";

/** `+word` inserts, `0` keeps the first word, `0=word` replaces it; words that are not named are dropped. */
function plan(text: string): readonly NewWord[] {
  return text.split(" ").map((step) => {
    if (step.startsWith("+")) return { write: [step.slice(1)] };
    const [index = "", value] = step.split(/=(.*)/s);
    return value === undefined ? { keep: Number(index) } : { write: [value], replaces: Number(index) };
  });
}

function edited(source: string, steps: readonly NewWord[]): string | null {
  const [invocation] = read("yaml", source).invocations;
  const edits = rewrite(invocation?.words ?? [], steps);
  return edits === null ? null : applyEdits(source, edits);
}

const cases: readonly (readonly [name: string, source: string, steps: string, expected: string | null])[] = [
  [
    "flow style keeps its quotes",
    `command: ["ig", 'trace', exec] # all\n`,
    "0 1=run 2=trace_exec:v1 +--x=y",
    `command: ["ig", 'run', trace_exec:v1, --x=y] # all\n`,
  ],
  [
    "JSON stays JSON",
    `{"args": ["ig", "trace", "exec", "-n", "a"]}\n`,
    "0 1=run 2=t:v1 +--a 3 4",
    `{"args": ["ig", "run", "t:v1", "--a", "-n", "a"]}\n`,
  ],
  [
    "flow style, cut at the end, in the middle and at the start",
    `argv: [a, ig, b, c, d]\n`,
    "1 3",
    `argv: [ig, c]\n`,
  ],
  [
    "block style keeps comments",
    dedent`
      args:
        # the tool
        - ig
        - trace # category
        # which
        - exec # gadget
        - -n
        - demo # where
      x: 1
    `,
    "0 1=run 2=trace_exec:v1 +--a=b",
    dedent`
      args:
        # the tool
        - ig
        - run # category
        # which
        - trace_exec:v1 # gadget
        - --a=b
        # where
      x: 1
    `,
  ],
  [
    "block style, cut in the middle and at the start",
    "argv:\n- sudo # s\n- ig\n- a\n# b\n- b\n- c\n",
    "1 4",
    "argv:\n# s\n- ig\n# b\n- c\n",
  ],
  [
    "block style in a block sequence, without a last line end",
    "argv:\n- - ig\n  - trace\n  - exec",
    "0 1=run 2=x +z",
    "argv:\n- - ig\n  - run\n  - x\n  - z",
  ],
  ["CRLF", "argv:\r\n  - ig\r\n  - trace\r\n", "0 1 +z", "argv:\r\n  - ig\r\n  - trace\r\n  - z\r\n"],
  [
    "flow style over lines",
    `argv: [\n  "ig", # tool\n  "trace",\n  "exec" # gadget\n]\n`,
    "0 +a 1 2 +b",
    `argv: [\n  "ig", # tool\n  "a",\n  "trace",\n  "exec", # gadget\n  "b"\n]\n`,
  ],
  [
    "flow style over lines, cut",
    `argv: [\n  "ig", # tool\n  "trace", # category\n  "exec"\n]\n`,
    "0 2",
    `argv: [\n  "ig", # tool\n  # category\n  "exec"\n]\n`,
  ],
  [
    "a block scalar as an item",
    "argv:\n- ig\n- |\n  trace\n- exec\n",
    "0 1=run 2",
    "argv:\n- ig\n- run\n- exec\n",
  ],
  [
    "behind a block scalar",
    "argv:\n- ig\n- >-\n  trace\n- exec\n",
    "0 1 +a 2",
    "argv:\n- ig\n- >-\n  trace\n- a\n- exec\n",
  ],
  [
    "what is not a string in plain style is quoted",
    "argv: [ig, trace]\n",
    "0 +10 +true +no +~ 1=a:",
    `argv: [ig, "10", "true", "no", "~", "a:"]\n`,
  ],
  ["what would end a plain scalar is quoted", "argv: [ig, trace]\n", "0 1=a,b", `argv: [ig, "a,b"]\n`],
  [
    "no quotes where none are needed",
    "argv:\n- ig\n- trace\n",
    "0 1=a,b +c=[d]",
    "argv:\n- ig\n- a,b\n- c=[d]\n",
  ],
  ["an anchored item is needed elsewhere", "argv: [ig, &a trace]\ny: *a\n", "0 1=run", null],
  [
    "an alias is replaced where it stands",
    "y: &a trace\nargv: [ig, *a]\n",
    "0 1=run",
    "y: &a trace\nargv: [ig, run]\n",
  ],
  ["a tag goes with its value", "argv: [ig, !Ref trace]\n", "0 1=run", "argv: [ig, run]\n"],
  [
    "two lists",
    "command: [ig]\nargs:\n- trace\n- exec\n",
    "0 1=run 2=x +--y",
    "command: [ig]\nargs:\n- run\n- x\n- --y\n",
  ],
  ["the only item stays", "command: [ig]\nargs: [trace]\n", "0", null],
];

describe("words of a sequence", () => {
  it.each(cases)("%s", (_, source, steps, expected) => {
    expect(edited(source, plan(steps))).toBe(expected);
  });
});

const word = fc.oneof(
  fc.constantFrom(
    "trace",
    "exec",
    "-n",
    "--filter=comm:cat",
    "a,b",
    "it's",
    '"q"',
    "10",
    "",
    "a: b",
    "#x",
    "- x",
    "*a",
    "😀",
    "a\nb",
    "\\d",
    "{x}",
  ),
  fc.string({ maxLength: 6, unit: "binary" }),
);

/** A list in one of the styles, with items in any quotes and comments in any place. */
const layouts = fc.record({
  style: fc.constantFrom("block", "flow", "lines"),
  eol: fc.constantFrom("\n", "\r\n"),
  words: fc.array(fc.constantFrom("ig", "'tr ace'", '"exec"', "-n", "a:b", "'it''s'", '"\\t"'), {
    minLength: 1,
    maxLength: 6,
  }),
  comments: fc.array(fc.constantFrom("", "", " # 日本 note"), { minLength: 7, maxLength: 7 }),
});

function layOut({
  style,
  eol,
  words: others,
  comments,
}: typeof layouts extends fc.Arbitrary<infer T> ? T : never): string {
  const words = ["ig", ...others];
  if (style === "flow") return `a: 1${eol}argv: [${words.join(", ")}]${eol}b: 2${eol}`;
  const commented = words.map((each, i) => {
    const comma = style === "lines" && i < words.length - 1 ? "," : "";
    return `  ${style === "lines" ? each : `- ${each}`}${comma}${comments[i] ?? ""}`;
  });
  const body = commented.join(eol);
  return style === "lines"
    ? `a: 1${eol}argv: [${eol}${body}${eol}]${eol}b: 2${eol}`
    : `a: 1${eol}argv:${eol}${body}${eol}b: 2${eol}`;
}

describe("any change of any sequence", () => {
  it("leads to the words that were meant, and leaves the rest of the file", () => {
    let written = 0;
    fc.assert(
      fc.property(
        layouts,
        fc.array(fc.tuple(fc.constantFrom("keep", "drop", "write", "insert"), word), { maxLength: 8 }),
        (layout, changes) => {
          const source = layOut(layout);
          const [invocation] = read("yaml", source).invocations;
          const words = invocation?.words ?? [];
          const steps: NewWord[] = [{ keep: 0 }];
          const expected: Value[] = [words[0]?.value ?? []];
          for (let i = 1; i < words.length; i++) {
            const [what, text] = changes[i - 1] ?? ["keep", ""];
            if (what === "drop") continue;
            steps.push(what === "write" ? { write: [text], replaces: i } : { keep: i });
            expected.push(what === "write" ? [text] : (words[i]?.value ?? []));
            if (what !== "insert") continue;
            steps.push({ write: [text] });
            expected.push([text]);
          }
          const edits = rewrite(words, steps);
          if (edits === null) return;
          written += 1;
          const result = applyEdits(source, edits);
          const [again] = parseAllDocuments<never>(result);
          const values = expected.map((value) => display(value));
          expect(again?.errors).toEqual([]);
          expect(again?.toJS()).toEqual({ a: 1, argv: values, b: 2 });
          const comments = (text: string): string[] => text.match(/# 日本 note/g) ?? [];
          expect(comments(result)).toEqual(comments(source));
          expect(result.startsWith("a: 1") && result.endsWith(source.slice(-6))).toBe(true);
        },
      ),
      { numRuns: runs(500) },
    );
    expect(written).toBeGreaterThan(300);
  });

  it("is read again as the same command", () => {
    const source = "argv:\n  - ig # a\n  - trace\n";
    expect(list(read("yaml", edited(source, plan("0 1=run +a")) ?? ""))).toEqual(["run: ig run a"]);
  });
});
