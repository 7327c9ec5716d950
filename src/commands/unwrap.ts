import type { Wrapper } from "../knowledge/program.ts";
import { display, type Dynamic, literal, type Value, type Word } from "./command.ts";
import { attached, frozen, joined } from "./lists.ts";

/** What a wrapper runs: the command in its own words, or the script in one of them. */
export type Inner =
  | {
      readonly kind: "words";
      readonly words: readonly Word[];
      /** The container image that the words are given to. */
      readonly image: Word | null;
    }
  | { readonly kind: "text"; readonly word: Word; readonly fill?: (word: Word) => Word };

/** The command in the words of a wrapper's call; null when it runs none. */
export function unwrap(wrapper: Wrapper, words: readonly Word[]): Inner | null {
  const call = new Call(wrapper, words);
  if (!call.isOne) return null;
  switch (wrapper.command) {
    case "words":
      return wrapper.image === true ? call.inContainer() : call.behindOperands();
    case "separator":
      return call.behindSeparator();
    case "string":
      return call.text();
    case "none":
      return null;
  }
}

/** The words of a wrapper's call, with its flags and operands told apart. */
class Call {
  /** Whether its subcommands stand where they must. */
  readonly isOne: boolean;
  /** Index of the first word behind flags, subcommands and operands. */
  readonly #rest: number;
  /** The flags before that, by name, with their values. */
  readonly #flags: readonly { readonly name: string; readonly value: Word | undefined }[];

  constructor(
    private readonly wrapper: Wrapper,
    private readonly words: readonly Word[],
  ) {
    const { subcommands = [], operands, stringFlag } = wrapper;
    const flags: { name: string; value: Word | undefined }[] = [];
    let at = 1;
    let seen = 0;
    let flagsEnded = false;
    for (; at < words.length; at++) {
      const word = words[at];
      const text = word === undefined ? null : literal(word.value);
      if (word === undefined || (text === "--" && wrapper.command === "separator")) break;
      if (text === "--") {
        flagsEnded = true;
        continue;
      }
      if (!flagsEnded && startsWithDash(word)) {
        const flag = readFlag(word, words[at + 1], wrapper);
        flags.push(flag);
        if (flag.value !== undefined && flag.value === words[at + 1]) at += 1;
        if (stringFlag != null && flag.name === stringFlag) break;
        continue;
      }
      if (wrapper.assignments === true && /^[A-Za-z_]\w*=/.test(display(word.value))) continue;
      if (seen < subcommands.length && text !== subcommands[seen]) break;
      if (seen >= subcommands.length + operands) break;
      seen += 1;
    }
    this.isOne = seen >= subcommands.length;
    this.#rest = Math.min(at, words.length);
    this.#flags = flags;
  }

