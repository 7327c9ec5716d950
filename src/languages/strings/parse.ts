import { blockBehind, type Block } from "./blocks.ts";
import type { Expression } from "./expression.ts";
import type { Token } from "./tokens.ts";
import { ValueParsing } from "./parse-value.ts";
import { KEYWORDS, type Assignment } from "./parsing.ts";
import type { LanguageTable } from "./table.ts";
import { groupsOf, type Group, type Item, type Node } from "./tree.ts";

export interface Parsed {
  readonly expressions: readonly Expression[];
  readonly assignments: readonly Assignment[];
  /** The block that each expression stands in. */
  readonly blockOf: ReadonlyMap<Expression, Block>;
}

/** The expressions of a program, as far as they can be told without a grammar. Never throws. */
export function parse(text: string, tokens: readonly Token[], table: LanguageTable): Parsed {
  return new Parser(text, table).program(groupsOf(tokens, text.length));
}

/** Statements: assignments, loops, and blocks that lines make by their indentation. */
class Parser extends ValueParsing implements Parsed {
  program(program: Group): Parsed {
    this.statements(program.items, program);
    return this;
  }

  /** What stands between the brackets of a block, or in the whole program. */
  protected statements(items: readonly Item[], group: Group): readonly Expression[] {
    if (this.table.blocks === "braces") return items.flatMap((_, i) => this.statement(items, i, group));
    const outer = this.block;
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
            open.length === 0 ? outer : blockBehind(head, parent, start, this.endOfIndent(items, i, indent));
          open.push({ indent, block });
        }
        this.block = open.at(-1)?.block ?? outer;
        head = "";
      }
      head += `${this.text.slice(start, item.nodes.at(-1)?.end ?? start)} `;
      return this.statement(items, i, group);
    });
    this.block = outer;
    return found;
  }

  /** Where the lines end that are indented as far as an item. */
  protected endOfIndent(items: readonly Item[], from: number, indent: number): number {
    for (let i = from + 1; i < items.length; i++) {
      const start = items[i]?.nodes[0]?.start ?? 0;
      const lineStart = this.text.lastIndexOf("\n", start - 1) + 1;
      const isFirst = /^[ \t]*$/.test(this.text.slice(lineStart, start));
      if (isFirst && start - lineStart < indent) return start;
    }
    return this.block.end;
  }

  /** One item of a block or of a list: an assignment, or a run of expressions. */
  protected statement(items: readonly Item[], index: number, group: Group): readonly Expression[] {
    const nodes = items[index]?.nodes ?? [];
    const each = this.each(nodes);
    if (each !== null) return each;
    const at = nodes.findIndex((node) => node.kind === "mark" && /^(?:=|:=|\+=|\.=)$/.test(node.text));
    const name = at > 0 ? this.target(nodes.slice(0, at)) : null;
    if (name === null) return this.run(nodes, 0, items, index);
    const found = this.run(nodes, at + 1, items, index);
    const [value] = found;
    const mark = nodes[at];
    const op = mark?.kind === "mark" ? mark.text : "=";
    const isWhole = found.length === 1 && value !== undefined && this.spans(value, nodes, at + 1);
    this.assignments.push({
      start: nodes[0]?.start ?? group.start,
      end: nodes.at(-1)?.end ?? group.end,
      name,
      value: isWhole ? value : null,
      how: op === "+=" || op === ".=" ? "add" : "set",
      declares: op === ":=" || (at > 1 && nodes[0]?.kind === "word"),
      block: this.block,
    });
    return [...this.run(nodes.slice(0, at), 0, [], 0), ...found];
  }

  /** `for x in [...]`, `for _, x := range []string{...} {`, `for (String x : List.of(...)) {`. */
  protected each(nodes: readonly Node[]): readonly Expression[] | null {
    const at = nodes.findIndex(
      (node, i) => i > 0 && node.kind === "word" && (node.text === "in" || node.text === "range"),
    );
    const before = nodes.slice(0, at).findLast((node) => node.kind === "word" && !KEYWORDS.test(node.text));
    const isLoop = nodes.some(
      (node) => node.kind === "word" && (node.text === "for" || node.text === "range"),
    );
    if (at < 0 || !isLoop || before?.kind !== "word") return null;
    const found = this.run(nodes, at + 1, [], 0);
    this.assignments.push({
      start: before.start,
      end: before.end,
      name: before.text,
      value: found[0] ?? null,
      how: "each",
      declares: true,
      block: this.block,
    });
    return found;
  }

  /** The name that is assigned: `x`, `let x: T`, `var x []string`, `String[] x`, `self.x`. */
  protected target(nodes: readonly Node[]): string | null {
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
}
