import type { Range } from "../../text/edits.ts";
import { type Hole, PieceBuilder } from "../../text/fragment.ts";
import { contentsOf } from "./arrays.ts";
import { decode } from "./literals.ts";
import { isNode, type Concat, type Node } from "./model.ts";
import type { Program } from "./program.ts";
import { asLiteral, unwrap, type Literal, type Resolver } from "./resolve.ts";

/** One part of a string that the program puts together, in the order of the string; the parts may stand anywhere in the file. */
export type Part = Chunk | Gap | Glue;

/** Raw text of a literal. */
export interface Chunk extends Range {
  readonly kind: "chunk";
  readonly literal: Literal;
  /** The sum that the literal is a term of. */
  readonly sum: Concat | null;
}

/** An expression. */
export interface Gap extends Place {
  readonly kind: "gap";
  readonly code: string;
  /** Whether the value is an array. */
  readonly isMany: boolean;
  /** All words that it can be, where the file tells. */
  readonly known: readonly string[] | null;
  /** What it surely or usually is; null where only the running program knows. */
  readonly text: string | null;
  /** `usual`: the text may be another; `apart`: whole words or nothing, never an ending of the word before. */
  readonly state: "sure" | "usual" | "unknown" | "apart";
}

/** Text between the elements of a joined array. */
export interface Glue {
  readonly kind: "glue";
  readonly text: string;
}

/** Where an expression stands, as far as it can be replaced. */
interface Place extends Range {
  /** The template that it stands in; the range has `${` and `}` then. */
  readonly host: Literal | null;
  /** The sum that it is a term of. */
  readonly sum: Concat | null;
  /** Whether `+ x` may be written behind it. */
  readonly open: boolean;
}

/**
 * What a string expression is made of; names are followed to the literals that they stand for.
 * @param words how many words an expression may become: where it is one, a name for several is not looked into
 */
export function partsOf(node: Node, resolver: Resolver, words: Hole["words"] = "any"): readonly Part[] {
  const flattener = new Flattener(resolver, words);
  flattener.add(node, { ...range(node), host: null, sum: null, open: mayBeSum(node, resolver.program) });
  return flattener.parts;
}

/** A string expression in which arrays are joined with blanks: its parts, and the arrays before the parts with these indices. */
export interface Joined {
  readonly parts: readonly Part[];
  readonly joins: readonly { readonly before: number; readonly list: Node }[];
}

/** The same as {@link partsOf}, but with joined arrays left whole. */
export function joinedPartsOf(node: Node, resolver: Resolver): Joined {
  const joins: { before: number; list: Node }[] = [];
  const flattener = new Flattener(resolver, "any", joins);
  flattener.add(node, { ...range(node), host: null, sum: null, open: false });
  return { parts: flattener.parts, joins };
}

/** The code under which an expression goes in words. */
export function codeOf(program: Program, expression: Range): string {
  return "${" + program.code(expression) + "}";
}

/** The expression of such a code, or null when it is another kind of code. */
export function expressionOf(code: string): string | null {
  return code.startsWith("${") && code.endsWith("}") ? code.slice(2, -1) : null;
}

/** A release stays a name, so that a command shows that its tag comes from there. */
function isRelease(text: string): boolean {
  return /^v?\d+\.\d+/.test(text);
}

const TAKE_SUMS = new Set<Node["kind"]>([
  "call",
  "list",
  "concat",
  "property",
  "variable",
  "assignment",
  "return",
  "conditional",
  "wrap",
]);

/** Whether `a + b` may stand in the place of an expression. */
export function mayBeSum(node: Node, program: Program): boolean {
  const parent = program.parent(node);
  return parent !== null && TAKE_SUMS.has(parent.kind) && !(parent.kind === "call" && parent.callee === node);
}

/** Names may lead far, and double a string each time. */
const MAX_DEPTH = 100;
const MAX_PARTS = 5000;

class Flattener {
  readonly parts: Part[] = [];
  readonly #resolver: Resolver;
  readonly #within = new Set<Node>();

  readonly #words: Hole["words"];
  readonly #joins: { before: number; list: Node }[] | null;

  /** @param joins where to put the arrays that are to stay whole */
  constructor(
    resolver: Resolver,
    words: Hole["words"],
    joins: { before: number; list: Node }[] | null = null,
  ) {
    this.#resolver = resolver;
    this.#words = words;
    this.#joins = joins;
  }

  add(node: Node, place: Place): void {
    const isCircle = this.#within.has(node);
    if (isCircle || this.#within.size > MAX_DEPTH || this.parts.length > MAX_PARTS) {
      this.#push(node, place, null, "unknown");
      return;
    }
    this.#within.add(node);
    this.#add(node, place);
    this.#within.delete(node);
  }

