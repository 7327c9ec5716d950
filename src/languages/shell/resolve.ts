import type { Command } from "unbash";
import type { Value, Word, WordList } from "../../commands/command.ts";
import type { Edit, Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import { endOfWord, type Segment, segmentsOf } from "./decode.ts";
import { ARGUMENTS } from "./settings.ts";
import type { Variables } from "./variables.ts";
import { insideOf, ShellWords } from "./words.ts";

/**
 * The words that a word of a command stands for when it is a variable that the script sets to several words
 * (`"${args[@]}"`, `$CMD`): they stand where it is set. Undefined for any other word.
 */
export function resolved(
  word: Word,
  segments: readonly Segment[],
  command: Command,
  variables: Variables,
  fragment: Fragment,
): readonly Word[] | undefined {
  const [only, more] = segments;
  if (only?.kind !== "code" || more !== undefined) return undefined;
  const [, scalar, braces, listed, args] =
    /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\}|\{([A-Za-z_]\w*)\[@\]\}|(@|\{@\}))$/.exec(
      fragment.text.slice(only.start, only.end),
    ) ?? [];
  const array = args === undefined ? listed : ARGUMENTS;
  if (array !== undefined) return elements(array, word, only.start, command, variables, fragment);
  const isSplit = (scalar ?? braces) !== undefined && only.quotes === "bare";
  return isSplit ? split(only, command, variables, fragment) : undefined;
}

/** @param word stands for what the array has on some ways only: once, as nobody knows how much that is */
function elements(
  name: string,
  word: Word,
  use: number,
  command: Command,
  variables: Variables,
  fragment: Fragment,
): readonly Word[] | undefined {
  const lists = variables.array(name, command);
  if (lists === undefined) return undefined;
  const words: Word[] = [];
  for (const nodes of lists) {
    if (nodes === null) {
      if (!words.includes(word)) words.push(word);
      continue;
    }
    const list = new ShellWords(fragment, (code) => variables.known(code, command));
    for (const node of nodes) {
      const segments = segmentsOf(node, fragment.text);
      if (segments === null) return undefined;
      list.add({ start: node.pos, end: endOfWord(node, fragment.text) }, segments);
    }
    words.push(...list.words);
  }
  variables.held.follow(
    use,
    lists.flatMap((nodes) => nodes ?? []),
  );
  return words;
}

/** `CMD="trace exec"`: the blanks in it make words, quotes in it do not count. */
function split(
  segment: Segment,
  command: Command,
  variables: Variables,
  fragment: Fragment,
): readonly Word[] | undefined {
  const segments = variables.held.filledIn([segment], command);
  if (segments[0] === segment) return undefined;
  const inside = insideOf(segments, fragment, (code) => variables.known(code, command));
  if (!/\S\s+\S/.test(inside.text) || /[*?[\]]/.test(inside.text)) return undefined;
  return new SplitWords(inside).words;
}

/** Words that the shell makes of the blanks in a variable. */
class SplitWords implements WordList {
  readonly words: readonly Word[];

  constructor(readonly fragment: Fragment) {
    this.words = [...fragment.text.matchAll(/\S+/g)].map(({ index: start, 0: text }) => {
      const range = { start, end: start + text.length };
      return { ...range, value: partsOf(fragment, range), list: this };
    });
  }

  /** Only what needs no quotes: they would be part of the word. */
  write(value: Value): string | null {
    const holes = this.fragment.holes.map((hole) => hole.code);
    const parts = value.map((part) =>
      typeof part === "string" ? part : holes.includes(part.code) ? part.code : null,
    );
    if (value.length === 0 || parts.includes(null)) return null;
    const isPlain = value.every((part) => typeof part !== "string" || /^[^\s*?[\]\\]+$/.test(part));
    return isPlain ? parts.join("") : null;
  }

  insertAfter(previous: Word, written: readonly string[]): Edit {
    return { start: previous.end, end: previous.end, text: written.map((word) => ` ${word}`).join("") };
  }

  cut(first: Word, last: Word): Range | null {
    const from = this.words.indexOf(first);
    const before = this.words[from - 1];
    if (before !== undefined) return { start: before.end, end: last.end };
    const after = this.words[this.words.indexOf(last) + 1];
    return after === undefined ? null : { start: first.start, end: after.start };
  }

  inside(): Fragment | null {
    return null;
  }
}

/** Text and holes of a range. */
function partsOf(fragment: Fragment, { start, end }: Range): Value {
  const parts: Value[number][] = [];
  let at = start;
  for (const { start: from, end: to, ...dynamic } of fragment.holesIn({ start, end })) {
    if (from > at) parts.push(fragment.text.slice(at, from));
    parts.push(dynamic);
    at = to;
  }
  if (end > at) parts.push(fragment.text.slice(at, end));
  return parts;
}
