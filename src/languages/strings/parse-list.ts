import { blockBehind } from "./blocks.ts";
import type { Element, Expression, List } from "./expression.ts";
import { isMark, Parsing, type Cursor } from "./parsing.ts";
import type { Group, Item, Node } from "./tree.ts";

/** Brackets and what is in them: lists, mappings, blocks, a value in parentheses. */
export abstract class ListParsing extends Parsing {
  protected grouped(group: Group, cursor: Cursor): Expression {
    if (group.open === "[") {
      const body = this.typedBody(cursor);
      return this.list(body ?? group, group.start);
    }
    const [only, more] = group.items;
    if (
      group.open === "(" &&
      only !== undefined &&
      more === undefined &&
      !(group.hasComma && this.table.tuples === true)
    ) {
      const found = this.run(only.nodes, 0, group.items, 0);
      const [inner] = found;
      if (inner !== undefined && found.length === 1 && this.spans(inner, only.nodes, 0)) return inner;
      return this.keep({ kind: "other", start: group.start, end: group.end, children: found });
    }
    if (group.open === "(" && this.table.tuples !== true) {
      const children = group.items.flatMap((_, i) => this.statement(group.items, i, group));
      return this.keep({ kind: "other", start: group.start, end: group.end, children });
    }
    return this.list(group, group.start);
  }

  /** `{...}` of `[]string{...}`, `[...]string{...}` and `new string[] {...}`. */
  protected typedBody(cursor: Cursor): Group | null {
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

  protected list(group: Group, start: number): List {
    const isBlock = group.open === "{";
    const outer = this.block;
    if (isBlock && this.table.blocks === "braces") {
      const head = this.#headOf(group);
      this.block = blockBehind(head, outer, group.start, group.end);
    }
    const areStatements =
      isBlock &&
      (this.table.isSettings === true ||
        group.items.slice(0, -1).some(({ isListed }) => !isListed) ||
        this.isAssignment(group.items));
    const elements = areStatements
      ? this.statements(group.items, group).map(bare)
      : group.items.map((item, i) => this.element(item, group.items, i, group));
    this.block = outer;
    return this.keep({ kind: "list", start, end: group.end, elements, group });
  }

  /** What stands before a brace on its line; where it stands alone, the line before. */
  #headOf({ start }: Group): string {
    const before = this.text.slice(Math.max(0, start - 300), start);
    if (before.trimEnd() === "") return "";
    const line = before.lastIndexOf("\n") + 1;
    const isAlone = line > 0 && /^[ \t]*$/.test(before.slice(line));
    return before.slice(isAlone ? before.lastIndexOf("\n", line - 2) + 1 : line);
  }

  /** A block of one statement, which looks like a list of one element. */
  protected isAssignment([only, more]: readonly Item[]): boolean {
    if (this.table.blocks !== "braces" || only === undefined || more !== undefined || only.isListed)
      return false;
    return only.nodes.some((node) => isMark(node, "=", ":=", "+=", ".="));
  }

  /** `value`, `key: value`, `key = value`, `*values`, `values...`. */
  protected element(item: Item, items: readonly Item[], index: number, group: Group): Element {
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
    const key = isKeyed ? this.keyText(first) : null;
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
        ? this.run(body, from, items, index)
        : this.statement(items, index, group);
    const [value] = found;
    const isWhole = value !== undefined && found.length === 1 && split < 2 && this.spans(value, body, from);
    return {
      ...range,
      key,
      isSpread: isSpread || isTrailing,
      value: isWhole ? value : this.keep({ kind: "other", ...range, children: found }),
    };
  }

  protected keyText(node: Node): string {
    if (node.kind === "string") return this.text.slice(node.body.start, node.body.end);
    return node.kind === "word" ? node.text.replace(/^[$@]/, "") : "";
  }
}

function isBody(node: Node | undefined): boolean {
  return node?.kind === "group" && node.open === "{";
}

function bare(value: Expression): Element {
  return { start: value.start, end: value.end, key: null, isSpread: false, value };
}