  #add(node: Node, place: Place): void {
    const inner = unwrap(node);
    const own = asLiteral(inner);
    if (own !== null) this.#literal(own, place.sum);
    else if (inner.kind === "concat") for (const term of inner.terms) this.#alone(term, inner);
    else if (!this.#joined(inner) && !this.#grown(inner, place) && !this.#named(inner, place)) {
      this.#gap(inner, place);
    }
  }

  #alone(node: Node, sum: Concat | null = null): void {
    this.add(node, { ...range(node), host: null, sum, open: sum !== null });
  }

  #literal(literal: Literal, sum: Concat | null): void {
    const { parts } = literal.text;
    for (const [i, part] of parts.entries()) {
      if (isNode(part)) {
        const start = parts[i - 1]?.end ?? part.start;
        const end = parts[i + 1]?.start ?? part.end;
        this.add(part, { start, end, host: literal, sum: null, open: false });
      } else if (part.end > part.start) {
        this.parts.push({ kind: "chunk", ...range(part), literal, sum });
      }
    }
  }

  /**
   * A name for another string. Several words are changed where they are written; one word, which the program may use for
   * other things too, where it is named.
   */
  #named(node: Node, place: Place): boolean {
    const value = this.#resolver.value(node);
    if (value === node) return false;
    const text = this.#resolver.plain(value);
    if (text !== null && isRelease(text)) return false;
    if (this.#words === "one" && place.host !== null && (text === null || /\s/.test(text))) return false;
    if (text !== null && !/\s/.test(text) && !this.#resolver.isOnlyUse(node)) {
      this.#push(node, place, text, "sure");
      return true;
    }
    const isString = asLiteral(value) !== null || value.kind === "concat" || joinOf(value) !== null;
    if (!isString && this.#resolver.changes(value).length === 0) return false;
    this.#alone(value);
    return true;
  }

  /** A variable that begins as a string and is added to: `let cmd = "..."; if (ns) cmd += " -n x"`. */
  #grown(node: Node, place: Place): boolean {
    const { program } = this.#resolver;
    const init = this.#resolver.initial(node);
    const changes = this.#resolver.changes(node).filter((change) => change.at.start < node.start);
    if (init === null || changes.length === 0 || changes.some((change) => change.kind !== "+=")) return false;
    this.#alone(init);
    for (const { value, isCertain } of changes) {
      if (value === null) continue;
      if (isCertain) this.#alone(value);
      else this.#push(value, place, null, tailOf(value, program));
    }
    return true;
  }

  #joined(node: Node): boolean {
    const join = joinOf(node);
    const separator = join === null ? null : decoded(join.separator, this.#resolver.program.source);
    if (join === null || separator === null || !this.#resolver.isArray(join.list)) return false;
    if (this.#joins !== null && separator === " ") {
      this.#joins.push({ before: this.parts.length, list: join.list });
      return true;
    }
    for (const [i, item] of contentsOf(join.list, this.#resolver).items.entries()) {
      if (i > 0) this.parts.push({ kind: "glue", text: separator });
      if (item.kind === "opaque") this.#many(item.use.node);
      else if (item.node.kind === "spread") this.#many(item.node.value);
      else this.#alone(item.node);
    }
    return true;
  }

  #gap(node: Node, place: Place): void {
    const { program } = this.#resolver;
    const usual = this.parts.length === 0 ? usualText(node, this.#resolver) : null;
    if (usual !== null) this.#push(node, place, usual, "usual");
    else if (node.kind === "constant") this.#push(node, place, program.code(node), "sure");
    else this.#push(node, place, null, tailOf(node, program));
  }

  /** Elements that nobody can tell. */
  #many(node: Node): void {
    const place = { ...range(node), host: null, sum: null, open: false };
    this.#push(node, place, null, "unknown", true);
  }

  #push(
    node: Node,
    place: Place,
    text: string | null,
    state: Gap["state"],
    isMany = this.#resolver.isArray(node),
  ): void {
    const code = codeOf(this.#resolver.program, node);
    const known = this.#resolver.known(node);
    this.parts.push({ kind: "gap", ...place, code, isMany, known, text, state });
  }
}

/** The program that is run unless the environment names another: `process.env.KUBECTL ?? "kubectl"`. */
export function usualText(node: Node, resolver: Resolver): string | null {
  const value = resolver.value(node);
  return value.kind === "logical" && value.operator !== "&&" ? resolver.plain(value.right) : null;
}

/** Whether each outcome is empty or begins with a blank: `ns ? " -n " + ns : ""`. */
function tailOf(node: Node, program: Program): "apart" | "unknown" {
  return startsApart(node, program) ? "apart" : "unknown";
}

function startsApart(node: Node, program: Program): boolean {
  const inner = unwrap(node);
  if (inner.kind === "conditional") {
    return startsApart(inner.then, program) && startsApart(inner.otherwise, program);
  }
  if (inner.kind === "concat") {
    const [first] = inner.terms;
    return first !== undefined && !isEmpty(first, program) && startsApart(first, program);
  }
  const first = asLiteral(inner)?.text.parts[0];
  return first !== undefined && /^(?:\s|$)/.test(program.code(first));
}

/** `""` */
function isEmpty(node: Node, program: Program): boolean {
  const parts = asLiteral(unwrap(node))?.text.parts ?? [];
  return parts.length === 1 && parts.every((part) => !isNode(part) && program.code(part) === "");
}

/** The array and the separator of `[...].join(" ")`. */
function joinOf(node: Node): { readonly list: Node; readonly separator: Literal } | null {
  if (node.kind !== "call" || node.callee.kind !== "member" || node.callee.property !== "join") return null;
  const separator = node.args[0] === undefined ? null : asLiteral(node.args[0]);
  return separator === null ? null : { list: node.callee.object, separator };
}

/** The text of a literal without expressions, or null. */
function decoded({ text, style }: Literal, source: string): string | null {
  const [only, more] = text.parts;
  if (only === undefined || more !== undefined) return null;
  const builder = new PieceBuilder();
  return decode(builder, source, only, style) ? builder.build(() => null).text : null;
}

function range({ start, end }: Range): Range {
  return { start, end };
}
