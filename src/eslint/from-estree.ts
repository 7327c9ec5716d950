import type {
  Block,
  Bound,
  Class,
  Field,
  Func,
  Node,
  Property,
  Spread,
  Text,
  Variable,
} from "../languages/javascript/model.ts";
import type { Range } from "../text/edits.ts";

/** A node of ESTree, of any parser that ESLint can use. */
export interface EsNode {
  readonly type: string;
  readonly range: readonly [number, number];
  readonly [key: string]: unknown;
}

/** The names of the properties of each type of node that hold nodes. */
export type VisitorKeys = Readonly<Record<string, readonly string[] | undefined>>;

/** Turns a program as ESLint sees it into our own tree; ranges are of `text`. */
export function fromEstree(program: EsNode, text: string, keys: VisitorKeys): Block {
  return new Converter(text, keys).convertProgram(program);
}

const SCOPES = new Set([
  "BlockStatement",
  "StaticBlock",
  "TSModuleBlock",
  "SwitchStatement",
  "ForStatement",
  "ForInStatement",
]);

const WRAPS = new Set([
  "ChainExpression",
  "ParenthesizedExpression",
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
]);

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

/** TypeScript's nodes that are no types: the rest of them is left out. */
const RUNNING = new Set([
  "TSModuleDeclaration",
  "TSModuleBlock",
  "TSExportAssignment",
  "TSParameterProperty",
]);

class Converter {
  readonly #text: string;
  readonly #keys: VisitorKeys;

  constructor(text: string, keys: VisitorKeys) {
    this.#text = text;
    this.#keys = keys;
  }

  convertProgram(program: EsNode): Block {
    return { kind: "block", ...rangeOf(program), body: this.#all(nodesIn(program, "body")) };
  }

  #all(nodes: readonly (EsNode | null)[]): readonly Node[] {
    return nodes.flatMap((node) => (node === null ? [] : (this.#convert(node) ?? [])));
  }

  /** Never null: a type in the place of an expression becomes nothing of interest. */
  #expression(node: EsNode): Node {
    return this.#convert(node) ?? { kind: "other", ...rangeOf(node), body: [] };
  }

  #optional(node: EsNode | null): Node | null {
    return node === null ? null : this.#expression(node);
  }

  #convert(node: EsNode): Node | null {
    return this.#literal(node) ?? this.#operation(node) ?? this.#declaration(node) ?? this.#statement(node);
  }

  #literal(node: EsNode): Node | null {
    const range = rangeOf(node);
    switch (node.type) {
      case "Identifier":
        return { kind: "name", ...range, name: nameOf(node) };
      case "ThisExpression":
        return { kind: "this", ...range };
      case "Literal":
        return this.#constant(node);
      case "TemplateLiteral":
        return { kind: "text", ...range, quote: "`", escapes: "cooked", parts: this.#templateParts(node) };
      case "TaggedTemplateExpression":
        return this.#tagged(node);
      case "ArrayExpression":
        return { kind: "list", ...range, elements: this.#elements(node) };
      case "ObjectExpression":
        return {
          kind: "table",
          ...range,
          properties: nodesIn(node, "properties").map((property) => this.#property(property)),
        };
      case "JSXAttribute":
        return this.#attribute(node);
      case "JSXText":
        return { kind: "text", ...range, quote: "", escapes: "jsx", parts: [range] };
      default:
        return null;
    }
  }

  #constant(node: EsNode): Node {
    const range = rangeOf(node);
    if (typeof node["value"] === "string") return this.#string(range, "cooked");
    const isPlain = node["regex"] === undefined && node["bigint"] === undefined;
    if (!isPlain) return { kind: "other", ...range, body: [] };
    return { kind: "constant", ...range, text: this.#text.slice(range.start, range.end) };
  }

  #string(range: Range, escapes: Text["escapes"]): Node {
    const quote = this.#text[range.start];
    const parts = [{ start: range.start + 1, end: range.end - 1 }];
    if (quote !== "'" && quote !== '"') return { kind: "other", ...range, body: [] };
    return { kind: "text", ...range, quote, escapes, parts };
  }

  #templateParts(node: EsNode): Text["parts"] {
    const quasis = nodesIn(node, "quasis");
    // Some parsers count the delimiters to the text, others do not.
    const isOuter = quasis[0]?.range[0] === node.range[0];
    return quasis.flatMap((quasi, i) => {
      const isLast = i === quasis.length - 1;
      const { start, end } = rangeOf(quasi);
      const part = isOuter ? { start: start + 1, end: end - (isLast ? 1 : 2) } : { start, end };
      const expression = nodesIn(node, "expressions")[i];
      return expression === undefined ? [part] : [part, this.#expression(expression)];
    });
  }

  #tagged(node: EsNode): Node | null {
    const tag = nodeIn(node, "tag");
    const quasi = nodeIn(node, "quasi");
    if (tag === null || quasi === null) return null;
    const text = this.#expression(quasi);
    return text.kind === "text"
      ? { kind: "tagged", ...rangeOf(node), tag: this.#expression(tag), text }
      : null;
  }

  #elements(node: EsNode): readonly Node[] {
    const elements = node["elements"];
    if (!Array.isArray(elements)) return [];
    return elements.map((element: unknown): Node => {
      if (isEsNode(element)) return this.#inParentheses(element);
      return { kind: "other", ...rangeOf(node), body: [] };
    });
  }

