import type { Range } from "../../text/edits.ts";
import type { Call, Element, Expression, List, Sum } from "./expression.ts";
import type { Mark, Token } from "./lex.ts";
import type { LanguageTable } from "./table.ts";
import { groupsOf, type Group, type Item, type Node } from "./tree.ts";

/** `name = value` and the like. */
export interface Assignment extends Range {
  readonly name: string;
  /** Null when it is more than one expression. */
  readonly value: Expression | null;
  /** `each`: it takes one of the values after the other. */
  readonly how: "set" | "add" | "each";
  /** Whether the statement makes the name (`let x = `). */
  readonly declares: boolean;
  readonly block: Block;
}

/** What names can be local to: braces, or lines with one indentation. */
export interface Block extends Range {
  readonly parent: Block | null;
  readonly isFunction: boolean;
  /** Names that its head gives values to. */
  readonly params: ReadonlySet<string>;
  /** The text that it stands behind. */
  readonly head: string;
}

export interface Parsed {
  readonly expressions: readonly Expression[];
  readonly assignments: readonly Assignment[];
  /** The block that each expression stands in. */
  readonly blockOf: ReadonlyMap<Expression, Block>;
}

/** The expressions of a program, as far as they can be told without a grammar. Never throws. */
export function parse(text: string, tokens: readonly Token[], table: LanguageTable): Parsed {
  return new Parser(text, table).run(groupsOf(tokens, text.length));
}

/** Words that no value begins with. */
const KEYWORDS =
  /^(?:return|if|elif|elsif|unless|else|while|until|for|foreach|switch|case|when|match|in|and|or|not|print|throw|raise|assert|del|yield|go|defer|range|from|import|with|then|do|begin|end|lambda|is|as|async|const|let|var|val|static|final|public|private|protected|def|func|fn|class|struct|type|interface|global|nonlocal|export|pub|local)$/;
const FUNCTION_HEAD =
  /(?:^|[\s(=:])(?:async\s+def|def|func|fn|fun|function|lambda)\b|=>\s*$|\)\s*(?:throws\s[\w\s,.]+)?$/;
const CONDITION_HEAD =
  /^[\s}]*(?:if|else|elif|for|while|switch|case|try|catch|except|with|finally|match|unless|when)\b/;
const MAX_DEPTH = 150;

class Parser implements Parsed {
  readonly expressions: Expression[] = [];
  readonly assignments: Assignment[] = [];
  readonly blockOf = new Map<Expression, Block>();
  #block: Block;
  #depth = 0;

  constructor(
    private readonly text: string,
    private readonly table: LanguageTable,
  ) {
    this.#block = { parent: null, start: 0, end: text.length, isFunction: true, params: new Set(), head: "" };
  }

  run(program: Group): Parsed {
    this.#statements(program.items, program);
    return this;
  }

  /** What stands between the brackets of a block, or in the whole program. */
  #statements(items: readonly Item[], group: Group): readonly Expression[] {
    if (this.table.blocks === "braces") return items.flatMap((_, i) => this.#statement(items, i, group));
    const outer = this.#block;
    const open: { readonly indent: number; readonly block: Block }[] = [];
    let head = "";
    const found = items.flatMap((item, i) => {
      const start = item.nodes[0]?.start ?? 0;
      const lineStart = this.text.lastIndexOf("\n", start - 1) + 1;
      const indent = start - lineStart;
      if (items[i - 1]?.isListed !== true && /^[ \t\uFEFF]*$/.test(this.text.slice(lineStart, start))) {
        while ((open.at(-1)?.indent ?? -1) > indent) open.pop();
        const last = open.at(-1);
        if (last?.indent !== indent) {
          const parent = last?.block ?? outer;
          const block =
            open.length === 0
              ? outer
              : this.#blockBehind(head, parent, start, this.#endOfIndent(items, i, indent));
          open.push({ indent, block });
        }
        this.#block = open.at(-1)?.block ?? outer;
        head = "";
      }
      head += `${this.text.slice(start, item.nodes.at(-1)?.end ?? start)} `;
      return this.#statement(items, i, group);
    });
    this.#block = outer;
    return found;
  }

