import type { Call, Expression, List } from "./expression.ts";
import { ListParsing } from "./parse-list.ts";
import { isMark, type Cursor } from "./parsing.ts";
import type { Group, Item } from "./tree.ts";

/** Names with their paths, and what is called by them. */
export abstract class CallParsing extends ListParsing {
  /** A name with its path, and what is called or made by it. */
  protected named(
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
      const isPath = this.isAccess(mark) && !isMark(mark, ":");
      if (!isPath || next?.kind !== "word") break;
      path += mark.text + next.text;
      end = next.end;
      cursor.at += 2;
    }
    this.skipGenerics(cursor);
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
      return body?.kind === "group" ? this.call(`${path}!`, null, body, first.start) : this.keep(name);
    }
    if (node?.kind === "group" && node.open === "(") {
      cursor.at += 1;
      return this.call(path, null, node, first.start);
    }
    if (node?.kind === "group" && node.open === "{" && this.table.composites === true) {
      cursor.at += 1;
      return this.list(node, first.start);
    }
    if (node?.kind === "group" && node.open === "[" && this.table.composites === true) {
      const { at } = cursor;
      cursor.at += 1;
      const body = this.typedBody(cursor);
      if (body !== null) return this.list(body, first.start);
      cursor.at = at;
    }
    const isBare =
      this.isBareFunction(path) && node !== undefined && (node.kind !== "mark" || /^[*&]$/.test(node.text));
    return isBare ? this.bareCall(path, cursor, first.start, items, index) : this.keep(name);
  }

  /** `sh script: '...', returnStdout: true`: the rest of the statement is its arguments. */
  protected bareCall(
    callee: string,
    cursor: Cursor,
    start: number,
    items: readonly Item[],
    index: number,
  ): Call {
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
    const args = rest.map((item, i) => this.element(item, rest, i, group));
    const end = args.at(-1)?.end ?? start;
    return this.keep({ kind: "call", start, end, callee, object: null, args, place: { start: from, end } });
  }

  protected skipGenerics(cursor: Cursor): void {
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

  protected call(callee: string, object: Expression | null, group: Group, start: number): Expression {
    const args = group.items.map((item, i) => this.element(item, group.items, i, group));
    const { listCalls, listTypes } = this.table;
    const [only, more] = args;
    const isListCall = listCalls?.test(callee) === true && (object === null || callee.startsWith("."));
    const isListType = listTypes?.test(callee) === true && object === null;
    if ((isListCall || isListType) && only?.value.kind === "list" && more === undefined)
      return object === null ? this.widened(only.value, start, group.end) : only.value;
    if ((isListCall && object === null) || (isListType && only === undefined))
      return this.keep({ kind: "list", start, end: group.end, elements: args, group });
    const range = { start, end: group.end };
    const format = this.table.formats.find(({ kind, name }) => kind !== "operator" && name.test(callee));
    if (format === undefined)
      return this.keep({ kind: "call", ...range, callee, object, args, place: group });
    const { style } = format;
    if (format.kind === "method") {
      const values = args.map(({ value }) => value);
      const isText = object?.kind === "text" || object?.kind === "sum";
      if (isText) return this.keep({ kind: "format", ...range, text: object, style, values });
      return this.keep({ kind: "call", ...range, callee, object, args, place: group });
    }
    const at = args.findIndex(({ value }) => value.kind === "text" || value.kind === "sum");
    const text = args[at];
    if (text === undefined) return this.keep({ kind: "call", ...range, callee, object, args, place: group });
    if (format.kind === "call") {
      const values = args.filter((arg) => arg !== text).map(({ value }) => value);
      return this.keep({ kind: "format", ...range, text: text.value, style, values });
    }
    const { value } = text;
    const inner = this.keep({
      kind: "format",
      start: value.start,
      end: value.end,
      text: value,
      style,
      values: [],
    });
    return this.keep({
      kind: "call",
      ...range,
      callee,
      object,
      args: args.with(at, { ...text, value: inner }),
      place: group,
    });
  }

  /** A list as the call that makes it the same list again. */
  protected widened(list: List, start: number, end: number): List {
    this.expressions.splice(this.expressions.lastIndexOf(list), 1);
    return this.keep({ ...list, start, end });
  }

  /** Methods, members and indexes of a value. */
  protected postfix(atom: Expression, cursor: Cursor): Expression {
    let value = atom;
    for (;;) {
      const { node } = cursor;
      const next = cursor.nodes[cursor.at + 1];
      const isMember = this.isAccess(node) && !isMark(node, "::") && next?.kind === "word";
      if (
        isMember &&
        (!isMark(node, ":") ||
          (this.table.colonMethods === true && cursor.nodes[cursor.at + 2]?.kind === "group"))
      ) {
        cursor.at += 2;
        this.skipGenerics(cursor);
        const group = cursor.node;
        if (group?.kind === "group" && group.open === "(") {
          cursor.at += 1;
          value = this.call(`.${next.text}`, value, group, value.start);
        } else {
          value = this.method(next.text, value, next.end);
        }
      } else if (node?.kind === "group" && node.open === "[" && value.kind !== "text") {
        cursor.at += 1;
        const children = [value, ...node.items.flatMap(({ nodes }) => this.run(nodes, 0, [], 0))];
        value = this.keep({ kind: "other", start: value.start, end: node.end, children });
      } else if (node?.kind === "group" && node.open === "(" && value.kind === "call") {
        cursor.at += 1;
        value = this.call("()", value, node, value.start);
      } else if (node?.kind === "mark" && node.text === "?" && this.table.id === "rust") {
        cursor.at += 1;
      } else {
        return value;
      }
    }
  }

  /** A method without brackets (`"...".split` of Ruby), or a member. */
  protected method(name: string, object: Expression, end: number): Expression {
    const place = { start: end, end };
    return this.keep({
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
