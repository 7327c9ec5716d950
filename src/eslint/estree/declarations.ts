import type { Field, Class, Func, Node, Property, Variable } from "../../languages/javascript/model.ts";
import type { Converter } from "./converter.ts";
import { type EsNode, keyOf, nameOf, nodeIn, nodesIn, rangeOf, textOf } from "./node.ts";
import { boundBy } from "./patterns.ts";

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

export function declarationOf(node: EsNode, to: Converter): Node | null {
  const range = rangeOf(node);
  if (FUNCTIONS.has(node.type)) return functionOf(node, to);
  switch (node.type) {
    case "VariableDeclaration":
      return {
        kind: "other",
        ...range,
        body: nodesIn(node, "declarations").map((declarator) => variableOf(declarator, styleOf(node), to)),
      };
    case "ClassDeclaration":
    case "ClassExpression":
      return classOf(node, to);
    case "MethodDefinition":
      return to.optional(nodeIn(node, "value"));
    case "TSEnumDeclaration":
      return enumOf(node, to);
    case "TSParameterProperty":
      return to.optional(nodeIn(node, "parameter"));
    case "ImportDeclaration":
    case "TSImportEqualsDeclaration":
      return importOf(node);
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration":
    case "TSExportAssignment":
      return exportOf(node, to);
    case "ExportAllDeclaration":
      return { kind: "other", ...range, body: [] };
    default:
      return null;
  }
}

function classOf(node: EsNode, to: Converter): Class {
  const id = nodeIn(node, "id");
  const all = nodesIn(nodeIn(node, "body"), "body");
  const fields = all.filter(isField);
  const members = fields.map((member): Field => {
    const key = nodeIn(member, "key");
    const name = key === null || member["computed"] === true ? null : keyOf(key);
    return {
      kind: "field",
      ...rangeOf(member),
      key: name,
      isPrivate: member["accessibility"] === "private" || (name?.startsWith("#") ?? false),
      value: to.optional(nodeIn(member, "value")),
    };
  });
  const others = all.filter((member) => !isField(member));
  const rest = to.all([...nodesIn(node, "decorators"), nodeIn(node, "superClass"), ...others]);
  return { kind: "class", ...rangeOf(node), name: id === null ? null : nameOf(id), members, rest };
}

function functionOf(node: EsNode, to: Converter): Func {
  const id = nodeIn(node, "id");
  return {
    kind: "function",
    ...rangeOf(node),
    name: id === null ? null : nameOf(id),
    declared: node.type === "FunctionDeclaration",
    params: nodesIn(node, "params").map((param) => paramOf(param, to)),
    body: to.optional(nodeIn(node, "body")),
  };
}

function paramOf(node: EsNode, to: Converter): Variable {
  const param = node.type === "TSParameterProperty" ? (nodeIn(node, "parameter") ?? node) : node;
  const names = boundBy(param, { kind: "whole" }, to);
  return { kind: "variable", ...rangeOf(param), style: "param", names, init: null };
}

function variableOf(node: EsNode, style: Variable["style"], to: Converter): Variable {
  const id = nodeIn(node, "id");
  const names = id === null ? [] : boundBy(id, { kind: "whole" }, to);
  return { kind: "variable", ...rangeOf(node), style, names, init: to.optional(nodeIn(node, "init")) };
}

function enumOf(node: EsNode, to: Converter): Node | null {
  const id = nodeIn(node, "id");
  if (id === null) return null;
  const members = nodesIn(nodeIn(node, "body") ?? node, "members");
  const properties = members.map((member): Property => {
    const key = nodeIn(member, "id");
    const value = to.optional(nodeIn(member, "initializer"));
    return {
      kind: "property",
      ...rangeOf(member),
      key: key === null ? null : nameOf(key),
      computed: null,
      value: value ?? { kind: "other", ...rangeOf(member), body: [] },
    };
  });
  return {
    kind: "variable",
    ...rangeOf(node),
    style: "const",
    names: boundBy(id, { kind: "whole" }, to),
    init: { kind: "table", ...rangeOf(node), properties },
  };
}

function exportOf(node: EsNode, to: Converter): Node {
  const own = nodeIn(node, "source") === null ? nodesIn(node, "specifiers") : [];
  const names = own.map((specifier) => nodeIn(specifier, "local"));
  const declared = nodeIn(node, "declaration") ?? nodeIn(node, "expression");
  return { kind: "export", ...rangeOf(node), body: to.all([declared, ...names]) };
}

function importOf(node: EsNode): Node {
  const id = nodeIn(node, "id");
  if (id !== null) {
    const reference = nodeIn(node, "moduleReference");
    const module = textOf(reference === null ? null : nodeIn(reference, "expression"));
    return { kind: "import", ...rangeOf(node), module, names: [{ imported: "*", local: nameOf(id) }] };
  }
  const names = nodesIn(node, "specifiers").map((specifier) => {
    const imported = nodeIn(specifier, "imported");
    const local = nodeIn(specifier, "local");
    const kind = specifier.type === "ImportNamespaceSpecifier" ? "*" : "default";
    return {
      imported: imported === null ? kind : nameOf(imported),
      local: local === null ? "" : nameOf(local),
    };
  });
  return { kind: "import", ...rangeOf(node), module: textOf(nodeIn(node, "source")), names };
}

function styleOf(declaration: EsNode): Variable["style"] {
  const kind = declaration["kind"];
  return kind === "let" || kind === "var" ? kind : "const";
}

/** A method or a property of a class; accessors are neither. */
function isField({ type, kind }: EsNode): boolean {
  return type === "PropertyDefinition" || (type === "MethodDefinition" && kind !== "get" && kind !== "set");
}
