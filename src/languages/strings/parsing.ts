import type { Range } from "../../text/edits.ts";
import type { Block } from "./blocks.ts";
import type { Expression } from "./expression.ts";
import type { Mark } from "./tokens.ts";
import type { LanguageTable } from "./table.ts";
import type { Group, Item, Node } from "./tree.ts";

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

/** Words that no value begins with. */
export const KEYWORDS =
  /^(?:return|if|elif|elsif|unless|else|while|until|for|foreach|switch|case|when|match|in|and|or|not|print|throw|raise|assert|del|yield|go|defer|range|from|import|with|then|do|begin|end|lambda|is|as|async|const|let|var|val|static|final|public|private|protected|def|func|fn|class|struct|type|interface|global|nonlocal|export|pub|local)$/;

/** Words in front of a value that do not change what it is. */
export const MAKES = /^(?:new|await|mut|ref)$/;

/** A place in a run of nodes. */
export class Cursor {
  constructor(
    readonly nodes: readonly Node[],
    public at: number,
  ) {}

  get node(): Node | undefined {
    return this.nodes[this.at];
  }
}

const DEFINED = /\bdef\s+(?:self\.)?(\w+)/g;

/** What the parts of the parser share: what was found so far, and how they call each other. */
export abstract class Parsing {
  readonly expressions: Expression[] = [];
  readonly assignments: Assignment[] = [];
  readonly blockOf = new Map<Expression, Block>();
  protected block: Block;
  #ownFunctions: ReadonlySet<string> | undefined;

  constructor(
    protected readonly text: string,
    protected readonly table: LanguageTable,
  ) {
    this.block = { parent: null, start: 0, end: text.length, isFunction: true, params: new Set(), head: "" };
  }

  /** Whether a function may be called without parentheses. */
  protected isBareFunction(path: string): boolean {
    const { bareCalls } = this.table;
    if (bareCalls === undefined) return false;
    this.#ownFunctions ??= new Set(Array.from(this.text.matchAll(DEFINED), ([, name = ""]) => name));
    return bareCalls.test(path) || this.#ownFunctions.has(path);
  }

  /** What stands between the brackets of a block, or in the whole program. */
  protected abstract statements(items: readonly Item[], group: Group): readonly Expression[];

  /** One item of a block or of a list: an assignment, or a run of expressions. */
  protected abstract statement(items: readonly Item[], index: number, group: Group): readonly Expression[];

  /** All expressions of a run of nodes. */
  protected abstract run(
    nodes: readonly Node[],
    from: number,
    items: readonly Item[],
    index: number,
  ): readonly Expression[];

  protected spans(value: Expression, nodes: readonly Node[], from: number): boolean {
    const first = nodes.slice(from).find((node) => node.kind !== "word" || !MAKES.test(node.text));
    const last = nodes.at(-1);
    return (
      first !== undefined && last !== undefined && value.start <= first.start + 1 && value.end >= last.end - 1
    );
  }

  protected keep<T extends Expression>(node: T): T {
    this.expressions.push(node);
    this.blockOf.set(node, this.block);
    return node;
  }

  /** What stands between a value and the name of something in it; in PHP, a dot adds texts. */
  protected isAccess(node: Node | undefined): node is Mark {
    return (
      node?.kind === "mark" &&
      /^(?:\.|->|\?\.|::|:)$/.test(node.text) &&
      !this.table.concat.includes(node.text)
    );
  }
}

export function isMark(node: Node | undefined, ...texts: readonly string[]): boolean {
  return node?.kind === "mark" && texts.includes(node.text);
}
