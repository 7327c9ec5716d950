import { literal, type Value } from "../commands/command.ts";
import type { KnownFlag } from "../knowledge/lookup.ts";
import { parseFlags, type FlagSpec, type FlagUse, type UnclearWord } from "./flags.ts";

/** A flag of `run` as the tokenizer needs it. */
export interface RunSpec extends FlagSpec {
  readonly flag: KnownFlag;
}

/** The words of a `run` besides the program and `run` itself: flags before it are read along with those behind it. */
export class RunLine {
  readonly #words: readonly Value[];
  readonly #indexes: readonly number[];

  /** @param programWords how many of the first words name the program, @param runAt index of the word `run` */
  constructor(words: readonly Value[], programWords: number, runAt: number) {
    this.#words = words;
    this.#indexes = [...words.keys()].filter((i) => i >= programWords && i !== runAt);
  }

  /**
   * @param look `early`: what `run` makes of the words before it has read the image
   * @returns flags and operands; indexes are those of the whole command
   */

  parse(specs: readonly RunSpec[], look: "early" | "full" = "full"): RunLook {
    const indexes = look === "early" ? this.#forEarlyLook() : this.#indexes;
    const chosen = indexes.map((i) => this.#words[i] ?? []);
    const parsed = parseFlags(chosen, specs, { passUnknownLetters: look === "early" });
    const whole = (index: number): number => indexes[index] ?? 0;
    const uses = parsed.uses.map((use) => ({
      ...use,
      wordIndex: whole(use.wordIndex),
      valueIndex: use.valueIndex === null ? null : whole(use.valueIndex),
    }));
    const unclear = parsed.unclear.map((word) => ({ ...word, wordIndex: whole(word.wordIndex) }));
    return { uses, positionals: parsed.positionals.map(whole), unclear };
  }

  /** The first look leaves out one `--sort` with its value, and one `--help` (cmd/common/utils/flags.go). */
  #forEarlyLook(): readonly number[] {
    const is = (index: number, ...texts: readonly string[]): boolean =>
      texts.includes(literal(this.#words[index] ?? []) ?? "");
    const sortAt = this.#indexes.findIndex((index) => is(index, "--sort"));
    const rest = this.#indexes.filter((_, i) => sortAt < 0 || (i !== sortAt && i !== sortAt + 1));
    const helpAt = rest.findIndex((index) => is(index, "--help", "-h"));
    return rest.filter((_, i) => i !== helpAt);
  }
}

export interface RunLook {
  readonly uses: readonly FlagUse<RunSpec>[];
  readonly positionals: readonly number[];
  readonly unclear: readonly UnclearWord[];
}

/** The same list for the same flags, so that what is made of it can be kept too. */
export function specsOf(flags: readonly KnownFlag[]): readonly RunSpec[] {
  const known = specLists.get(flags);
  if (known !== undefined) return known;
  const specs = flags.map((flag) => ({
    name: flag.name,
    shorthand: flag.shorthand ?? null,
    takesValue: flag.type !== "bool",
    flag,
  }));
  specLists.set(flags, specs);
  return specs;
}

const specLists = new WeakMap<readonly KnownFlag[], readonly RunSpec[]>();
