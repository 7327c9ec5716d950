import type { Range } from "../../text/edits.ts";
import { changesOf, type Change } from "./changes.ts";
import type { Style } from "./literals.ts";
import type { Call, Func, Name, Node, Table, Text, Variable } from "./model.ts";
import type { Binding, Program } from "./program.ts";

/** The calls through which a command is reached: what the parameters of helper functions are there. */
export interface Route {
  /** Null: the call does not tell. */
  readonly given: ReadonlyMap<Binding, Node | null>;
  readonly calls: ReadonlyMap<Func, Call>;
  /** Functions that others may call too, so that nothing in them may change for the sake of one command. */
  readonly shared: readonly Range[];
}

export const DIRECT: Route = { given: new Map(), calls: new Map(), shared: [] };

/** A string literal or template with the way it is written. */
export interface Literal {
  readonly text: Text;
  readonly style: Style;
}

const DEPTH = 20;
const MAX_CHOICES = 100;

/** Follows names to the values that the program gives them, as far as one file and one route tell. */
export class Resolver {
  /** Parameters that a value depended on, without a call that gives them. */
  readonly open = new Set<Binding>();

  constructor(
    readonly program: Program,
    readonly route: Route,
  ) {}

  /**
   * The expression that a node stands for, for good: a variable that changes later is as far as it goes. The node itself where
   * nothing is known.
   */
  value(node: Node, depth = 0): Node {
    const inner = unwrap(node);
    if (depth > DEPTH) return inner;
    const next = inner.kind === "name" ? this.#named(inner, depth) : this.#member(inner, depth);
    return next === null ? inner : this.value(next, depth + 1);
  }

  /** The string that a node stands for, or null. */
  literal(node: Node): Literal | null {
    return asLiteral(this.value(node));
  }

  /** The text of a node that is a string without expressions or escapes, or null. */
  plain(node: Node): string | null {
    const literal = this.literal(node);
    const [only, more] = literal?.text.parts ?? [];
    if (only === undefined || more !== undefined) return null;
    const raw = this.program.code(only);
    return raw.includes("\\") && literal?.style.escapes === "cooked" ? null : raw;
  }

  /** All words that an expression can be, where the file gives it only such that are literal; null when unknown. */
  known(node: Node): readonly string[] | null {
    const outcomes = this.#outcomes(this.value(node));
    const words = outcomes?.map((outcome) => this.plain(outcome)) ?? [];
    const known = words.filter((word) => word !== null).filter((word) => /^\S+$/.test(word));
    return known.length === 0 || known.length < words.length ? null : known;
  }

  /** The expressions that a node may stand for: both sides of a condition, what a loop goes over; itself where there is one only. */
  choices(node: Node): readonly Node[] {
    const outcomes = this.#outcomes(this.value(node)) ?? [];
    return outcomes.length < 2 ? [node] : outcomes.slice(0, MAX_CHOICES);
  }

  /** Whether an expression is an array, as far as one can see. */
  isArray(node: Node): boolean {
    const value = this.value(node);
    if (value.kind === "list") return true;
    if (value.kind === "call" && value.callee.kind === "member") {
      const { property, object } = value.callee;
      if (property === "split") return true;
      return /^(?:concat|filter|slice|flat)$/.test(property ?? "") && this.isArray(object);
    }
    const init = this.initial(value);
    return init !== null && unwrap(init).kind === "list";
  }

  /** What a variable is set to where it is declared, whatever happens to it later. */
  initial(node: Node): Node | null {
    const source = this.#bindingOf(node)?.source;
    return source?.kind === "variable" && source.bound.part.kind === "whole" ? source.variable.init : null;
  }

  /** How a variable, or the array in it, is changed after that. */
  changes(node: Node): readonly Change[] {
    const binding = this.#bindingOf(node);
    return binding === null ? [] : changesOf(binding, this.program);
  }

  /** Whether nothing may be written here on behalf of one command. */
  isShared({ start, end }: Range): boolean {
    return this.route.shared.some((range) => range.start <= start && end <= range.end);
  }

