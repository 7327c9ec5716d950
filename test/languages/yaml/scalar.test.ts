import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isScalar, parseDocument, visit, type Scalar } from "yaml";
import { Fragment } from "../../../src/text/fragment.ts";
import { applyEdits } from "../../../src/text/edits.ts";
import { scalarFragment } from "../../../src/languages/yaml/scalar.ts";
import { runs } from "../../support/property-runs.ts";

/** The scalar at `key: ` (or the only item of a flow list) of a document, as a parsed node. */
function scalarOf(source: string): Scalar.Parsed | null {
  const doc = parseDocument(source, { keepSourceTokens: true, logLevel: "silent" });
  if (doc.errors.length > 0) return null;
  let found: Scalar.Parsed | null = null;
  visit(doc, {
    Scalar(at, node) {
      if (at !== "key" && isScalar(node)) found ??= node as Scalar.Parsed;
    },
  });
  return found;
}

function fragmentOf(source: string, flow = false): Fragment | null {
  const node = scalarOf(source);
  return node === null ? null : scalarFragment(Fragment.of(source), node, flow);
}

/** What a person may have typed: words and everything that means something to YAML. */
const chunk = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("kubectl", "gadget", "-n", "demo", "a", "x:y", "--o=json", "10", "no"),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      " ",
      "  ",
      "\t",
      ": ",
      " #",
      "#",
      "'",
      '"',
      "\\",
      ",",
      "[",
      "}",
      "- ",
      "|",
      "&",
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom("😀", "日本", "é", "\u00a0", "\u2028", "\x07", "%", "@", "!", "~"),
  },
);
const words = fc.array(chunk, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(""));
const lineEnd = fc.constantFrom("\n", "\r\n");
const lines = fc.array(fc.oneof(words, fc.constant("")), { minLength: 1, maxLength: 5 });

/** Text between the quotes or as the body of a style, with folds, escapes and odd blanks. */
const blank = fc.constantFrom("", " ", "  ", "\t");
const folded = fc
  .tuple(lines, lineEnd, blank, blank)
  .map(([parts, eol, before, after]) => parts.join(`${before}${eol}  ${after}`));
const doubleBody = fc
  .array(
    fc.oneof(
      chunk,
      fc.constantFrom(
        "\\n",
        "\\t",
        "\\\\",
        '\\"',
        "\\u00e9",
        "\\U0001F600",
        "\\x41",
        "\\\n   ",
        "\\ ",
        "\n  ",
        " \r\n\r\n  ",
      ),
    ),
    {
      maxLength: 10,
    },
  )
  .map((parts) => parts.map((part) => (part === '"' || part === "\\" ? "" : part)).join(""));
const block = fc
  .tuple(
    lines,
    lineEnd,
    fc.constantFrom("|", ">"),
    fc.constantFrom("", "-", "+"),
    fc.constantFrom("", "2"),
    fc.array(fc.constantFrom("", " ", "   ", "\t"), { maxLength: 6 }),
  )
  .map(([parts, eol, style, chomp, indent, deeper]) => {
    const body = parts.map((part, i) => (part === "" ? (deeper[i] ?? "") : `  ${deeper[i] ?? ""}${part}`));
    return `${style}${indent}${chomp}${eol}${body.join(eol)}`;
  });

const source = fc
  .tuple(
    fc.oneof(
      folded,
      folded.map((text) => `'${text.replaceAll("'", "''")}'`),
      doubleBody.map((text) => `"${text}"`),
      block,
    ),
    fc.constantFrom("", "\n", "\r\n", "\n\n", "\nnext: 1\n"),
    fc.constantFrom("", "\uFEFF", "# 日本😀\n"),
  )
  .map(([text, after, before]) => `${before}key: ${text}${after}`);

