import type { Constant } from "../../commands/command.ts";
import {
  childrenOf,
  type Call,
  type Element,
  type Expression,
  type List,
  type Name,
  type Text,
} from "./expression.ts";
import { decodeLiteral } from "./escapes.ts";
import type { Literal, Token } from "./lex.ts";
import type { Range } from "../../text/edits.ts";
import { PieceBuilder } from "../../text/fragment.ts";
import type { Block } from "./blocks.ts";
import { argumentsFor, functionIn, type Func } from "./functions.ts";
import { parse } from "./parse.ts";
import type { Assignment } from "./parsing.ts";
import type { LanguageTable } from "./table.ts";
import { READS, statementFrom, touchOf } from "./touch.ts";

/** What is done to a list, or to a command, after it was made. */
export interface Change {
  /** False: whether it happens before the use depends on something else. */
  readonly isCertain: boolean;
  readonly start: number;
  /** What it adds: the arguments of a call, or a list. */
  readonly call: Call | null;
  readonly value: Expression | null;
}

/** The value that a name has where it is used, with what was done to it since. */
export interface Resolved {
  readonly value: Expression;
  readonly name: string;
  readonly changes: readonly Change[];
  /** It takes each value of a list. */
  readonly isEach: boolean;
}

/** A program with its names: what they stand for, as far as simple assignments tell. */
export class Program {
  readonly expressions: readonly Expression[];
  readonly assignments: readonly Assignment[];
  readonly #assignments = new Map<string, Assignment[]>();
  /** Methods called on names. */
  readonly #methods = new Map<string, Call[]>();
  /** Where names stand by themselves. */
  readonly #names = new Map<string, Name[]>();
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
    for (const assignment of assignments) {
      add(this.#assignments, assignment.name, assignment);
    }
    for (const node of expressions) {
      for (const child of childrenOf(node)) this.#parents.set(child, node);
      if (node.kind === "name") add(this.#names, node.path, node);
      if (node.kind !== "call") continue;
      const name = ownerOf(node);
      if (name !== null) add(this.#methods, name, node);
    }
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
    const block = this.#blockOf.get(place);
    const own = block === undefined ? null : functionOf(block);
    const all = (this.#assignments.get(name) ?? []).filter((one) => functionOf(one.block) === own);
    const [only, more] = all;
    return only?.how === "set" && more === undefined ? only.value : null;
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

  /** The methods that are called on a name. */
  methodsOf(name: string): readonly Call[] {
    return this.#methods.get(name) ?? [];
  }

  /** What a name stands for where it is used; null where that is not certain. */
  resolve(node: Expression): Resolved | null {
    const use = this.#blockOf.get(node);
    if (node.kind !== "name" || use === undefined) return null;
    return this.#resolveIn(use, node.path, node) ?? this.#fieldOf(node);
  }

  /** `self.BASE`, `Runner.BASE`: what a class sets once, and nothing else. */
  #fieldOf({ path }: Name): Resolved | null {
    const [, owner = "", name = ""] = /^(\w+)(?:\.|::)(\w+)$/.exec(path) ?? [];
    const all = [...(this.#assignments.get(name) ?? []), ...(this.#assignments.get(path) ?? [])];
    const [only, more] = all;
    if (only?.value == null || more !== undefined || only.how !== "set" || this.#methods.has(path))
      return null;
    const [, type] = /\bclass\s+(\w+)/.exec(only.block.head) ?? [];
    const isOwn = type !== undefined && (/^(?:self|cls|this)$/.test(owner) || owner === type);
    return isOwn ? { value: only.value, name: path, changes: [], isEach: false } : null;
  }

  #resolveIn(use: Block, path: string, node: Range): Resolved | null {
    const all = this.#assignments.get(path);
    if (all === undefined) return null;
    for (let block: Block | null = use; block !== null; block = block.parent) {
      const here = block;
      const made = all.filter(
        (one) =>
          one.block === here &&
          one.how !== "add" &&
          !this.#isAppend(one) &&
          (one.start < node.start || here.parent === null),
      );
      const loop = made.length > 1 ? this.#loopAround(made, use, here) : undefined;
      if (loop !== undefined) return { value: loop.value, name: path, changes: [], isEach: true };
      if (made.length > 0) return this.#resolved(node, path, made, use);
      if (block.params.has(path)) return null;
    }
    return null;
  }

  /** Of several loops over one name, the one that a place is in, where nothing else sets the name there. */
  #loopAround(
    made: readonly Assignment[],
    use: Block,
    outer: Block,
  ): { readonly value: Expression } | undefined {
    const body = chainOf(use).find(({ parent }) => parent === outer);
    const head = made.findLast(({ start }) => body !== undefined && start < body.start);
    if (body === undefined || head?.value == null || head.how !== "each") return undefined;
    const isHead = !this.text.slice(head.value.end, body.start).trim().includes("\n");
    const isSetThere = (this.#assignments.get(head.name) ?? []).some(
      (one) => one !== head && body.start <= one.start && one.start < body.end,
    );
    return isHead && !isSetThere ? { value: head.value } : undefined;
  }

  #resolved(node: Range, name: string, made: readonly Assignment[], use: Block): Resolved | null {
    const [only, more] = made;
    if (only === undefined || more !== undefined || only.value === null) return null;
    if (node.start >= only.value.start && node.end <= only.value.end) return null;
    const changes: Change[] = [];
    for (const other of this.#assignments.get(name) ?? []) {
      if (other === only || !isInside(other.block, only.block) || this.#isOther(other, only, use)) continue;
      const isAppend = this.#isAppend(other);
      if (other.how !== "add" && !isAppend) return null;
      if (other.start > node.start) continue;
      const isCertain = chainOf(use).includes(other.block);
      const call = isAppend && other.value?.kind === "call" ? other.value : null;
      changes.push({ isCertain, start: other.start, call, value: call === null ? other.value : null });
    }
    for (const call of this.methodsOf(name)) {
      const block = this.#blockOf.get(call);
      if (
        block === undefined ||
        !isInside(block, only.block) ||
        call.start > node.start ||
        call.start < only.start
      )
        continue;
      const method = methodName(call);
      if (this.table.appends?.[method] !== undefined) {
        changes.push({ isCertain: chainOf(use).includes(block), start: call.start, call, value: null });
      } else if (MOVES.test(method)) return null;
      else if (!READS.test(method)) changes.push(unsure(call, call));
    }
    const touches = this.#touchesOf(name, { start: only.end, end: node.start }, only.block);
    if (touches === null) return null;
    changes.push(...touches);
    changes.sort((a, b) => a.start - b.start);
    return { value: only.value, name, changes, isEach: only.how === "each" };
  }

  /** What may change a list in ways that are not followed, other than by its methods; null where its words may move. */
  #touchesOf(name: string, within: Range, block: Block): readonly Change[] | null {
    const changes: Change[] = [];
    for (const node of this.#names.get(name) ?? []) {
      const own = this.#blockOf.get(node);
      if (node.start < within.start || node.end > within.end || own === undefined || !isInside(own, block))
        continue;
      const parent = this.parent(node);
      const touch = touchOf(node, parent, this);
      if (touch === "moves") return null;
      const place = parent?.kind === "call" ? parent : statementFrom(node, this.text);
      if (touch === "adds") changes.push(unsure(node, place));
    }
    return changes;
  }

  /** `args = append(args, ...)` */
  #isAppend({ name, value }: Assignment): boolean {
    if (value?.kind !== "call" || value.callee !== "append") return false;
    const first = value.args[0]?.value;
    return first?.kind === "name" && first.path === name;
  }

  /** A name of its own in a function, or block, that the use is not in. */
  #isOther(other: Assignment, { block }: Assignment, use: Block): boolean {
    if (chainOf(use).includes(other.block)) return false;
    if (other.declares) return true;
    return (
      this.table.blocks === "indent" &&
      functionOf(other.block) !== functionOf(block) &&
      functionOf(other.block) !== functionOf(use)
    );
  }

  /** The text of a literal, or of a name that stands for one; null when part of it is unknown. */
  plain(node: Expression, depth = 0): string | null {
    if (depth > 8) return null;
    if (node.kind === "text") return this.#plainText(node);
    if (node.kind === "sum") {
      const parts = node.terms.map((term) => this.plain(term, depth + 1));
      return parts.includes(null) ? null : parts.join("");
    }
    const resolved = this.resolve(node);
    if (resolved === null || resolved.isEach || resolved.changes.length > 0) return null;
    return this.plain(resolved.value, depth + 1);
  }

  #plainText({ literal }: Text): string | null {
    const builder = new PieceBuilder();
    if (decodeLiteral(builder, this.text, literal, null, "one") === null) return null;
    const { text, holes = [] } = builder.build(() => null);
    return holes.length > 0 ? null : text;
  }

