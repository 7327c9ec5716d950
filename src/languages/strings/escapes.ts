import type { Range } from "../../text/edits.ts";
import type { Hole, PieceBuilder } from "../../text/fragment.ts";
import { specialAt, verbAt, type Special } from "./interpolation.ts";
import type { Literal } from "./tokens.ts";
import type { FormatStyle } from "./table.ts";

const SIMPLE = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
]);
/** Letters that mean something only where unknown ones mean themselves. */
const RUBY = new Map([
  ["e", "\x1b"],
  ["s", " "],
]);

const ESCAPE =
  /\\(?:x(?<hex>[0-9a-fA-F]{2})|u(?<unit>[0-9a-fA-F]{4})|U(?<long>[0-9a-fA-F]{8})|u\{(?<point>[0-9a-fA-F]{1,6})\}|(?<octal>[0-7]{1,3})|(?<end>(?:\r\n|[\n\r])(?<indent>[ \t]*))|(?<other>[^]))|\r\n?/uy;

/** How many words a value in a string may become. */
export type Words = Hole["words"];

/** Stretches of the decoded text that cannot be changed: verbs of a format that take their values in order. */
export type Pinned = Range;

/**
 * Adds what a literal means to a builder; its places are those of the program's text.
 * @param format how verbs in it are read, where it is the text of a format
 * @param known the values that the program gives to what a literal fills in
 * @returns the verbs that must stay; null when the literal is not legal
 */
export function decodeLiteral(
  builder: PieceBuilder,
  text: string,
  { rule, body, close }: Literal,
  format: FormatStyle | null,
  words: Words,
  known: (code: string) => readonly string[] | undefined = () => undefined,
): readonly Pinned[] | null {
  const pinned: Pinned[] = [];
  let copied = body.start;
  let at = body.start;
  const flush = (): void => {
    builder.copy(text, copied, at);
  };
  while (at < body.end) {
    const special = specialIn(text, at, rule.interpolation, format);
    if (special !== null && special.end <= body.end) {
      flush();
      const from = builder.length;
      if (special.kind === "text") builder.escape(special.text, at, special.end);
      else addValue(builder, text.slice(at, special.end), at, words, known);
      if (special.kind === "value" && special.isPositional) pinned.push({ start: from, end: builder.length });
      copied = at = special.end;
      continue;
    }
    const isQuote = rule.escapes === "doubled" && text.startsWith(close, at);
    const escape = isQuote ? { end: at + 2 * close.length, text: close } : escapeAt(text, at, rule, close);
    if (escape === "illegal") return null;
    if (escape === null) {
      at += 1;
      continue;
    }
    flush();
    builder.escape(escape.text, at, Math.min(escape.end, body.end));
    copied = at = escape.end;
  }
  flush();
  return pinned;
}

/** A value in a literal. One that is several words for sure is read as those. */
function addValue(
  builder: PieceBuilder,
  code: string,
  at: number,
  words: Words,
  known: (code: string) => readonly string[] | undefined,
): void {
  const values = known(code);
  const [only = "", more] = values ?? [];
  if (more === undefined && words === "any" && /\S\s+\S/.test(only))
    builder.escape(only, at, at + code.length);
  else
    builder.hole({ code, words, ...(values === undefined ? {} : { known: values }) }, at, at + code.length);
}

function specialIn(
  text: string,
  at: number,
  interpolation: Literal["rule"]["interpolation"],
  format: FormatStyle | null,
): Special | null {
  const value = interpolation === undefined ? null : specialAt(text, at, interpolation);
  return value ?? (format === null ? null : verbAt(text, at, format));
}