  #named(name: Name, depth: number): Node | null {
    const binding = this.program.binding(name);
    if (binding?.source.kind !== "variable") return null;
    const { variable, bound } = binding.source;
    if (variable.style === "param") {
      const given = this.route.given.get(binding);
      if (given === undefined) this.open.add(binding);
      return given ?? null;
    }
    if (variable.init === null || changesOf(binding, this.program).length > 0) return null;
    if (bound.part.kind === "whole") return variable.init;
    return bound.part.kind === "property" ? this.property(variable.init, bound.part.key, depth) : null;
  }

  #member(node: Node, depth: number): Node | null {
    if (node.kind !== "member" || node.property === null) return null;
    return this.property(node.object, node.property, depth);
  }

  /** The value of `object.key` when the object is a literal whose properties nobody sets. */
  property(object: Node, key: string, depth = 0): Node | null {
    if (unwrap(object).kind === "this") return this.program.fieldOf(object, key);
    const table = this.value(object, depth + 1);
    if (table.kind !== "table" || this.#isChanged(object)) return null;
    return propertyOf(table, key);
  }

  /** Whether a name that stands for one word stands for it here alone, so that the word can be changed where it is written. */
  isOnlyUse(node: Node): boolean {
    const binding = node.kind === "name" ? this.program.binding(node) : null;
    if (binding?.source.kind !== "variable") return false;
    const { variable } = binding.source;
    if (variable.style === "param") return true;
    return binding.references.length === 1 && !this.program.isExported(variable);
  }

  #outcomes(value: Node): readonly Node[] | null {
    switch (value.kind) {
      case "text":
        return [value];
      case "conditional":
        return [value.then, value.otherwise];
      case "logical":
        return value.operator === "&&" ? null : [value.right];
      case "member":
        return value.computed === null ? null : this.#properties(value.object);
      case "name":
        return this.#elements(value);
      default:
        return null;
    }
  }

  /** What `table[key]` can be. */
  #properties(object: Node): readonly Node[] | null {
    const table = this.value(object);
    if (table.kind === "list") return table.elements;
    if (table.kind !== "table" || this.#isChanged(object)) return null;
    const values = table.properties.map((property) => (property.kind === "property" ? property.value : null));
    return values.includes(null) ? null : values.filter((value) => value !== null);
  }

  /** What `x` is in `for (const x of [...])` and `[...].forEach((x) => ...)`. */
  #elements(name: Name): readonly Node[] | null {
    const binding = this.program.binding(name);
    if (binding?.source.kind !== "variable" || binding.source.bound.part.kind !== "whole") return null;
    const { scope, source } = binding;
    const list = scope.kind === "block" ? scope.each : this.#iterated(scope, source.variable);
    const value = list === undefined || list === null ? null : this.value(list);
    return value?.kind === "list" && changesOf(binding, this.program).length === 0 ? value.elements : null;
  }

  /** The array that calls a function with each of its elements. */
  #iterated(func: Func, param: Variable): Node | null {
    const call = this.program.parent(func);
    const isEach =
      call?.kind === "call" &&
      call.callee.kind === "member" &&
      /^(?:forEach|map|flatMap)$/.test(call.callee.property ?? "");
    return isEach && func.params[0] === param ? call.callee.object : null;
  }

  #isChanged(object: Node): boolean {
    return this.changes(object).length > 0;
  }

  #bindingOf(node: Node): Binding | null {
    const inner = unwrap(node);
    return inner.kind === "name" ? this.program.binding(inner) : null;
  }
}

/** The value of a key that a literal object surely has. */
function propertyOf({ properties }: Table, key: string): Node | null {
  if (properties.some((property) => property.kind === "spread")) return null;
  const found = properties.filter((property) => property.kind === "property" && property.key === key);
  const [only, more] = found;
  return only?.kind === "property" && more === undefined ? only.value : null;
}

export function unwrap(node: Node): Node {
  let inner = node;
  while (inner.kind === "wrap") inner = inner.value;
  return inner;
}

/** A node that is a string by itself, `String.raw` included. */
export function asLiteral(node: Node): Literal | null {
  if (node.kind === "text") return { text: node, style: node };
  if (node.kind !== "tagged") return null;
  const { tag, text } = node;
  const isRaw =
    tag.kind === "member" &&
    tag.property === "raw" &&
    tag.object.kind === "name" &&
    tag.object.name === "String";
  return isRaw ? { text, style: { quote: text.quote, escapes: "raw" } } : null;
}
