import { ts } from "ts-morph";
import type { Range } from "../../../text/edits.ts";
import type { Bound, Class, Field, Func, Name, Node, Property, Variable } from "../model.ts";
import type { Converter } from "./converter.ts";

/** Functions, classes, variables, imports and exports; null for what is none. */
export function declarationOf(converter: Converter, node: ts.Node, range: Range): Node | null {
  if (ts.isFunctionDeclaration(node)) {
    // An overload would hide the function itself.
    if (node.body === undefined) return { kind: "other", ...range, body: [] };
    return exportedNode(converter, node, functionNode(converter, node, node.name?.text ?? null, true));
  }
  if (ts.isFunctionExpression(node)) return functionNode(converter, node, node.name?.text ?? null, false);
  if (isOtherFunction(node)) return functionNode(converter, node, null, false);
  if (ts.isVariableStatement(node)) {
    return exportedNode(converter, node, variablesNode(converter, node.declarationList));
  }
  if (ts.isVariableDeclarationList(node)) return variablesNode(converter, node);
  if (ts.isVariableDeclaration(node)) return variableNode(converter, node, "let");
  if (ts.isEnumDeclaration(node)) return exportedNode(converter, node, enumNode(converter, node));
  if (ts.isClassLike(node)) return exportedNode(converter, node, classNode(converter, node));
  if (ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node)) return importNode(converter, node);
  if (ts.isExportDeclaration(node)) return exportsNode(converter, node);
  if (ts.isExportAssignment(node)) {
    return { kind: "export", ...range, body: [converter.expression(node.expression)] };
  }
  return null;
}

function classNode(converter: Converter, node: ts.ClassLikeDeclaration): Class {
  const members = node.members.flatMap((member): Field | readonly [] => {
    const isMethod = ts.isMethodDeclaration(member) || ts.isConstructorDeclaration(member);
    if (!isMethod && !ts.isPropertyDeclaration(member)) return [];
    const { name } = member;
    const isPrivate = member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) ?? false;
    const key = name !== undefined && "text" in name ? name.text : null;
    return {
      kind: "field",
      ...converter.range(member),
      key,
      isPrivate: isPrivate || (key?.startsWith("#") ?? false),
      value: isMethod ? functionNode(converter, member, null, false) : converter.optional(member.initializer),
    };
  });
  const others = node.members.filter(
    (member) => ts.isAccessor(member) || ts.isClassStaticBlockDeclaration(member),
  );
  const bases = node.heritageClauses?.flatMap(({ types }) => types.map(({ expression }) => expression)) ?? [];
  const rest = converter.all([...(ts.getDecorators(node) ?? []), ...bases, ...others]);
  return { kind: "class", ...converter.range(node), name: node.name?.text ?? null, members, rest };
}

function exportedNode(
  converter: Converter,
  node: ts.Node & { readonly modifiers?: ts.NodeArray<ts.ModifierLike> },
  inner: Node,
): Node {
  const isExported = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
  return isExported ? { kind: "export", ...converter.range(node), body: [inner] } : inner;
}

export function functionNode(
  converter: Converter,
  node: ts.FunctionLikeDeclaration,
  name: string | null,
  declared: boolean,
): Func {
  const params = node.parameters.map((param): Variable => {
    const fallback = converter.optional(param.initializer);
    const rest = param.dotDotDotToken === undefined ? null : ({ kind: "rest" } as const);
    const names = boundNames(converter, param.name, rest ?? { kind: "whole" }, fallback);
    return { kind: "variable", ...converter.range(param), style: "param", names, init: null };
  });
  return {
    kind: "function",
    ...converter.range(node),
    name,
    declared,
    params,
    body: converter.optional(node.body),
  };
}

function variablesNode(converter: Converter, list: ts.VariableDeclarationList): Node {
  const isConst = (list.flags & (ts.NodeFlags.Const | ts.NodeFlags.Using)) !== 0;
  const style = isConst ? "const" : list.flags & ts.NodeFlags.Let ? "let" : "var";
  const body = list.declarations.map((declaration) => variableNode(converter, declaration, style));
  return { kind: "other", ...converter.range(list), body };
}

function variableNode(
  converter: Converter,
  node: ts.VariableDeclaration,
  style: Variable["style"],
): Variable {
  const names = boundNames(converter, node.name, { kind: "whole" }, null);
  return {
    kind: "variable",
    ...converter.range(node),
    style,
    names,
    init: converter.optional(node.initializer),
  };
}

function boundNames(
  converter: Converter,
  name: ts.BindingName,
  part: Bound["part"],
  fallback: Node | null,
): readonly Bound[] {
  if (ts.isIdentifier(name)) return [{ ...converter.range(name), name: name.text, part, fallback }];
  return name.elements.flatMap((element) => {
    if (ts.isOmittedExpression(element)) return [];
    const isPlain = part.kind === "whole" && ts.isObjectBindingPattern(name) && !element.dotDotDotToken;
    const key = element.propertyName ?? element.name;
    const inner: Bound["part"] =
      isPlain && ts.isIdentifier(key) ? { kind: "property", key: key.text } : { kind: "other" };
    return boundNames(converter, element.name, inner, converter.optional(element.initializer));
  });
}

function enumNode(converter: Converter, node: ts.EnumDeclaration): Variable {
  const properties = node.members.map((member): Property => ({
    kind: "property",
    ...converter.range(member),
    key: "text" in member.name ? member.name.text : null,
    computed: null,
    value: converter.optional(member.initializer) ?? { kind: "other", ...converter.range(member), body: [] },
  }));
  const range = converter.range(node);
  return {
    kind: "variable",
    ...range,
    style: "const",
    names: [{ ...converter.range(node.name), name: node.name.text, part: { kind: "whole" }, fallback: null }],
    init: { kind: "table", ...range, properties },
  };
}

function importNode(converter: Converter, node: ts.ImportDeclaration | ts.ImportEqualsDeclaration): Node {
  const range = converter.range(node);
  if (ts.isImportEqualsDeclaration(node)) {
    const { moduleReference: from } = node;
    const module = ts.isExternalModuleReference(from) ? textOf(from.expression) : "";
    return { kind: "import", ...range, module, names: [{ imported: "*", local: node.name.text }] };
  }
  const clause = node.importClause;
  const bindings = clause?.namedBindings;
  const named = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
  const names = named.map(({ name, propertyName }) => ({
    imported: (propertyName ?? name).text,
    local: name.text,
  }));
  if (clause?.name !== undefined) names.push({ imported: "default", local: clause.name.text });
  if (bindings !== undefined && ts.isNamespaceImport(bindings)) {
    names.push({ imported: "*", local: bindings.name.text });
  }
  return { kind: "import", ...range, module: textOf(node.moduleSpecifier), names };
}

function exportsNode(converter: Converter, node: ts.ExportDeclaration): Node {
  const clause = node.exportClause;
  const isOwn = node.moduleSpecifier === undefined && clause !== undefined && ts.isNamedExports(clause);
  const names = isOwn
    ? clause.elements.map(({ name, propertyName = name }): Name => ({
        kind: "name",
        ...converter.range(propertyName),
        name: propertyName.text,
      }))
    : [];
  return { kind: "export", ...converter.range(node), body: names };
}

function isOtherFunction(
  node: ts.Node,
): node is ts.ArrowFunction | ts.MethodDeclaration | ts.AccessorDeclaration | ts.ConstructorDeclaration {
  return (
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isAccessor(node) ||
    ts.isConstructorDeclaration(node)
  );
}

function textOf(node: ts.Node): string {
  return ts.isStringLiteralLike(node) ? node.text : "";
}
