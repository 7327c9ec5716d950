import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { display, type Invocation, type Value, type Word } from "../../../src/commands/command.ts";
import { applyEdits } from "../../../src/text/edits.ts";
import { invocationsOf, read } from "./reading.ts";
import { runs } from "../../support/property-runs.ts";

const CHARACTERS = Array.from("abz019-_=:./,@%+~ \t'\"\\$`!#&|;<(){[]*?^\néß命名空間😀");
/** Text with everything that quotes and encodings trip over; no `>` and `}`, which could end a placeholder or a template. */
const TEXT = fc.string({
  unit: fc.constantFrom(...CHARACTERS),
  minLength: 1,
  maxLength: 8,
});
const DYNAMIC = fc.constantFrom<Value[number]>(
  { code: "$NS", words: "one" },
  { code: "${NS:-x}", words: "one" },
  { code: "$(date +%s)", words: "one" },
  { code: "$OPTS", words: "any" },
  { code: "$@", words: "any" },
);
const VALUE: fc.Arbitrary<Value> = fc
  .array(fc.oneof({ weight: 3, arbitrary: TEXT }, { weight: 1, arbitrary: DYNAMIC }), { maxLength: 3 })
  .map(merged);

/** A way of writing a word; falls back to one that can hold every value. */
type Style = "bare" | "single" | "double" | "ansi";
const STYLE = fc.constantFrom<Style>("bare", "single", "double", "ansi");

const WORD = fc.record({ value: VALUE, style: STYLE });
const COMMAND = fc.array(WORD, { minLength: 1, maxLength: 4 });

const INDENTED = "an indented here-document";

/** Puts a script into a place of another script. */
const PLACES: Readonly<Record<string, (script: string, end: string) => string>> = {
  "single quotes": (script) => `bash -c '${script.replaceAll("'", `'\\''`)}' && echo done\n`,
  "double quotes": (script) => `bash -c "${script.replace(/[\\"$`]/g, "\\$&")}"; echo "done"\n`,
  "ANSI-C quotes": (script) => `bash -c $'${script.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n")}'\n`,
  "a here-document": (script, end) =>
    `ssh host <<${end} | cat\n${script.replace(/[\\$`]/g, "\\$&")}\n${end}\n`,
  "a quoted here-document": (script, end) => `cat > run.sh <<'${end}'\n${script}\n${end}\necho done\n`,
  [INDENTED]: (script, end) => `sudo bash <<-'${end}'\n\t${script.replaceAll("\n", "\n\t")}\n\t${end}\n`,
  "a substitution": (script) => `x=$(${script}\n) y="$(${script}\n)"\n`,
  backquotes: (script) => `x=\`${script.replace(/[\\$`]/g, "\\$&")}\`\n`,
  "quoted backquotes": (script) => `x="a \`${script.replace(/[\\$`"]/g, "\\$&")}\` b"\n`,
  "a loop": (script) => `for i in 1 2; do\n  if true; then ${script}\n  fi\ndone | cat > /dev/null\n`,
};

const NESTING = fc.array(fc.constantFrom(...Object.keys(PLACES)), { maxLength: 3 });
const VARIANT = fc.constantFrom("as is", "CRLF", "BOM");

describe("an edited word", () => {
  test("reads back as what was written, however deep it stands", () => {
    fc.assert(
      fc.property(COMMAND, NESTING, VARIANT, fc.nat(3), VALUE, (words, nesting, variant, at, value) => {
        fc.pre(!nesting.includes(INDENTED) || !hasIndentedLine([value, ...words.map((word) => word.value)]));
        const source = build(words, nesting, variant);
        const index = 1 + (at % words.length);
        for (const [place, before] of target(source).entries()) {
          expect(before.words.map(plain)).toEqual([
            "target",
            ...words.map(({ value: old }) => normal(old)),
            "-end",
          ]);
          const word = before.words[index];
          if (word === undefined) throw new Error("a word is missing");
          const text = word.list.write(value, word);
          if (text === null) throw new Error("a shell word holds any value");
          const edit = word.list.fragment.toSourceEdit({ start: word.start, end: word.end, text });
          if (edit === null) throw new Error("the word stands where it can be edited");
          const after = target(applyEdits(source, [edit]))[place];
          expect(after?.words.map(plain)).toEqual(
            before.words.map((old, i) => (i === index ? normal(value) : plain(old))),
          );
        }
      }),
      { numRuns: runs(500) },
    );
  });

  test("can be cut, and be followed by new ones", () => {
    fc.assert(
      fc.property(COMMAND, NESTING, VARIANT, fc.nat(3), VALUE, (words, nesting, variant, at, value) => {
        fc.pre(!nesting.includes(INDENTED) || !hasIndentedLine([value, ...words.map((word) => word.value)]));
        const source = build(words, nesting, variant);
        const index = 1 + (at % words.length);
        const [before] = target(source);
        const word = before?.words[index];
        const last = before?.words.at(-1);
        if (word === undefined || last === undefined) throw new Error("a word is missing");
        const { fragment } = word.list;
        const cut = word.list.cut(word, word);
        const text = word.list.write(value);
        if (cut === null || text === null) throw new Error("words between blanks can be cut and written");
        const edits = [
          fragment.toSourceEdit({ ...cut, text: "" }),
          fragment.toSourceEdit(word.list.insertAfter(last, [text, "more"])),
        ].filter((edit) => edit !== null);
        expect(edits).toHaveLength(2);
        const [after] = target(applyEdits(source, edits));
        const kept = before?.words.filter((_, i) => i !== index) ?? [];
        expect(after?.words.map(plain)).toEqual([...kept.map(plain), normal(value), "more"]);
      }),
      { numRuns: runs(250) },
    );
  });

  test("stands in the source where its range says", () => {
    fc.assert(
      fc.property(COMMAND, VARIANT, (words, variant) => {
        const source = build(words, [], variant);
        const [found] = target(source);
        const texts = found?.words.map((word) => {
          const { start, end } = word.list.fragment.toSource(word);
          return source.slice(start, end).replaceAll("\r\n", "\n");
        });
        expect(texts).toEqual(["target", ...words.map(written), "-end"]);
      }),
    );
  });
});

/** Tabs behind a line end cannot stand in a here-document that takes them away. */
function hasIndentedLine(values: readonly Value[]): boolean {
  return values.some((value) => display(value).includes("\n\t"));
}

/** A script with `target WORDS -end` somewhere in it. */
function build(
  words: readonly { value: Value; style: Style }[],
  nesting: readonly string[],
  variant: string,
): string {
  const command = ["target", ...words.map(written), "-end"].join(" ");
  const script = nesting.reduce(
    (inner, place, depth) => PLACES[place]?.(inner, `END${depth}`) ?? inner,
    command,
  );
  const source = `#!/bin/sh\necho 😀 '命名空間' # é\n${script}\necho "$NS" end\n`;
  if (variant === "CRLF") return source.replaceAll("\n", "\r\n");
  return variant === "BOM" ? `\uFEFF${source}` : source;
}

