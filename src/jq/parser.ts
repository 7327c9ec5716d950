import { JqSyntaxError, type Token, tokenAt } from "./lexer.ts";
import { HOLE, type JqEntry, type JqNode, type JqPattern, type JqPatternEntry, type Step } from "./tree.ts";

/** The tree of a jq program; null when it breaks the grammar, or takes code from other files (`import`). Never throws. */
export function parseJq(text: string): JqNode | null {
  try {
    return new Parser(text).program();
  } catch (error) {
    if (error instanceof JqSyntaxError) return null;
    throw error;
  }
}

/** Programs that people write are not deeper, nor lists of operators and suffixes longer. */
const MAX_DEPTH = 200;
const MAX_CHAIN = 400;
const COMPARISONS: readonly string[] = ["==", "!=", "<", "<=", ">", ">="];
const ASSIGNMENTS: readonly string[] = ["=", "|=", "+=", "-=", "*=", "/=", "%=", "//="];
/** Binary operators from loose to tight; comparisons and assignments do not chain. */
const LEVELS: readonly (readonly string[])[] = [
  ["//"],
  ASSIGNMENTS,
  ["or"],
  ["and"],
  COMPARISONS,
  ["+", "-"],
  ["*", "/", "%"],
];

class Parser {
  #token: Token;
  /** Where the last token ended. */
  #end = 0;
  #depth = 0;

  constructor(private readonly text: string) {
    this.#token = tokenAt(text, 0);
  }

  program(): JqNode {
    if (this.#isAtEnd()) return { kind: "identity", start: 0, end: 0 };
    const node = this.#pipe();
    if (!this.#isAtEnd()) this.#fail();
    return node;
  }

  /** @param commas whether `,` makes a list here; not in the values of an object */
  #pipe(commas = true): JqNode {
    if (++this.#depth > MAX_DEPTH) this.#fail();
    const node = this.#pipeParts(commas);
    this.#depth--;
    return node;
  }

  #pipeParts(commas: boolean): JqNode {
    const { start } = this.#token;
    if (this.#isWord("def")) return this.#def(start);
    if (this.#isWord("label")) {
      this.#advance();
      this.#take("variable");
      this.#expect("|");
      const body = this.#pipe(commas);
      return { kind: "label", body, start, end: body.end };
    }
    const left = this.#comma(commas);
    if (this.#isWord("as")) {
      this.#advance();
      const patterns = this.#patterns();
      this.#expect("|");
      const body = this.#pipe(commas);
      return { kind: "as", source: left, patterns, body, start, end: body.end };
    }
    if (!this.#skip("|")) return left;
    const right = this.#pipe(commas);
    return { kind: "pipe", left, right, start, end: right.end };
  }

  #def(start: number): JqNode {
    this.#advance();
    const name = this.#take("word").text;
    const parameters: string[] = [];
    if (this.#skip("(")) {
      do {
        const token = this.#token;
        if (token.kind !== "word" && token.kind !== "variable") this.#fail();
        parameters.push(token.kind === "variable" ? `$${token.text}` : token.text);
        this.#advance();
      } while (this.#skip(";"));
      this.#expect(")");
    }
    this.#expect(":");
    const body = this.#pipe();
    this.#expect(";");
    const rest: JqNode =
      this.#isAtEnd() || this.#isSymbol(")")
        ? { kind: "identity", start: this.#end, end: this.#end }
        : this.#pipe();
    return { kind: "def", name, parameters, body, rest, start, end: rest.end };
  }

  #comma(commas: boolean): JqNode {
    let left = this.#binary(0);
    for (let length = 0; commas && this.#skip(","); length++) {
      if (length > MAX_CHAIN) this.#fail();
      // `a, b as $x | c`: the binding is the rest of the program.
      const right = this.#bound(this.#binary(0));
      left = { kind: "comma", left, right, start: left.start, end: right.end };
    }
    return left;
  }

  #bound(source: JqNode): JqNode {
    if (!this.#isWord("as")) return source;
    this.#advance();
    const patterns = this.#patterns();
    this.#expect("|");
    const body = this.#pipe();
    return { kind: "as", source, patterns, body, start: source.start, end: body.end };
  }

  #binary(level: number): JqNode {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (let length = 0; ; length++) {
      if (length > MAX_CHAIN) this.#fail();
      const { text: operator, start, end, kind } = this.#token;
      if ((kind !== "symbol" && kind !== "word") || !operators.includes(operator)) return left;
      this.#advance();
      const right = this.#operand(level, operator);
      const range = { start: left.start, end: right.end };
      const operatorRange = { start, end };
      const isAssignment = operators === ASSIGNMENTS;
      const operation = { operator, operatorRange, left, right, ...range };
      left = isAssignment ? { kind: "assign", ...operation } : { kind: "binary", ...operation };
      if (isAssignment || operators === COMPARISONS) return left;
    }
  }

  /** What stands behind an operator; `//` binds to the right. */
  #operand(level: number, operator: string): JqNode {
    if (this.#isWord("def")) return this.#pipe();
    return this.#bound(this.#binary(operator === "//" ? level : level + 1));
  }

  #unary(): JqNode {
    const { start } = this.#token;
    if (this.#skip("-")) {
      const body = this.#postfix();
      return { kind: "negate", body, start, end: body.end };
    }
    return this.#postfix();
  }