function escapeAt(
  text: string,
  at: number,
  { escapes, interpolation }: Literal["rule"],
  close: string,
): { readonly end: number; readonly text: string } | "illegal" | null {
  const unit = text[at];
  if (unit === "\r") return { end: at + (text[at + 1] === "\n" ? 2 : 1), text: "\n" };
  if (unit !== "\\" || isRaw(escapes) || escapes === "doubled") return null;
  if (escapes === "quote") {
    const next = text[at + 1];
    return next !== undefined && (next === "\\" || next === close[0]) ? { end: at + 2, text: next } : null;
  }
  ESCAPE.lastIndex = at;
  const match = ESCAPE.exec(text);
  if (match === null) return null;
  const { hex, unit: short, long, point, octal, end: lineEnd, indent = "", other } = match.groups ?? {};
  const end = at + match[0].length;
  const code = hex ?? short ?? long ?? point;
  if (code !== undefined || octal !== undefined) {
    const value = code === undefined ? Number.parseInt(octal ?? "", 8) : Number.parseInt(code, 16);
    // Bytes beyond ASCII are parts of letters in some languages, and letters in others.
    return value > 0x10ffff || (value > 0x7f && hex !== undefined)
      ? "illegal"
      : { end, text: String.fromCodePoint(value) };
  }
  // Rust leaves the indentation of the next line out, others have it; a shell reads both alike.
  if (lineEnd !== undefined) return { end: end - indent.length, text: "" };
  const simple = SIMPLE.get(other ?? "") ?? (escapes === "drop" ? RUBY.get(other ?? "") : undefined);
  if (simple !== undefined) return { end, text: simple };
  if (/[\\'"`]/.test(other ?? "") || other === opener(interpolation)) return { end, text: other ?? "" };
  if (escapes === "refuse") return "illegal";
  return escapes === "keep" ? null : { end, text: other ?? "" };
}

/** The sign that values in a literal begin with, which a backslash makes a sign like any other. */
function opener(interpolation: Literal["rule"]["interpolation"]): string | undefined {
  if (interpolation === "dollar" || interpolation === "php") return "$";
  return interpolation === "hash" ? "#" : undefined;
}

const NAMED = new Map([
  ["\n", "\\n"],
  ["\t", "\\t"],
  ["\r", "\\r"],
]);

/**
 * Text as it is written inside a literal; null when the literal cannot hold it.
 * @param before the unit in front of the place: together with the text it must not begin anything new
 * @param after the unit behind it
 */
export function encodeText(
  text: string,
  { rule, close, isHeredoc, tag }: Pick<Literal, "rule" | "close" | "isHeredoc" | "tag">,
  format: FormatStyle | null,
  before = "",
  after = "",
): string | null {
  let written = "";
  const { escapes, interpolation, isMultiline } = rule;
  if (/\r|\0/.test(text) || (isHeredoc && mayEnd(text, tag))) return null;
  if (isRaw(escapes) || escapes === "quote") {
    const quote = close[0] ?? "\n";
    if (text.includes("\n") && isMultiline !== true) return null;
    if (isRaw(escapes) && !isHeredoc && (text.includes(quote) || /\\$/.test(text))) return null;
    // A pair of brackets ends where all that are open in it are closed.
    if (!isRaw(escapes) && BRACKETS.test(quote) && /[([{<]/.test(text)) return null;
    written = isRaw(escapes) ? text : escaped(text, quote);
  } else if (escapes === "doubled") {
    if (text.includes("\n")) return null;
    written = text.replaceAll(close, close + close);
  } else {
    const quote = close[0] ?? "";
    const units = Array.from(text);
    for (const [i, unit] of units.entries()) {
      // Among three quotes, one alone is a letter like any other.
      const isAlone =
        close.length > 1 && (units[i + 1] ?? after) !== quote && (units[i - 1] ?? before) !== quote;
      if (unit === "\\" || (unit === quote && !isAlone)) written += `\\${unit}`;
      else if (unit < " " || unit === "\x7f") {
        const named = unit === "\n" && isMultiline === true ? "\n" : NAMED.get(unit);
        if (named === undefined) return null;
        written += named;
      } else written += unit;
    }
  }
  const inner = withoutValues(written, escapes, interpolation, format);
  if (inner === null) return null;
  if (!isRaw(escapes) && before.endsWith("\\")) return null;
  if (interpolation === undefined && format === null) return inner;
  const opens = /[$#%]$/.test(before) && /^[{(\w]/.test(inner);
  return opens || /[$#%]$/.test(inner) ? null : inner;
}

/** Whether a new line in a text may end the text. */
function mayEnd(text: string, tag: string | undefined): boolean {
  const [, ...lines] = text.split("\n");
  return lines.some((line) => tag === undefined || line.trimStart().startsWith(tag));
}

const BRACKETS = /[)\]}>]/;

/** With a backslash before each backslash and each sign that would end the literal. */
function escaped(text: string, quote: string): string {
  return Array.from(text, (unit) => (unit === "\\" || unit === quote ? `\\${unit}` : unit)).join("");
}

/** Written so that nothing in it is taken for a value. */
function withoutValues(
  text: string,
  escapes: Literal["rule"]["escapes"],
  interpolation: Literal["rule"]["interpolation"],
  format: FormatStyle | null,
): string | null {
  let result = text;
  const canEscape = escapes === "keep" || escapes === "drop" || escapes === "refuse";
  if (interpolation === "braces" || format === "braces") result = result.replace(/[{}]/g, "$&$&");
  if (interpolation === "dollar-braces") result = result.replace(/[$%](?=\{)/g, "$&$&");
  if (interpolation === "dollar" || interpolation === "php") {
    if (!canEscape && result.includes("$")) return null;
    result = result.replaceAll("$", "\\$");
    if (interpolation === "php" && result.includes("{")) return null;
  }
  if (interpolation === "hash") {
    if (!canEscape && result.includes("#{")) return null;
    result = result.replaceAll("#{", "\\#{");
  }
  return format === "percent" ? result.replaceAll("%", "%%") : result;
}

function isRaw(escapes: Literal["rule"]["escapes"]): boolean {
  return escapes === "none" || escapes === "raw";
}
