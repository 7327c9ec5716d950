import type { Range } from "../../text/edits.ts";
import { chainOf, functionOf, isInside, type Block } from "./blocks.ts";
import { methodName, ownerOf, type Call, type Expression, type Name } from "./expression.ts";
import type { Assignment } from "./parsing.ts";
import type { Program } from "./program.ts";
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

/** The names of a program: what they stand for, as far as simple assignments tell. */
export class Names {
  readonly #assignments = new Map<string, Assignment[]>();
  /** Methods called on names. */
  readonly #methods = new Map<string, Call[]>();
  /** Where names stand by themselves. */
  readonly #names = new Map<string, Name[]>();

  constructor(
    private readonly program: Pick<
      Program,
      "text" | "table" | "expressions" | "assignments" | "parent" | "block"
    >,
  ) {
    for (const assignment of program.assignments) add(this.#assignments, assignment.name, assignment);
    for (const node of program.expressions) {
      if (node.kind === "name") add(this.#names, node.path, node);
      if (node.kind !== "call") continue;
      const name = ownerOf(node);
      if (name !== null) add(this.#methods, name, node);
    }
  }

  /** The assignments of each name. */
  get assignments(): ReadonlyMap<string, readonly Assignment[]> {
    return this.#assignments;
  }

  /** The value of a name, or of a property, that is set once in the function that a place is in. */
  onlyIn(name: string, place: Expression): Expression | null {
    const block = this.program.block(place);
    const own = block === null ? null : functionOf(block);
    const all = (this.#assignments.get(name) ?? []).filter((one) => functionOf(one.block) === own);
    const [only, more] = all;
    return only?.how === "set" && more === undefined ? only.value : null;
  }

  /** The methods that are called on a name. */
  methodsOf(name: string): readonly Call[] {
    return this.#methods.get(name) ?? [];
  }

  /** What a name stands for where it is used; null where that is not certain. */
  resolve(node: Expression): Resolved | null {
    const use = this.program.block(node);
    if (node.kind !== "name" || use === null) return null;
    return this.#resolveIn(use, node.path, node) ?? this.#fieldOf(node);
  }

  /** The value that a variable has where an expression stands; null where that is not certain. */
  valueAt(path: string, place: Expression): Resolved | null {
    const use = this.program.block(place);
    return use === null ? null : this.#resolveIn(use, path, place);
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
    const isHead = !this.program.text.slice(head.value.end, body.start).trim().includes("\n");
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
      const block = this.program.block(call);
      if (
        block === null ||
        !isInside(block, only.block) ||
        call.start > node.start ||
        call.start < only.start
      )
        continue;
      const method = methodName(call);
      if (this.program.table.appends?.[method] !== undefined) {
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
      const own = this.program.block(node);
      if (node.start < within.start || node.end > within.end || own === null || !isInside(own, block))
        continue;
      const parent = this.program.parent(node);
      const touch = touchOf(node, parent, this.program);
      if (touch === "moves") return null;
      const place = parent?.kind === "call" ? parent : statementFrom(node, this.program.text);
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
      this.program.table.blocks === "indent" &&
      functionOf(other.block) !== functionOf(block) &&
      functionOf(other.block) !== functionOf(use)
    );
  }
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
