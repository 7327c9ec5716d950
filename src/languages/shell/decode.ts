import type { DoubleQuotedChild, Word as WordNode, WordPart } from "unbash";
import type { Dynamic } from "../../commands/command.ts";
import type { Range } from "../../text/edits.ts";
import { PieceBuilder } from "../../text/fragment.ts";

export type Quotes = "bare" | "single" | "double" | "ansi";

/** A stretch of a word, quotes left out: text in one kind of quotes, or an expansion. Ranges are of the fragment's text. */
export type Segment = Range & {
  readonly quotes: Quotes;
  /** Segments between the same pair of quotes share a number. */
  readonly part: number;
  /** Segments of one literal share it; undefined: they stand in the word itself, not in what a variable holds. */
  readonly origin?: number;
} & ({ readonly kind: "text" } | { readonly kind: "code"; readonly words: Dynamic["words"] });

/** The stretches of a word in order. An empty list is an empty word; null: its quotes are not closed. */
export function segmentsOf(node: WordNode, text: string): readonly Segment[] | null {
  const end = endOfWord(node, text);
  const segments: Segment[] = [];
  const bare = (start: number, to: number, part: number): void => {
    const tilde = start === node.pos ? (/^~[\w.-]*(?=\/|$)/.exec(text.slice(start, to))?.[0].length ?? 0) : 0;
    const from = start + tilde;
    if (tilde > 0) segments.push({ kind: "code", quotes: "bare", words: "one", part, start, end: from });
    if (to > from) segments.push({ kind: "text", quotes: "bare", part, start: from, end: to });
  };

  if (node.parts === undefined) bare(node.pos, end, 0);
  let part = 0;
  let before: WordPart["type"] | undefined;
  for (const child of node.parts ?? []) {
    const to = Math.min(child.end, end);
    if (isQuoted(child) || (before !== undefined && isQuotedType(before))) part += 1;
    before = child.type;
    switch (child.type) {
      case "Literal":
      case "Glob":
        bare(child.pos, to, part);
        break;
      case "SingleQuoted":
        if (!isClosed(text, child.pos + 1, to, "'")) return null;
        segments.push({ kind: "text", quotes: "single", part, start: child.pos + 1, end: to - 1 });
        break;
      case "AnsiCQuoted":
        if (!isClosed(text, child.pos + 2, to, "'")) return null;
        segments.push({ kind: "text", quotes: "ansi", part, start: child.pos + 2, end: to - 1 });
        break;
      case "DoubleQuoted":
      case "LocaleString":
        if (!isClosed(text, text.indexOf('"', child.pos) + 1, to, '"')) return null;
        segments.push(...child.parts.map((inner) => doubleQuoted(inner, part)));
        break;
      default:
        segments.push({
          kind: "code",
          quotes: "bare",
          words: wordsOf(child),
          part,
          start: child.pos,
          end: to,
        });
    }
  }
  return segments;
}

/** Adds what a text segment stands for. */
export function decode(segment: Segment, text: string, builder: PieceBuilder): void {
  const { start, end, quotes } = segment;
  if (quotes === "single") builder.copy(text, start, end);
  else if (quotes === "ansi") decodeAnsi(text, segment, builder);
  else decodeBackslashes(text, segment, builder, quotes === "double" ? /^[$`"\\\n]$/ : /^[^]$/u);
}

/** What a text segment stands for. */
export function decoded(segment: Segment, text: string): string {
  const raw = text.slice(segment.start, segment.end);
  if (segment.quotes === "single" || !raw.includes("\\")) return raw;
  const builder = new PieceBuilder();
  decode(segment, text, builder);
  return builder.build(() => null).text;
}

/**
 * Adds text in which a backslash hides some characters and goes itself; a hidden line end goes too.
 * @param hidden the characters; a backslash before any other stands for itself
 */
export function decodeBackslashes(
  text: string,
  { start, end }: Range,
  builder: PieceBuilder,
  hidden: RegExp,
): void {
  let from = start;
  for (let at = text.indexOf("\\", start); at >= 0 && at + 1 < end; at = text.indexOf("\\", at)) {
    const next = String.fromCodePoint(text.codePointAt(at + 1) ?? 0);
    const after = at + 1 + next.length;
    if (hidden.test(next)) {
      builder.copy(text, from, at);
      if (next !== "\n") builder.escape(next, at, after);
      from = after;
    }
    at = after;
  }
  builder.copy(text, from, end);
}

const ANSI_ESCAPE =
  /\\(?:([abeEfnrtv\\'"?])|x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|([0-7]{1,3})|c([^]))/y;
const ANSI_LETTERS: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

function decodeAnsi(text: string, { start, end }: Range, builder: PieceBuilder): void {
  let from = start;
  for (let at = text.indexOf("\\", start); at >= 0 && at < end; at = text.indexOf("\\", at)) {
    ANSI_ESCAPE.lastIndex = at;
    const found = ANSI_ESCAPE.exec(text);
    const after = at + (found?.[0].length ?? 2);
    if (found !== null && after <= end) {
      builder.copy(text, from, at);
      builder.escape(ansiCharacter(found), at, after);
      from = after;
    }
    at = after;
  }
  builder.copy(text, from, end);
}

function ansiCharacter([, letter, byte, short, long, octal, control]: RegExpExecArray): string {
  if (letter !== undefined) return ANSI_LETTERS[letter] ?? letter;
  if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) & 31);
  const code = octal === undefined ? parseInt(byte ?? short ?? long ?? "0", 16) : parseInt(octal, 8);
  return code > 0x10ffff ? "\uFFFD" : String.fromCodePoint(code);
}

/** The parser lets a continued line end belong to the word before it, and unclosed quotes end behind the text. */
export function endOfWord(
  { pos, end }: { readonly pos: number; readonly end: number },
  text: string,
): number {
  let trimmed = Math.min(end, text.length);
  while (text.endsWith("\\\n", trimmed) && trimmed - 2 > pos && !text.endsWith("\\\\\n", trimmed))
    trimmed -= 2;
  return trimmed;
}

function doubleQuoted(child: DoubleQuotedChild, part: number): Segment {
  const { pos: start, end } = child;
  if (child.type === "Literal") return { kind: "text", quotes: "double", part, start, end };
  return { kind: "code", quotes: "double", words: isList(child.text) ? "any" : "one", part, start, end };
}

function wordsOf(part: WordPart): Dynamic["words"] {
  if (part.type === "ArithmeticExpansion" || part.type === "ProcessSubstitution") return "one";
  return /^\$(?:[#?$]$|\{#\w)/.test(part.text) ? "one" : "any";
}

/** `"$@"`, `"${list[@]}"`: several words even between quotes. */
export function isList(code: string): boolean {
  return /^\$(?:@$|\{!?(?:@|\w+\[@\]|\w+@\}))/.test(code);
}

function isQuoted({ type }: WordPart): boolean {
  return isQuotedType(type);
}

function isQuotedType(type: WordPart["type"]): boolean {
  return (
    type === "SingleQuoted" || type === "DoubleQuoted" || type === "AnsiCQuoted" || type === "LocaleString"
  );
}

function isClosed(text: string, open: number, end: number, quote: string): boolean {
  return end - 1 >= open && text[end - 1] === quote;
}
