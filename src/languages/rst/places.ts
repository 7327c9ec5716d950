import type { Range } from "../../text/edits.ts";
import type { Part } from "../markdown/places.ts";
import { indentOf, linesOf, partsOf, type Line } from "./lines.ts";

/** A place of a document that shows code; offsets are of the document's text. */
export type Place =
  /** A block; `info` is its language, empty when it names none. */
  | { readonly kind: "block"; readonly parts: readonly Part[]; readonly info: string }
  /** A literal in a sentence, or in a table whose lines are drawn. */
  | ({ readonly kind: "span"; readonly inTable: boolean } & Range);

/** Directives whose body is code in the language that they name. */
const CODE =
  /^\s*(?:[-*#+]\s+|\d+[.)]\s+)*\.\.\s+(?:code-block|sourcecode|code|prompt|parsed-literal|console)::[ \t]*(\S*)/;
const HIGHLIGHT = /^\s*\.\.\s+highlight::[ \t]*(\S*)/;
/** A comment, and directives whose body is no text of the document. */
const HIDDEN =
  /^\s*\.\.(?:\s+(?!\[|_|\||[\w-]+(?::[\w-]+)*::)\S|\s*$|\s+(?:raw|math|graphviz|csv-table|toctree|figure|image)::)/;
const LITERAL_MARK = /(?:^|[^:\s]|\s|^:?)::\s*$/;

/** All places with code, in order. Never throws. */
export function placesOf(text: string): readonly Place[] {
  const lines = linesOf(text);
  const places: Place[] = [];
  let language = "";
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (line === undefined || line.text.trim() === "") continue;
    const highlighted = HIGHLIGHT.exec(line.text)?.[1];
    if (highlighted !== undefined) language = highlighted;
    const code = CODE.exec(line.text)?.[1];
    const body = bodyBehind(lines, i);
    if (code !== undefined || (LITERAL_MARK.test(line.text) && !HIDDEN.test(line.text))) {
      const isDirective = code !== undefined;
      const from = isDirective ? afterOptions(lines, body) : body.from;
      if (!isDirective && !isDirectiveLine(line)) places.push(...spansOf(line, lines, i));
      const isSet = body.to > from && (isDirective || lines[i + 1]?.text.trim() === "");
      if (!isSet) continue;
      const info = code === undefined || code === "" ? language : code;
      places.push({ kind: "block", parts: partsOf(lines.slice(from, body.to)), info });
      i = body.to - 1;
    } else if (HIDDEN.test(line.text)) i = Math.max(i, body.to - 1);
    else places.push(...spansOf(line, lines, i));
  }
  return places;
}

function isDirectiveLine({ text }: Line): boolean {
  return /^\s*\.\.\s+[\w-]+(?::[\w-]+)*::/.test(text);
}

/** The lines behind one that are indented further, blank ones at their end left out: `[from, to)`. */
function bodyBehind(lines: readonly Line[], at: number): { readonly from: number; readonly to: number } {
  const outer = indentOf(lines[at]?.text ?? "");
  let from = at + 1;
  while (from < lines.length && lines[from]?.text.trim() === "") from += 1;
  let to = from;
  for (let i = from; i < lines.length; i++) {
    const text = lines[i]?.text ?? "";
    if (text.trim() === "") continue;
    if (indentOf(text) <= outer) break;
    to = i + 1;
  }
  return { from, to };
}

/** Behind the options of a directive (`:linenos:`) and the blank line that ends them. */
function afterOptions(
  lines: readonly Line[],
  { from, to }: { readonly from: number; readonly to: number },
): number {
  let at = from;
  while (at < to && /^\s*:[\w-]+:/.test(lines[at]?.text ?? "")) at += 1;
  while (at < to && lines[at]?.text.trim() === "") at += 1;
  return at;
}

/** Literals, and roles that show what is typed. */
const SPAN =
  /``(?<literal>[^`\n](?:[^`\n]|`(?!`))*)``|:(?:command|code|kbd|samp|program|console|bash|shell|sh):`(?<role>[^`\n]+)`/g;

function spansOf({ text, start }: Line, lines: readonly Line[], at: number): readonly Place[] {
  if (isHeading(text, lines[at + 1]?.text ?? "")) return [];
  const inTable = /^\s*[|+]/.test(text) || isUnderRule(lines, at);
  return Array.from(text.matchAll(SPAN), ({ index, 0: all, groups = {} }): Place => {
    const code = groups["literal"] ?? groups["role"] ?? "";
    const from = start + index + all.lastIndexOf(code);
    return { kind: "span", start: from, end: from + code.length, inTable };
  });
}

function isHeading(text: string, next: string): boolean {
  return (
    text.trim() !== "" &&
    /^([!-/:-@[-`{-~])\1{2,}\s*$/.test(next) &&
    next.trimEnd().length + 2 >= text.trimEnd().length
  );
}

/** Whether the paragraph of a line begins with the rule of a simple table (`=====  =====`). */
function isUnderRule(lines: readonly Line[], at: number): boolean {
  for (let i = at - 1; i >= Math.max(0, at - 200); i--) {
    const text = lines[i]?.text ?? "";
    if (/^\s*=+(?:\s+=+)+\s*$/.test(text))
      return lines.slice(at + 1, at + 200).some((line) => /^\s*=+(?:\s+=+)+\s*$/.test(line.text));
    if (text.trim() === "" && lines[i - 1]?.text.trim() === "") return false;
  }
  return false;
}
