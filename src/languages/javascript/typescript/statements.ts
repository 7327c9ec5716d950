import { ts } from "ts-morph";
import type { Range } from "../../../text/edits.ts";
import type { Node } from "../model.ts";
import type { Converter } from "./converter.ts";

/** Statements that matter, and of everything else what is in it. */
export function statementOf(converter: Converter, node: ts.Node, range: Range): Node {
  if (ts.isExpressionStatement(node)) {
    return { kind: "statement", ...range, value: converter.expression(node.expression) };
  }
  if (ts.isReturnStatement(node)) {
    return { kind: "return", ...range, value: converter.optional(node.expression) };
  }
  if (ts.isForOfStatement(node)) {
    const each = converter.expression(node.expression);
    const body = [...converter.all([node.initializer]), each, ...converter.all([node.statement])];
    return { kind: "block", ...range, body, each };
  }
  if (ts.isCaseClause(node)) {
    const test: Node = { kind: "test", ...range, body: [converter.expression(node.expression)] };
    return { kind: "other", ...range, body: [test, ...converter.all(node.statements)] };
  }
  const parts: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    const isItsName = ts.isIdentifier(child) && "name" in node && node.name === child;
    if (!isItsName && !isPartOfText(child, node)) parts.push(child);
  });
  return { kind: isScope(node) ? "block" : "other", ...range, body: converter.all(parts) };
}

function isScope(node: ts.Node): boolean {
  return (
    ts.isBlock(node) ||
    ts.isModuleBlock(node) ||
    ts.isCaseBlock(node) ||
    ts.isCatchClause(node) ||
    ts.isForStatement(node) ||
    ts.isForInStatement(node)
  );
}

/** Text between JSX elements is no more than a part of a sentence. */
function isPartOfText(node: ts.Node, parent: ts.Node): boolean {
  const isElement = ts.isJsxElement(parent) || ts.isJsxFragment(parent);
  return ts.isJsxText(node) && isElement && parent.children.length > 1;
}
