import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJq } from "../../src/jq/parser.ts";
import type { JqNode } from "../../src/jq/tree.ts";
import { runs } from "../support/property-runs.ts";

/** The tree as a text in prefix form, without ranges. */
function show(node: JqNode | null): string {
  if (node === null) return "error";
  switch (node.kind) {
    case "field":
      return `${show(node.target)}/${node.step.key ?? "?"}`;
    case "binary":
    case "assign":
      return `(${node.operator} ${show(node.left)} ${show(node.right)})`;
    case "pipe":
      return `(| ${show(node.left)} ${show(node.right)})`;
    case "comma":
      return `(, ${show(node.left)} ${show(node.right)})`;
    case "identity":
      return ".";
    case "iterate":
      return `${show(node.target)}/[]`;
    case "try":
      return `${show(node.body)}?`;
    case "literal":
      return String(node.value);
    case "negate":
      return `-${show(node.body)}`;
    case "group":
      return show(node.body);
    case "call":
      return `${node.name}(${node.args.map(show).join("; ")})`;
    case "variable":
      return `$${node.name}`;
    case "string":
      return JSON.stringify(
        node.parts.map((part) => (typeof part === "string" ? part : show(part))).join(""),
      );
    case "as":
      return `(as ${show(node.source)} ${show(node.body)})`;
    case "object":
      return `{${node.entries.map(({ key, value }) => `${key ?? "?"}: ${value === null ? "-" : show(value)}`).join(", ")}}`;
    default:
      return node.kind;
  }
}

describe("reads jq as jq does", () => {
  test.each([
    ["", "."],
    [".a.b", "./a/b"],
    ['."a b".c', "./a b/c"],
    ['.["a"]["b"]', "./a/b"],
    ['.a."b"?.c', "./a/b?/c"],
    [".[].a[]?", "./[]/a/[]?"],
    [".a | .b, .c | .d", "(| ./a (| (, ./b ./c) ./d))"],
    [".a // .b // 1", "(// ./a (// ./b 1))"],
    [".a?//1", "(// ./a? 1)"],
    ["1 + 2 * 3 - 4", "(- (+ 1 (* 2 3)) 4)"],
    [".a == -1 and .b > 2 or .c", "(or (and (== ./a -1) (> ./b 2)) ./c)"],
    [".a |= .b + 1", "(|= ./a (+ ./b 1))"],
    [".x as $x | $x, .y", "(as ./x (, $x ./y))"],
    ['"\\(.a) and \\("\\(.b)")"', '"./a and \\"./b\\""'],
    ['"a\\u00e9\\n\\"" ', '"aé\\n\\""'],
    ['{a, "b": .c, (.d): 1, $e, if: 2}', "{a: -, b: ./c, ?: 1, e: -, if: 2}"],
    ["{a: .b | .c, d: 1}", "{a: (| ./b ./c), d: 1}"],
    ["# a comment\n.a # another", "./a"],
    ["map(.a; .b)", "map(./a; ./b)"],
    [".and.if", "./and/if"],
    ["def f(g; $x): g + $x; f(.a; 1)", "def"],
    ["reduce .[] as [$a, {b: $c}] (0; . + $a)", "reduce"],
    ["if .a then .b elif .c then .d end", "if"],
    ['try error("x") catch .', 'error("x")?'],
    ["label $out | .a, break $out", "label"],
    [".[2:4]", "slice"],
    [".. | numbers", "(| recurse numbers())"],
    ['@base64 "x\\(.a)"', '"x./a"'],
    ["$ENV.HOME", "$ENV/HOME"],
  ])("%s", (program, tree) => {
    expect(show(parseJq(program))).toBe(tree);
  });

  test.each([
    ".a |",
    "(",
    "{a:}",
    '"open',
    "1 2",
    "if . then 1",
    'import "a" as a; .',
    ". as | 1",
    "@",
    "a b",
  ])("not jq: %s", (program) => {
    expect(parseJq(program)).toBeNull();
  });
});

const key = fc.stringMatching(/^[a-z_][a-z0-9_]{0,4}$/).filter((name) => !/^(?:__loc__)$/.test(name));
const path = fc.array(key, { minLength: 1, maxLength: 3 }).map((keys) => `.${keys.join(".")}`);
const { program } = fc.letrec<{ program: string }>((tie) => {
  const inner = tie("program");
  return {
    program: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      path,
      fc.integer({ min: 0, max: 99 }).map(String),
      fc.constant("."),
      fc.tuple(inner, inner).map(([a, b]) => `${a} | ${b}`),
      fc.tuple(inner, inner).map(([a, b]) => `(${a}) == (${b})`),
      inner.map((a) => `[${a}]`),
      inner.map((a) => `select(${a})`),
      inner.map((a) => `"x\\(${a})"`),
      fc.tuple(key, inner).map(([k, a]) => `{${k}: (${a}), ${k}}`),
      fc.tuple(inner, inner).map(([a, b]) => `if ${a} then ${b} else . end`),
    ),
  };
});

describe("properties", () => {
  test("no text makes it throw", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('.[]{}()|,:;"\\$@?/=!<>+-a1 \n#')), maxLength: 40 }),
        (text) => {
          parseJq(text);
        },
      ),
      { numRuns: runs(500) },
    );
  });

  test("nesting without an end does not overflow", () => {
    expect(parseJq("[".repeat(20_000))).toBeNull();
    expect(parseJq("-".repeat(20_000))).toBeNull();
    expect(parseJq(`.${"[]".repeat(20_000)}`)).toBeNull();
    expect(parseJq(`1${"+1".repeat(20_000)}`)).toBeNull();
    expect(parseJq(`1${",1".repeat(20_000)}`)).toBeNull();
    expect(parseJq(`${"(".repeat(80)}.a${")".repeat(80)}`)).not.toBeNull();
  });

  test("programs are read, and the ranges of their paths are theirs", () => {
    fc.assert(
      fc.property(program, (text) => {
        const tree = parseJq(text);
        expect(tree, text).not.toBeNull();
        for (const node of all(tree)) {
          if (node.kind !== "field") continue;
          expect(text.slice(node.step.start, node.step.end)).toBe(`.${node.step.key ?? ""}`);
        }
      }),
    );
  });
});

/** Every node of a tree. */
function all(value: unknown): readonly JqNode[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "kind" in value ? [value as JqNode] : [];
  return [...own, ...Object.values(value).flatMap(all)];
}
