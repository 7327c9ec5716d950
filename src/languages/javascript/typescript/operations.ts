import { ts } from "ts-morph";
import type { Range } from "../../../text/edits.ts";
import type { Node } from "../model.ts";
import type { Converter } from "./converter.ts";

/** What operators, members and calls make of values; null for what is none. */
export function operationOf(converter: Converter, node: ts.Node, range: Range): Node | null {
  if (isWrap(node)) return { kind: "wrap", ...range, value: converter.expression(node.expression) };
  if (ts.isAwaitExpression(node)) {
    return { kind: "await", ...range, value: converter.expression(node.expression) };
  }
  if (ts.isSpreadElement(node)) {
    return { kind: "spread", ...range, value: converter.expression(node.expression) };
  }
  if (ts.isConditionalExpression(node)) {
    const [test, then, otherwise] = [node.condition, node.whenTrue, node.whenFalse].map((part) =>
      converter.expression(part),
    );
    if (test !== undefined && then !== undefined && otherwise !== undefined) {
      return { kind: "conditional", ...range, test, then, otherwise };
    }
  }
  if (ts.isBinaryExpression(node)) return binaryNode(converter, node);
  if (ts.isVoidExpression(node)) {
    return { kind: "statement", ...range, value: converter.expression(node.expression) };
  }
  if (ts.isPropertyAccessExpression(node)) {
    const object = converter.expression(node.expression);
    return { kind: "member", ...range, object, property: node.name.text, computed: null };
  }
  if (ts.isElementAccessExpression(node)) {
    const object = converter.expression(node.expression);
    const key = node.argumentExpression;
    return ts.isStringLiteralLike(key)
      ? { kind: "member", ...range, object, property: key.text, computed: null }
      : { kind: "member", ...range, object, property: null, computed: converter.expression(key) };
  }
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return { kind: "other", ...range, body: [] };
    return {
      kind: "call",
      ...range,
      callee: converter.expression(node.expression),
      args: converter.all(node.arguments),
      isNew: ts.isNewExpression(node),
    };
  }
  return null;
}

function binaryNode(converter: Converter, node: ts.BinaryExpression): Node {
  const range = converter.range(node);
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.PlusToken) {
    return { kind: "concat", ...range, terms: converter.all(termsOf(node)) };
  }
  const left = converter.expression(node.left);
  const right = converter.expression(node.right);
  const logical = LOGICAL.get(operator);
  if (logical !== undefined) return { kind: "logical", ...range, operator: logical, left, right };
  if (operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment) {
    const written = node.operatorToken.getText(converter.file);
    return { kind: "assignment", ...range, operator: written, target: left, value: right };
  }
  return { kind: COMPARISONS.has(operator) ? "test" : "other", ...range, body: [left, right] };
}

const LOGICAL = new Map<ts.SyntaxKind, "&&" | "||" | "??">([
  [ts.SyntaxKind.AmpersandAmpersandToken, "&&"],
  [ts.SyntaxKind.BarBarToken, "||"],
  [ts.SyntaxKind.QuestionQuestionToken, "??"],
]);

const COMPARISONS = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

type WrapNode =
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression
  | ts.TypeAssertion;

function isWrap(node: ts.Node): node is WrapNode {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node)
  );
}

/** The operands of nested `+`, left to right; not by recursion, since generated code has thousands. */
function termsOf(node: ts.BinaryExpression): readonly ts.Expression[] {
  const terms: ts.Expression[] = [];
  let left: ts.Expression = node;
  while (ts.isBinaryExpression(left) && left.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    terms.push(left.right);
    left = left.left;
  }
  terms.push(left);
  return terms.reverse();
}
