import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lex } from "../../../src/languages/strings/lex.ts";
import { encodeText } from "../../../src/languages/strings/escapes.ts";
import { Program } from "../../../src/languages/strings/program.ts";
import { stringOf } from "../../../src/languages/strings/string.ts";
import type { LanguageTable, LiteralRule } from "../../../src/languages/strings/table.ts";
import { table as csharp } from "../../../src/languages/strings/tables/csharp.ts";
import { table as go } from "../../../src/languages/strings/tables/go.ts";
import { table as groovy } from "../../../src/languages/strings/tables/groovy.ts";
import { table as java } from "../../../src/languages/strings/tables/java.ts";
import { table as kotlin } from "../../../src/languages/strings/tables/kotlin.ts";
import { table as lua } from "../../../src/languages/strings/tables/lua.ts";
import { table as php } from "../../../src/languages/strings/tables/php.ts";
import { table as python } from "../../../src/languages/strings/tables/python.ts";
import { table as ruby } from "../../../src/languages/strings/tables/ruby.ts";
import { table as rust } from "../../../src/languages/strings/tables/rust.ts";
import { table as starlark } from "../../../src/languages/strings/tables/starlark.ts";
import { table as terraform } from "../../../src/languages/strings/tables/terraform.ts";
import { table as toml } from "../../../src/languages/toml/table.ts";
import { applyEdits } from "../../../src/text/edits.ts";
import { Fragment } from "../../../src/text/fragment.ts";
import { runs } from "../../support/property-runs.ts";

const TABLES: readonly LanguageTable[] = [
  csharp,
  go,
  groovy,
  java,
  kotlin,
  lua,
  php,
  python,
  ruby,
  rust,
  starlark,
  terraform,
  toml,
];

/** Openings of literals in any language; each rule takes those that it matches as a whole. */
const OPENINGS = [
  ...['"', "'", "`", '"""', "'''", "[[", "[=[", "[==["],
  ...['f"', "f'", 'r"', 'rf"', 'b"', 'f"""', 'r"""', "rf'''", 'c"', 'r#"', 'r##"', 'br#"'],
  ...['$"', '@"', '$@"', '$"""', "%w[", "%W(", "%q{", "%Q(", "%x("],
];

interface Case {
  readonly name: string;
  readonly table: LanguageTable;
  readonly rule: LiteralRule;
  readonly open: string;
  readonly close: string;
}

const CASES = TABLES.flatMap((table): readonly Case[] =>
  table.literals.flatMap((rule): readonly Case[] =>
    OPENINGS.filter((open) => opens(rule, open)).map((open) => {
      const hashes = /#*(?=["'])/.exec(open)?.[0] ?? "";
      return { name: `${table.id} ${open}`, table, rule, open, close: rule.close.replace("#", hashes) };
    }),
  ),
);

function opens({ open }: LiteralRule, text: string): boolean {
  open.lastIndex = 0;
  return open.exec(text)?.[0] === text;
}

/** A program with one literal. */
function programWith({ table, open, close }: Case, body: string): string {
  return `${table.id === "php" ? "<?php\n" : ""}value = ${open}${body}${close}\nother = 1\n`;
}

/** The only string of a program as a fragment; null when it has another number of them, or one that is not legal. */
function stringIn(source: string, { table, open }: Case): Fragment | null {
  const program = new Program(source, lex(source, table), table);
  const [only, more] = program.expressions.filter(({ kind }) => kind === "text");
  if (only?.kind !== "text" || more !== undefined || only.literal.open !== open) return null;
  return stringOf(only, program, Fragment.of(source), "one")?.fragment ?? null;
}

const unit = fc.constantFrom(...Array.from("ab -_.:/=,'\"`\\$#%{}[]()~日😀é\t\n"));
const text = fc.array(unit, { maxLength: 12 }).map((units) => units.join(""));

test("every language has literals that are tried", () => {
  expect(new Set(CASES.map(({ table }) => table.id)).size).toBe(TABLES.length);
});

describe.each(CASES.map((one) => [one.name, one] as const))("%s", (_, one) => {
  test("what is written is read as what was meant", () => {
    let written = 0;
    const check = (value: string): void => {
      const body = encodeText(value, { rule: one.rule, close: one.close, isHeredoc: false }, null, "x");
      if (body === null) return;
      written += 1;
      const fragment = stringIn(programWith(one, `x${body}x`), one);
      expect([body, fragment?.text, fragment?.holes]).toEqual([body, `x${value}x`, []]);
    };
    check("kubectl gadget run trace_exec:v0.55.1 --fields=a,b");
    expect(written).toBe(1);
    fc.assert(fc.property(text, check), { numRuns: runs(150) });
  });

  test("an edit changes what it is for, and nothing else", () => {
    fc.assert(
      fc.property(text, text, text, (before, after, next) => {
        // A brace alone is no program, nor is the first line of a text that ends with its line.
        fc.pre(one.rule.isMultiline === true || !(before + after).includes("\n"));
        fc.pre(one.rule.interpolation === undefined || !/[{}]/.test(before + after));
        const source = programWith(one, `${before} word ${after}`);
        const fragment = stringIn(source, one);
        const start = fragment?.text.indexOf(" word ") ?? -1;
        if (fragment === null || start < 0) return;
        // The code of a value stands for the value, also where it is written.
        fc.pre(fragment.holes.every(({ code }) => !next.includes(code)));
        const range = { start: start + 1, end: start + 5 };
        const edit = fragment.toSourceEdit({ ...range, text: `new${next}word` });
        if (edit === null) return;
        const place = fragment.toSource(range);
        expect({ start: edit.start, end: edit.end }).toEqual(place);
        expect(source.slice(place.start, place.end)).toBe("word");
        const again = stringIn(applyEdits(source, [edit]), one);
        const wanted = `${fragment.text.slice(0, range.start)}new${next}word${fragment.text.slice(range.end)}`;
        expect([source, again?.text]).toEqual([source, wanted]);
      }),
      { numRuns: runs(150) },
    );
  });
});