  /** All values that a name takes, when they are literals of this program. */
  known(node: Expression): readonly string[] | undefined {
    if (node.kind !== "name") return undefined;
    const resolved = this.resolve(node);
    return resolved === null ? this.#givenTo(node.path, node) : this.#knownOf(resolved);
  }

  /** The same for a name that a literal has in it, by the code that stands there (`{ns}`, `$ns`). */
  knownIn(code: string, text: Text): readonly string[] | undefined {
    const name = /^(?:[$#]?\{\s*(\$?\w+)\s*\}|(\$\w+))$/.exec(code);
    const use = this.#blockOf.get(text);
    if (name === null || use === undefined) return undefined;
    const path = name[1] ?? name[2] ?? "";
    const resolved = this.#resolveIn(use, path, text) ?? this.#resolveIn(use, path.replace("$", ""), text);
    return resolved === null ? this.#givenTo(path, text) : this.#knownOf(resolved);
  }

  /** What the calls of this program give to a parameter, where each gives it one literal word. */
  #givenTo(path: string, place: Expression): readonly string[] | undefined {
    const name = path.replace("$", "");
    const block = this.#blockOf.get(place);
    const owner = chainOf(block ?? null).find(({ params }) => params.has(path) || params.has(name));
    const func = this.functions.find((one) => one.block === owner);
    // Functions may call each other in turn.
    if (func === undefined || this.#asked.has(func)) return undefined;
    this.#asked.add(func);
    const values = this.#givenBy(func, name);
    this.#asked.delete(func);
    return values;
  }

  #givenBy(func: Func, name: string): readonly string[] | undefined {
    if (!func.params.some((param) => param.name === name && !param.isRest)) return undefined;
    const all: string[] = [];
    for (const call of this.callsOf(func)) {
      const [given] = argumentsFor(call, func, name);
      if (given === undefined || given.isSpread) return undefined;
      const plain = this.plain(given.value);
      const values = plain === null ? this.known(given.value) : [plain];
      if (values?.every((value) => /^\S+$/.test(value)) !== true) return undefined;
      all.push(...values);
    }
    return all.length > 0 ? [...new Set(all)] : undefined;
  }

  #knownOf(resolved: Resolved | null): readonly string[] | undefined {
    if (resolved === null || resolved.changes.length > 0) return undefined;
    if (!resolved.isEach) {
      const text = this.plain(resolved.value);
      return text === null ? undefined : [text];
    }
    const list = this.list(resolved.value);
    const values = list?.elements.map(({ value }) => this.plain(value)) ?? [];
    const all = values.filter((value) => value !== null);
    return all.length > 0 && all.length === values.length ? all : undefined;
  }

