import type { Range } from "../../text/edits.ts";

/** `$(NAME)`, `${NAME}`, `$@`, `$(shell ...)`, or `$$`; `[start, end)` with the dollar sign. */
export interface Reference extends Range {
  /** What stands between the brackets; `$` for `$$`. */
  readonly body: string;
}

/** All references of a range of a makefile's text, in order; those within others are left out. */
export function referencesIn(text: string, { start, end }: Range): readonly Reference[] {
  const found: Reference[] = [];
  for (let at = text.indexOf("$", start); at >= 0 && at + 1 < end; at = text.indexOf("$", at)) {
    const after = endOfReference(text, at, end);
    const isBracketed = after > at + 2;
    found.push({
      start: at,
      end: after,
      body: text.slice(at + (isBracketed ? 2 : 1), after - (isBracketed ? 1 : 0)),
    });
    at = after;
  }
  return found;
}

/** A bracket that is not closed reaches to the end of its line. */
function endOfReference(text: string, dollar: number, limit: number): number {
  const open = text[dollar + 1] ?? "";
  const close = open === "(" ? ")" : open === "{" ? "}" : null;
  if (close === null) return dollar + 2;
  let depth = 0;
  for (let at = dollar + 1; at < limit; at++) {
    if (text[at] === open) depth += 1;
    else if (text[at] === close && --depth === 0) return at + 1;
  }
  return dollar + 2;
}

/** The name of the variable that a reference is; null for functions and computed names. */
export function variableName(body: string): string | null {
  return /^[A-Za-z_][\w.-]*$/.test(body) ? body : null;
}
