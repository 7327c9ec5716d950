import type { Range } from "../text/edits.ts";
import type { Fragment } from "../text/fragment.ts";
import { Mask } from "../text/mask.ts";

/** Commands, and functions of scripts, whose words are text for people: `echo`, `die`, `log_info`, `usage`. */
export const TELLS =
  /^(?:echo|printf|print|read|cat|tee|say|note|hint|info|ok|step|msg|usage|help|tell|title|header|section|banner)$|echo|print|log|warn|err(?:or)?(?:$|_)|(?:^|_)(?:die|fail|fatal|abort|bail|info|debug|msg|message|usage|help|note|notice|success|title|step|say|tip|todo)/i;

/** Words of sentences that no command of ours has behind its own words. */
const PROSE =
  /^(?:to|and|or|then|for|in|on|at|with|from|by|as|of|the|a|an|is|are|was|were|will|if|when|while|which|that|this|again|first|instead|manually|now|here|it|you|your|should|must|can|not|see|output|command)$/i;

/** Finds commands in text that is no script: what stands before and behind them is for people. */
export class Teller {
  readonly #mention: RegExp;

  /**
   * @param programs spellings of the programs (`kubectl gadget`)
   * @param gadgetWords words that follow a program where it runs a gadget
   * @param gadgets all words of each gadget, with blanks
   */
  constructor(
    programs: readonly string[],
    private readonly gadgetWords: ReadonlySet<string>,
    private readonly gadgets: ReadonlySet<string>,
  ) {
    const names = [...programs]
      .sort((a, b) => b.length - a.length)
      .map((name) => name.replace(/[.]/g, "\\$&").replaceAll(" ", "[ \\t]+"));
    this.#mention = new RegExp(
      String.raw`(?:(?<![\w./$@{}-])|(?<=\\[nrt]))(?:sudo[ \t]+(?:-E[ \t]+)?)?(?:[\w.~$@{}-]*/)*(?:${names.join("|")})(?=[ \t])`,
      "g",
    );
  }

  /** Whether a text names a program where a command may begin. */
  mayTell(text: string): boolean {
    return text.search(this.#mention) >= 0;
  }

  /** Where commands stand in a text. A word in the place of a gadget that is none makes it a sentence. */
  places(fragment: Fragment): readonly Range[] {
    const places: Range[] = [];
    for (const { index: start, 0: program } of fragment.text.matchAll(this.#mention)) {
      const end = this.#endOf(fragment, start + program.length, quoteBefore(fragment.text, start));
      if (end !== null && start >= (places.at(-1)?.end ?? 0)) places.push({ start, end });
    }
    return places;
  }

  /** Where the command ends whose program's words end at an offset; null when no gadget follows. */
  #endOf(fragment: Fragment, from: number, quote: string): number | null {
    const words: string[] = [];
    let end = from;
    let takesMore = true;
    for (const { index, 0: word } of fragment.text.slice(from).matchAll(WORD)) {
      const start = from + index;
      if (start !== end + gapAt(fragment.text, end) || !takesMore) break;
      const text = withoutEnd(word, quote);
      const isGadget = words.length < 2 && !words.some((known) => known.startsWith("-"));
      const isFlag = text.startsWith("-");
      const isValue = /^-[^=]*$/.test(words.at(-1) ?? "");
      const isPart = isGadget
        ? !PROSE.test(text)
        : isFlag || (isValue && !PROSE.test(text)) || /^\d+$/.test(text);
      if (text === "" || !isPart) break;
      // A category that is a gadget no more, or a gadget of one word, has no second one.
      if (words.length === 1 && !isFlag && !this.#fits(words[0] ?? "", text, fragment, start)) break;
      words.push(text);
      end = start + text.length;
      takesMore = text.length === word.length;
    }
    return this.#runs(words, fragment, from) ? end : null;
  }

  #runs([first = "", second = ""]: readonly string[], fragment: Fragment, from: number): boolean {
    if (!this.gadgetWords.has(first)) return false;
    return (
      this.gadgets.has(first) || this.#fits(first, second, fragment, fragment.text.indexOf(second, from))
    );
  }

  /** Whether two words are those of a gadget, or the second may be any. */
  #fits(first: string, second: string, fragment: Fragment, start: number): boolean {
    if (this.gadgets.has(`${first} ${second}`)) return true;
    if (this.gadgets.has(first) && IMAGE.test(second)) return true;
    return second !== "" && fragment.holesIn({ start, end: start + second.length }).length > 0;
  }
}

/** The image behind `run`. */
const IMAGE = /^[\w.$-]+(?:[:/_].+)$/;
const WORD = /(?:"[^"\n]*"|'[^'\n]*'|[^\s"'`;|&<>()])+/g;

function gapAt(text: string, at: number): number {
  return /^(?:[ \t]|\\\n)*/.exec(text.slice(at))?.[0].length ?? 0;
}

/** The quote that a command stands in: it ends there. */
function quoteBefore(text: string, start: number): string {
  return /[`'"]$/.exec(text.slice(0, start))?.[0] ?? "";
}

/** Without what ends a sentence or a quote. */
function withoutEnd(word: string, quote: string): string {
  const at = quote === "" ? -1 : word.indexOf(quote);
  return (at < 0 ? word : word.slice(0, at)).replace(/[.,:!?\]}*]+$/, "");
}

/** With the line ends and tabs that `printf` makes of escapes; its `%s` are values that nobody knows. */
export function withoutEscapes(fragment: Fragment, name: string | null): Fragment {
  const { text } = fragment;
  const masked = text.replace(/\\([nrt])/g, (_, letter) => (letter === "t" ? "\t " : "\n "));
  const plain = masked === text ? fragment : fragment.remasked(masked, []);
  if (name !== "printf" || !text.includes("%")) return plain;
  const mask = new Mask(plain);
  for (const { index, 0: verb } of plain.text.matchAll(/%(?:\d+\$)?-?\d*[sdqi]/g)) {
    const range = { start: index, end: index + verb.length };
    if (plain.holesIn(range).length === 0) mask.fill(range, "one");
  }
  return mask.apply();
}
