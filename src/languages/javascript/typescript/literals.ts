import { ts } from "ts-morph";
import type { Range } from "../../../text/edits.ts";
import type { Node, Property, Spread, Text } from "../model.ts";
import type { Converter } from "./converter.ts";
import { functionNode } from "./declarations.ts";

/** Names, strings, lists and objects; null for what is none. */
export function literalOf(converter: Converter, node: ts.Node, range: Range): Node | null {
  if (ts.isIdentifier(node)) return { kind: "name", ...range, name: node.text };
  if (node.kind === ts.SyntaxKind.ThisKeyword) return { kind: "this", ...range };
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    return textNode(converter, range, [{ start: range.start + 1, end: range.end - 1 }]);
  }
  if (ts.isTemplateExpression(node)) return textNode(converter, range, templateParts(converter, node));
  if (ts.isTaggedTemplateExpression(node)) return taggedNode(converter, node);
  if (ts.isArrayLiteralExpression(node)) {
    return { kind: "list", ...range, elements: converter.all(node.elements) };
  }
  if (ts.isObjectLiteralExpression(node)) {
    return {
      kind: "table",
      ...range,
      properties: node.properties.flatMap((p) => propertyNode(converter, p) ?? []),
    };
  }
  if (ts.isNumericLiteral(node) || isKeywordLiteral(node)) {
    return { kind: "constant", ...range, text: node.getText(converter.file) };
  }
  if (ts.isJsxText(node)) {
    return {
      kind: "text",
      ...range,
      quote: "",
      escapes: "jsx",
      parts: [{ start: node.pos, end: node.end }],
    };
  }
  if (ts.isJsxAttribute(node) && node.initializer !== undefined) {
    const value = converter.expression(node.initializer);
    const isText = ts.isStringLiteral(node.initializer) && value.kind === "text";
    return isText ? { ...value, escapes: "jsx" } : value;
  }
  return null;
}

function textNode(converter: Converter, range: Range, parts: Text["parts"]): Node {
  const quote = converter.file.text[range.start];
  const isWhole = range.end - range.start > 1 && quote === converter.file.text[range.end - 1];
  if (!isWhole || (quote !== "'" && quote !== '"' && quote !== "`")) {
    return { kind: "other", ...range, body: parts.filter((part) => "kind" in part) };
  }
  return { kind: "text", ...range, quote, escapes: "cooked", parts };
}

function templateParts(converter: Converter, node: ts.TemplateExpression): Text["parts"] {
  const between = (token: ts.Node, closing: number): Range => {
    const { start, end } = converter.range(token);
    return { start: start + 1, end: end - closing };
  };
  return [
    between(node.head, 2),
    ...node.templateSpans.flatMap(({ expression, literal }) => [
      converter.expression(expression),
      between(literal, ts.isTemplateTail(literal) ? 1 : 2),
    ]),
  ];
}

function taggedNode(converter: Converter, node: ts.TaggedTemplateExpression): Node {
  const tag = converter.expression(node.tag);
  const text = converter.expression(node.template);
  if (text.kind !== "text") return { kind: "other", ...converter.range(node), body: [tag, text] };
  return { kind: "tagged", ...converter.range(node), tag, text };
}

function propertyNode(converter: Converter, node: ts.ObjectLiteralElementLike): Property | Spread | null {
  const range = converter.range(node);
  if (ts.isSpreadAssignment(node)) {
    return { kind: "spread", ...range, value: converter.expression(node.expression) };
  }
  const computed = ts.isComputedPropertyName(node.name) ? converter.expression(node.name.expression) : null;
  const key = computed === null && "text" in node.name ? node.name.text : null;
  if (ts.isShorthandPropertyAssignment(node)) {
    return { kind: "property", ...range, key, computed, value: converter.expression(node.name) };
  }
  const value = ts.isPropertyAssignment(node)
    ? converter.expression(node.initializer)
    : functionNode(converter, node, null, false);
  return { kind: "property", ...range, key, computed, value };
}

function isKeywordLiteral(node: ts.Node): boolean {
  const { kind } = node;
  return (
    kind === ts.SyntaxKind.TrueKeyword ||
    kind === ts.SyntaxKind.FalseKeyword ||
    kind === ts.SyntaxKind.NullKeyword
  );
}