function written({ value, style }: { value: Value; style: Style }): string {
  if (value.length === 0) return style === "double" ? '""' : "''";
  return value
    .map((part) => (typeof part === "string" ? writtenText(part, style) : writtenCode(part)))
    .join("");
}

function writtenText(text: string, style: Style): string {
  if (style === "double") return `"${text.replace(/[\\"$`]/g, "\\$&")}"`;
  if (style === "ansi")
    return `$'${text.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\x09")}'`;
  if (style === "single" || text.includes("\n")) return `'${text.replaceAll("'", `'\\''`)}'`;
  return text.replace(/[^\p{L}\p{N}]/gu, "\\$&");
}

function writtenCode({ code, words }: Exclude<Value[number], string>): string {
  const closed = code.replace(/^\$(\w+)$/, "${$1}");
  return words === "one" || code === "$@" ? `"${closed}"` : closed;
}

/** Every `target` command, those in quoted scripts too. */
function target(source: string): readonly Invocation[] {
  return deep(invocationsOf(source)).filter(
    ({ words: [first] }) => first !== undefined && display(first.value) === "target",
  );
}

function deep(invocations: readonly Invocation[]): readonly Invocation[] {
  return invocations.flatMap((invocation) => {
    const [name, flag, script] = invocation.words;
    if (name === undefined || flag === undefined || script === undefined) return [invocation];
    if (display(name.value) !== "bash" || display(flag.value) !== "-c") return [invocation];
    const inside = script.list.inside(script);
    return inside === null ? [] : deep(read("shell", inside).invocations);
  });
}

function plain(word: Word): unknown {
  return normal(word.value);
}

/** Braces around a name say nothing. */
function normal(value: Value): unknown {
  const parts = value.map((part) =>
    typeof part === "string" ? part : { words: part.words, code: part.code.replace(/^\$\{(\w+)\}$/, "$$$1") },
  );
  return parts.length === 1 ? parts[0] : parts;
}

function merged(value: Value): Value {
  const parts: Value[number][] = [];
  for (const part of value) {
    const last = parts.at(-1);
    if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  return parts;
}
