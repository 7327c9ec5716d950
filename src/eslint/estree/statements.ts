import type { Node } from "../../languages/javascript/model.ts";
import type { Converter } from "./converter.ts";
import { type EsNode, nodeIn, nodesIn, rangeOf } from "./node.ts";
import { boundBy } from "./patterns.ts";

const SCOPES = new Set([
  "BlockStatement",
  "StaticBlock",
  "TSModuleBlock",
  "SwitchStatement",
  "ForStatement",
  "ForInStatement",
]);

/** TypeScript's nodes that are no types: the rest of them is left out. */
const RUNNING = new Set([
  "TSModuleDeclaration",
  "TSModuleBlock",
  "TSExportAssignment",
  "TSParameterProperty",
]);

export function statementOf(node: EsNode, to: Converter): Node | null {
  const range = rangeOf(node);
  if (node.type.startsWith("TS") && !RUNNING.has(node.type)) return null;
  switch (node.type) {
    case "ExpressionStatement":
      return { kind: "statement", ...range, value: to.child(node, "expression") };
    case "ReturnStatement":
      return { kind: "return", ...range, value: to.optional(nodeIn(node, "argument")) };
    case "ForOfStatement": {
      const each = to.child(node, "right");
      const body = [to.child(node, "left"), each, to.child(node, "body")];
      return { kind: "block", ...range, body, each };
    }
    case "SwitchCase": {
      const test = nodeIn(node, "test");
      const tests: readonly Node[] =
        test === null ? [] : [{ kind: "test", ...range, body: [to.expression(test)] }];
      return { kind: "other", ...range, body: [...tests, ...to.all(nodesIn(node, "consequent"))] };
    }
    case "CatchClause": {
      const param = nodeIn(node, "param");
      const caught: readonly Node[] =
        param === null
          ? []
          : [
              {
                kind: "variable",
                ...rangeOf(param),
                style: "let",
                names: boundBy(param, { kind: "whole" }, to),
                init: null,
              },
            ];
      return { kind: "block", ...range, body: [...caught, ...to.all([nodeIn(node, "body")])] };
    }
    default:
      return {
        kind: SCOPES.has(node.type) ? "block" : "other",
        ...range,
        body: to.all(children(node, to)),
      };
  }
}

function children(node: EsNode, to: Converter): readonly EsNode[] {
  const keys = to.keys[node.type] ?? [];
  const found = keys.flatMap((key) => {
    const value = nodeIn(node, key);
    return value === null ? nodesIn(node, key) : [value];
  });
  // Text between JSX elements is no more than a part of a sentence.
  const isMixed = nodesIn(node, "children").length > 1;
  return isMixed ? found.filter((child) => child.type !== "JSXText") : found;
}
