import type { Node } from "../../languages/javascript/model.ts";
import type { Converter } from "./converter.ts";
import { type EsNode, keyOf, nodeIn, nodesIn, rangeOf } from "./node.ts";
import { inParentheses } from "./parentheses.ts";

const WRAPS = new Set([
  "ChainExpression",
  "ParenthesizedExpression",
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
]);

export function operationOf(node: EsNode, to: Converter): Node | null {
  const range = rangeOf(node);
  if (WRAPS.has(node.type)) return { kind: "wrap", ...range, value: to.child(node, "expression") };
  switch (node.type) {
    case "AwaitExpression":
      return { kind: "await", ...range, value: to.child(node, "argument") };
    case "SpreadElement":
      return { kind: "spread", ...range, value: to.child(node, "argument") };
    case "UnaryExpression":
      return node["operator"] === "void"
        ? { kind: "statement", ...range, value: to.child(node, "argument") }
        : null;
    case "ConditionalExpression":
      return {
        kind: "conditional",
        ...range,
        test: to.child(node, "test"),
        then: to.child(node, "consequent"),
        otherwise: to.child(node, "alternate"),
      };
    case "BinaryExpression":
      return binaryOf(node, to);
    case "LogicalExpression":
      return logicalOf(node, to);
    case "AssignmentExpression":
      return {
        kind: "assignment",
        ...range,
        operator: String(node["operator"]),
        target: to.child(node, "left"),
        value: to.child(node, "right"),
      };
    case "MemberExpression":
      return memberOf(node, to);
    case "ImportExpression":
      return { kind: "other", ...range, body: [] };
    case "CallExpression":
    case "NewExpression":
      return {
        kind: "call",
        ...range,
        callee: to.child(node, "callee"),
        args: to.all(nodesIn(node, "arguments")),
        isNew: node.type === "NewExpression",
      };
    default:
      return null;
  }
}

function binaryOf(node: EsNode, to: Converter): Node {
  const range = rangeOf(node);
  const operator = String(node["operator"]);
  if (operator === "+") {
    return { kind: "concat", ...range, terms: termsOf(node).map((term) => inParentheses(term, to)) };
  }
  const body = [to.child(node, "left"), to.child(node, "right")];
  return { kind: /^[!=]==?$/.test(operator) ? "test" : "other", ...range, body };
}

function logicalOf(node: EsNode, to: Converter): Node | null {
  const operator = node["operator"];
  if (operator !== "&&" && operator !== "||" && operator !== "??") return null;
  const [left, right] = [to.child(node, "left"), to.child(node, "right")];
  return { kind: "logical", ...rangeOf(node), operator, left, right };
}

function memberOf(node: EsNode, to: Converter): Node {
  const range = rangeOf(node);
  const object = to.child(node, "object");
  const property = nodeIn(node, "property");
  const isNamed = property !== null && (node["computed"] !== true || typeof property["value"] === "string");
  if (isNamed) return { kind: "member", ...range, object, property: keyOf(property), computed: null };
  return { kind: "member", ...range, object, property: null, computed: to.optional(property) };
}

/** The operands of nested `+`, left to right; not by recursion, since generated code has thousands. */
function termsOf(node: EsNode): readonly EsNode[] {
  const terms: EsNode[] = [];
  let left: EsNode | null = node;
  while (left?.type === "BinaryExpression" && left["operator"] === "+") {
    const right = nodeIn(left, "right");
    if (right !== null) terms.push(right);
    left = nodeIn(left, "left");
  }
  if (left !== null) terms.push(left);
  return terms.reverse();
}
