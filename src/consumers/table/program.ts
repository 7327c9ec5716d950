import { display, literal, type Value } from "../../commands/command.ts";
import { readAwk } from "./awk.ts";
import { READS_NOTHING, type TableRead } from "./read.ts";
import { readCut, readNames, readPatterns, readSed, readSort, readTr } from "./words.ts";

/**
 * How a command that reads a table takes it apart; null where that is not known.
 * @param name of its program, without folders
 */
export function readTable(name: string, words: readonly Value[], squeezed: boolean): TableRead | null {
  switch (name) {
    case "awk":
    case "gawk":
    case "mawk":
    case "nawk":
      return readAwk(words);
    case "cut":
      return readCut(words, squeezed);
    case "sort":
      return readSort(words);
    case "while":
    case "until":
    case "read":
      return readNames(words);
    case "grep":
    case "egrep":
    case "fgrep":
    case "rg":
    case "ag":
      return readPatterns(words);
    case "sed":
      return readSed(words);
    case "tr":
      return readTr(words);
    case "uniq":
      return words.some((word) => /^-\w*[fsw]/.test(display(word)))
        ? { ...READS_NOTHING, countsCharacters: true }
        : READS_NOTHING;
    case "column":
      return { ...READS_NOTHING, gives: literal(words[1] ?? []) === "-t" ? "lines" : "other" };
    default:
      return null;
  }
}
