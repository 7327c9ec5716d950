import type { Range } from "../../text/edits.ts";
import { type Encoder, type Fragment, PieceBuilder } from "../../text/fragment.ts";
import { decodeLiteral, encodeText, type Words } from "./escapes.ts";
import type { Expression, Format, Text } from "./expression.ts";
import type { Literal } from "./tokens.ts";
import type { Program } from "./program.ts";
import type { FormatStyle } from "./table.ts";
import { VerbValues } from "./verbs.ts";

/** The string that an expression stands for, as a fragment of the program. */
export interface ProgramString {
  readonly fragment: Fragment;
  readonly texts: readonly Text[];
  /** Constants may be named in it, in the way that its only literal has for values. */
  readonly refer: ((name: string) => string) | null;
}

/** A literal, or a value between literals, with the stretch of the string that it gives. */
interface Part extends Range {
  readonly literal: Literal | null;
  readonly format: FormatStyle | null;
}

type Term =
  | {
      readonly kind: "text";
      readonly text: Text;
      readonly format: FormatStyle | null;
      readonly verbs: VerbValues | null;
    }
  | { readonly kind: "value"; readonly node: Expression };

/** More terms are data. */
const MAX_TERMS = 500;

/**
 * @param root the whole program
 * @param words how many words a value in it may become
 * @returns null when the expression holds no literal, or one that is not legal
 */
export function stringOf(
  node: Expression,
  program: Program,
  root: Fragment,
  words: Words,
): ProgramString | null {
  const terms = termsOf(node, null, program);
  const texts = terms.flatMap((term) => (term.kind === "text" ? [term.text] : []));
  const isCut = terms.length > 1 && texts.some(({ literal }) => literal.isHeredoc);
  if (texts.length === 0 || terms.length > MAX_TERMS || isCut) return null;
  const builder = new PieceBuilder();
  const parts: Part[] = [];
  const pinned: Range[] = [];
  for (const [i, term] of terms.entries()) {
    const start = builder.length;
    if (term.kind === "text") {
      const { literal } = term.text;
      const known = (code: string): readonly string[] | undefined =>
        term.verbs?.known(code) ?? program.knownIn(code, term.text);
      const fixed = decodeLiteral(builder, program.text, literal, term.format, words, known);
      if (fixed === null) return null;
      pinned.push(...fixed);
      parts.push({ start, end: builder.length, literal: term.text.literal, format: term.format });
      continue;
    }
    if (terms[i - 1]?.kind === "value") continue;
    // From quote to quote: what stands there can be pasted into the middle of a literal.
    const before = terms[i - 1];
    const after = terms.slice(i).find((other) => other.kind === "text");
    const last = (after === undefined ? terms.at(-1) : terms[terms.indexOf(after) - 1]) ?? term;
    const from = before?.kind === "text" ? before.text.literal.body.end : node.start;
    const to = after?.kind === "text" ? after.text.literal.body.start : endOf(last);
    const known = last === term ? program.known(term.node) : undefined;
    const code = codeOf(term.node, last, before, after, program);
    const [only = "", more] = known ?? [];
    if (more === undefined && words === "any" && /\S\s+\S|^\s|\s$/.test(only)) builder.escape(only, from, to);
    else builder.hole({ code, words, ...(known === undefined ? {} : { known }) }, from, to);
    parts.push({ start, end: builder.length, literal: null, format: null });
  }
  const writer = new Writer(program, parts, pinned, (range) => piece.units.rangeOf(range));
  const piece = builder.build(writer.encode);
  return { fragment: root.child(piece), texts, refer: referIn(texts, program) };
}

/** @param format the text of which the expression is */
function termsOf(node: Expression, format: Format | null, program: Program): readonly Term[] {
  const verbs = format === null || format.values.length === 0 ? null : new VerbValues(format, program);
  const terms = (inner: Expression): readonly Term[] => {
    if (inner.kind === "text") return [{ kind: "text", text: inner, format: format?.style ?? null, verbs }];
    if (inner.kind === "sum") return inner.terms.flatMap(terms);
    return inner.kind === "format" ? termsOf(inner.text, inner, program) : [{ kind: "value", node: inner }];
  };
  return terms(node);
}

/** Values between literals as they stand there, from quote to quote; at either end, as they would stand between two. */
function codeOf(
  first: Expression,
  last: Term,
  before: Term | undefined,
  after: Term | undefined,
  program: Program,
): string {
  const own = program.code({ start: first.start, end: endOf(last) });
  const start = before?.kind === "text" ? before.text.literal : null;
  const end = after?.kind === "text" ? after.text.literal : null;
  if (start !== null && end !== null) return program.code({ start: start.body.end, end: end.body.start });
  const operator = program.table.concat[0] ?? "+";
  const { close = "", open = "" } = start ?? end ?? {};
  return `${close} ${operator} ${own} ${operator} ${open}`;
}

function endOf(term: Term): number {
  return term.kind === "text" ? term.text.end : term.node.end;
}