  /** The list that an expression is or stands for. */
  list(node: Expression): List | null {
    if (node.kind === "list") return node;
    const resolved = this.resolve(node);
    if (resolved === null || resolved.isEach || resolved.changes.length > 0) return null;
    return resolved.value.kind === "list" ? resolved.value : null;
  }

  /** The list that an expression begins as, whatever is added to it. */
  firstOf(node: Expression): List | null {
    if (node.kind === "list") return node;
    const resolved = this.resolve(node);
    return resolved === null || resolved.isEach || resolved.value.kind !== "list" ? null : resolved.value;
  }

  /** Names of the whole program that are set once, to a literal. `reference` is the name as an expression. */
  constants(): readonly Constant[] {
    this.#constants ??= [...this.#assignments].flatMap(([name, all]): readonly Constant[] => {
      const [only, more] = all;
      if (only === undefined || more !== undefined || only.block.parent !== null || only.value === null)
        return [];
      const value = only.how === "set" && /^[$@]?\w+$/.test(name) ? this.plain(only.value) : null;
      if (value === null) return [];
      return [{ name: name.replace(/^[$@]/, ""), value, reference: { code: name, words: "one" } }];
    });
    return this.#constants;
  }

  readonly #asked = new Set<Func>();
  #functions: readonly Func[] | undefined;
  #constants: readonly Constant[] | undefined;
  #usual: Pick<Literal, "rule" | "open" | "close"> | undefined;
}

/** Methods that change the places of words. */
const MOVES = /^(?:insert|remove|delete|pop|clear|unshift|shift|prepend|reverse|sort|set|splice|add_?first)/i;

function unsure({ start }: Range, place: Range): Change {
  return { isCertain: false, start, call: null, value: { kind: "other", ...place, children: [] } };
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

/** The name that a method is called on. */
function ownerOf({ callee, object }: Call): string | null {
  if (object === null) {
    const name = /(?:\?\.|\.|::|->)\w+$/.exec(callee);
    return name === null ? null : callee.slice(0, name.index);
  }
  return object.kind === "name" ? object.path : null;
}

export function methodName({ callee }: Call): string {
  return /\w+$/.exec(callee)?.[0] ?? callee;
}

/** An argument by its name. */
export function named({ args }: Call, key: RegExp): Element | undefined {
  return args.find((arg) => arg.key !== null && key.test(arg.key));
}

function chainOf(block: Block | null): readonly Block[] {
  const chain: Block[] = [];
  for (let at: Block | null = block; at !== null; at = at.parent) chain.push(at);
  return chain;
}

function isInside(inner: Block, outer: Block): boolean {
  return chainOf(inner).includes(outer);
}

function functionOf(block: Block): Block {
  let at = block;
  while (!at.isFunction && at.parent !== null) at = at.parent;
  return at;
}