  #postfix(): JqNode {
    if (++this.#depth > MAX_DEPTH) this.#fail();
    let node = this.#term();
    for (let length = 0; ; length++) {
      if (length > MAX_CHAIN) this.#fail();
      const next = this.#suffix(node);
      if (next === null) break;
      node = next;
    }
    this.#depth--;
    return node;
  }

  /** The node with one more suffix (`.key`, `["key"]`, `[]`, `?`), or null when none follows. */
  #suffix(target: JqNode): JqNode | null {
    const { kind, start, end, text: key } = this.#token;
    if (kind === "field") {
      this.#advance();
      return field(target, { start, end, key: key.includes(HOLE) ? null : key, style: "dot" });
    }
    if (this.#skip("?")) return { kind: "try", body: target, handler: null, start: target.start, end };
    if (this.#isSymbol("?//")) {
      // Behind a term it is a `?` and a `//`.
      this.#end = start + 1;
      this.#token = tokenAt(this.text, this.#end);
      return { kind: "try", body: target, handler: null, start: target.start, end: this.#end };
    }
    if (this.#isSymbol(".") && this.text[end] === '"') {
      this.#advance();
      const { text, end: last } = this.#string();
      return field(target, { start, end: last, key: text, style: "dot" });
    }
    if (this.#isSymbol(".") && this.text[end] === "[") this.#advance();
    return this.#isSymbol("[") ? this.#bracket(target) : null;
  }

  #bracket(target: JqNode): JqNode {
    const { start } = this.#token;
    this.#advance();
    if (this.#skip("]")) return { kind: "iterate", target, start: target.start, end: this.#end };
    const bounds: JqNode[] = [];
    if (!this.#isSymbol(":")) bounds.push(this.#pipe());
    if (this.#skip(":")) {
      if (!this.#isSymbol("]")) bounds.push(this.#pipe());
      this.#expect("]");
      return { kind: "slice", target, bounds, start: target.start, end: this.#end };
    }
    this.#expect("]");
    const [index] = bounds;
    if (index === undefined) this.#fail();
    const range = { start: target.start, end: this.#end };
    if (index.kind !== "string") return { kind: "index", target, index, ...range };
    const key = constantText(index);
    if (key === null) return { kind: "index", target, index, ...range };
    return field(target, { start, end: this.#end, key, style: "bracket" });
  }

  #term(): JqNode {
    const { kind, text, start, end } = this.#token;
    switch (kind) {
      case "field": {
        const identity = { kind: "identity", start, end: start } as const;
        return this.#suffix(identity) ?? this.#fail();
      }
      case "quote":
        return this.#string().node;
      case "number":
        this.#advance();
        return { kind: "literal", value: Number(text), start, end };
      case "variable":
        this.#advance();
        return { kind: "variable", name: text, start, end };
      case "format":
        this.#advance();
        if (this.#token.kind === "quote") return { ...this.#string().node, start };
        return { kind: "format", name: text, start, end };
      case "word":
        return this.#word(text, start);
      case "symbol":
        return this.#symbol(text, start);
      case "end":
        return this.#fail();
    }
  }

  #symbol(text: string, start: number): JqNode {
    this.#advance();
    switch (text) {
      case ".":
        if (this.#token.kind === "quote" && this.#token.start === start + 1) {
          const { text: key, end } = this.#string();
          return field({ kind: "identity", start, end: start }, { start, end, key, style: "dot" });
        }
        return { kind: "identity", start, end: this.#end };
      case "..":
        return { kind: "recurse", start, end: this.#end };
      case "(": {
        const body = this.#pipe();
        this.#expect(")");
        return { kind: "group", body, start, end: this.#end };
      }
      case "[": {
        const body = this.#isSymbol("]") ? null : this.#pipe();
        this.#expect("]");
        return { kind: "array", body, start, end: this.#end };
      }
      case "{": {
        const entries: JqEntry[] = [];
        while (!this.#isSymbol("}")) {
          entries.push(this.#entry());
          if (!this.#skip(",")) break;
        }
        this.#expect("}");
        return { kind: "object", entries, start, end: this.#end };
      }
      case "-": {
        const body = this.#postfix();
        return { kind: "negate", body, start, end: body.end };
      }
      default:
        return this.#fail();
    }
  }

  #word(name: string, start: number): JqNode {
    switch (name) {
      case "reduce":
      case "foreach":
        return this.#fold(name, start);
      case "if":
        return this.#if(start);
      case "try": {
        this.#advance();
        const body = this.#postfix();
        const handler = this.#isWord("catch") ? (this.#advance(), this.#postfix()) : null;
        return { kind: "try", body, handler, start, end: this.#end };
      }
      case "break":
        this.#advance();
        this.#take("variable");
        return { kind: "break", start, end: this.#end };
      case "def":
        return this.#def(start);
      case "null":
      case "true":
      case "false":
        this.#advance();
        return { kind: "literal", value: name === "null" ? null : name === "true", start, end: this.#end };
      case "import":
      case "include":
      case "then":
      case "elif":
      case "else":
      case "end":
      case "as":
      case "and":
      case "or":
      case "catch":
        return this.#fail();
      default:
        return this.#call(name, start);
    }
  }

  #call(name: string, start: number): JqNode {
    this.#advance();
    const args: JqNode[] = [];
    if (this.#skip("(")) {
      do args.push(this.#pipe());
      while (this.#skip(";"));
      this.#expect(")");
    }
    return { kind: "call", name, args, start, end: this.#end };
  }

  #fold(kind: "reduce" | "foreach", start: number): JqNode {
    this.#advance();
    const source = this.#postfix();
    if (!this.#isWord("as")) this.#fail();
    this.#advance();
    const patterns = this.#patterns();
    this.#expect("(");
    const init = this.#pipe();
    this.#expect(";");
    const update = this.#pipe();
    const extract = kind === "foreach" && this.#skip(";") ? this.#pipe() : null;
    this.#expect(")");
    return { kind, source, patterns, init, update, extract, start, end: this.#end };
  }

  #if(start: number): JqNode {
    const tests: JqNode[] = [];
    const branches: JqNode[] = [];
    do {
      this.#advance();
      tests.push(this.#pipe());
      if (!this.#isWord("then")) this.#fail();
      this.#advance();
      branches.push(this.#pipe());
    } while (this.#isWord("elif"));
    if (this.#isWord("else")) {
      this.#advance();
      branches.push(this.#pipe());
    } else {
      branches.push({ kind: "identity", start: this.#end, end: this.#end });
    }
    if (!this.#isWord("end")) this.#fail();
    this.#advance();
    return { kind: "if", tests, branches, start, end: this.#end };
  }

  #entry(): JqEntry {
    const { start, kind, text } = this.#token;
    if (kind === "variable") {
      this.#advance();
      const range = { start, end: this.#end };
      return { key: text, computed: [], keyRange: range, value: null, variable: text, ...range };
    }
    const { key, computed } = this.#key();
    const keyRange = { start, end: this.#end };
    const value = this.#skip(":") ? this.#pipe(false) : null;
    return { key, computed, keyRange, value, variable: null, start, end: this.#end };
  }

  #key(): { readonly key: string | null; readonly computed: readonly JqNode[] } {
    const { kind, text } = this.#token;
    if (kind === "word" || kind === "number") {
      this.#advance();
      return { key: text.includes(HOLE) ? null : text, computed: [] };
    }
    if (kind === "format") this.#advance();
    if (this.#token.kind === "quote") {
      const { node } = this.#string();
      return { key: kind === "format" ? null : constantText(node), computed: [node] };
    }
    this.#expect("(");
    const body = this.#pipe();
    this.#expect(")");
    return { key: null, computed: [body] };
  }

  #patterns(): readonly JqPattern[] {
    const patterns = [this.#pattern()];
    while (this.#skip("?//")) patterns.push(this.#pattern());
    return patterns;
  }

  #pattern(): JqPattern {
    if (++this.#depth > MAX_DEPTH) this.#fail();
    const pattern = this.#patternParts();
    this.#depth--;
    return pattern;
  }

  #patternParts(): JqPattern {
    const { start, end, kind, text } = this.#token;
    if (kind === "variable") {
      this.#advance();
      return { kind, name: text, start, end };
    }
    if (this.#skip("[")) {
      const items: JqPattern[] = [];
      do items.push(this.#pattern());
      while (this.#skip(","));
      this.#expect("]");
      return { kind: "array", items, start, end: this.#end };
    }
    this.#expect("{");
    const entries: JqPatternEntry[] = [];
    do entries.push(this.#patternEntry());
    while (this.#skip(","));
    this.#expect("}");
    return { kind: "object", entries, start, end: this.#end };
  }

  #patternEntry(): JqPatternEntry {
    const { start, kind, text } = this.#token;
    let variable: string | null = null;
    let key: { readonly key: string | null; readonly computed: readonly JqNode[] };
    if (kind === "variable") {
      this.#advance();
      variable = text;
      key = { key: text, computed: [] };
    } else {
      key = this.#key();
    }
    const keyRange = { start, end: this.#end };
    if (variable === null || this.#isSymbol(":")) {
      this.#expect(":");
      return { ...key, keyRange, variable, value: this.#pattern(), start, end: this.#end };
    }
    return { ...key, keyRange, variable, value: null, ...keyRange };
  }

  /** A string, read from the text itself: what stands between quotes has no tokens. */
  #string(): { readonly node: JqNode; readonly text: string | null; readonly end: number } {
    const { start } = this.#token;
    const parts: (string | JqNode)[] = [];
    let literal = "";
    let at = start + 1;
    for (;;) {
      const unit = this.text[at];
      if (unit === undefined) this.#fail();
      if (unit === '"') break;
      if (unit !== "\\") {
        literal += unit;
        at++;
        continue;
      }
      if (this.text[at + 1] === "(") {
        if (literal !== "") parts.push(literal);
        literal = "";
        this.#token = tokenAt(this.text, at + 2);
        parts.push(this.#pipe());
        if (!this.#isSymbol(")")) this.#fail();
        at = this.#token.end;
        continue;
      }
      const escape = /^\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])/.exec(this.text.slice(at, at + 6))?.[0];
      if (escape === undefined) this.#fail();
      literal += String(JSON.parse(`"${escape}"`));
      at += escape.length;
    }
    if (literal !== "") parts.push(literal);
    const end = at + 1;
    this.#end = end;
    this.#token = tokenAt(this.text, end);
    const node: JqNode = { kind: "string", parts, start, end };
    return { node, text: constantText(node), end };
  }

  #advance(): void {
    this.#end = this.#token.end;
    this.#token = tokenAt(this.text, this.#end);
  }

  #take(kind: Token["kind"]): Token {
    const token = this.#token;
    if (token.kind !== kind) this.#fail();
    this.#advance();
    return token;
  }

  #skip(symbol: string): boolean {
    if (!this.#isSymbol(symbol)) return false;
    this.#advance();
    return true;
  }

  #expect(symbol: string): void {
    if (!this.#skip(symbol)) this.#fail();
  }

  #isAtEnd(): boolean {
    return this.#token.kind === "end";
  }

  #isSymbol(symbol: string): boolean {
    return this.#token.kind === "symbol" && this.#token.text === symbol;
  }

  #isWord(word: string): boolean {
    return this.#token.kind === "word" && this.#token.text === word;
  }

  #fail(): never {
    throw new JqSyntaxError(`unexpected ${this.#token.text} at ${this.#token.start}`);
  }
}

function field(target: JqNode, step: Step): JqNode {
  return { kind: "field", target, step, start: target.start, end: step.end };
}

/** The text of a string without interpolation; null for any other. */
export function constantText(node: JqNode): string | null {
  if (node.kind !== "string") return null;
  const [only = "", more] = node.parts;
  return more === undefined && typeof only === "string" && !only.includes(HOLE) ? only : null;
}
