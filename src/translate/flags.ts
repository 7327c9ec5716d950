import { display, mayBeManyWords, type Dynamic, type Value } from "../commands/command.ts";

/** What the tokenizer must know of a flag. */
export interface FlagSpec {
  readonly name: string;
  readonly shorthand?: string | null;
  /** False for flags that stand alone (bool, count): they take a value only behind `=`. */
  readonly takesValue: boolean;
}

/** One flag as it stands in a command; indexes count all words given, from 0. */
export interface FlagUse<Spec extends FlagSpec = FlagSpec> {
  /** Null: no such flag. */
  readonly spec: Spec | null;
  /** As written, without dashes: `namespace`, or `n` for a shorthand. */
  readonly name: string;
  readonly short: boolean;
  /** How the value is given: `--n v`, `--n=v`, `-nv`, or not at all. */
  readonly form: "separate" | "equals" | "attached" | "bare";
  /** Whether its word holds other flags too (`-An`). */
  readonly shared: boolean;
  readonly wordIndex: number;
  /** The word with the value: `wordIndex` itself, the next one, or null where there is no value. */
  readonly valueIndex: number | null;
  /** Null for a bare bool, and where the words end before the value that the flag needs. */
  readonly value: Value | null;
}

/**
 * A word that is known only when the program runs, where a flag could stand: `many` may be none or several words, `word`
 * is one that may be a flag, `flag` is a flag with a dynamic name.
 */
export interface UnclearWord {
  readonly kind: "many" | "word" | "flag";
  readonly wordIndex: number;
}

export interface ParsedFlags<Spec extends FlagSpec = FlagSpec> {
  /** In order. */
  readonly uses: readonly FlagUse<Spec>[];
  /** Indexes of words that are no flag and no flag's value; unclear words of kind `many` and `word` are among them. */
  readonly positionals: readonly number[];
  /** Index of the `--` that ends the flags. */
  readonly dashIndex: number | null;
  /** Values of flags are not among them: ask `mayBeManyWords(use.value)`. */
  readonly unclear: readonly UnclearWord[];
}

export interface ParseOptions {
  /** Index of the first word to read, 0 by default. */
  readonly from?: number;
  /** False: the first operand ends the flags. True by default, as in pflag. */
  readonly interspersed?: boolean;
  /**
   * True: a letter that is no flag is passed over and the letters behind it are read, as under pflag's `UnknownFlags`.
   * By default the rest of the word is its value, which is what its author meant.
   */
  readonly passUnknownLetters?: boolean;
}

/**
 * Splits a command line into flags and operands as spf13/pflag does (all releases of Inspektor Gadget use it), but goes
 * on where pflag gives up: an unknown flag is a use without spec that takes the next word as its value unless that word
 * starts with a dash (what pflag does under `UnknownFlags`).
 */
export function parseFlags<Spec extends FlagSpec>(
  words: readonly Value[],
  specs: Iterable<Spec>,
  { from = 0, interspersed = true, passUnknownLetters = false }: ParseOptions = {},
): ParsedFlags<Spec> {
  const reader = { words, table: tableOf(specs), passUnknownLetters };
  const uses: FlagUse<Spec>[] = [];
  const positionals: number[] = [];
  const unclear: UnclearWord[] = [];
  let at = from;

  const finish = (dashIndex: number | null, rest: number): ParsedFlags<Spec> => {
    for (let i = rest; i < words.length; i++) positionals.push(i);
    return { uses, positionals, dashIndex, unclear };
  };

  while (at < words.length) {
    const word = words[at] ?? [];
    const kind = kindOf(word);
    if (kind === "end") return finish(at, at + 1);
    if (kind === "operand") {
      const doubt = doubtOf(word);
      if (doubt !== null) unclear.push({ kind: doubt, wordIndex: at });
      if (!interspersed) return finish(null, at);
      positionals.push(at++);
      continue;
    }
    const read = kind === "long" ? readLong(reader, at) : readShort(reader, at);
    if (read === null) unclear.push({ kind: "flag", wordIndex: at });
    else uses.push(...read);
    at = Math.max(at, ...(read ?? []).map((use) => use.valueIndex ?? at)) + 1;
  }
  return finish(null, at);
}

/**
 * Index of the word that names the next sub-command, as spf13/cobra finds it: words that look like flags are passed over,
 * and an unknown flag without `=` takes the next word with it. Null when there is none.
 * @param specs the flags of the command reached so far (persistent flags of its parents included)
 */
export function findCommandWord(
  words: readonly Value[],
  from: number,
  specs: Iterable<FlagSpec>,
): number | null {
  const table = tableOf(specs);
  for (let i = from; i < words.length; i++) {
    const word = words[i] ?? [];
    const kind = kindOf(word);
    if (kind === "end") return null;
    if (kind === "operand") {
      if (word.length > 0) return i;
      continue;
    }
    const text = display(word);
    if (text.includes("=")) continue;
    if (kind === "short" && text.length !== 2) continue;
    const spec = kind === "long" ? table.long(text.slice(2)) : table.short(text.slice(1));
    if (spec?.takesValue ?? true) i++;
  }
  return null;
}

