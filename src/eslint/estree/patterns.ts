import type { Bound, Node } from "../../languages/javascript/model.ts";
import type { Converter } from "./converter.ts";
import { type EsNode, nameOf, nodeIn, nodesIn, rangeOf } from "./node.ts";

/** The names that a pattern binds, each with the part of the value that it gets. */
export function boundBy(
  pattern: EsNode,
  part: Bound["part"],
  to: Converter,
  fallback: Node | null = null,
): readonly Bound[] {
  switch (pattern.type) {
    case "Identifier":
      return [{ ...rangeOf(pattern), name: nameOf(pattern), part, fallback }];
    case "AssignmentPattern": {
      const left = nodeIn(pattern, "left");
      return left === null ? [] : boundBy(left, part, to, to.optional(nodeIn(pattern, "right")));
    }
    case "RestElement": {
      const argument = nodeIn(pattern, "argument");
      return argument === null ? [] : boundBy(argument, part.kind === "whole" ? { kind: "rest" } : part, to);
    }
    case "ObjectPattern":
      return nodesIn(pattern, "properties").flatMap((property) => {
        const key = nodeIn(property, "key");
        const value = nodeIn(property, "value") ?? property;
        const isPlain = part.kind === "whole" && key?.type === "Identifier" && property["computed"] !== true;
        return boundBy(value, isPlain ? { kind: "property", key: nameOf(key) } : { kind: "other" }, to);
      });
    case "ArrayPattern":
      return nodesIn(pattern, "elements").flatMap((element) => boundBy(element, { kind: "other" }, to));
    default:
      return [];
  }
}
