import { readBinding } from "./definitions.ts";
import type { Parser } from "./parser.ts";
import type { JqNode } from "./tree.ts";

const COMPARISONS: readonly string[] = ["==", "!=", "<", "<=", ">", ">="];
const ASSIGNMENTS: readonly string[] = ["=", "|=", "+=", "-=", "*=", "/=", "%=", "//="];
/** Binary operators from loose to tight; comparisons and assignments do not chain. */
const LEVELS: readonly (readonly string[])[] = [
  ["//"],
  ASSIGNMENTS,
  ["or"],
  ["and"],
  COMPARISONS,
  ["+", "-"],
  ["*", "/", "%"],
];

/** @param commas whether `,` makes a list here */
export function readCommas(parser: Parser, commas: boolean): JqNode {
  let left = readBinary(parser, 0);
  for (let length = 0; commas && parser.skip(","); length++) {
    parser.limit(length);
    const right = readBound(parser, 0);
    left = { kind: "comma", left, right, start: left.start, end: right.end };
  }
  return left;
}

function readBinary(parser: Parser, level: number): JqNode {
  const operators = LEVELS[level];
  if (operators === undefined) return parser.postfix();
  let left = readBinary(parser, level + 1);
  for (let length = 0; ; length++) {
    parser.limit(length);
    const { text: operator, start, end, kind } = parser.token;
    if ((kind !== "symbol" && kind !== "word") || !operators.includes(operator)) return left;
    parser.advance();
    const right = readOperand(parser, level, operator);
    const isAssignment = operators === ASSIGNMENTS;
    const operation = { operator, operatorRange: { start, end }, left, right };
    left = { kind: isAssignment ? "assign" : "binary", ...operation, start: left.start, end: right.end };
    if (isAssignment || operators === COMPARISONS) return left;
  }
}

/** What stands behind an operator; `//` binds to the right. */
function readOperand(parser: Parser, level: number, operator: string): JqNode {
  if (parser.isWord("def")) return parser.pipe();
  return readBound(parser, operator === "//" ? level : level + 1);
}

/** `a, b as $x | c`: the binding is the rest of the program. */
function readBound(parser: Parser, level: number): JqNode {
  const source = readBinary(parser, level);
  return parser.isWord("as") ? readBinding(parser, source) : source;
}