  /** ESTree has no parentheses, but whoever adds a neighbour must know them. */
  #inParentheses(node: EsNode): Node {
    let { start, end } = rangeOf(node);
    for (;;) {
      const open = this.#beforeBlanks(start);
      const close = this.#behindBlanks(end);
      if (this.#text[open - 1] !== "(" || this.#text[close] !== ")") break;
      start = open - 1;
      end = close + 1;
    }
    const value = this.#expression(node);
    return start === value.start ? value : { kind: "wrap", start, end, value };
  }

  #beforeBlanks(offset: number): number {
    let at = offset;
    while (/\s/.test(this.#text[at - 1] ?? "")) at -= 1;
    return at;
  }

  #behindBlanks(offset: number): number {
    let at = offset;
    while (/\s/.test(this.#text[at] ?? "")) at += 1;
    return at;
  }

  #property(node: EsNode): Property | Spread {
    const range = rangeOf(node);
    if (node.type === "SpreadElement" || node.type === "ExperimentalSpreadProperty") {
      return { kind: "spread", ...range, value: this.#child(node, "argument") };
    }
    const key = nodeIn(node, "key");
    const isComputed = node["computed"] === true;
    return {
      kind: "property",
      ...range,
      key: isComputed || key === null ? null : nameOf(key),
      computed: isComputed ? this.#optional(key) : null,
      value: this.#child(node, "value"),
    };
  }

  #attribute(node: EsNode): Node {
    const value = nodeIn(node, "value");
    if (value === null) return { kind: "other", ...rangeOf(node), body: [] };
    return value.type === "Literal" ? this.#string(rangeOf(value), "jsx") : this.#expression(value);
  }

  #operation(node: EsNode): Node | null {
    const range = rangeOf(node);
    if (WRAPS.has(node.type)) return { kind: "wrap", ...range, value: this.#child(node, "expression") };
    switch (node.type) {
      case "AwaitExpression":
        return { kind: "await", ...range, value: this.#child(node, "argument") };
      case "SpreadElement":
        return { kind: "spread", ...range, value: this.#child(node, "argument") };
      case "UnaryExpression":
        return node["operator"] === "void"
          ? { kind: "statement", ...range, value: this.#child(node, "argument") }
          : null;
      case "ConditionalExpression":
        return {
          kind: "conditional",
          ...range,
          test: this.#child(node, "test"),
          then: this.#child(node, "consequent"),
          otherwise: this.#child(node, "alternate"),
        };
      case "BinaryExpression":
        return this.#binary(node);
      case "LogicalExpression":
        return this.#logical(node);
      case "AssignmentExpression":
        return {
          kind: "assignment",
          ...range,
          operator: String(node["operator"]),
          target: this.#child(node, "left"),
          value: this.#child(node, "right"),
        };
      case "MemberExpression":
        return this.#member(node);
      case "ImportExpression":
        return { kind: "other", ...range, body: [] };
      case "CallExpression":
      case "NewExpression":
        return {
          kind: "call",
          ...range,
          callee: this.#child(node, "callee"),
          args: this.#all(nodesIn(node, "arguments")),
          isNew: node.type === "NewExpression",
        };
      default:
        return null;
    }
  }

  #binary(node: EsNode): Node {
    const range = rangeOf(node);
    const operator = String(node["operator"]);
    if (operator === "+") {
      return { kind: "concat", ...range, terms: termsOf(node).map((term) => this.#inParentheses(term)) };
    }
    const body = [this.#child(node, "left"), this.#child(node, "right")];
    return { kind: /^[!=]==?$/.test(operator) ? "test" : "other", ...range, body };
  }

  #logical(node: EsNode): Node | null {
    const operator = node["operator"];
    if (operator !== "&&" && operator !== "||" && operator !== "??") return null;
    const [left, right] = [this.#child(node, "left"), this.#child(node, "right")];
    return { kind: "logical", ...rangeOf(node), operator, left, right };
  }

  #member(node: EsNode): Node {
    const range = rangeOf(node);
    const object = this.#child(node, "object");
    const property = nodeIn(node, "property");
    const isNamed = property !== null && (node["computed"] !== true || typeof property["value"] === "string");
    if (isNamed) return { kind: "member", ...range, object, property: keyOf(property), computed: null };
    return { kind: "member", ...range, object, property: null, computed: this.#optional(property) };
  }

  #declaration(node: EsNode): Node | null {
    const range = rangeOf(node);
    if (FUNCTIONS.has(node.type)) return this.#func(node);
    switch (node.type) {
      case "VariableDeclaration":
        return {
          kind: "other",
          ...range,
          body: nodesIn(node, "declarations").map((declarator) => this.#variable(declarator, styleOf(node))),
        };
      case "ClassDeclaration":
      case "ClassExpression":
        return this.#class(node);
      case "MethodDefinition":
        return this.#optional(nodeIn(node, "value"));
      case "TSEnumDeclaration":
        return this.#enum(node);
      case "TSParameterProperty":
        return this.#optional(nodeIn(node, "parameter"));
      case "ImportDeclaration":
      case "TSImportEqualsDeclaration":
        return importOf(node);
      case "ExportNamedDeclaration":
      case "ExportDefaultDeclaration":
      case "TSExportAssignment":
        return this.#export(node);
      case "ExportAllDeclaration":
        return { kind: "other", ...range, body: [] };
      default:
        return null;
    }
  }

  #class(node: EsNode): Class {
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
        value: this.#optional(nodeIn(member, "value")),
      };
    });
    const others = all.filter((member) => !isField(member));
    const rest = this.#all([...nodesIn(node, "decorators"), nodeIn(node, "superClass"), ...others]);
    return { kind: "class", ...rangeOf(node), name: id === null ? null : nameOf(id), members, rest };
  }

  #func(node: EsNode): Func {
    const id = nodeIn(node, "id");
    return {
      kind: "function",
      ...rangeOf(node),
      name: id === null ? null : nameOf(id),
      declared: node.type === "FunctionDeclaration",
      params: nodesIn(node, "params").map((param) => this.#param(param)),
      body: this.#optional(nodeIn(node, "body")),
    };
  }

  #param(node: EsNode): Variable {
    const param = node.type === "TSParameterProperty" ? (nodeIn(node, "parameter") ?? node) : node;
    const names = this.#bound(param, { kind: "whole" });
    return { kind: "variable", ...rangeOf(param), style: "param", names, init: null };
  }

  #variable(node: EsNode, style: Variable["style"]): Variable {
    const id = nodeIn(node, "id");
    const names = id === null ? [] : this.#bound(id, { kind: "whole" });
    return { kind: "variable", ...rangeOf(node), style, names, init: this.#optional(nodeIn(node, "init")) };
  }

  #bound(pattern: EsNode, part: Bound["part"], fallback: Node | null = null): readonly Bound[] {
    switch (pattern.type) {
      case "Identifier":
        return [{ ...rangeOf(pattern), name: nameOf(pattern), part, fallback }];
      case "AssignmentPattern": {
        const left = nodeIn(pattern, "left");
        return left === null ? [] : this.#bound(left, part, this.#optional(nodeIn(pattern, "right")));
      }
      case "RestElement": {
        const argument = nodeIn(pattern, "argument");
        return argument === null
          ? []
          : this.#bound(argument, part.kind === "whole" ? { kind: "rest" } : part);
      }
      case "ObjectPattern":
        return nodesIn(pattern, "properties").flatMap((property) => {
          const key = nodeIn(property, "key");
          const value = nodeIn(property, "value") ?? property;
          const isPlain =
            part.kind === "whole" && key?.type === "Identifier" && property["computed"] !== true;
          return this.#bound(value, isPlain ? { kind: "property", key: nameOf(key) } : { kind: "other" });
        });
      case "ArrayPattern":
        return nodesIn(pattern, "elements").flatMap((element) => this.#bound(element, { kind: "other" }));
      default:
        return [];
    }
  }

  #enum(node: EsNode): Node | null {
    const id = nodeIn(node, "id");
    if (id === null) return null;
    const members = nodesIn(nodeIn(node, "body") ?? node, "members");
    const properties = members.map((member): Property => {
      const key = nodeIn(member, "id");
      const value = this.#optional(nodeIn(member, "initializer"));
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
      names: this.#bound(id, { kind: "whole" }),
      init: { kind: "table", ...rangeOf(node), properties },
    };
  }

  #export(node: EsNode): Node {
    const own = nodeIn(node, "source") === null ? nodesIn(node, "specifiers") : [];
    const names = own.map((specifier) => nodeIn(specifier, "local"));
    const declared = nodeIn(node, "declaration") ?? nodeIn(node, "expression");
    return { kind: "export", ...rangeOf(node), body: this.#all([declared, ...names]) };
  }

  #statement(node: EsNode): Node | null {
    const range = rangeOf(node);
    if (node.type.startsWith("TS") && !RUNNING.has(node.type)) return null;
    switch (node.type) {
      case "ExpressionStatement":
        return { kind: "statement", ...range, value: this.#child(node, "expression") };
      case "ReturnStatement":
        return { kind: "return", ...range, value: this.#optional(nodeIn(node, "argument")) };
      case "ForOfStatement": {
        const each = this.#child(node, "right");
        const body = [this.#child(node, "left"), each, this.#child(node, "body")];
        return { kind: "block", ...range, body, each };
      }
      case "SwitchCase": {
        const test = nodeIn(node, "test");
        const tests: readonly Node[] =
          test === null ? [] : [{ kind: "test", ...range, body: [this.#expression(test)] }];
        return { kind: "other", ...range, body: [...tests, ...this.#all(nodesIn(node, "consequent"))] };
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
                  names: this.#bound(param, { kind: "whole" }),
                  init: null,
                },
              ];
        return { kind: "block", ...range, body: [...caught, ...this.#all([nodeIn(node, "body")])] };
      }
      default:
        return {
          kind: SCOPES.has(node.type) ? "block" : "other",
          ...range,
          body: this.#all(this.#children(node)),
        };
    }
  }

  #children(node: EsNode): readonly EsNode[] {
    const keys = this.#keys[node.type] ?? [];
    const found = keys.flatMap((key) => {
      const value = nodeIn(node, key);
      return value === null ? nodesIn(node, key) : [value];
    });
    // Text between JSX elements is no more than a part of a sentence.
    const isMixed = nodesIn(node, "children").length > 1;
    return isMixed ? found.filter((child) => child.type !== "JSXText") : found;
  }

  #child(node: EsNode, key: string): Node {
    const child = nodeIn(node, key);
    return child === null ? { kind: "other", ...rangeOf(node), body: [] } : this.#expression(child);
  }
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

/** A method or a property of a class; accessors are neither. */
function isField({ type, kind }: EsNode): boolean {
  return type === "PropertyDefinition" || (type === "MethodDefinition" && kind !== "get" && kind !== "set");
}

/** The name of a property, with `#` when it is private. */
function keyOf(node: EsNode): string {
  return node.type === "PrivateIdentifier" ? `#${nameOf(node)}` : nameOf(node);
}

/** The name of an identifier, or the value of a key that is a string or a number. */
function nameOf(node: EsNode): string {
  const name = node["name"] ?? node["value"];
  return typeof name === "string" || typeof name === "number" ? String(name) : "";
}

function textOf(node: EsNode | null): string {
  const value = node?.["value"];
  return typeof value === "string" ? value : "";
}

function rangeOf({ range: [start, end] }: EsNode): Range {
  return { start, end };
}

export function isEsNode(value: unknown): value is EsNode {
  return typeof value === "object" && value !== null && "type" in value && "range" in value;
}

function nodeIn(node: EsNode, key: string): EsNode | null {
  const value = node[key];
  return isEsNode(value) ? value : null;
}

function nodesIn(node: EsNode | null, key: string): readonly EsNode[] {
  const value = node?.[key];
  return Array.isArray(value) ? value.filter(isEsNode) : [];
}
