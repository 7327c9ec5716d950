import type { Range } from "../../text/edits.ts";
import type { Word } from "../../commands/command.ts";
import { SealedList } from "../../commands/lists.ts";
import type { Fragment } from "../../text/fragment.ts";

/** Stands for the words that something at a place of the document adds to a command: nobody knows which, or how many. */
export function unreadWord(document: Fragment, place: Range): Word {
  const code = document.code(place).trim().replace(/\s+/g, " ");
  return { ...place, value: [{ code, words: "any" }], list: new SealedList(document), isFixed: true };
}

/**
 * Whether the code of a hole prints something where the parser sees a comment or nothing: it is more than the `{{ if }}`,
 * `{{ end }}` or comment of a template.
 */
export function printsMore(code: string): boolean {
  return code.replace(SILENT, "").includes("{{");
}

const SILENT =
  /\{\{-?\s*(?:\/\*.*?\*\/|(?:if|with|range|else|end|define|block|break|continue)\b.*?|\$\w*(?:\s*,\s*\$\w+)?\s*:?=.*?)\s*-?\}\}/gs;
