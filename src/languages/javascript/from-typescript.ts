import { ts } from "ts-morph";
import type { Range } from "../../text/edits.ts";
import type {
  Block,
  Bound,
  Class,
  Field,
  Func,
  Name,
  Node,
  Property,
  Spread,
  Text,
  Variable,
} from "./model.ts";
import type { ParsedProgram, SyntaxFault } from "./parsed.ts";

/**
 * Parses a whole file without types and turns it into our own tree. Errors do not stop it.
 * @param path its ending tells the dialect (`.tsx`, `.mts`)
 */
export function parseTypeScript(path: string, text: string): ParsedProgram {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, scriptKind(path));
  return { root: new Converter(file).convertFile(), faults: faultsOf(file) };
}

function scriptKind(path: string): ts.ScriptKind {
  const ending = /\.[cm]?([jt]sx?)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === "ts") return ts.ScriptKind.TS;
  // A script without an ending may be in either language.
  return ending === "js" || ending === "jsx" ? ts.ScriptKind.JSX : ts.ScriptKind.TSX;
}

/** The compiler keeps them in a property that its types leave out. */
function faultsOf(file: ts.SourceFile): readonly SyntaxFault[] {
  if (!("parseDiagnostics" in file) || !Array.isArray(file.parseDiagnostics)) return [];
  return file.parseDiagnostics.map(({ start, length, messageText }: ts.DiagnosticWithLocation) => ({
    start,
    end: start + length,
    reason: ts.flattenDiagnosticMessageText(messageText, " "),
  }));
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

class Converter {
  readonly #file: ts.SourceFile;

  constructor(file: ts.SourceFile) {
    this.#file = file;
  }

  convertFile(): Block {
    return { kind: "block", ...this.#range(this.#file), body: this.#all(this.#file.statements) };
  }

  #range(node: ts.Node): Range {
    return { start: node.getStart(this.#file), end: node.end };
  }

  #all(nodes: Iterable<ts.Node> | undefined): readonly Node[] {
    return [...(nodes ?? [])].flatMap((node) => this.#convert(node) ?? []);
  }

  /** Never null: a type in the place of an expression becomes nothing of interest. */
  #expression(node: ts.Node): Node {
    return this.#convert(node) ?? { kind: "other", ...this.#range(node), body: [] };
  }

  #optional(node: ts.Node | undefined): Node | null {
    return node === undefined ? null : this.#expression(node);
  }

  #convert(node: ts.Node): Node | null {
    if (isType(node)) return null;
    const range = this.#range(node);
    return (
      this.#literal(node, range) ??
      this.#operation(node, range) ??
      this.#declaration(node, range) ??
      this.#statement(node, range)
    );
  }

  #literal(node: ts.Node, range: Range): Node | null {
    if (ts.isIdentifier(node)) return { kind: "name", ...range, name: node.text };
    if (node.kind === ts.SyntaxKind.ThisKeyword) return { kind: "this", ...range };
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      return this.#text(range, [{ start: range.start + 1, end: range.end - 1 }]);
    }
    if (ts.isTemplateExpression(node)) return this.#text(range, this.#templateParts(node));
    if (ts.isTaggedTemplateExpression(node)) return this.#tagged(node);
    if (ts.isArrayLiteralExpression(node)) {
      return { kind: "list", ...range, elements: this.#all(node.elements) };
    }
    if (ts.isObjectLiteralExpression(node)) {
      return { kind: "table", ...range, properties: node.properties.flatMap((p) => this.#property(p) ?? []) };
    }
    if (ts.isNumericLiteral(node) || isKeywordLiteral(node)) {
      return { kind: "constant", ...range, text: node.getText(this.#file) };
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
      const value = this.#expression(node.initializer);
      const isText = ts.isStringLiteral(node.initializer) && value.kind === "text";
      return isText ? { ...value, escapes: "jsx" } : value;
    }
    return null;
  }

  #text(range: Range, parts: Text["parts"]): Node {
    const quote = this.#file.text[range.start];
    const isWhole = range.end - range.start > 1 && quote === this.#file.text[range.end - 1];
    if (!isWhole || (quote !== "'" && quote !== '"' && quote !== "`")) {
      return { kind: "other", ...range, body: parts.filter((part) => "kind" in part) };
    }
    return { kind: "text", ...range, quote, escapes: "cooked", parts };
  }

  #templateParts(node: ts.TemplateExpression): Text["parts"] {
    const between = (token: ts.Node, closing: number): Range => {
      const { start, end } = this.#range(token);
      return { start: start + 1, end: end - closing };
    };
    return [
      between(node.head, 2),
      ...node.templateSpans.flatMap(({ expression, literal }) => [
        this.#expression(expression),
        between(literal, ts.isTemplateTail(literal) ? 1 : 2),
      ]),
    ];
  }

  #tagged(node: ts.TaggedTemplateExpression): Node {
    const tag = this.#expression(node.tag);
    const text = this.#expression(node.template);
    if (text.kind !== "text") return { kind: "other", ...this.#range(node), body: [tag, text] };
    return { kind: "tagged", ...this.#range(node), tag, text };
  }

  #property(node: ts.ObjectLiteralElementLike): Property | Spread | null {
    const range = this.#range(node);
    if (ts.isSpreadAssignment(node)) {
      return { kind: "spread", ...range, value: this.#expression(node.expression) };
    }
    const computed = ts.isComputedPropertyName(node.name) ? this.#expression(node.name.expression) : null;
    const key = computed === null && "text" in node.name ? node.name.text : null;
    if (ts.isShorthandPropertyAssignment(node)) {
      return { kind: "property", ...range, key, computed, value: this.#expression(node.name) };
    }
    const value = ts.isPropertyAssignment(node)
      ? this.#expression(node.initializer)
      : this.#func(node, null, false);
    return { kind: "property", ...range, key, computed, value };
  }

  #operation(node: ts.Node, range: Range): Node | null {
    if (isWrap(node)) return { kind: "wrap", ...range, value: this.#expression(node.expression) };
    if (ts.isAwaitExpression(node)) {
      return { kind: "await", ...range, value: this.#expression(node.expression) };
    }
    if (ts.isSpreadElement(node)) {
      return { kind: "spread", ...range, value: this.#expression(node.expression) };
    }
    if (ts.isConditionalExpression(node)) {
      const [test, then, otherwise] = [node.condition, node.whenTrue, node.whenFalse].map((part) =>
        this.#expression(part),
      );
      if (test !== undefined && then !== undefined && otherwise !== undefined) {
        return { kind: "conditional", ...range, test, then, otherwise };
      }
    }
    if (ts.isBinaryExpression(node)) return this.#binary(node);
    if (ts.isVoidExpression(node)) {
      return { kind: "statement", ...range, value: this.#expression(node.expression) };
    }
    if (ts.isPropertyAccessExpression(node)) {
      const object = this.#expression(node.expression);
      return { kind: "member", ...range, object, property: node.name.text, computed: null };
    }
    if (ts.isElementAccessExpression(node)) {
      const object = this.#expression(node.expression);
      const key = node.argumentExpression;
      return ts.isStringLiteralLike(key)
        ? { kind: "member", ...range, object, property: key.text, computed: null }
        : { kind: "member", ...range, object, property: null, computed: this.#expression(key) };
    }
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return { kind: "other", ...range, body: [] };
      return {
        kind: "call",
        ...range,
        callee: this.#expression(node.expression),
        args: this.#all(node.arguments),
        isNew: ts.isNewExpression(node),
      };
    }
    return null;
  }

  #binary(node: ts.BinaryExpression): Node {
    const range = this.#range(node);
    const operator = node.operatorToken.kind;
    if (operator === ts.SyntaxKind.PlusToken) {
      return { kind: "concat", ...range, terms: this.#all(termsOf(node)) };
    }
    const left = this.#expression(node.left);
    const right = this.#expression(node.right);
    const logical = LOGICAL.get(operator);
    if (logical !== undefined) return { kind: "logical", ...range, operator: logical, left, right };
    if (operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment) {
      const written = node.operatorToken.getText(this.#file);
      return { kind: "assignment", ...range, operator: written, target: left, value: right };
    }
    return { kind: COMPARISONS.has(operator) ? "test" : "other", ...range, body: [left, right] };
  }

  #declaration(node: ts.Node, range: Range): Node | null {
    if (ts.isFunctionDeclaration(node)) {
      // An overload would hide the function itself.
      if (node.body === undefined) return { kind: "other", ...range, body: [] };
      return this.#exported(node, this.#func(node, node.name?.text ?? null, true));
    }
    if (ts.isFunctionExpression(node)) return this.#func(node, node.name?.text ?? null, false);
    if (isOtherFunction(node)) return this.#func(node, null, false);
    if (ts.isVariableStatement(node)) {
      return this.#exported(node, this.#variables(node.declarationList));
    }
    if (ts.isVariableDeclarationList(node)) return this.#variables(node);
    if (ts.isVariableDeclaration(node)) return this.#variable(node, "let");
    if (ts.isEnumDeclaration(node)) return this.#exported(node, this.#enum(node));
    if (ts.isClassLike(node)) return this.#exported(node, this.#class(node));
    if (ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node)) return this.#import(node);
    if (ts.isExportDeclaration(node)) return this.#exports(node);
    if (ts.isExportAssignment(node)) {
      return { kind: "export", ...range, body: [this.#expression(node.expression)] };
    }
    return null;
  }

  #class(node: ts.ClassLikeDeclaration): Class {
    const members = node.members.flatMap((member): Field | readonly [] => {
      const isMethod = ts.isMethodDeclaration(member) || ts.isConstructorDeclaration(member);
      if (!isMethod && !ts.isPropertyDeclaration(member)) return [];
      const { name } = member;
      const isPrivate = member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) ?? false;
      const key = name !== undefined && "text" in name ? name.text : null;
      return {
        kind: "field",
        ...this.#range(member),
        key,
        isPrivate: isPrivate || (key?.startsWith("#") ?? false),
        value: isMethod ? this.#func(member, null, false) : this.#optional(member.initializer),
      };
    });
    const others = node.members.filter(
      (member) => ts.isAccessor(member) || ts.isClassStaticBlockDeclaration(member),
    );
    const bases =
      node.heritageClauses?.flatMap(({ types }) => types.map(({ expression }) => expression)) ?? [];
    const rest = this.#all([...(ts.getDecorators(node) ?? []), ...bases, ...others]);
    return { kind: "class", ...this.#range(node), name: node.name?.text ?? null, members, rest };
  }

  #exported(node: ts.Node & { readonly modifiers?: ts.NodeArray<ts.ModifierLike> }, inner: Node): Node {
    const isExported = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
    return isExported ? { kind: "export", ...this.#range(node), body: [inner] } : inner;
  }

  #func(node: ts.FunctionLikeDeclaration, name: string | null, declared: boolean): Func {
    const params = node.parameters.map((param): Variable => {
      const fallback = this.#optional(param.initializer);
      const rest = param.dotDotDotToken === undefined ? null : ({ kind: "rest" } as const);
      const names = this.#bound(param.name, rest ?? { kind: "whole" }, fallback);
      return { kind: "variable", ...this.#range(param), style: "param", names, init: null };
    });
    return {
      kind: "function",
      ...this.#range(node),
      name,
      declared,
      params,
      body: this.#optional(node.body),
    };
  }

  #variables(list: ts.VariableDeclarationList): Node {
    const isConst = (list.flags & (ts.NodeFlags.Const | ts.NodeFlags.Using)) !== 0;
    const style = isConst ? "const" : list.flags & ts.NodeFlags.Let ? "let" : "var";
    const body = list.declarations.map((declaration) => this.#variable(declaration, style));
    return { kind: "other", ...this.#range(list), body };
  }

  #variable(node: ts.VariableDeclaration, style: Variable["style"]): Variable {
    const names = this.#bound(node.name, { kind: "whole" }, null);
    return { kind: "variable", ...this.#range(node), style, names, init: this.#optional(node.initializer) };
  }

  #bound(name: ts.BindingName, part: Bound["part"], fallback: Node | null): readonly Bound[] {
    if (ts.isIdentifier(name)) return [{ ...this.#range(name), name: name.text, part, fallback }];
    return name.elements.flatMap((element) => {
      if (ts.isOmittedExpression(element)) return [];
      const isPlain = part.kind === "whole" && ts.isObjectBindingPattern(name) && !element.dotDotDotToken;
      const key = element.propertyName ?? element.name;
      const inner: Bound["part"] =
        isPlain && ts.isIdentifier(key) ? { kind: "property", key: key.text } : { kind: "other" };
      return this.#bound(element.name, inner, this.#optional(element.initializer));
    });
  }

  #enum(node: ts.EnumDeclaration): Variable {
    const properties = node.members.map((member): Property => ({
      kind: "property",
      ...this.#range(member),
      key: "text" in member.name ? member.name.text : null,
      computed: null,
      value: this.#optional(member.initializer) ?? { kind: "other", ...this.#range(member), body: [] },
    }));
    const range = this.#range(node);
    return {
      kind: "variable",
      ...range,
      style: "const",
      names: [{ ...this.#range(node.name), name: node.name.text, part: { kind: "whole" }, fallback: null }],
      init: { kind: "table", ...range, properties },
    };
  }

  #import(node: ts.ImportDeclaration | ts.ImportEqualsDeclaration): Node {
    const range = this.#range(node);
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

  #exports(node: ts.ExportDeclaration): Node {
    const clause = node.exportClause;
    const isOwn = node.moduleSpecifier === undefined && clause !== undefined && ts.isNamedExports(clause);
    const names = isOwn
      ? clause.elements.map(({ name, propertyName = name }): Name => ({
          kind: "name",
          ...this.#range(propertyName),
          name: propertyName.text,
        }))
      : [];
    return { kind: "export", ...this.#range(node), body: names };
  }

  #statement(node: ts.Node, range: Range): Node {
    if (ts.isExpressionStatement(node)) {
      return { kind: "statement", ...range, value: this.#expression(node.expression) };
    }
    if (ts.isReturnStatement(node)) {
      return { kind: "return", ...range, value: this.#optional(node.expression) };
    }
    if (ts.isForOfStatement(node)) {
      const each = this.#expression(node.expression);
      const body = [...this.#all([node.initializer]), each, ...this.#all([node.statement])];
      return { kind: "block", ...range, body, each };
    }
    if (ts.isCaseClause(node)) {
      const test: Node = { kind: "test", ...range, body: [this.#expression(node.expression)] };
      return { kind: "other", ...range, body: [test, ...this.#all(node.statements)] };
    }
    const parts: ts.Node[] = [];
    ts.forEachChild(node, (child) => {
      const isItsName = ts.isIdentifier(child) && "name" in node && node.name === child;
      if (!isItsName && !isPartOfText(child, node)) parts.push(child);
    });
    return { kind: isScope(node) ? "block" : "other", ...range, body: this.#all(parts) };
  }
}

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

function isKeywordLiteral(node: ts.Node): boolean {
  const { kind } = node;
  return (
    kind === ts.SyntaxKind.TrueKeyword ||
    kind === ts.SyntaxKind.FalseKeyword ||
    kind === ts.SyntaxKind.NullKeyword
  );
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

function isType(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeParameterDeclaration(node)
  );
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

function textOf(node: ts.Node): string {
  return ts.isStringLiteralLike(node) ? node.text : "";
}