/** The same flags are asked for with every command of a gadget. */
const tables = new WeakMap<Iterable<FlagSpec>, FlagTable<FlagSpec>>();

function tableOf<Spec extends FlagSpec>(specs: Iterable<Spec>): FlagTable<Spec> {
  const known = tables.get(specs);
  // Made of these very specs.
  if (known !== undefined) return known as FlagTable<Spec>;
  const table = new FlagTable(specs);
  tables.set(specs, table);
  return table;
}

class FlagTable<Spec extends FlagSpec> {
  readonly #long = new Map<string, Spec>();
  readonly #short = new Map<string, Spec>();

  constructor(specs: Iterable<Spec>) {
    for (const spec of specs) {
      this.#long.set(spec.name, spec);
      if (spec.shorthand != null && spec.shorthand !== "") this.#short.set(spec.shorthand, spec);
    }
  }

  long(name: string): Spec | null {
    return this.#long.get(name) ?? null;
  }

  short(letter: string): Spec | null {
    return this.#short.get(letter) ?? null;
  }
}

function kindOf(word: Value): "operand" | "end" | "long" | "short" {
  const [first] = word;
  if (typeof first !== "string" || !first.startsWith("-")) return "operand";
  if (word.length === 1 && first === "-") return "operand";
  if (word.length === 1 && first === "--") return "end";
  return first.startsWith("--") ? "long" : "short";
}

function doubtOf(word: Value): "many" | "word" | null {
  if (mayBeManyWords(word)) return "many";
  return typeof word[0] === "object" ? "word" : null;
}

interface Reader<Spec extends FlagSpec> {
  readonly words: readonly Value[];
  readonly table: FlagTable<Spec>;
  readonly passUnknownLetters: boolean;
}

/** Null: the name is dynamic. */
function readLong<Spec extends FlagSpec>(reader: Reader<Spec>, at: number): readonly FlagUse<Spec>[] | null {
  const body = dropUnits(reader.words[at] ?? [], 2);
  const [head] = body;
  if (typeof head !== "string") return null;
  const equals = head.indexOf("=", 1);
  if (equals < 0 && body.length > 1) return null;
  const name = equals < 0 ? head : head.slice(0, equals);
  const spec = reader.table.long(name);
  const use = { spec, name, short: false, shared: false, wordIndex: at };
  if (equals >= 0) {
    return [{ ...use, form: "equals", valueIndex: at, value: dropUnits(body, equals + 1) }];
  }
  return [{ ...use, ...nextValue(reader.words, at + 1, spec) }];
}

/** Null: one of the letters is dynamic. */
function readShort<Spec extends FlagSpec>(reader: Reader<Spec>, at: number): readonly FlagUse<Spec>[] | null {
  const uses: FlagUse<Spec>[] = [];
  let rest = dropUnits(reader.words[at] ?? [], 1);
  while (rest.length > 0) {
    const [head] = rest;
    if (typeof head !== "string") return null;
    const name = head.slice(0, 1);
    const spec = reader.table.short(name);
    rest = dropUnits(rest, 1);
    const use = { spec, name, short: true, shared: uses.length > 0 || rest.length > 0, wordIndex: at };
    // pflag reads a lone `=` behind the letter as the value itself.
    if (head[1] === "=" && (head.length > 2 || rest.length > 1)) {
      const shared = uses.length > 0;
      uses.push({ ...use, shared, form: "equals", valueIndex: at, value: dropUnits(rest, 1) });
      break;
    }
    if (rest.length === 0) {
      uses.push({ ...use, ...nextValue(reader.words, at + 1, spec) });
    } else if (spec === null ? reader.passUnknownLetters : !spec.takesValue) {
      uses.push({ ...use, form: "bare", valueIndex: null, value: null });
    } else {
      uses.push({ ...use, shared: uses.length > 0, form: "attached", valueIndex: at, value: rest });
      break;
    }
  }
  return uses;
}

/** The value of a flag whose word ends without it; `next` is the index of the word behind. */
function nextValue(
  words: readonly Value[],
  next: number,
  spec: FlagSpec | null,
): Pick<FlagUse, "form" | "valueIndex" | "value"> {
  const value = words[next];
  const none = { form: "bare", valueIndex: null, value: null } as const;
  if (value === undefined || spec?.takesValue === false) return none;
  const [head] = value;
  if (spec === null && typeof head === "string" && head.startsWith("-")) return none;
  return { form: "separate", valueIndex: next, value };
}

/** The value without its first `count` code units, which are literal. */
function dropUnits(value: Value, count: number): Value {
  const [head, ...tail] = value;
  if (typeof head !== "string") return value;
  const rest: readonly (string | Dynamic)[] = [head.slice(count), ...tail];
  return rest[0] === "" ? tail : rest;
}