  behindOperands(): Inner | null {
    const words = this.words.slice(this.#rest);
    if (words.length === 0) return null;
    return { kind: "words", words: this.#extended(words), image: null };
  }

  behindSeparator(): Inner | null {
    const at = this.words.findIndex((word) => literal(word.value) === "--");
    if (at < 0) return null;
    return { kind: "words", words: this.words.slice(at + 1), image: this.#flag("--image") ?? null };
  }

  inContainer(): Inner | null {
    const [image, ...words] = this.words.slice(this.#rest);
    if (image === undefined) return null;
    const entryPoint = this.#flag("--entrypoint");
    if (entryPoint !== undefined) return { kind: "words", words: [entryPoint, ...words], image };
    return { kind: "words", words, image };
  }

  text(): Inner | null {
    const { stringFlag } = this.wrapper;
    if (stringFlag != null) {
      const word = this.#flag(stringFlag);
      return word === undefined ? null : { kind: "text", word };
    }
    const [word, ...more] = this.#untilEnd(this.words.slice(this.#rest));
    if (word === undefined) return null;
    const fill = this.#replacing();
    if (more.length === 0 || this.wrapper.only === true)
      return { kind: "text", word, ...(fill === undefined ? {} : { fill }) };
    return { kind: "words", words: this.#extended(joined([word, ...more])), image: null };
  }

  #untilEnd(words: readonly Word[]): readonly Word[] {
    const { ends = [] } = this.wrapper;
    const end = words.findIndex((word) => ends.includes(literal(word.value) ?? ""));
    return end < 0 ? words : words.slice(0, end);
  }

  #flag(name: string): Word | undefined {
    return this.#flags.find((flag) => flag.name === name)?.value;
  }

  /** The words with what the wrapper adds to them: behind them, or in the place of a mark. */
  #extended(words: readonly Word[]): readonly Word[] {
    const fill = this.#replacing();
    if (fill !== undefined) {
      const filled = words.map(fill);
      const isFlagged = this.#flags.some(({ name }) => this.wrapper.replaceFlags?.includes(name));
      if (isFlagged || filled.some((word, i) => word !== words[i])) return filled;
    }
    if (this.wrapper.appends !== true) return words;
    return [
      ...words,
      ...frozen(words.slice(-1)).map((last) => ({ ...last, start: last.end, value: APPENDED })),
    ];
  }

  /** How a mark in a word is replaced, where the wrapper does so. */
  #replacing(): ((word: Word) => Word) | undefined {
    const { replaceFlags = [], ends } = this.wrapper;
    const flag = this.#flags.find(({ name }) => replaceFlags.includes(name));
    const mark = flag?.value === undefined ? null : literal(flag.value.value);
    if (mark !== null && mark !== "") return (word) => withMarks(word, [mark]);
    if (flag === undefined && ends === undefined) return undefined;
    const given = this.#listed();
    return (word) => withMarks(word, ends === undefined ? ["{}"] : PARALLEL_MARKS, given);
  }

  /** The words that the marks of `parallel` stand for, where they are all in one list behind `:::`. */
  #listed(): readonly string[] | undefined {
    const texts = this.words.map((word) => literal(word.value));
    const at = texts.indexOf(":::");
    const listed = at < 0 ? [] : texts.slice(at + 1);
    const isSimple = listed.every((text) => text !== null && !/^:{3,4}\+?$/.test(text));
    return isSimple && listed.length > 0 ? listed.filter((text) => text !== null) : undefined;
  }
}

/** Where `parallel` puts its arguments. */
const PARALLEL_MARKS = ["{}", "{1}", "{2}", "{3}", "{.}", "{/}"];

const APPENDED: Value = [{ code: "...", words: "any" }];

function startsWithDash({ value: [first] }: Word): boolean {
  return typeof first === "string" && first.startsWith("-");
}

/** A flag and the word that is its value: the next one, or what is attached to it as a word of its own. */
function readFlag(
  word: Word,
  next: Word | undefined,
  { valueFlags, stringFlag, replaceFlags = [] }: Wrapper,
): { readonly name: string; readonly value: Word | undefined } {
  const text = typeof word.value[0] === "string" ? word.value[0] : "";
  const equals = text.indexOf("=");
  if (text.startsWith("--") && equals > 0)
    return { name: text.slice(0, equals), value: attached(word, equals + 1) };
  const takesValue = (name: string): boolean => valueFlags.includes(name) || name === stringFlag;
  if (takesValue(text)) return { name: text, value: next };
  if (text.startsWith("--") || text === "") return { name: text, value: undefined };
  for (let at = 1; at < text.length; at++) {
    const name = `-${text[at] ?? ""}`;
    const isLast = at === text.length - 1;
    // `bash -ce TEXT`: the flag of the text may stand anywhere among other letters.
    if (name === stringFlag) return { name, value: next };
    if (takesValue(name) || (replaceFlags.includes(name) && !isLast)) {
      return { name, value: isLast ? next : attached(word, at + 1) };
    }
  }
  return { name: text.slice(0, 2), value: undefined };
}

function withMarks(word: Word, marks: readonly string[], known?: readonly string[]): Word {
  const value = word.value.flatMap((part) =>
    typeof part === "string" ? splitAt(part, marks, known) : [part],
  );
  return value.some((part, i) => part !== word.value[i]) ? { ...word, value } : word;
}

function splitAt(text: string, marks: readonly string[], known?: readonly string[]): Value {
  const mark = marks.find((each) => text.includes(each));
  if (mark === undefined) return text === "" ? [] : [text];
  const at = text.indexOf(mark);
  const isWhole = mark === "{}" || mark === "{1}";
  const dynamic: Dynamic = { code: mark, words: "one", ...(known !== undefined && isWhole ? { known } : {}) };
  return [
    ...splitAt(text.slice(0, at), marks, known),
    dynamic,
    ...splitAt(text.slice(at + mark.length), marks, known),
  ];
}
