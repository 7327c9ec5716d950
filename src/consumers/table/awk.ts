import { display, type Value } from "../../commands/command.ts";
import { programText } from "../program-text.ts";
import { type ColumnUse, READS_NOTHING, type TableRead } from "./read.ts";

/** What `awk` reads of a line; null where its program stands elsewhere (`-f`), or something else splits the lines. */
export function readAwk(words: readonly Value[]): TableRead | null {
  const program = programOf(words);
  if (program === null) return null;
  const { columns, patterns } = partsOf(programText(words[program] ?? []), program);
  return { ...READS_NOTHING, columns, patterns, gives: "other" };
}

/** Index of the word that is the program. */
function programOf(words: readonly Value[]): number | null {
  for (let at = 1; at < words.length; at++) {
    const text = display(words[at] ?? []);
    if (text === "--") return at + 1 < words.length ? at + 1 : null;
    if (!text.startsWith("-") || text === "-") return at;
    const [, flag = "", attached = ""] = /^-([A-Za-z])(.*)$/s.exec(text) ?? [];
    if (flag === "F" || flag === "v") {
      const value = attached === "" ? display(words[++at] ?? []) : attached;
      if (flag === "F" && !SPLITS_AT_BLANKS.test(value)) return null;
      if (flag === "v" && value.startsWith("FS=") && !SPLITS_AT_BLANKS.test(value.slice(3))) return null;
    } else if (flag === "f" || text === "--file") return null;
  }
  return null;
}

/** Separators that take any run of blanks for one. */
const SPLITS_AT_BLANKS = /^(?: |\[?(?: |\\\\?t|\\\\?s|\[:(?:space|blank):\])+\]?\+|\\\\?s\+)$/;

/** Strings, patterns and comments are passed by, so that a `$1` in them counts for nothing. */
const PART =
  /(?<string>"(?:\\.|[^"\\])*")|(?<comment>#[^\n]*)|(?<=(?:^|[(,{;!~&|\n])\s*)(?<pattern>\/(?:\\.|[^/\\\n])+\/)|\$(?:(?<place>\d+)|(?<last>NF\b)|\(\s*(?:(?<inner>\d+)|NF\s*(?:-\s*(?<back>\d+))?)\s*\))/gs;

function partsOf(
  text: string,
  word: number,
): { readonly columns: readonly ColumnUse[]; readonly patterns: readonly string[] } {
  const columns: ColumnUse[] = [];
  const patterns: string[] = [];
  for (const found of text.matchAll(PART)) {
    const { string, comment, pattern, place, last, inner, back } = found.groups ?? {};
    if (comment !== undefined) continue;
    if (string !== undefined || pattern !== undefined) {
      patterns.push((string ?? pattern ?? "").slice(1, -1));
      continue;
    }
    const digits = place ?? inner;
    const code = found[0];
    if (digits === undefined) {
      columns.push({ code, index: last === undefined ? -1 - Number(back ?? 0) : -1, number: null });
    } else if (Number(digits) > 0) {
      const start = found.index + code.indexOf(digits);
      const range = { start, end: start + digits.length };
      columns.push({ code, index: Number(digits) - 1, number: { word, range } });
    }
  }
  return { columns, patterns };
}
