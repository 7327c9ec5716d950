import type { FormatStyle, Interpolation } from "./table.ts";

/** A stretch of raw text that stands for a value, or for a character that would begin one. */
export type Special =
  | { readonly kind: "value"; readonly end: number; readonly isPositional: boolean }
  | { readonly kind: "text"; readonly end: number; readonly text: string };

/** The end of a value that a literal has at an offset, or of what is written for itself there; null when there is none. */
export function endOfInterpolation(text: string, at: number, style: Interpolation): number | null {
  return specialAt(text, at, style)?.end ?? null;
}

/** What begins at an offset of a literal's raw text. */
export function specialAt(text: string, at: number, style: Interpolation): Special | null {
  const unit = text[at];
  if (style === "braces") {
    if (unit === "}") return text[at + 1] === "}" ? { kind: "text", end: at + 2, text: "}" } : null;
    if (unit !== "{") return null;
    if (text[at + 1] === "{") return { kind: "text", end: at + 2, text: "{" };
    return valueTo(endOfBraces(text, at));
  }
  if (style === "hash")
    return unit === "#" && text[at + 1] === "{" ? valueTo(endOfBraces(text, at + 1)) : null;
  if (style === "dollar-braces") {
    if (unit !== "$" && unit !== "%") return null;
    if (text[at + 1] === unit && text[at + 2] === "{") return { kind: "text", end: at + 3, text: `${unit}{` };
    return text[at + 1] === "{" ? valueTo(endOfBraces(text, at + 1)) : null;
  }
  if (style === "php" && unit === "{" && text[at + 1] === "$") return valueTo(endOfBraces(text, at));
  if (unit !== "$") return null;
  if (text[at + 1] === "{") return valueTo(endOfBraces(text, at + 1));
  NAME.lastIndex = at + 1;
  const name = NAME.exec(text)?.[0];
  return name === undefined ? null : valueTo(at + 1 + name.length);
}

const NAME = /[A-Za-z_]\w*(?:(?:\.|->)[A-Za-z_]\w*)*/y;

function valueTo(end: number | null): Special | null {
  return end === null ? null : { kind: "value", end, isPositional: false };
}

/** More is no expression that a person wrote into a string. */
const MAX_LENGTH = 500;

/** Behind the brace that closes the one at an offset; strings within may hold braces. */
function endOfBraces(text: string, open: number): number | null {
  let depth = 0;
  const limit = Math.min(text.length, open + MAX_LENGTH);
  for (let at = open; at < limit; at++) {
    const unit = text[at];
    if (unit === "{") depth += 1;
    else if (unit === "}") {
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (unit === "\n") return null;
    else if (unit === '"' || unit === "'") {
      const close = text.slice(at + 1, limit).search(unit === '"' ? /["\n]/ : /['\n]/);
      if (close >= 0 && text[at + 1 + close] === unit && /[}\w.)\],:!|]/.test(text[at + 2 + close] ?? "")) {
        at += close + 1;
      }
    }
  }
  return null;
}

const PERCENT =
  /%(?:(?<self>%)|\((?<name>[^)\n]*)\)[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]|(?:\d+\$)?[-+# 0]*(?:\[\d+\])?(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:\[\d+\])?[a-zA-Z])/y;
const BRACES = /\{\{|\}\}|\{(?<name>[\w.\[\]]*)(?:![rsa])?(?::[^{}\n]*)?\}/y;

/** A verb of a format at an offset. One without a name takes the next value, so that it must stay in its place. */
export function verbAt(text: string, at: number, style: FormatStyle): Special | null {
  const pattern = style === "percent" ? PERCENT : BRACES;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (match === null) return null;
  const end = at + match[0].length;
  if (match[0] === "%%" || match[0] === "{{" || match[0] === "}}") {
    return { kind: "text", end, text: match[0].slice(0, 1) };
  }
  const name = match.groups?.["name"] ?? "";
  return { kind: "value", end, isPositional: /^\d*$/.test(name) };
}
