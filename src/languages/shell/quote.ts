import type { Dynamic, Value } from "../../commands/command.ts";
import type { Hole } from "../../text/fragment.ts";
import { isList, type Quotes } from "./decode.ts";

/** Text as it must stand between these quotes to be read as itself; null where it cannot. */
export function encode(text: string, quotes: Quotes): string | null {
  if (text.includes("\0")) return null;
  switch (quotes) {
    case "single":
      return text.replaceAll("'", `'\\''`);
    case "double":
      return text.replace(/[\\"$`]/g, "\\$&");
    case "ansi":
      return text.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n");
    case "bare":
      return text.includes("\n")
        ? encodeAcross(text, quotes, quotes)
        : text.replace(/[^\w@%+=:,./\u0080-\uffff-]/g, "\\$&");
  }
}

/** Text that begins between some quotes and ends between others: they are closed before it, and opened again behind it. */
export function encodeAcross(text: string, from: Quotes, to: Quotes): string | null {
  const encoded = encode(text, "single");
  if (encoded === null) return null;
  // A quote at either end needs no empty quotes beside it.
  const quoted = `'${encoded}'`.replace(/^''/, "").replace(/''$/, "");
  return CLOSING[from] + quoted + OPENING[to];
}

const CLOSING: Readonly<Record<Quotes, string>> = { bare: "", single: "'", double: '"', ansi: "'" };
const OPENING: Readonly<Record<Quotes, string>> = { bare: "", single: "'", double: '"', ansi: "$'" };

/** How a part of a value may be written: between quotes, bare, or either way. */
type Manner = "quoted" | "bare" | "either";

interface Part {
  readonly text: string;
  readonly manner: Manner;
  readonly dynamic: boolean;
}

/**
 * A value as one word of a shell command; null when it cannot be one. What is written reads back as the same value: a
 * value that may be several words stays outside of quotes, one that is exactly one word goes between them.
 * @param holes values that are filled in before the shell runs; their code may stand between any quotes
 * @param like the quotes to use if the value can do with them
 */
export function writeWord(value: Value, holes: readonly Hole[], like?: Quotes): string | null {
  const parts = value.map((part, i) => toPart(part, value[i + 1], holes));
  if (parts.some((part) => part.text.includes("\0"))) return null;
  const needsQuotes = parts.some((part) => part.manner === "quoted");
  if (parts.some((part) => part.manner === "bare")) return parts.map(alone).join("");

  const expands = parts.some((part) => part.dynamic && !isHole(part.text, holes));
  if (needsQuotes) return like === "single" && !expands ? single(parts) : double(parts);
  if (like === "single") return single(parts);
  if (like === "double") return double(parts);
  const isSafe = parts.every((part) => part.dynamic || SAFE.test(part.text));
  if (isSafe && parts.length > 0) return parts.map((part) => part.text).join("");
  return single(parts);
}

/** No character in it means anything to a shell. */
const SAFE = /^[\p{L}\p{N}_@%+=:,./-]+$/u;

function toPart(part: string | Dynamic, next: string | Dynamic | undefined, holes: readonly Hole[]): Part {
  if (typeof part === "string") return { text: part, manner: "either", dynamic: false };
  if (isHole(part.code, holes)) return { text: part.code, manner: mannerOfHole(part, holes), dynamic: true };
  const text = endsBefore(next) ? part.code : braced(part.code);
  const manner = /^[$`]/.test(text) && (part.words === "one" || isList(text)) ? "quoted" : "bare";
  return { text, manner, dynamic: true };
}

function isHole(code: string, holes: readonly Hole[]): boolean {
  return holes.some((hole) => hole.code === code);
}

function mannerOfHole({ code, words }: Dynamic, holes: readonly Hole[]): Manner {
  if (words === "any") return "bare";
  return holes.some((hole) => hole.code === code && hole.words === "any") ? "quoted" : "either";
}

/** Whether `$NAME` ends where the next part begins. */
function endsBefore(next: string | Dynamic | undefined): boolean {
  if (next === undefined) return true;
  return typeof next === "string"
    ? !/^\w/.test(next)
    : /^[$`]/.test(next.code) && !next.code.startsWith("${{");
}

/** `${NAME}` for `$NAME`. */
export function braced(code: string): string {
  return code.replace(/^\$(\w+)$/, "${$1}");
}

function single(parts: readonly Part[]): string {
  return `'${parts.map((part) => (part.dynamic ? part.text : encode(part.text, "single"))).join("")}'`;
}

function double(parts: readonly Part[]): string {
  return `"${parts.map((part) => (part.dynamic ? part.text : encode(part.text, "double"))).join("")}"`;
}

/** One part in a word where some must stay outside of quotes. */
function alone(part: Part): string {
  if (part.manner === "quoted") return `"${part.text}"`;
  return part.dynamic || SAFE.test(part.text) ? part.text : single([part]);
}