/** Puts new text into the literals of a string. */
class Writer {
  constructor(
    private readonly program: Program,
    private readonly parts: readonly Part[],
    private readonly pinned: readonly Range[],
    private readonly toProgram: (range: Range) => Range,
  ) {}

  readonly encode: Encoder = (text, at) => {
    const verbs = this.pinned.filter(({ start, end }) => start < at.end && at.start < end);
    if (verbs.length > 0) return this.#aroundVerb(text, at, verbs);
    const covered = this.parts.filter(({ start, end }) => start < at.end && at.start < end);
    const target = at.end > at.start ? this.#one(covered, at) : this.#between(at.start);
    if (target === null) return null;
    const place = this.toProgram(at);
    if (target.literal !== null) return this.#into(target.literal, target.format, text, place);
    const literal = this.parts.find((part) => part.literal !== null)?.literal;
    const operator = this.program.table.concat[0];
    if (literal == null || literal.isHeredoc || operator === undefined) return null;
    const inner = this.#into(literal, null, text, { start: 0, end: 0 });
    return inner === null ? null : ` ${operator} ${literal.open}${inner}${literal.close}`;
  };

  /** A text with the one verb that it takes the place of: the verb still takes the same value. */
  #aroundVerb(text: string, at: Range, [verb, more]: readonly Range[]): string | null {
    const part = this.parts.find(({ start, end }) => start <= at.start && at.end <= end);
    if (verb === undefined || more !== undefined || part?.literal == null) return null;
    if (verb.start < at.start || at.end < verb.end) return null;
    // What a level above has in the place of the verb stays until the text is written.
    const [before, kept, after, other] = text.split(/(hole\d+x+)/);
    if (before === undefined || kept === undefined || after === undefined || other !== undefined) return null;
    const place = this.toProgram(at);
    const head = this.#into(part.literal, part.format, before, { start: place.start, end: place.start });
    const tail = this.#into(part.literal, part.format, after, { start: place.end, end: place.end });
    return head === null || tail === null ? null : head + kept + tail;
  }

  /** The literal that takes the place of all that is covered; a value at either end has nothing to hold it. */
  #one(covered: readonly Part[], at: Range): Part | null {
    const [first] = covered;
    const last = covered.at(-1);
    if (first?.literal == null || last?.literal == null) return null;
    const isAlike = first.literal.open === last.literal.open && first.format === last.format;
    if (first === last) return first;
    const between = this.program.code({ start: first.literal.body.end, end: last.literal.body.start });
    const isPlain = covered.every(
      ({ literal, start, end }) => literal !== null || (at.start <= start && end <= at.end),
    );
    return isAlike && isPlain && !/#|\/\/|\/\*|--/.test(between) ? first : null;
  }

  /** What text before a unit goes to: the literal that it stands in or behind, or a further term of the sum. */
  #between(at: number): Part | null {
    const index = this.parts.findIndex(({ start, end }) => start <= at && at < end);
    const part = index < 0 ? this.parts.at(-1) : this.parts[index];
    if (part === undefined) return null;
    if (part.literal !== null) return part;
    if (index < 0) return part;
    return at === part.start ? (this.parts[index - 1] ?? null) : null;
  }

  #into(literal: Literal, format: FormatStyle | null, text: string, { start, end }: Range): string | null {
    const after = this.program.code({ start: end, end: end + 1 });
    const before = this.program.code({ start: start - 1, end: start });
    const pieces = this.#references(literal, text);
    let written = "";
    for (const [i, piece] of pieces.entries()) {
      const isReference = i % 2 === 1;
      const next = isReference
        ? piece
        : encodeText(piece, literal, format, i === 0 ? before : "x", i === pieces.length - 1 ? after : "x");
      if (next === null) return null;
      written += next;
    }
    return this.program.code(literal.body).includes("\r\n") ? written.replaceAll("\n", "\r\n") : written;
  }

  /** Text cut at the constants that it names. */
  #references(literal: Literal, text: string): readonly string[] {
    const { interpolation } = literal.rule;
    if (interpolation === undefined) return [text];
    const names = this.program.constants().map(({ name }) => referTo(name, interpolation));
    const found = names.find((code) => text.includes(code));
    if (found === undefined) return [text];
    const at = text.indexOf(found);
    return [text.slice(0, at), found, text.slice(at + found.length)];
  }
}

function referIn(texts: readonly Text[], { table }: Program): ProgramString["refer"] {
  const [only, more] = texts;
  const interpolation = only?.literal.rule.interpolation;
  if (more !== undefined || interpolation === undefined || table.embed === null) return null;
  return (name) => referTo(name, interpolation);
}

/** A name as a literal with values has it. */
function referTo(name: string, interpolation: NonNullable<Literal["rule"]["interpolation"]>): string {
  if (interpolation === "braces") return `{${name}}`;
  if (interpolation === "hash") return `#{${name}}`;
  return interpolation === "php" ? `{$${name}}` : `\${${name}}`;
}
