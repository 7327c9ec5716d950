import type { Edit, Range } from "../../text/edits.ts";
import type { Word, WordList } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";

/** Stands for the words that something at a place of the document adds to a command: nobody knows which, or how many. */
export function unreadWord(document: Fragment, place: Range): Word {
  const code = document.code(place).trim().replace(/\s+/g, " ");
  return { ...place, value: [{ code, words: "any" }], list: new UnreadList(document), isFixed: true };
}

/** A place that nothing can be written to. */
class UnreadList implements WordList {
  constructor(readonly fragment: Fragment) {}

  write(): null {
    return null;
  }

  /** Nothing may follow; the empty edit says so by changing nothing. */
  insertAfter({ end }: Word): Edit {
    return { start: end, end, text: "" };
  }

  cut(): null {
    return null;
  }

  inside(): null {
    return null;
  }
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
