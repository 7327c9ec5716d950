import { isNode, type Node } from "./model.ts";

/** The nodes directly inside of one, in the order of the text. */
export function children(node: Node): readonly Node[] {
  switch (node.kind) {
    case "text":
      return node.parts.filter(isNode);
    case "tagged":
      return [node.tag, node.text];
    case "list":
      return node.elements;
    case "concat":
      return node.terms;
    case "conditional":
      return [node.test, node.then, node.otherwise];
    case "logical":
      return [node.left, node.right];
    case "member":
      return present(node.object, node.computed);
    case "call":
      return [node.callee, ...node.args];
    case "table":
      return node.properties;
    case "property":
      return present(node.computed, node.value);
    case "function":
      return present(...node.params, node.body);
    case "class":
      return [...node.rest, ...node.members];
    case "field":
      return present(node.value);
    case "variable":
      return present(...node.names.map((bound) => bound.fallback), node.init);
    case "assignment":
      return [node.target, node.value];
    case "spread":
    case "wrap":
    case "await":
    case "statement":
      return [node.value];
    case "return":
      return present(node.value);
    case "block":
    case "export":
    case "test":
    case "other":
      return node.body;
    case "name":
    case "this":
    case "import":
    case "constant":
      return [];
  }
}

function present(...nodes: readonly (Node | null)[]): readonly Node[] {
  return nodes.filter((node) => node !== null);
}
