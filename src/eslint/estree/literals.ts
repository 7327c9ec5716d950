import type { Node, Property, Spread, Text } from "../../languages/javascript/model.ts";
import type { Range } from "../../text/edits.ts";
import type { Converter } from "./converter.ts";
import { type EsNode, isEsNode, nameOf, nodeIn, nodesIn, rangeOf } from "./node.ts";
import { inParentheses } from "./parentheses.ts";

export function literalOf(node: EsNode, to: Converter): Node | null {
  const range = rangeOf(node);
  switch (node.type) {
    case "Identifier":
      return { kind: "name", ...range, name: nameOf(node) };
    case "ThisExpression":
      return { kind: "this", ...range };
    case "Literal":
      return constantOf(node, to);
    case "TemplateLiteral":
      return { kind: "text", ...range, quote: "`", escapes: "cooked", parts: templateParts(node, to) };
    case "TaggedTemplateExpression":
      return taggedOf(node, to);
    case "ArrayExpression":
      return { kind: "list", ...range, elements: elementsOf(node, to) };
    case "ObjectExpression":
      return {
        kind: "table",
        ...range,
        properties: nodesIn(node, "properties").map((property) => propertyOf(property, to)),
      };
    case "JSXAttribute":
      return attributeOf(node, to);
    case "JSXText":
      return { kind: "text", ...range, quote: "", escapes: "jsx", parts: [range] };
    default:
      return null;
  }
}

function constantOf(node: EsNode, to: Converter): Node {
  const range = rangeOf(node);
  if (typeof node["value"] === "string") return stringOf(range, "cooked", to);
  const isPlain = node["regex"] === undefined && node["bigint"] === undefined;
  if (!isPlain) return { kind: "other", ...range, body: [] };
  return { kind: "constant", ...range, text: to.text.slice(range.start, range.end) };
}

function stringOf(range: Range, escapes: Text["escapes"], to: Converter): Node {
  const quote = to.text[range.start];
  const parts = [{ start: range.start + 1, end: range.end - 1 }];
  if (quote !== "'" && quote !== '"') return { kind: "other", ...range, body: [] };
  return { kind: "text", ...range, quote, escapes, parts };
}

function templateParts(node: EsNode, to: Converter): Text["parts"] {
  const quasis = nodesIn(node, "quasis");
  // Some parsers count the delimiters to the text, others do not.
  const isOuter = quasis[0]?.range[0] === node.range[0];
  return quasis.flatMap((quasi, i) => {
    const isLast = i === quasis.length - 1;
    const { start, end } = rangeOf(quasi);
    const part = isOuter ? { start: start + 1, end: end - (isLast ? 1 : 2) } : { start, end };
    const expression = nodesIn(node, "expressions")[i];
    return expression === undefined ? [part] : [part, to.expression(expression)];
  });
}

function taggedOf(node: EsNode, to: Converter): Node | null {
  const tag = nodeIn(node, "tag");
  const quasi = nodeIn(node, "quasi");
  if (tag === null || quasi === null) return null;
  const text = to.expression(quasi);
  return text.kind === "text" ? { kind: "tagged", ...rangeOf(node), tag: to.expression(tag), text } : null;
}

function elementsOf(node: EsNode, to: Converter): readonly Node[] {
  const elements = node["elements"];
  if (!Array.isArray(elements)) return [];
  return elements.map((element: unknown): Node => {
    if (isEsNode(element)) return inParentheses(element, to);
    return { kind: "other", ...rangeOf(node), body: [] };
  });
}

function propertyOf(node: EsNode, to: Converter): Property | Spread {
  const range = rangeOf(node);
  if (node.type === "SpreadElement" || node.type === "ExperimentalSpreadProperty") {
    return { kind: "spread", ...range, value: to.child(node, "argument") };
  }
  const key = nodeIn(node, "key");
  const isComputed = node["computed"] === true;
  return {
    kind: "property",
    ...range,
    key: isComputed || key === null ? null : nameOf(key),
    computed: isComputed ? to.optional(key) : null,
    value: to.child(node, "value"),
  };
}

function attributeOf(node: EsNode, to: Converter): Node {
  const value = nodeIn(node, "value");
  if (value === null) return { kind: "other", ...rangeOf(node), body: [] };
  return value.type === "Literal" ? stringOf(rangeOf(value), "jsx", to) : to.expression(value);
}
