import type { Constant } from "../../commands/command.ts";
import type { Range } from "../../text/edits.ts";
import { type Encoder, type Fragment, type Hole, PieceBuilder } from "../../text/fragment.ts";
import type { UnitMap } from "../../text/unit-map.ts";
import { expressionOf, mayBeSum, partsOf, type Gap, type Part } from "./chain.ts";
import { decode, encode, write } from "./literals.ts";
import type { Node, Text } from "./model.ts";
import type { Program } from "./program.ts";
import type { Literal, Resolver } from "./resolve.ts";

export interface StringOptions {
  /** How many words an expression in the string may become. */
  readonly words: Hole["words"];
  /** The constants that can be named in all of these literals. */
  readonly constants: (texts: readonly Text[]) => readonly Constant[];
}

export interface ProgramString {
  readonly fragment: Fragment;
  /** The literals that it is made of. */
  readonly texts: readonly Text[];
  /** What may be named in its place. */
  readonly constants: readonly Constant[];
}

/**
 * The string that an expression stands for, as a fragment of `root` (the whole file); null when no literal is in it, or one
 * has an illegal escape.
 */
export function stringOf(
  node: Node,
  root: Fragment,
  resolver: Resolver,
  options: StringOptions,
): ProgramString | null {
  return stringOfParts(partsOf(node, resolver, options.words), root, resolver, options);
}

/** The same for a stretch of such a string. */
export function stringOfParts(
  parts: readonly Part[],
  root: Fragment,
  resolver: Resolver,
  options: StringOptions,
): ProgramString | null {
  const texts = parts.flatMap((part) => (part.kind === "chunk" ? [part.literal.text] : []));
  const assembly = texts.length === 0 ? null : assemble(parts, resolver.program.source, options.words);
  if (assembly === null) return null;
  const { builder, spots, holes } = assembly;
  const { text, units } = builder.build(() => null);
  // What a shell would expand itself must not be taken for a name of the program.
  const constants = options.constants(texts).filter(({ reference }) => !text.includes(reference.code));
  const codes = [...holes, ...constants.map(({ reference }) => reference)].map(({ code }) => code);
  const writer = new Writer(resolver, spots, units, codes);
  const fragment = root.child(builder.build(writer.encode));
  return { texts, constants, fragment: holes.length === 0 ? fragment : fragment.remasked(text, holes) };
}

/** A part and the stretch of the string that it gives. */
interface Spot {
  readonly part: Part;
  readonly from: number;
  readonly to: number;
}

interface Assembly {
  readonly builder: PieceBuilder;
  readonly spots: readonly Spot[];
  readonly holes: readonly Hole[];
}

function assemble(parts: readonly Part[], source: string, words: Hole["words"]): Assembly | null {
  const builder = new PieceBuilder();
  const spots: Spot[] = [];
  const holes: Hole[] = [];
  let behind = 0;
  for (const part of parts) {
    const from = builder.length;
    if (part.kind === "chunk") {
      if (!decode(builder, source, part, part.literal.style)) return null;
      behind = part.end;
    } else if (part.kind === "glue") {
      builder.escape(part.text, behind, behind);
    } else {
      const isTerm = part.host === null && literalBefore(part, spots.at(-1)?.part) !== null;
      const start = isTerm ? behind : part.start;
      if (part.state === "apart") builder.escape(" ", start, part.end);
      const known = part.known === null ? {} : { known: part.known };
      const hole = { start: builder.length, code: part.code, words: part.isMany ? "any" : words } as const;
      builder.escape(part.text ?? "x".repeat(part.code.length), start, part.end);
      if (part.text === null) holes.push({ ...hole, ...known, end: builder.length });
      behind = part.end;
    }
    spots.push({ part, from, to: builder.length });
  }
  return { builder, spots, holes };
}

/**
 * The literal that text right in front of an expression goes to: its template, or the literal whose end it follows. A name
 * that may be replaced must be a term beside that literal, since both are replaced in one go.
 */
function literalBefore(gap: Gap, previous: Part | undefined): Literal | null {
  if (gap.host !== null) return gap.host;
  if (previous?.kind !== "chunk") return null;
  const isBeside = gap.sum !== null && previous.sum === gap.sum;
  const isBehind = gap.text === null && previous.literal.text.end <= gap.start;
  return isBeside || isBehind ? previous.literal : null;
}

/** Puts new text into the literals of a string. */
class Writer {
  readonly #resolver: Resolver;
  readonly #spots: readonly Spot[];
  readonly #units: UnitMap;
  readonly #codes: RegExp | null;

  constructor(resolver: Resolver, spots: readonly Spot[], units: UnitMap, codes: readonly string[]) {
    this.#resolver = resolver;
    this.#spots = spots;
    this.#units = units;
    this.#codes = anyOf(codes);
  }

