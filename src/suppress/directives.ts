import type { Range } from "../text/edits.ts";

/** What every comment that ignores findings begins with. */
export const MARK = "gadget-migrate-ignore";

export const KINDS = ["next-line", "line", "file", "start", "end"] as const;
type Kind = (typeof KINDS)[number];

/** A comment that ignores findings, as it is written. */
export interface Written {
  /** What stands behind the mark; null for a kind that there is none of. */
  readonly kind: Kind | null;
  /** From the mark to the end of what it says, in the text that it was read from. */
  readonly range: Range;
  readonly text: string;
  /** Names of rules as written; all rules when there is none. */
  readonly rules: readonly string[];
  /** Behind `--`; null when there is none. */
  readonly reason: string | null;
}

/** The directives in one comment of a text: each stands first in its line, but for what opens the comment. */
export function directivesIn(text: string, { start, end }: Range): readonly Written[] {
  const found: Written[] = [];
  const comment = text.slice(start, end);
  for (const { index, 0: all, 1: before = "", 2: kind = "", 3: rest = "" } of comment.matchAll(LINE)) {
    if (!OPENING.test(before)) continue;
    const at = start + index + before.length;
    const said = all.slice(before.length).replace(CLOSING, "").trimEnd();
    const [names = "", ...reasons] = ` ${rest}`.replace(CLOSING, "").split(/(?:^|\s)--(?=\s|$)/);
    const reason = reasons.join("--").trim();
    found.push({
      kind: KINDS.find((known) => known === kind) ?? null,
      range: { start: at, end: at + said.length },
      text: said,
      rules: names.split(/[\s,]+/).filter((name) => name !== ""),
      reason: reason === "" ? null : reason,
    });
  }
  return found;
}

const LINE = new RegExp(String.raw`^([^\r\n]*?)${MARK}(?:-([\w-]*\w))?(?![\w-])([^\r\n]*)`, "gm");

/** What may stand before it: marks alone, `rem`, or another comment of the line (`# TODO # ...`). */
const OPENING = /^(?:[^\w]*|\W*(?:rem|dnl|comment|\/\/)\W*|.*(?:#|\/\/|--|;)\s*)$/i;

/** What closes a comment on its line. */
const CLOSING = /\s*(?:\*\/\s*-?\}{0,2}|--+>|#>|-?\}\}|#\}|%>|\]=*\]|(?<=[\s\w])[)"'])\s*$/;
