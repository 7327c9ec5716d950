import type { Range } from "../../text/edits.ts";
import type { PieceBuilder } from "../../text/fragment.ts";
import type { Text } from "./model.ts";

/** How the text of a literal is written. */
export type Style = Pick<Text, "quote" | "escapes">;

const SIMPLE = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
]);

/** One escape, or a line end that a template normalises. */
const ESCAPE =
  /\\(?:x(?<hex>[0-9a-fA-F]{2})|u(?<unit>[0-9a-fA-F]{4})|u\{(?<point>[0-9a-fA-F]+)\}|(?<octal>[0-3][0-7]{0,2}|[4-7][0-7]?)|(?<end>\r\n|[\n\r\u2028\u2029])|(?<other>[^]))|(?<line>\r\n?)/gu;

/** Adds what `[start, end)` of the source means inside a literal. False: it has an escape that is not legal there. */
export function decode(
  builder: PieceBuilder,
  source: string,
  { start, end }: Range,
  { quote, escapes }: Style,
): boolean {
  const raw = source.slice(start, end);
  if (escapes === "jsx") {
    builder.copy(source, start, end);
    return !raw.includes("&");
  }
  let at = start;
  for (const match of raw.matchAll(ESCAPE)) {
    const { hex, unit, point, octal, end: continued, other, line } = match.groups ?? {};
    if (line === undefined && escapes === "raw") continue;
    if (line !== undefined && quote !== "`") continue;
    const from = start + match.index;
    const code = hex ?? unit ?? point;
    const value = code === undefined ? NaN : Number.parseInt(code, 16);
    if (value > 0x10ffff || other === "x" || other === "u") return false;
    builder.copy(source, at, from);
    at = from + match[0].length;
    if (line !== undefined) builder.escape("\n", from, at);
    else if (code !== undefined) builder.escape(String.fromCodePoint(value), from, at);
    else if (octal !== undefined) builder.escape(String.fromCharCode(Number.parseInt(octal, 8)), from, at);
    else if (continued === undefined) builder.escape(SIMPLE.get(other ?? "") ?? other ?? "", from, at);
  }
  builder.copy(source, at, end);
  return true;
}

/**
 * Text as it is written inside a literal of this style; null when the style cannot hold it.
 * @param before the unit in front of the place, and `after` the one behind it: `$` and `{` together would begin an expression
 */
export function encode(text: string, { quote, escapes }: Style, before = "", after = ""): string | null {
  if (escapes === "jsx") {
    const stays = !/[&{}<>\n\r]/.test(text) && (quote === "" || !text.includes(quote));
    return stays ? text : null;
  }
  if (escapes === "raw") {
    const isHeld = !/[`\r]/.test(text) && !`${before}${text}${after}`.includes("${");
    return isHeld && !(text.endsWith("\\") && /[`$]/.test(after)) ? text : null;
  }
  const escaped = text.replace(/[\\'"`\n\r\0-\x1f\x7f\u2028\u2029]/g, (unit) => escapeUnit(unit, quote));
  if (quote !== "`") return escaped;
  const inner = escaped.replaceAll("${", "\\${");
  const opened = before === "$" && inner.startsWith("{") ? `\\${inner}` : inner;
  return inner.endsWith("$") && after === "{" ? `${opened.slice(0, -1)}\\$` : opened;
}

/** A whole literal of plain text. */
export function write(text: string, style: Style): string | null {
  const inner = encode(text, style, style.quote, style.quote);
  return inner === null ? null : style.quote + inner + style.quote;
}

const NAMED = new Map([...SIMPLE].map(([letter, unit]) => [unit, `\\${letter}`]));

function escapeUnit(unit: string, quote: Style["quote"]): string {
  if (unit === "\\") return "\\\\";
  if (unit === "'" || unit === '"' || unit === "`") return unit === quote ? `\\${unit}` : unit;
  if (unit === "\n" && quote === "`") return unit;
  const code = unit.charCodeAt(0).toString(16);
  return NAMED.get(unit) ?? (code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`);
}
