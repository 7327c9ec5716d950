import type { Expression, Sum } from "./expression.ts";
import { CallParsing } from "./parse-call.ts";
import { Cursor, KEYWORDS, MAKES } from "./parsing.ts";
import type { Item, Node } from "./tree.ts";

const MAX_DEPTH = 150;

/** Runs of values, and what operators make of them. */
export abstract class ValueParsing extends CallParsing {
  #depth = 0;

  /** All expressions of a run of nodes. */
  protected run(
    nodes: readonly Node[],
    from: number,
    items: readonly Item[],
    index: number,
  ): readonly Expression[] {
    const found: Expression[] = [];
    const cursor = new Cursor(nodes, from);
    if (this.#depth > MAX_DEPTH) return found;
    this.#depth += 1;
    while (cursor.node !== undefined) {
      const node = this.sum(cursor, items, index);
      if (node === null) cursor.at += 1;
      else found.push(node);
    }
    this.#depth -= 1;
    return found;
  }

  protected sum(cursor: Cursor, items: readonly Item[], index: number): Expression | null {
    const first = this.primary(cursor, items, index);
    if (first === null) return null;
    const terms: Expression[] = [first];
    for (;;) {
      const { node } = cursor;
      if (node?.kind === "string" && this.table.isAdjacent === true && terms.at(-1)?.kind === "text") {
        const next = this.primary(cursor, items, index);
        if (next !== null) terms.push(next);
        continue;
      }
      if (node?.kind !== "mark") break;
      const { at } = cursor;
      cursor.at += 1;
      const format = this.table.formats.find(({ kind, name }) => kind === "operator" && name.test(node.text));
      const isSum = this.table.concat.includes(node.text);
      const next = isSum || format !== undefined ? this.primary(cursor, items, index) : null;
      if (next === null) {
        cursor.at = at;
        break;
      }
      const last = terms.at(-1);
      if (isSum || format === undefined || last === undefined) terms.push(next);
      else {
        // `%` binds tighter than `+`, but not than strings side by side.
        const from = terms.findLastIndex((term, i) => i === 0 || !this.isBeside(terms[i - 1], term));
        const text = this.joined(terms.splice(from));
        terms.push(
          this.keep({
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
    return this.joined(terms);
  }

  protected isBeside(a: Expression | undefined, b: Expression): boolean {
    return a?.kind === "text" && b.kind === "text" && /^[\s\\]*$/.test(this.text.slice(a.end, b.start));
  }

  protected joined(terms: readonly Expression[]): Expression {
    const [first, more] = terms;
    const last = terms.at(-1);
    if (first === undefined || last === undefined) throw new RangeError("a sum has terms");
    if (more === undefined) return first;
    return this.keep({ kind: "sum", start: first.start, end: last.end, terms } satisfies Sum);
  }

  protected primary(cursor: Cursor, items: readonly Item[], index: number): Expression | null {
    const start = cursor.at;
    while (cursor.node?.kind === "mark" && /^[&*!-]$/.test(cursor.node.text)) cursor.at += 1;
    while (cursor.node?.kind === "word" && MAKES.test(cursor.node.text)) cursor.at += 1;
    const atom = this.atom(cursor, items, index);
    if (atom === null) {
      cursor.at = start;
      return null;
    }
    return this.postfix(atom, cursor);
  }

  protected atom(cursor: Cursor, items: readonly Item[], index: number): Expression | null {
    const { node } = cursor;
    if (node === undefined || node.kind === "mark") return null;
    cursor.at += 1;
    if (node.kind === "string")
      return this.keep({ kind: "text", start: node.start, end: node.end, literal: node });
    if (node.kind === "group") return this.grouped(node, cursor);
    if (KEYWORDS.test(node.text)) {
      cursor.at -= 1;
      return null;
    }
    return this.named(cursor, node, items, index);
  }
}
