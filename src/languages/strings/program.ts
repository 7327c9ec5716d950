import type { Constant } from "../../commands/command.ts";
import { PieceBuilder } from "../../text/fragment.ts";
import { functionOf, type Block } from "./blocks.ts";
import { decodeLiteral } from "./escapes.ts";
import { childrenOf, methodName, type Call, type Expression, type List, type Text } from "./expression.ts";
import { functionIn, type Func } from "./functions.ts";
import { KnownValues } from "./known-values.ts";
import type { Literal, Token } from "./tokens.ts";
import { Names, type Resolved } from "./names.ts";
import { parse } from "./parse.ts";
import type { Assignment } from "./parsing.ts";
import type { LanguageTable } from "./table.ts";

/** A program with its names: what they stand for, as far as simple assignments tell. */
export class Program {
  readonly expressions: readonly Expression[];
  readonly assignments: readonly Assignment[];
  readonly #names: Names;
  readonly #known: KnownValues;
  readonly #blockOf: ReadonlyMap<Expression, Block>;
  readonly #parents = new Map<Expression, Expression>();

  constructor(
    readonly text: string,
    tokens: readonly Token[],
    readonly table: LanguageTable,
  ) {
    const { expressions, assignments, blockOf } = parse(text, tokens, table);
    this.expressions = expressions;
    this.assignments = assignments;
    this.#blockOf = blockOf;
    for (const node of expressions) {
      for (const child of childrenOf(node)) this.#parents.set(child, node);
    }
    this.#names = new Names(this);
    this.#known = new KnownValues(this, this.#names);
  }

  /** The functions of the program, an outer one before those in it. */
  get functions(): readonly Func[] {
    this.#functions ??= [...new Set(this.#blockOf.values())]
      .sort((a, b) => a.start - b.start || b.end - a.end)
      .flatMap((block) => functionIn(block, this.table.id) ?? []);
    return this.#functions;
  }

  /** The calls of a function, as far as its name tells: none where others have it too. */
  callsOf({ name, block, isBare }: Func): readonly Call[] {
    if (this.functions.filter((func) => func.name === name).length > 1) return [];
    return this.expressions.filter((node): node is Call => {
      if (node.kind !== "call" || methodName(node) !== name) return false;
      if (isBare !== null && isBare !== (node.callee === name)) return false;
      if (this.table.runs.some((rule) => rule.isSetting !== true && rule.name.test(node.callee)))
        return false;
      const isInside = block.start <= node.start && node.end <= block.end;
      // The head of the function looks like a call of it.
      const isHead =
        node.end <= block.start && /^[^\n;={}]*\s*$/.test(this.text.slice(node.end, block.start));
      return !isInside && !isHead;
    });
  }

  parent(node: Expression): Expression | null {
    return this.#parents.get(node) ?? null;
  }

  block(node: Expression): Block | null {
    return this.#blockOf.get(node) ?? null;
  }