  readonly encode: Encoder = (text, at) => {
    const target = at.end > at.start ? this.#covered(at) : this.#between(at.start);
    if (target === null) return null;
    if (target === "operand") return this.#instead(text, at);
    if (target === "append") {
      const literal = this.#alone(text);
      return literal === null ? null : ` + ${literal}`;
    }
    return this.#into(target, text, at);
  };

  /** The literal that a stretch of the string lies in, or `operand` for a name that is replaced as a whole. */
  #covered({ start, end }: Range): Literal | "operand" | null {
    const spots = this.#spots.filter(({ from, to }) => from < end && start < to);
    const [first, more] = spots;
    if (first === undefined) return null;
    const { part } = first;
    if (more === undefined && part.kind === "gap" && part.host === null) {
      const isWhole = part.state === "sure" && first.from === start && first.to === end;
      return isWhole && !this.#resolver.isShared(part) ? "operand" : null;
    }
    const literal = part.kind === "chunk" ? part.literal : part.kind === "gap" ? part.host : null;
    const isOne = spots.every(({ part, from, to }) => {
      if (part.kind === "chunk") return part.literal.text === literal?.text;
      if (part.kind === "glue" || part.host?.text !== literal?.text || part.state === "usual") return false;
      return start <= from && to <= end;
    });
    return isOne ? literal : null;
  }

  /** The literal that text before unit `at` goes to, or `append` when it becomes a further term of a sum. */
  #between(at: number): Literal | "append" | null {
    const index = this.#spots.findIndex(({ from, to }) => from <= at && at < to);
    const spot = this.#spots[index];
    const previous = this.#spots[index < 0 ? this.#spots.length - 1 : index - 1]?.part;
    if (spot?.part.kind === "chunk") return spot.part.literal;
    if (spot !== undefined && at > spot.from) return null;
    if (spot?.part.kind === "gap") return literalBefore(spot.part, previous);
    if (previous?.kind === "chunk") return previous.literal;
    if (previous?.kind !== "gap") return null;
    if (previous.host !== null) return previous.host;
    return spot === undefined && previous.open && !this.#resolver.isShared(previous) ? "append" : null;
  }

  #into(literal: Literal, text: string, at: Range): string | null {
    if (this.#resolver.isShared(literal.text)) return null;
    const { start, end } = this.#raw(at);
    const { source } = this.#resolver.program;
    const before = source.slice(start - 1, start);
    const after = source.slice(end, end + 1);
    const pieces = this.#codes === null ? [text] : text.split(this.#codes);
    let written = "";
    for (const [i, piece] of pieces.entries()) {
      const isCode = i % 2 === 1;
      const next = isCode
        ? inserted(piece, literal, this.#resolver.program)
        : encode(piece, literal.style, i === 0 ? before : "", i === pieces.length - 1 ? after : "");
      if (next === null) return null;
      written += next;
    }
    const isCrlf = source.slice(literal.text.start, literal.text.end).includes("\r\n");
    return isCrlf ? written.replaceAll("\n", "\r\n") : written;
  }

  /** In place of a name, which begins at the end of the literal before it, if there is one. */
  #instead(text: string, { start }: Range): string | null {
    const index = this.#spots.findIndex(({ from }) => from === start);
    const part = this.#spots[index]?.part;
    const before = part?.kind === "gap" ? literalBefore(part, this.#spots[index - 1]?.part) : null;
    if (this.#hasCode(text)) return null;
    if (before === null) return this.#alone(text);
    const inner = this.#resolver.isShared(before.text) ? null : encode(text, before.style);
    return inner === null ? null : inner + before.style.quote;
  }

  /** As a literal of its own. */
  #alone(text: string): string | null {
    return this.#hasCode(text) ? null : write(text, { quote: this.#quote(), escapes: "cooked" });
  }

  #raw(range: Range): Range {
    return this.#units.rangeOf(range);
  }

  #hasCode(text: string): boolean {
    return this.#codes?.test(text) ?? false;
  }

  /** As the first literal with quotes has them. */
  #quote(): "'" | '"' {
    for (const { part } of this.#spots) {
      const quote = part.kind === "chunk" ? part.literal.text.quote : "";
      if (quote === "'" || quote === '"') return quote;
    }
    return '"';
  }
}

/** An expression inside of a literal: as `${x}` in a template, as a term of its own in a quoted string. */
function inserted(code: string, { text, style }: Literal, program: Program): string | null {
  if (style.quote === "`") return code;
  const expression = expressionOf(code);
  if (style.escapes !== "cooked" || expression === null || !mayBeSum(text, program)) return null;
  const term = /^[\w$.]+$/.test(expression) ? expression : `(${expression})`;
  return `${style.quote} + ${term} + ${style.quote}`;
}

/** Matches any of the codes, the longest first, and keeps them when it splits a text. */
function anyOf(codes: readonly string[]): RegExp | null {
  if (codes.length === 0) return null;
  const longestFirst = [...new Set(codes)].sort((a, b) => b.length - a.length);
  const patterns = longestFirst.map((code) => code.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`(${patterns.join("|")})`);
}
