import type { Edit, Range } from "../text/edits.ts";
import type { Fragment } from "../text/fragment.ts";
import type { Helper } from "./helper.ts";

/** A value that is known only when the program runs. `code` is its source as one would paste it back (`$NS`, `{{ .ns }}`). */
export interface Dynamic {
  readonly code: string;
  /** `one`: exactly one word, whatever the value; `any`: none, one or several words (an unquoted `$ARGS`, a spread). */
  readonly words: "one" | "any";
  /**
   * The values that the file gives it, where it gives only literal ones: a constant, a loop over a list, a default that
   * the environment may replace (`${KUBECTL:-kubectl}`). Absent when unknown.
   */
  readonly known?: readonly string[];
  /** True: the value without its dashes; only in proposals, see `WordList.dashless`. */
  readonly dashless?: boolean;
}

/** A word's value: literal text and dynamic values in order. A word that is all literal has at most one part. */
export type Value = readonly (string | Dynamic)[];

/** One word of a command where it stands: `[start, end)` of `list.fragment.text`, quotes included. */
export interface Word extends Range {
  readonly value: Value;
  readonly list: WordList;
  /** True: what stands there means more than the word, so that no other word may take its place (`path.join(bin, "ig")`). */
  readonly isFixed?: boolean;
  /** True: it stands in a function, whose callers in other files nobody sees. */
  readonly isShared?: boolean;
}

/**
 * The place that a run of words stands in (a shell command, a YAML sequence, a JavaScript array), with the ways to change
 * it there. All ranges and edits are of `fragment.text`.
 */
export interface WordList {
  readonly fragment: Fragment;
  /**
   * How a value is written as a word here, quoted as this place needs it; in the manner of `like` (its quotes) when given.
   * Null when the place cannot hold the value.
   */
  write(value: Value, like?: Word): string | null;
  /** Puts written words right behind `previous` (with separators). */
  insertAfter(previous: Word, written: readonly string[]): Edit;
  /**
   * The stretch to delete so that the words from `first` to `last` (neighbours) vanish with one separator; null where
   * that would leave an illegal place (the only word of a list that may not be empty).
   */
  cut(first: Word, last: Word): Range | null;
  /** The text inside a word as a fragment of its own (`sh -c '...'`), or null where it cannot be edited in place. */
  inside(word: Word): Fragment | null;
  /** The code of a dynamic value with its dashes taken out (`${x//-/}`), where the language of the place has one. */
  dashless?(code: string): string | null;
}

/** Who reads what a command prints. */
export interface OutputUse {
  /** The commands behind it in its pipeline, each with all its words. */
  readonly pipe: readonly (readonly Word[])[];
  readonly sink: Sink;
}

/**
 * Where the output ends: the standard output of the script or program (`stdout`), that of a function which only other
 * scripts call (`callers`), the text of `$(...)` or a variable of
 * the program (`captured`), a file, or nowhere (`/dev/null`).
 */
export type Sink =
  | { readonly kind: "stdout" }
  | { readonly kind: "callers" }
  | { readonly kind: "captured" }
  | { readonly kind: "discarded" }
  | { readonly kind: "file"; readonly path: Value; readonly readHere: boolean };

/** A name that a file sets to one literal value, as far as one command sees it (`IG_VERSION=v0.45.0`). */
export interface Constant {
  readonly name: string;
  readonly value: string;
  /** How the value is referred to in the language of the command, ready for a word (`$IG_VERSION`). */
  readonly reference: Dynamic;
  /** True: the environment may set another value (`IG_VERSION=${IG_VERSION:-v0.45.0}`). */
  readonly overridable?: boolean;
  /** True: filled in before any shell reads the text, so that it holds in scripts in its words too (a variable of make). */
  readonly isEarly?: boolean;
}

/** Something that a file runs, or tells people to run: all words of one simple command, wrappers included. */
export interface Invocation {
  /** None where `told` has the text. */
  readonly words: readonly Word[];
  /** A text for people: commands may stand anywhere in it (`Start it with kubectl gadget ... first.`). */
  readonly told?: Fragment;
  readonly output: OutputUse;
  readonly role: Role;
  readonly constants: readonly Constant[];
  /** What surroundings give every program that is started here (`env` of a container), scripts in its words included. */
  readonly environment?: readonly Constant[];
  readonly implied?: Implied;
  /** Stretches of the source whose text is also used in ways that nobody follows (an exported variable). */
  readonly usedElsewhere?: readonly Range[];
  /** The function of another file that runs it, and adds words of its own. */
  readonly helper?: { readonly name: string; readonly path: string };
}

/**
 * What runs the words when none of them names it: the entry point of the container image whose arguments these are, or the
 * program that the called function starts (`kubectl` of `runKubectl("gadget ...")`).
 */
export type Implied =
  | {
      readonly image: string;
      /** The image where it may be changed: no other container has it from there. */
      readonly word?: Word;
      /** True: the words begin with a program of their own, which the container runs in place of its entry point. */
      readonly isReplaced?: true;
    }
  | { readonly program: string };

/**
 * `run`: the file starts it; `text`: it is shown to people (an `echo`, a string that is a whole command, prose); `data`: it
 * is a value that something else may run; `foreign`: it is run by a shell whose grammar is not known (PowerShell, cmd).
 */
export type Role = "run" | "text" | "data" | "foreign";

/** What a language found in one document. */
export interface Reading {
  readonly invocations: readonly Invocation[];
  readonly problems: readonly Problem[];
  /** Stretches of the source that a template may leave out, read as if they were there. */
  readonly conditions?: readonly Range[];
  /** Functions that other files may call. */
  readonly helpers?: readonly Helper[];
}

/**
 * Something that kept a part of the document from being read. `fatal`: nothing was read, the file is skipped with this
 * reason; else it may have hidden commands. The range is of the file's source.
 */
export interface Problem extends Range {
  readonly reason: string;
  readonly fatal: boolean;
}

/** The literal text of a value, or null when part of it is dynamic. */
export function literal(value: Value): string | null {
  if (value.length === 0) return "";
  const [only, more] = value;
  return more === undefined && typeof only === "string" ? only : null;
}

/** The text of a value that is a name and no more, where the file gives the name one text: it can only be changed there. */
export function constantOf(value: Value): string | null {
  const [only, more] = value;
  if (more !== undefined || typeof only !== "object") return null;
  const [text, other] = only.known ?? [];
  return other === undefined ? (text ?? null) : null;
}

/** The value as people read it, dynamic parts as their code. */
export function display(value: Value): string {
  return value.map((part) => (typeof part === "string" ? part : part.code)).join("");
}

/** Whether the value may be no word or several when the program runs. */
export function mayBeManyWords(value: Value): boolean {
  return value.some((part) => typeof part !== "string" && part.words === "any");
}