  /** Where the lines end that are indented as far as an item. */
  #endOfIndent(items: readonly Item[], from: number, indent: number): number {
    for (let i = from + 1; i < items.length; i++) {
      const start = items[i]?.nodes[0]?.start ?? 0;
      const lineStart = this.text.lastIndexOf("\n", start - 1) + 1;
      const isFirst = /^[ \t]*$/.test(this.text.slice(lineStart, start));
      if (isFirst && start - lineStart < indent) return start;
    }
    return this.#block.end;
  }

  #blockBehind(head: string, parent: Block, start: number, end: number): Block {
    const isFunction = FUNCTION_HEAD.test(head) && !CONDITION_HEAD.test(head);
    const params = new Set(
      isFunction ? (/\(([^]*)/.exec(head)?.[1]?.match(/[$@]?[\p{L}_][\p{L}\p{N}_]*/gu) ?? []) : [],
    );
    return { parent, start, end, isFunction, params, head };
  }

  /** One item of a block or of a list: an assignment, or a run of expressions. */
  #statement(items: readonly Item[], index: number, group: Group): readonly Expression[] {
    const nodes = items[index]?.nodes ?? [];
    const each = this.#each(nodes);
    if (each !== null) return each;
    const at = nodes.findIndex((node) => node.kind === "mark" && /^(?:=|:=|\+=|\.=)$/.test(node.text));
    const name = at > 0 ? this.#target(nodes.slice(0, at)) : null;
    if (name === null) return this.#run(nodes, 0, items, index);
    const found = this.#run(nodes, at + 1, items, index);
    const [value] = found;
    const mark = nodes[at];
    const op = mark?.kind === "mark" ? mark.text : "=";
    const isWhole = found.length === 1 && value !== undefined && this.#spans(value, nodes, at + 1);
    this.assignments.push({
      start: nodes[0]?.start ?? group.start,
      end: nodes.at(-1)?.end ?? group.end,
      name,
      value: isWhole ? value : null,
      how: op === "+=" || op === ".=" ? "add" : "set",
      declares: op === ":=" || (at > 1 && nodes[0]?.kind === "word"),
      block: this.#block,
    });
    return [...this.#run(nodes.slice(0, at), 0, [], 0), ...found];
  }

  /** `for x in [...]`, `for _, x := range []string{...} {`, `for (String x : List.of(...)) {`. */
  #each(nodes: readonly Node[]): readonly Expression[] | null {
    const at = nodes.findIndex(
      (node, i) => i > 0 && node.kind === "word" && (node.text === "in" || node.text === "range"),
    );
    const before = nodes.slice(0, at).findLast((node) => node.kind === "word" && !KEYWORDS.test(node.text));
    const isLoop = nodes.some(
      (node) => node.kind === "word" && (node.text === "for" || node.text === "range"),
    );
    if (at < 0 || !isLoop || before?.kind !== "word") return null;
    const found = this.#run(nodes, at + 1, [], 0);
    this.assignments.push({
      start: before.start,
      end: before.end,
      name: before.text,
      value: found[0] ?? null,
      how: "each",
      declares: true,
      block: this.#block,
    });
    return found;
  }

  /** The name that is assigned: `x`, `let x: T`, `var x []string`, `String[] x`, `self.x`. */
  #target(nodes: readonly Node[]): string | null {
    const colon = nodes.findIndex((node) => node.kind === "mark" && node.text === ":");
    const left = colon > 0 ? nodes.slice(0, colon) : nodes;
    const [first, second] = left;
    const isVar = first?.kind === "word" && /^(?:var|const)$/.test(first.text) && this.table.id === "go";
    const last = isVar ? second : left.at(-1);
    if (last?.kind !== "word") return null;
    let name = last.text;
    for (let i = left.indexOf(last) - 1; i > 0; i -= 2) {
      const mark = left[i];
      const owner = left[i - 1];
      if (mark?.kind !== "mark" || !/^(?:\.|->|::)$/.test(mark.text) || owner?.kind !== "word") break;
      name = `${owner.text}${mark.text}${name}`;
    }
    return name;
  }

  #spans(value: Expression, nodes: readonly Node[], from: number): boolean {
    const first = nodes[from];
    const last = nodes.at(-1);
    return (
      first !== undefined && last !== undefined && value.start <= first.start + 1 && value.end >= last.end - 1
    );
  }

  /** All expressions of a run of nodes. */
  #run(nodes: readonly Node[], from: number, items: readonly Item[], index: number): readonly Expression[] {
    const found: Expression[] = [];
    const cursor = new Cursor(nodes, from);
    if (this.#depth > MAX_DEPTH) return found;
    this.#depth += 1;
    while (cursor.node !== undefined) {
      const node = this.#sum(cursor, items, index);
      if (node === null) cursor.at += 1;
      else found.push(node);
    }
    this.#depth -= 1;
    return found;
  }

  #keep<T extends Expression>(node: T): T {
    this.expressions.push(node);
    this.blockOf.set(node, this.#block);
    return node;
  }

  #sum(cursor: Cursor, items: readonly Item[], index: number): Expression | null {
    const first = this.#primary(cursor, items, index);
    if (first === null) return null;
    const terms: Expression[] = [first];
    for (;;) {
      const { node } = cursor;
      if (node?.kind === "string" && this.table.isAdjacent === true && terms.at(-1)?.kind === "text") {
        const next = this.#primary(cursor, items, index);
        if (next !== null) terms.push(next);
        continue;
      }
      if (node?.kind !== "mark") break;
      const { at } = cursor;
      cursor.at += 1;
      const format = this.table.formats.find(({ kind, name }) => kind === "operator" && name.test(node.text));
      const isSum = this.table.concat.includes(node.text);
      const next = isSum || format !== undefined ? this.#primary(cursor, items, index) : null;
      if (next === null) {
        cursor.at = at;
        break;
      }
      const last = terms.at(-1);
      if (isSum || format === undefined || last === undefined) terms.push(next);
      else {
        // `%` binds tighter than `+`, but not than strings side by side.
        const from = terms.findLastIndex((term, i) => i === 0 || !this.#isBeside(terms[i - 1], term));
        const text = this.#joined(terms.splice(from));
        terms.push(
          this.#keep({
            kind: "format",
            start: text.start,
            end: next.end,
            text,
            style: format.style,
            values: [next],
          }),
        );
      }
    }
    return this.#joined(terms);
  }

  #isBeside(a: Expression | undefined, b: Expression): boolean {
    return a?.kind === "text" && b.kind === "text" && /^[\s\\]*$/.test(this.text.slice(a.end, b.start));
  }

  #joined(terms: readonly Expression[]): Expression {
    const [first, more] = terms;
    const last = terms.at(-1);
    if (first === undefined || last === undefined) throw new RangeError("a sum has terms");
    if (more === undefined) return first;
    return this.#keep({ kind: "sum", start: first.start, end: last.end, terms } satisfies Sum);
  }

  #primary(cursor: Cursor, items: readonly Item[], index: number): Expression | null {
    const start = cursor.at;
    while (cursor.node?.kind === "mark" && /^[&*!-]$/.test(cursor.node.text)) cursor.at += 1;
    while (cursor.node?.kind === "word" && /^(?:new|await|mut|ref)$/.test(cursor.node.text)) cursor.at += 1;
    const atom = this.#atom(cursor, items, index);
    if (atom === null) {
      cursor.at = start;
      return null;
    }
    return this.#postfix(atom, cursor);
  }

  #atom(cursor: Cursor, items: readonly Item[], index: number): Expression | null {
    const { node } = cursor;
    if (node === undefined || node.kind === "mark") return null;
    cursor.at += 1;
    if (node.kind === "string")
      return this.#keep({ kind: "text", start: node.start, end: node.end, literal: node });
    if (node.kind === "group") return this.#grouped(node, cursor);
    if (KEYWORDS.test(node.text)) {
      cursor.at -= 1;
      return null;
    }
    return this.#named(cursor, node, items, index);
  }

  #grouped(group: Group, cursor: Cursor): Expression {
    if (group.open === "[") {
      const body = this.#typedBody(cursor);
      return this.#list(body ?? group, group.start);
    }
    const [only, more] = group.items;
    if (
      group.open === "(" &&
      only !== undefined &&
      more === undefined &&
      !(group.hasComma && this.table.tuples === true)
    ) {
      const found = this.#run(only.nodes, 0, group.items, 0);
      const [inner] = found;
      if (inner !== undefined && found.length === 1 && this.#spans(inner, only.nodes, 0)) return inner;
      return this.#keep({ kind: "other", start: group.start, end: group.end, children: found });
    }
    if (group.open === "(" && this.table.tuples !== true) {
      const children = group.items.flatMap((_, i) => this.#statement(group.items, i, group));
      return this.#keep({ kind: "other", start: group.start, end: group.end, children });
    }
    return this.#list(group, group.start);
  }

  /** `{...}` of `[]string{...}`, `[...]string{...}` and `new string[] {...}`. */
  #typedBody(cursor: Cursor): Group | null {
    if (this.table.composites !== true) return null;
    let at = cursor.at;
    for (let node = cursor.nodes[at]; node !== undefined; node = cursor.nodes[++at]) {
      const isType = node.kind === "word" || (node.kind === "mark" && /^[.*]$/.test(node.text));
      if (
        isType ||
        (node.kind === "group" &&
          node.open === "{" &&
          node.items.length === 0 &&
          isBody(cursor.nodes[at + 1]))
      )
        continue;
      if (node.kind !== "group" || node.open !== "{") return null;
      cursor.at = at + 1;
      return node;
    }
    return null;
  }

  #list(group: Group, start: number): List {
    const isBlock = group.open === "{";
    const outer = this.#block;
    if (isBlock && this.table.blocks === "braces") {
      const lineStart = this.text.lastIndexOf("\n", group.start - 1) + 1;
      const head = this.text.slice(Math.max(lineStart, group.start - 300), group.start);
      this.#block = this.#blockBehind(head, outer, group.start, group.end);
    }
    const areStatements =
      isBlock &&
      (this.table.isSettings === true ||
        group.items.slice(0, -1).some(({ isListed }) => !isListed) ||
        this.#isAssignment(group.items));
    const elements = areStatements
      ? this.#statements(group.items, group).map(bare)
      : group.items.map((item, i) => this.#element(item, group.items, i, group));
    this.#block = outer;
    return this.#keep({ kind: "list", start, end: group.end, elements, group });
  }

  /** A block of one statement, which looks like a list of one element. */
  #isAssignment([only, more]: readonly Item[]): boolean {
    if (this.table.blocks !== "braces" || only === undefined || more !== undefined || only.isListed)
      return false;
    return only.nodes.some((node) => isMark(node, "=", ":=", "+=", ".="));
  }

  /** `value`, `key: value`, `key = value`, `*values`, `values...`. */
  #element(item: Item, items: readonly Item[], index: number, group: Group): Element {
    const { nodes } = item;
    const first = nodes[0];
    const last = nodes.at(-1);
    const range = { start: first?.start ?? group.start, end: last?.end ?? group.start };
    const split = nodes.findIndex(
      (node, i) => i > 0 && node.kind === "mark" && /^(?::|=|=>|:=|\+=)$/.test(node.text),
    );
    const isKeyed =
      split === 1 &&
      first !== undefined &&
      (first.kind === "word" || first.kind === "string") &&
      !isMark(nodes[split], ":=", "+=");
    const key = isKeyed ? this.#keyText(first) : null;
    let from = isKeyed ? 2 : 0;
    let isSpread = false;
    const head = nodes[from];
    if (head?.kind === "mark" && /^(?:\*|\.\.\.)$/.test(head.text) && !isKeyed) {
      from += head.text === "*" && nodes[from + 1]?.kind === "mark" ? 2 : 1;
      isSpread = true;
    }
    const isTrailing = last?.kind === "mark" && last.text === "...";
    const body = isTrailing ? nodes.slice(0, -1) : nodes;
    const found =
      isKeyed || isSpread || split < 0
        ? this.#run(body, from, items, index)
        : this.#statement(items, index, group);
    const [value] = found;
    const isWhole = value !== undefined && found.length === 1 && split < 2 && this.#spans(value, body, from);
    return {
      ...range,
      key,
      isSpread: isSpread || isTrailing,
      value: isWhole ? value : this.#keep({ kind: "other", ...range, children: found }),
    };
  }

  #keyText(node: Node): string {
    if (node.kind === "string") return this.text.slice(node.body.start, node.body.end);
    return node.kind === "word" ? node.text.replace(/^[$@]/, "") : "";
  }

  /** A name with its path, and what is called or made by it. */
  #named(
    cursor: Cursor,
    first: { readonly start: number; readonly end: number; readonly text: string },
    items: readonly Item[],
    index: number,
  ): Expression {
    let path = first.text;
    let { end } = first;
    for (;;) {
      const mark = cursor.node;
      const next = cursor.nodes[cursor.at + 1];
      const isPath = this.#isAccess(mark) && !isMark(mark, ":");
      if (!isPath || next?.kind !== "word") break;
      path += mark.text + next.text;
      end = next.end;
      cursor.at += 2;
    }
    this.#skipGenerics(cursor);
    const { node } = cursor;
    const name = { kind: "name", start: first.start, end, path } as const;
    if (
      node?.kind === "mark" &&
      node.text === "!" &&
      cursor.nodes[cursor.at + 1]?.kind === "group" &&
      this.table.id === "rust"
    ) {
      cursor.at += 2;
      const body = cursor.nodes[cursor.at - 1];
      return body?.kind === "group" ? this.#call(`${path}!`, null, body, first.start) : this.#keep(name);
    }
    if (node?.kind === "group" && node.open === "(") {
      cursor.at += 1;
      return this.#call(path, null, node, first.start);
    }
    if (node?.kind === "group" && node.open === "{" && this.table.composites === true) {
      cursor.at += 1;
      return this.#list(node, first.start);
    }
    if (node?.kind === "group" && node.open === "[" && this.table.composites === true) {
      const { at } = cursor;
      cursor.at += 1;
      const body = this.#typedBody(cursor);
      if (body !== null) return this.#list(body, first.start);
      cursor.at = at;
    }
    const isBare =
      this.table.bareCalls?.test(path) === true &&
      node !== undefined &&
      (node.kind !== "mark" || /^[*&]$/.test(node.text));
    return isBare ? this.#bareCall(path, cursor, first.start, items, index) : this.#keep(name);
  }

  /** `sh script: '...', returnStdout: true`: the rest of the statement is its arguments. */
  #bareCall(callee: string, cursor: Cursor, start: number, items: readonly Item[], index: number): Call {
    const rest: Item[] = [{ nodes: cursor.nodes.slice(cursor.at), isListed: true }];
    for (let i = index; items[i]?.isListed === true && items[i + 1] !== undefined; i++)
      rest.push(items[i + 1] ?? { nodes: [], isListed: false });
    cursor.at = cursor.nodes.length;
    const from = rest[0]?.nodes[0]?.start ?? start;
    const group: Group = {
      kind: "group",
      open: "(",
      start: from,
      end: start,
      items: rest,
      hasComma: true,
      isClosed: false,
    };
    const args = rest.map((item, i) => this.#element(item, rest, i, group));
    const end = args.at(-1)?.end ?? start;
    return this.#keep({ kind: "call", start, end, callee, object: null, args, place: { start: from, end } });
  }

  #skipGenerics(cursor: Cursor): void {
    const { node } = cursor;
    if (node?.kind !== "mark" || node.text !== "<") return;
    for (let at = cursor.at + 1; at < Math.min(cursor.nodes.length, cursor.at + 12); at++) {
      const inner = cursor.nodes[at];
      if (inner?.kind === "mark" && inner.text === ">") {
        const next = cursor.nodes[at + 1];
        if (next?.kind === "group" && next.open !== "[") cursor.at = at + 1;
        return;
      }
      if (inner?.kind !== "word" && !(inner?.kind === "mark" && /^[.&?:]$/.test(inner.text))) return;
    }
  }

  #call(callee: string, object: Expression | null, group: Group, start: number): Expression {
    const args = group.items.map((item, i) => this.#element(item, group.items, i, group));
    const { listCalls } = this.table;
    if (listCalls?.test(callee) === true && (object === null || callee.startsWith("."))) {
      const [only, more] = args;
      if (only?.value.kind === "list" && more === undefined) return only.value;
      if (object === null) return this.#keep({ kind: "list", start, end: group.end, elements: args, group });
    }
    const range = { start, end: group.end };
    const format = this.table.formats.find(({ kind, name }) => kind !== "operator" && name.test(callee));
    if (format === undefined)
      return this.#keep({ kind: "call", ...range, callee, object, args, place: group });
    const { style } = format;
    if (format.kind === "method") {
      const values = args.map(({ value }) => value);
      const isText = object?.kind === "text" || object?.kind === "sum";
      if (isText) return this.#keep({ kind: "format", ...range, text: object, style, values });
      return this.#keep({ kind: "call", ...range, callee, object, args, place: group });
    }
    const at = args.findIndex(({ value }) => value.kind === "text" || value.kind === "sum");
    const text = args[at];
    if (text === undefined) return this.#keep({ kind: "call", ...range, callee, object, args, place: group });
    if (format.kind === "call") {
      const values = args.filter((arg) => arg !== text).map(({ value }) => value);
      return this.#keep({ kind: "format", ...range, text: text.value, style, values });
    }
    const { value } = text;
    const inner = this.#keep({
      kind: "format",
      start: value.start,
      end: value.end,
      text: value,
      style,
      values: [],
    });
    return this.#keep({
      kind: "call",
      ...range,
      callee,
      object,
      args: args.with(at, { ...text, value: inner }),
      place: group,
    });
  }

  /** Methods, members and indexes of a value. */
  #postfix(atom: Expression, cursor: Cursor): Expression {
    let value = atom;
    for (;;) {
      const { node } = cursor;
      const next = cursor.nodes[cursor.at + 1];
      const isMember = this.#isAccess(node) && !isMark(node, "::") && next?.kind === "word";
      if (
        isMember &&
        (!isMark(node, ":") ||
          (this.table.colonMethods === true && cursor.nodes[cursor.at + 2]?.kind === "group"))
      ) {
        cursor.at += 2;
        this.#skipGenerics(cursor);
        const group = cursor.node;
        if (group?.kind === "group" && group.open === "(") {
          cursor.at += 1;
          value = this.#call(`.${next.text}`, value, group, value.start);
        } else {
          value = this.#method(next.text, value, next.end);
        }
      } else if (node?.kind === "group" && node.open === "[" && value.kind !== "text") {
        cursor.at += 1;
        const children = [value, ...node.items.flatMap(({ nodes }) => this.#run(nodes, 0, [], 0))];
        value = this.#keep({ kind: "other", start: value.start, end: node.end, children });
      } else if (node?.kind === "group" && node.open === "(" && value.kind === "call") {
        cursor.at += 1;
        value = this.#call("()", value, node, value.start);
      } else if (node?.kind === "mark" && node.text === "?" && this.table.id === "rust") {
        cursor.at += 1;
      } else {
        return value;
      }
    }
  }

  /** What stands between a value and the name of something in it; in PHP, a dot adds texts. */
  #isAccess(node: Node | undefined): node is Mark {
    return (
      node?.kind === "mark" &&
      /^(?:\.|->|\?\.|::|:)$/.test(node.text) &&
      !this.table.concat.includes(node.text)
    );
  }

  /** A method without brackets (`"...".split` of Ruby), or a member. */
  #method(name: string, object: Expression, end: number): Expression {
    const place = { start: end, end };
    return this.#keep({
      kind: "call",
      start: object.start,
      end,
      callee: `.${name}`,
      object,
      args: [],
      place,
    });
  }
}

function isMark(node: Node | undefined, ...texts: readonly string[]): boolean {
  return node?.kind === "mark" && texts.includes(node.text);
}

function isBody(node: Node | undefined): boolean {
  return node?.kind === "group" && node.open === "{";
}

function bare(value: Expression): Element {
  return { start: value.start, end: value.end, key: null, isSpread: false, value };
}

class Cursor {
  constructor(
    readonly nodes: readonly Node[],
    public at: number,
  ) {}

  get node(): Node | undefined {
    return this.nodes[this.at];
  }
}
