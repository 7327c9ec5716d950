import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { display, type Reading } from "../../../src/commands/command.ts";
import type { Language, LanguageId, ReadContext } from "../../../src/languages/language.ts";
import { markdown } from "../../../src/languages/markdown/index.ts";
import { dialectOf, kindOfBlock } from "../../../src/languages/markdown/info.ts";
import { isCommandLine } from "../../../src/languages/markdown/session.ts";
import { shell } from "../../../src/languages/shell/index.ts";
import { yaml } from "../../../src/languages/yaml/index.ts";
import { applyEdits } from "../../../src/text/edits.ts";
import { Fragment } from "../../../src/text/fragment.ts";
import { runs } from "../../support/property-runs.ts";

const LANGUAGES: Partial<Record<LanguageId, Language>> = { shell, yaml, markdown };

const context: ReadContext = {
  path: "docs/page.md",
  read: (id, fragment) => LANGUAGES[id]?.read(fragment, context) ?? { invocations: [], problems: [] },
};

function read(source: string): Reading {
  return markdown.read(Fragment.of(source), context);
}

function lines(source: string): readonly string[] {
  return read(source).invocations.map(({ role, words }) =>
    [`${role}:`, ...words.map(({ value }) => display(value))].join(" "),
  );
}

describe("a block is read by what stands behind its fence", () => {
  test.each([
    ["", "any"],
    ["bash", "script"],
    ['SH title="x"', "script"],
    ["{.zsh}", "script"],
    ["bash{1,3}", "script"],
    ["{code-block} console", "any"],
    ["yml", "yaml"],
    ["tsx live", "javascript"],
    ["jsonc", "json"],
    ["Dockerfile", "dockerfile"],
    ["golang", "go"],
    ["diff", "other"],
    ["c++", "other"],
  ])("%s: %s", (info, kind) => {
    expect(kindOfBlock(info)).toBe(kind);
  });

  test.each([
    ["typescript", "ts"],
    ["JavaScript", "js"],
    ["tsx", "tsx"],
  ])("%s has the dialect of .%s", (info, extension) => {
    expect(dialectOf(info)).toBe(extension);
  });
});

test.each([
  ["kubectl gadget trace exec -n demo", true],
  ["sudo ig trace open | head", true],
  ["X=1 ./ig trace open; echo done", true],
  ["kubectl gadget trace exec --filter 'comm: a, b'", true],
  ["Run kubectl gadget trace exec", false],
  ["kubectl gadget is a plugin", false],
  ["kubectl get pods", false],
  ["", false],
])("a command: %s: %s", (line, expected) => {
  expect(isCommandLine(line)).toBe(expected);
});

describe("which lines of a block are commands", () => {
  const block = (info: string, ...text: readonly string[]): string =>
    ["```" + info, ...text, "```", ""].join("\n");

  test.each([
    ["a script", block("sh", "a b", "c"), ["run: a b", "run: c"]],
    ["behind prompts", block("sh", "$ a b", "c", "me@host:~/x$ d"), ["run: a b", "run: d"]],
    ["continued", block("console", "$ a \\", "> b", "$ c |", "d", "out"), ["run: a b", "run: c", "run: d"]],
    ["a comment is no prompt", block("bash", "# a b", "c"), ["run: c"]],
    ["text", block("", "Some words", "ig trace open", "out"), ["run: ig trace open"]],
    ["CRLF", block("sh", "a \\", "b", "c").replaceAll("\n", "\r\n"), ["run: a b", "run: c"]],
    ["a byte order mark", `\uFEFF${block("sh", "a")}`, ["run: a"]],
    ["not closed", "~~~sh\na", ["run: a"]],
  ])("%s", (_, source, expected) => {
    expect(lines(source)).toEqual(expected);
  });
});

describe("whatever the text", () => {
  const piece = fc.constantFrom(
    ..."` ``` ~~~ ```bash\n ```yaml\n > - 1. | |-|-| \t \r\n \n \n\n <code> </code> <pre> </pre> <!-- --> [ ]( ) * _ \\ & &lt; # --- \0 😀 命".split(
      " ",
    ),
    " ",
    "    ",
    "kubectl gadget trace exec",
    "$ ig trace open \\\n",
    "cat <<EOF\n",
    "EOF\n",
    "\uFEFF",
  );
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));

  test("it is read, and each word stands where its letters do", () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: "binary" })), (source) => {
        for (const { words } of read(source).invocations) {
          for (const word of words) {
            const { start, end } = word.list.fragment.toSource(word);
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeLessThanOrEqual(source.length);
            if (display(word.value) === "gadget") expect(source.slice(start, end)).toContain("gadget");
          }
        }
      }),
      { numRuns: runs(400) },
    );
  });
});

describe("an edited word", () => {
  const prefix = fc.constantFrom("", "> ", "- ", "1. ", "> > ", "* > ", "> 12) ");
  const fence = fc.constantFrom("```bash", "~~~~sh", "``` {.bash}", "```console");
  const word = fc.stringMatching(/^[a-zß命😀][\w./-]{0,5}$/u);
  const words = fc.array(word, { minLength: 2, maxLength: 5 });

  /** The document with its first line behind `first`, the others indented as far, in the same quotes. */
  function placed(first: string, rows: readonly string[], lineEnd: string): string {
    const rest = first.replace(/[^> ]/g, " ");
    return rows.map((row, i) => (i === 0 ? first : rest) + row).join(lineEnd) + lineEnd;
  }

  test("reads back as what was written, in quotes and lists, and nothing else changes", () => {
    fc.assert(
      fc.property(
        prefix,
        fence,
        words,
        word,
        fc.nat(4),
        fc.constantFrom("\n", "\r\n"),
        (first, open, command, text, at, lineEnd) => {
          const isSession = open.endsWith("console");
          const rows = command.map((each, i) => `${each}${i < command.length - 1 ? " \\" : ""}`);
          const [head = "", ...tail] = rows;
          const body = [`${isSession ? "$ " : ""}${head}`, ...tail];
          const source = placed(first, [open, ...body, open.replace(/[^`~]/g, "")], lineEnd);
          const [found] = read(source).invocations;
          const index = at % command.length;
          const old = found?.words[index];
          expect(found?.words.map(({ value }) => display(value))).toEqual(command);
          if (old === undefined) return;
          const edit = old.list.fragment.toSourceEdit({ start: old.start, end: old.end, text });
          if (edit === null) throw new Error("a place that cannot be written");
          expect(source.slice(edit.start, edit.end)).toBe(command[index]);
          const [again] = read(applyEdits(source, [edit])).invocations;
          expect(again?.words.map(({ value }) => display(value))).toEqual(command.with(index, text));
        },
      ),
    );
  });

  test("a new line begins as the others do", () => {
    const source = "> - ```sh\n>   a b\n>   ```\n";
    const word = read(source).invocations[0]?.words[1];
    const edit = word?.list.fragment.toSourceEdit({ start: word.end, end: word.end, text: " \\\n  c" });
    expect(applyEdits(source, edit == null ? [] : [edit])).toBe("> - ```sh\n>   a b \\\n>     c\n>   ```\n");
  });
});
