import { display, literal, type Value } from "../../commands/command.ts";
import { programText } from "../program-text.ts";
import { type ColumnUse, READS_NOTHING, type TableRead } from "./read.ts";

/** `cut -d' ' -f1,3`, `cut -c1-20`. @param squeezed whether there is one blank between two columns */
export function readCut(words: readonly Value[], squeezed: boolean): TableRead | null {
  const delimiter = optionOf(words, "d", "delimiter");
  const fields = optionOf(words, "f", "fields");
  const characters = optionOf(words, "c", "characters") ?? optionOf(words, "b", "bytes");
  if (characters !== null) return { ...READS_NOTHING, countsCharacters: true, gives: "other" };
  // A table has no tabs, so that without `-d` the whole line is given.
  if (fields === null || delimiter === null) return READS_NOTHING;
  if (delimiter.text !== " ") return null;
  const columns = rangesIn(fields.text).map(({ digits, at }): ColumnUse => {
    const range = { start: fields.offset + at, end: fields.offset + at + digits.length };
    return { code: `-f${digits}`, index: Number(digits) - 1, number: { word: fields.word, range } };
  });
  const counts = !squeezed && columns.some(({ index }) => index > 0);
  const kept = counts ? columns.filter(({ index }) => index === 0) : columns;
  return { ...READS_NOTHING, columns: kept, countsCharacters: counts, gives: "other" };
}

/** `sort -k 2,2 -k5nr` */
export function readSort(words: readonly Value[]): TableRead | null {
  if (optionOf(words, "t", "field-separator") !== null) return null;
  const keys = words.flatMap((word, at) => {
    const text = literal(word) ?? "";
    const attached = /^(?:-[A-Za-z]*k|--key=)(\d+)/.exec(text)?.[1];
    if (attached !== undefined) return [attached];
    if (!/^(?:-[A-Za-z]*k|--key)$/.test(text)) return [];
    return /^\d+/.exec(literal(words[at + 1] ?? []) ?? "")?.[0] ?? [];
  });
  // What stands behind a comma (`-k2,2`) belongs to the same key: such numbers are not changed.
  const columns = keys.map((digits): ColumnUse => ({
    code: `-k${digits}`,
    index: Number(digits) - 1,
    number: null,
  }));
  return { ...READS_NOTHING, columns };
}

/** `read -r node ns pod rest`: the last name takes what is left, and none that begins with `_` is looked at. */
export function readNames(words: readonly Value[]): TableRead | null {
  const at = words.findIndex((word) => literal(word) === "read");
  if (at < 0) return null;
  if (words.slice(0, at).some((word) => /^IFS=\S/.test(display(word)))) return null;
  const names: string[] = [];
  for (let next = at + 1; next < words.length; next++) {
    const text = literal(words[next] ?? []) ?? "";
    if (/^-[a-z]*a$/.test(text)) return null;
    if (/^-[a-z]*[dnNptu]$/.test(text)) next += 1;
    if (/^[A-Za-z_]\w*$/.test(text)) names.push(text);
  }
  const columns = names.slice(0, -1).map((name, index): ColumnUse => ({ code: name, index, number: null }));
  const looked = columns.filter(({ code }) => !/^(?:_|skip|junk|dummy|ignore)/i.test(code));
  return { ...READS_NOTHING, columns: looked, gives: "other" };
}

/** `grep -v '^NODE'`: all that is no option is taken for what it looks for. */
export function readPatterns(words: readonly Value[]): TableRead {
  const patterns = words.slice(1).flatMap((word) => {
    const text = programText(word);
    return text.startsWith("-") && !/^-e./.test(text) ? [] : [text.replace(/^-e/, "")];
  });
  return { ...READS_NOTHING, patterns };
}

/** A program that only takes blanks away, or lines, leaves the columns; of other ones, nobody knows what they give. */
export function readSed(words: readonly Value[]): TableRead {
  const { patterns } = readPatterns(words);
  const only = patterns.length === 1 ? (patterns[0] ?? "") : "";
  const squeezes = /^s(.)(?: | \\s|\\s|\[\[:space:\]\]|\[ \])(?: ?\*|\+|\\\+) ?\1 \1g$/.test(only);
  if (squeezes) return { ...READS_NOTHING, gives: "squeezed" };
  const keepsLines = /^(?:\d+(?:,\d+)?d|\d+q|\/.*\/[dp]|\$d)$/.test(only);
  return { ...READS_NOTHING, patterns, gives: keepsLines ? "lines" : "other" };
}

/** `tr -s ' '` */
export function readTr(words: readonly Value[]): TableRead {
  const [, flag = null, set = null, more] = words.map((word) => literal(word));
  const squeezes =
    flag === "-s" && more === undefined && /^(?: |\[:(?:space|blank):\]|\[ \])$/.test(set ?? "");
  return { ...READS_NOTHING, gives: squeezes ? "squeezed" : "other" };
}

interface Option {
  readonly text: string;
  readonly word: number;
  /** Where the value begins in the word. */
  readonly offset: number;
}

/** The value of an option in any of its spellings; null where it is not given, or known only at run time. */
function optionOf(words: readonly Value[], letter: string, name: string): Option | null {
  for (const [at, word] of words.entries()) {
    const text = at === 0 ? null : literal(word);
    if (text === null) continue;
    const attached = new RegExp(`^(?:-${letter}|--${name}=)(.+)$`, "s").exec(text);
    if (attached !== null) {
      const [whole, value = ""] = attached;
      return { text: value, word: at, offset: whole.length - value.length };
    }
    if (text !== `-${letter}` && text !== `--${name}`) continue;
    const next = literal(words[at + 1] ?? []);
    return next === null ? null : { text: next, word: at + 1, offset: 0 };
  }
  return null;
}

/** The numbers of a list such as `1,3-5`, with where each stands. */
function rangesIn(list: string): readonly { readonly digits: string; readonly at: number }[] {
  return [...list.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({ digits, at: index }));
}

/** Lists of columns' names among the words of some program (`parser.py K8S.NODE,K8S.POD`), as they are written. */
export function readLists(words: readonly Value[], isName: (text: string) => boolean): readonly string[] {
  return words.slice(1).flatMap((word) => {
    const text = (literal(word) ?? "").replace(/^--?[\w-]+=/, "");
    const items = text.split(",");
    const known = items.filter((item) => isName(item.trim()));
    // One name alone may be any word.
    return items.length > 1 && known.length > 1 && known.length * 2 > items.length ? [text] : [];
  });
}