  /** Whether two places share the names that are local to a function. */
  isSameFunction(a: Expression, b: Expression): boolean {
    const [first, second] = [this.#blockOf.get(a), this.#blockOf.get(b)];
    return first !== undefined && second !== undefined && functionOf(first) === functionOf(second);
  }

  /** How a new literal is written: as the first plain one of the program is, or with double quotes. */
  get usualLiteral(): Pick<Literal, "rule" | "open" | "close"> {
    this.#usual ??= this.expressions.flatMap((node) => {
      if (node.kind !== "text") return [];
      const { open, close, rule, isHeredoc } = node.literal;
      const isPlain =
        open === close && close.length === 1 && rule.interpolation === undefined && rule.runs === undefined;
      return isPlain && !isHeredoc && rule.escapes !== "none" ? [node.literal] : [];
    })[0];
    return this.#usual ?? { open: '"', close: '"', rule: { escapes: "refuse" } };
  }

  code(range: { readonly start: number; readonly end: number }): string {
    return this.text.slice(range.start, range.end);
  }

  /** The assignment whose whole value an expression is. */
  assignmentOf(node: Expression): Assignment | null {
    return this.assignments.find(({ value }) => value === node) ?? null;
  }

  /** The value of a name, or of a property, that is set once in the function that a place is in. */
  onlyIn(name: string, place: Expression): Expression | null {
    return this.#names.onlyIn(name, place);
  }

  /** The methods that are called on a name. */
  methodsOf(name: string): readonly Call[] {
    return this.#names.methodsOf(name);
  }

  /** What a name stands for where it is used; null where that is not certain. */
  resolve(node: Expression): Resolved | null {
    return this.#names.resolve(node);
  }

  /** All values that a name takes, when they are literals of this program. */
  known(node: Expression): readonly string[] | undefined {
    return this.#known.known(node);
  }

  /** The same for a name that a literal has in it, by the code that stands there (`{ns}`, `$ns`). */
  knownIn(code: string, text: Text): readonly string[] | undefined {
    return this.#known.knownIn(code, text);
  }

  /** Where a list is used last that a name stands for and that changes later: there it is all that it becomes. */
  lastUse(node: Expression): Expression | null {
    const made = this.assignmentOf(node);
    if (made === null) return null;
    const isSame = (other: Expression): boolean => {
      const resolved = other.kind === "name" && other.path === made.name ? this.resolve(other) : null;
      return resolved?.value === node && resolved.changes.length > 0;
    };
    return this.expressions.findLast(isSame) ?? null;
  }

  /** The text of a literal, or of a name that stands for one; null when part of it is unknown. */
  plain(node: Expression, depth = 0): string | null {
    if (depth > 8) return null;
    if (node.kind === "text") return this.#plainText(node);
    if (node.kind === "sum") {
      const parts = node.terms.map((term) => this.plain(term, depth + 1));
      return parts.includes(null) ? null : parts.join("");
    }
    const value = this.#unchanged(node);
    return value === null ? null : this.plain(value, depth + 1);
  }

  #plainText({ literal }: Text): string | null {
    const builder = new PieceBuilder();
    if (decodeLiteral(builder, this.text, literal, null, "one") === null) return null;
    const { text, holes = [] } = builder.build(() => null);
    return holes.length > 0 ? null : text;
  }

  /** The list that an expression is or stands for. */
  list(node: Expression): List | null {
    const value = node.kind === "list" ? node : this.#unchanged(node);
    return value?.kind === "list" ? value : null;
  }

  /** The value of a name that nothing was done to since it was made. */
  #unchanged(node: Expression): Expression | null {
    const resolved = this.resolve(node);
    return resolved === null || resolved.isEach || resolved.changes.length > 0 ? null : resolved.value;
  }

  /** The list that an expression begins as, whatever is added to it. */
  firstOf(node: Expression): List | null {
    if (node.kind === "list") return node;
    const resolved = this.resolve(node);
    return resolved === null || resolved.isEach || resolved.value.kind !== "list" ? null : resolved.value;
  }

  /** Names of the whole program that are set once, to a literal. `reference` is the name as an expression. */
  constants(): readonly Constant[] {
    this.#constants ??= [...this.#names.assignments].flatMap(([name, all]): readonly Constant[] => {
      const [only, more] = all;
      if (only === undefined || more !== undefined || only.block.parent !== null || only.value === null)
        return [];
      const value = only.how === "set" && /^[$@]?\w+$/.test(name) ? this.plain(only.value) : null;
      if (value === null) return [];
      return [{ name: name.replace(/^[$@]/, ""), value, reference: { code: name, words: "one" } }];
    });
    return this.#constants;
  }

  #functions: readonly Func[] | undefined;
  #constants: readonly Constant[] | undefined;
  #usual: Pick<Literal, "rule" | "open" | "close"> | undefined;
}
