import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode, encode, write, type Style } from "../../../src/languages/javascript/literals.ts";
import { PieceBuilder } from "../../../src/text/fragment.ts";

const STYLES: Readonly<Record<string, Style>> = {
  single: { quote: "'", escapes: "cooked" },
  double: { quote: '"', escapes: "cooked" },
  template: { quote: "`", escapes: "cooked" },
  raw: { quote: "`", escapes: "raw" },
  jsx: { quote: '"', escapes: "jsx" },
};
const cooked = [STYLES["single"], STYLES["double"], STYLES["template"]].filter(
  (style) => style !== undefined,
);

/** What stands in a literal, decoded by us. */
function decoded(inner: string, style: Style): string | null {
  const builder = new PieceBuilder();
  const isLegal = decode(builder, inner, { start: 0, end: inner.length }, style);
  const { text, units } = builder.build(() => null);
  expect(units.length).toBe(text.length);
  return isLegal ? text : null;
}

/** What JavaScript itself makes of a literal. */
function evaluated(literal: string): unknown {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the engine is the judge
  return new Function(`return ${literal}`)();
}

const text = fc.string({ unit: "binary" });
/** Text with many of the units that literals treat in a special way. */
const tricky = fc
  .array(
    fc.constantFrom(
      "\\",
      "'",
      '"',
      "`",
      "$",
      "{",
      "}",
      "\n",
      "\r",
      "\0",
      "\u2028",
      "0",
      "x",
      "u",
      "a",
      "é",
      "😀",
    ),
  )
  .map((units) => units.join(""));

describe("what is written is what JavaScript reads", () => {
  test.each(cooked)("$quote", (style) => {
    fc.assert(
      fc.property(fc.oneof(text, tricky), (value) => {
        const literal = write(value, style);
        expect(literal === null ? null : evaluated(literal)).toBe(value);
      }),
    );
  });

  test("raw, or not at all", () => {
    fc.assert(
      fc.property(fc.oneof(text, tricky), (value) => {
        const literal = write(value, { quote: "`", escapes: "raw" });
        if (literal !== null) expect(evaluated(`String.raw${literal}`)).toBe(value);
        else expect(value).toMatch(/`|\$\{|\r|\\$/);
      }),
    );
  });
});

describe("what is decoded is what JavaScript reads", () => {
  const escape = fc.constantFrom(
    ...["\\n", "\\t", "\\r", "\\b", "\\f", "\\v", "\\0", "\\\\", "\\'", '\\"', "\\`", "\\$", "\\a", "\\😀"],
    ...[
      "\\x41",
      "\\u00e9",
      "\\u{1F600}",
      "\\u{41}",
      "\\\n",
      "\\\r\n",
      "\\\u2028",
      "a",
      "1",
      "${'{'}".slice(0, 1),
      " ",
    ],
  );
  const raw = fc.array(escape).map((parts) => parts.join(""));

  test.each(cooked)("$quote", (style) => {
    fc.assert(
      fc.property(raw, (inner) => {
        // An octal escape is legal in old scripts only, and no template has one.
        fc.pre(!/\\0\d/.test(inner));
        expect(decoded(inner, style)).toBe(evaluated(style.quote + inner + style.quote));
      }),
    );
  });

  test("line ends of templates", () => {
    expect(decoded("a\r\nb\rc\nd", { quote: "`", escapes: "cooked" })).toBe("a\nb\nc\nd");
    expect(decoded("a\r\nb\\x", { quote: "`", escapes: "raw" })).toBe("a\nb\\x");
  });

  test.each(["\\x4", "\\u12", "\\u{110000}", "\\u{}", "\\xg"])("%s is no escape", (inner) => {
    expect(decoded(inner, { quote: '"', escapes: "cooked" })).toBeNull();
  });

  test("entities of JSX are not read", () => {
    expect(decoded("a &lt; b", { quote: '"', escapes: "jsx" })).toBeNull();
    expect(decoded("a \\n b", { quote: '"', escapes: "jsx" })).toBe("a \\n b");
  });
});

test.each([
  ["{a", "$", "", "\\{a"],
  ["a$", "", "{", "a\\$"],
  ["{a$", "$", "{", "\\{a\\$"],
  ["{a", "", "", "{a"],
  ["a$", "", "x", "a$"],
])("text beside text begins no expression: %s after %s before %s", (value, before, after, result) => {
  expect(encode(value, { quote: "`", escapes: "cooked" }, before, after)).toBe(result);
});
