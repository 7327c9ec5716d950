import { forEachChild, parse, type ParsedScript, type Statement, type SyntaxNode } from "unbash";
import type { Range } from "../../text/edits.ts";

/** Errors after which the rest is read line by line. */
const MAX_ERRORS = 64;

/** A stretch of a script that is read on its own; `sound` when the parser had nothing to say about it. */
export interface Stretch extends Range {
  readonly sound: boolean;
}

/**
 * Cuts a script with errors into stretches: what stands before the first error, the line that has it, and so on for the
 * rest. So an error can hide only what stands on its own line.
 */
export function stretches(text: string): readonly Stretch[] {
  const found: Stretch[] = [];
  let start = 0;
  for (let errors = 0; start < text.length; errors++) {
    const script = errors < MAX_ERRORS ? parse(text.slice(start)) : null;
    const error = script === null ? start : firstError(script, start);
    if (error === null) {
      found.push({ start, end: text.length, sound: true });
      break;
    }
    const from = Math.max(
      start,
      lineStart(text, script === null ? start : troubled(script, text, start, error)),
    );
    if (from > start) found.push({ start, end: from, sound: true });
    const lineEnd = logicalLineEnd(text, from);
    // Behind the pattern of a case that lost its head the line goes on.
    const end = text[error] === ")" && from <= error && error < lineEnd ? error + 1 : lineEnd;
    found.push({ start: from, end, sound: false });
    start = end;
  }
  return found;
}

/** Whether the parser gave up somewhere in a script. */
export function hasErrors(script: ParsedScript): boolean {
  return (script.errors?.length ?? 0) > 0;
}

function firstError(script: ParsedScript, base: number): number | null {
  const places = (script.errors ?? []).map((error) => error.pos);
  return places.length === 0 ? null : base + Math.min(...places);
}

/** Offset of the statement that has an error, or that an error right behind it may belong to. */
function troubled(script: ParsedScript, text: string, base: number, error: number): number {
  let before: { readonly start: number; readonly end: number } | undefined;
  for (const statement of script.commands) {
    const extent = extentOf(statement, base);
    if (extent.start > error) break;
    before = extent;
  }
  if (before === undefined) return error;
  const isBehind = before.end < error && text.slice(before.end, error).includes("\n");
  return isBehind && error < text.length ? error : before.start;
}

/** The parser gives no ranges to blocks that it could not close. */
function extentOf(statement: Statement, base: number): Range {
  let start = Infinity;
  let end = 0;
  const visit = (node: SyntaxNode): void => {
    if (node.end > node.pos) {
      start = Math.min(start, node.pos);
      end = Math.max(end, node.end);
      if (node.type !== "Statement") return;
    }
    forEachChild(node, visit);
  };
  visit(statement);
  return {
    start: base + (start === Infinity ? statement.pos : start),
    end: base + Math.max(end, statement.end),
  };
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

/** Offset behind the line end that no backslash continues. */
function logicalLineEnd(text: string, from: number): number {
  for (let at = text.indexOf("\n", from); at >= 0; at = text.indexOf("\n", at + 1)) {
    const backslashes = /\\*$/.exec(text.slice(from, at))?.[0].length ?? 0;
    if (backslashes % 2 === 0) return at + 1;
  }
  return text.length;
}