describe("scalars decode to the parser's value", () => {
  it.each([
    ["plain", "key: kubectl gadget  # say\n", "kubectl gadget"],
    ["plain, folded", "key: a\n  b\n\n  c\n", "a b\nc"],
    ["single quotes", "key: 'it''s'\n", "it's"],
    ["single quotes, folded", "key: 'a \r\n  b'\r\n", "a b"],
    ["double quotes", 'key: "a\\tb\\u00e9 \\\n  c"\n', "a\tbé c"],
    ["literal", "key: |\n  a\n   b\n\n  c\n\n", "a\n b\n\nc\n"],
    ["literal, stripped", "key: |-\n  a\n", "a"],
    ["literal, kept", "key: |+\n  a\n\n", "a\n\n"],
    ["literal, indentation given", "key: |2\n    a\n  b\n", "  a\nb\n"],
    ["literal without a last line end", "key: |\n  a", "a\n"],
    ["folded", "key: >\n  a\n  b\n\n  c\n    d\n  e\n", "a b\nc\n  d\ne\n"],
    ["folded, CRLF", "key: >-\r\n  a\r\n  b\r\n", "a b"],
    ["BOM and emoji before", "\uFEFFé: 😀\nkey: x\n", "😀"],
  ])("%s", (_, text, value) => {
    expect(fragmentOf(text)?.text).toBe(value);
  });

  it("for any text", () => {
    fc.assert(
      fc.property(source, (text) => {
        const node = scalarOf(text);
        if (node === null || node.source.trim() === "") return;
        expect(scalarFragment(Fragment.of(text), node, false)?.text).toBe(node.source);
      }),
      { numRuns: runs(3000) },
    );
  });

  it("maps every unit that is no escape to itself", () => {
    fc.assert(
      fc.property(source, (text) => {
        const fragment = fragmentOf(text);
        if (fragment === null) return;
        for (let i = 0; i < fragment.text.length; i++) {
          const { start, end } = fragment.toSource({ start: i, end: i + 1 });
          const from = text.slice(start, end);
          if (end - start === 1 && from !== "\n" && from !== "\r") expect(from).toBe(fragment.text[i]);
        }
      }),
      { numRuns: runs(1000) },
    );
  });
});

describe("an edit of the value is legal in the source", () => {
  it.each([
    ["plain", "key: a b\n", "b", "c-d", "key: a c-d\n"],
    ["plain refuses a comment", "key: a b\n", "b", "x #y", null],
    ["plain refuses a key", "key: a b\n", "b", "x: y", null],
    ["plain refuses a line end", "key: a b\n", "b", "x\ny", null],
    ["plain refuses another type", "key: ab\n", "ab", "no", null],
    ["plain refuses a leading indicator", "key: ab c\n", "ab", "*x", null],
    ["single quotes double theirs", "key: 'a b'\n", "b", "it's", "key: 'a it''s'\n"],
    ["double quotes escape", 'key: "a b"\n', "b", '"c"\n\\\u0007', 'key: "a \\"c\\"\\n\\\\\\u0007"\n'],
    ["literal indents", "key: |\r\n    a b\r\n", "b", "c\nd", "key: |\r\n    a c\r\n    d\r\n"],
    ["folded keeps a line end", "key: >\n  a b\n  c\n", "b", "x\ny", "key: >\n  a x\n\n  y\n  c\n"],
    ["folded", "key: >\n  a\n  b\n", "a b", "c d", "key: >\n  c d\n"],
    ["a line vanishes with its indentation", "key: |\n  a\n  b\n  c\n", "b\n", "", "key: |\n  a\n  c\n"],
  ])("%s", (_, text, old, replacement, expected) => {
    const fragment = fragmentOf(text);
    const start = fragment?.text.indexOf(old) ?? -1;
    const edit = fragment?.toSourceEdit({ start, end: start + old.length, text: replacement }) ?? null;
    expect(edit === null ? null : applyEdits(text, [edit])).toBe(expected);
  });

  it("in flow style refuses what would end the scalar", () => {
    const fragment = fragmentOf("[ab]", true);
    expect(fragment?.toSourceEdit({ start: 0, end: 1, text: "x,y" })).toBeNull();
    expect(fragment?.toSourceEdit({ start: 0, end: 1, text: "x:y" })?.text).toBe("x:y");
  });

  it("for any text and edit: parsed again, it is the edited value, and nothing else changed", () => {
    let refused = 0;
    let written = 0;
    fc.assert(
      fc.property(
        source,
        words,
        fc.nat(),
        fc.nat(5),
        fc.boolean(),
        (text, replacement, place, length, newline) => {
          const fragment = fragmentOf(text);
          if (fragment === null) return;
          const start = place % (fragment.text.length + 1);
          const end = Math.min(start + length, fragment.text.length);
          const to = newline ? `${replacement}\n${replacement}` : replacement;
          const edit = fragment.toSourceEdit({ start, end, text: to });
          if (edit === null) {
            refused += 1;
            return;
          }
          written += 1;
          const edited = applyEdits(text, [edit]);
          const again = scalarOf(edited);
          expect(again?.source).toBe(fragment.text.slice(0, start) + to + fragment.text.slice(end));
          expect(edited.slice(0, edit.start)).toBe(text.slice(0, edit.start));
          expect(edited.slice(edited.length - (text.length - edit.end))).toBe(text.slice(edit.end));
        },
      ),
      { numRuns: runs(3000) },
    );
    expect(written).toBeGreaterThan(refused / 4);
  });
});
