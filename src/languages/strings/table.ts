import type { LanguageId } from "../language.ts";

/** What a language's string literals, lists and calls look like: all that the scanner knows of it. */
export interface LanguageTable {
  readonly id: LanguageId;
  readonly comments: {
    /** What begins a comment that ends with its line. */
    readonly line: readonly string[];
    readonly block: readonly (readonly [open: string, close: string])[];
    /** Sticky; other stretches that are no program: what stands outside of its tags, or behind its end. */
    readonly regions?: RegExp;
  };
  /** Tried in order, wherever no comment is open. */
  readonly literals: readonly LiteralRule[];
  /** Sticky patterns of what holds quotes but is no string: characters, regular expressions behind an operator. */
  readonly characters?: RegExp;
  readonly regexes?: boolean;
  readonly heredocs?: HeredocRule;
  /** Operators that put strings (and lists) together. */
  readonly concat: readonly string[];
  /** Strings that stand side by side are one. */
  readonly isAdjacent?: boolean;
  /** Whether a line end ends a statement where no bracket but a brace is open. */
  readonly newlineEnds: boolean;
  /** Words whose parentheses hold statements, one a line (`const (` of Go). */
  readonly declarations?: RegExp;
  readonly blocks: "braces" | "indent";
  /** `(a, b)` is a list. */
  readonly tuples?: boolean;
  /** `value:method()` (Lua). */
  readonly colonMethods?: boolean;
  /** `Name{...}` is a value. */
  readonly composites?: boolean;
  /** Assignments in a block are the settings of one thing: `container { image = "..." \n args = [...] }`. */
  readonly isSettings?: boolean;
  /** No program prints its texts: a sentence in it only describes something. */
  readonly isPlainData?: boolean;
  /** Functions whose arguments, or whose only list, are a list: `List.of`, `listOf`, `vec!`. */
  readonly listCalls?: RegExp;
  /** Types that are lists: made empty, or of another list. */
  readonly listTypes?: RegExp;
  /** Functions that may be called without parentheses. */
  readonly bareCalls?: RegExp;
  /** Text with verbs that other values are put into. */
  readonly formats: readonly FormatRule[];
  readonly runs: readonly RunRule[];
  /** A command that is built by methods. */
  readonly chain?: ChainRule;
  /** A process that the properties of an object tell. */
  readonly process?: ProcessRule;
  /** Functions that show a text to people. */
  readonly displays: RegExp;
  /** How a list is added to where it is built apart, by the name of the method: one element, or all of a list. */
  readonly appends?: Readonly<Record<string, "one" | "all">>;
  /** How a value is put into a text where there is none yet. */
  readonly embed: Embed | null;
  /** An expression (`$&`) without its dashes, as an expression. */
  readonly dashless?: string;
}

/** With an operator between literals, or inside of a literal that takes values. */
export type Embed =
  | { readonly kind: "sum"; readonly operator: string }
  | {
      readonly kind: "inside";
      readonly open: string;
      readonly close: string;
      readonly interpolation: Interpolation;
    };

/** A kind of string literal. */
export interface LiteralRule {
  /** Sticky; what the literal opens with, its prefix included. */
  readonly open: RegExp;
  /** `#`: as many of them behind the quote as the opening has (Rust, Swift). */
  readonly close: string;
  readonly escapes: Escapes;
  readonly isMultiline?: boolean;
  readonly interpolation?: Interpolation;
  /** What becomes of it: most strings are values, some are commands that run as they stand (backquotes of Ruby and PHP). */
  readonly runs?: "shell";
  /** It is a list of the words in it (`%w[...]`). */
  readonly isWords?: boolean;
}

/**
 * How a backslash is read. `none`: as itself; `raw`: the same, but a quote behind it does not end the literal. `quote`: only before a quote or a backslash (`'` of Ruby and PHP). `keep`,
 * `drop`, `refuse`: as in C, and before any other letter it stays, goes, or makes the literal illegal. `doubled`: no
 * backslash; the quote itself is doubled.
 */
export type Escapes = "none" | "raw" | "quote" | "keep" | "drop" | "refuse" | "doubled";

/**
 * Values in a literal. `braces`: `{x}`, with `{{` for a brace; `dollar`: `$x` and `${x}`; `dollar-braces`: `${x}` and
 * `%{x}`, doubled for themselves; `hash`: `#{x}`; `php`: `$x`, `{$x}` and `${x}`.
 */
export type Interpolation = "braces" | "dollar" | "dollar-braces" | "hash" | "php";

export interface HeredocRule {
  /** Sticky; groups `quote` and `tag`. */
  readonly open: RegExp;
  /** How the text is read where the tag stands in these quotes (`''` for none). */
  readonly bodies: Readonly<Record<string, Pick<LiteralRule, "escapes" | "interpolation">>>;
}

export type FormatStyle = "percent" | "braces";

/**
 * `call`: the call is what its first text becomes; `argument`: it takes such a text and does something with it; `method`: what
 * it is called on; `operator`: what stands before it.
 */
export interface FormatRule {
  readonly kind: "call" | "argument" | "method" | "operator";
  readonly name: RegExp;
  readonly style: FormatStyle;
}

/** A call, or a setting, that runs a command. */
export interface RunRule {
  /** Matches the whole path of the function (`subprocess.run`), or of a setting where `isSetting`. */
  readonly name: RegExp;
  readonly isSetting?: boolean;
  /** Matches the text in front of the innermost brace block that a setting stands in. */
  readonly within?: RegExp;
  /**
   * `shell`: a text that a shell reads; `list`: a list of words, or what cuts a text into one; `words`: each
   * argument is a word; `scripts`: a list of texts for a shell; `program`: a word, and a text that is cut at blanks;
   * `auto`: `words` where there are several arguments, else `shell` or `list`.
   */
  readonly takes: "shell" | "list" | "words" | "scripts" | "program" | "auto";
  /** How many arguments stand before the command. */
  readonly skip?: number;
  /** The argument's name, where it may be given by name. */
  readonly key?: RegExp;
  /** A named argument that makes a text one for a shell, where it is no `takes: shell`. */
  readonly shellFlag?: RegExp;
  /** Another shell reads the text (cmd, PowerShell): its words are told apart as ours tells them. */
  readonly isForeign?: boolean;
  /** What becomes of the output; `chain`: what is done with the result tells. */
  readonly output: "stdout" | "captured" | "discarded" | OutputRule;
}

/** Reads what becomes of a command's output off the call and what is done with it. First match counts. */
export interface OutputRule {
  /** Of the arguments behind the command and the methods called on the result: the source text that says so. */
  readonly captured: RegExp;
  readonly discarded?: RegExp;
  readonly stdout: RegExp | "default";
}

/** `Command::new("kubectl").arg("gadget").args(["trace", "exec"])` */
export interface ChainRule {
  readonly start: RegExp;
  /** The methods that add one word, and the words of a list. */
  readonly one: string;
  readonly all: string;
  readonly output: OutputRule;
}

/**
 * `info.FileName = "ig"; info.ArgumentList.Add("trace")`: names of the type, and of the properties that hold the program, all
 * arguments in one text, and a list of them.
 */
export interface ProcessRule {
  readonly type: RegExp;
  readonly program: string;
  readonly text: string;
  readonly list: string;
}
