import type { Change } from "./changes.ts";
import type { Call, List, Node } from "./model.ts";
import { unwrap, type Resolver } from "./resolve.ts";

/** Expressions that stand side by side: the elements of an array, the arguments of a call. */
export interface Group {
  readonly elements: readonly Node[];
  readonly place: Node;
}

/** One part of what an array holds, in order. */
export type Item =
  | { readonly kind: "element"; readonly node: Node; readonly group: Group; readonly index: number }
  /** A string that is cut at blanks. */
  | { readonly kind: "split"; readonly node: Node }
  /** Elements that nobody can tell, with the code that gives them. */
  | { readonly kind: "opaque"; readonly code: string; readonly use: Use };

/** Where an array is used: new elements go behind an element of a group, else they are added to the expression. */
export interface Use {
  readonly node: Node;
  readonly within: { readonly group: Group; readonly index: number } | null;
}

export interface Contents {
  readonly items: readonly Item[];
  /** The arrays that were looked into. */
  readonly lists: readonly List[];
}

/** What an expression for an array holds: names, spreads, `concat` and what is pushed are followed. */
export function contentsOf(node: Node, resolver: Resolver): Contents {
  const walker = new Walker(resolver);
  walker.array({ node, within: null });
  return walker;
}

/** The same for expressions that stand side by side. */
export function contentsOfGroup(group: Group, resolver: Resolver): Contents {
  const walker = new Walker(resolver);
  walker.group(group);
  return walker;
}

const MAX_DEPTH = 20;
const MAX_ITEMS = 5000;

class Walker implements Contents {
  readonly items: Item[] = [];
  readonly lists: List[] = [];
  readonly #resolver: Resolver;
  #depth = 0;

  constructor(resolver: Resolver) {
    this.#resolver = resolver;
  }

  array(use: Use): void {
    if (this.#depth > MAX_DEPTH || this.items.length > MAX_ITEMS) {
      this.#opaque(use);
      return;
    }
    this.#depth += 1;
    this.#source(use);
    this.#depth -= 1;
  }

  group(group: Group): void {
    for (const [index, node] of group.elements.entries()) {
      const isOpen = node.kind === "spread" && this.#resolver.isArray(node.value);
      if (isOpen) this.array({ node: node.value, within: { group, index } });
      else this.items.push({ kind: "element", node, group, index });
    }
  }

  #source(use: Use): void {
    const value = this.#resolver.value(use.node);
    const changes = this.#resolver.changes(value);
    const init = changes.length === 0 ? null : this.#resolver.initial(value);
    if (init !== null) {
      // Behind the parameter of a helper, the call has the array: what is added belongs there.
      const isElsewhere = value !== unwrap(use.node);
      this.#grown(init, changes, isElsewhere ? { node: value, within: null } : use);
    } else if (value.kind === "list") {
      this.lists.push(value);
      this.group({ elements: value.elements, place: value });
    } else if (value.kind !== "call" || !this.#method(value, use)) {
      this.#opaque(use);
    }
  }

  /** An array that is changed before it is used; what happens under a condition nobody can tell. */
  #grown(init: Node, changes: readonly Change[], use: Use): void {
    this.array({ node: init, within: use.within });
    let unsure: string[] = [];
    const flush = (): void => {
      if (unsure.length > 0) this.#opaque(use, unsure.join(" "));
      unsure = [];
    };
    for (const { kind, at, call, isCertain } of changes) {
      if (at.start > use.node.start) continue;
      if (kind === "push" && isCertain && call !== null) {
        flush();
        this.group({ elements: call.args, place: call });
      } else {
        const { program } = this.#resolver;
        unsure.push(`...[${(call?.args ?? [at]).map((arg) => program.code(arg)).join(", ")}]`);
      }
    }
    flush();
  }

  /** What a method makes of an array; false when it is none of the known. */
  #method(call: Call, use: Use): boolean {
    const { callee, args } = call;
    if (callee.kind !== "member") return false;
    const { object, property } = callee;
    const [first] = args;
    const { within } = use;
    if (property === "split") {
      const isAtBlanks = first !== undefined && this.#isBlank(first);
      if (!isAtBlanks || this.#resolver.literal(object) === null) return false;
      this.items.push({ kind: "split", node: object });
      return true;
    }
    if (!this.#resolver.isArray(object)) return false;
    if (property === "concat") {
      this.array({ node: object, within });
      for (const [index, node] of args.entries()) {
        const isWord = this.#resolver.literal(node) !== null;
        if (isWord) this.items.push({ kind: "element", node, group: { elements: args, place: call }, index });
        else this.array({ node, within });
      }
      return true;
    }
    const isCopy =
      property === "filter" || property === "flat" || (property === "slice" && first === undefined);
    if (isCopy) this.array({ node: object, within });
    return isCopy;
  }

  /** `" "`, `/\s+/` */
  #isBlank(separator: Node): boolean {
    const { program } = this.#resolver;
    return (
      this.#resolver.plain(separator) === " " || /^\/(?: |\\s|\[ \\t\])\+?\/$/.test(program.code(separator))
    );
  }

  #opaque(use: Use, code = `...${this.#resolver.program.code(unwrap(use.node))}`): void {
    this.items.push({ kind: "opaque", code, use });
  }
}
