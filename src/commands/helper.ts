import { type Invocation, type OutputUse, type Value, type Word } from "./command.ts";
import { SealedList } from "./lists.ts";
import type { Range } from "../text/edits.ts";
import type { Fragment } from "../text/fragment.ts";

/** How a helper takes the words of its command: in one text, in a list, or as arguments of their own. */
export type Taking = "text" | "list" | "rest";

/** A function that other files may call, and that runs a command with the words that it is given. */
export interface Helper {
  /** What other files know it by. */
  readonly names: readonly string[];
  /** Whether it belongs to an object, which other files may call as they like. */
  readonly isMethod: boolean;
  /** What stands before the words that it is given, and behind them. */
  readonly given: readonly Word[];
  readonly behind: readonly Word[];
  /** Index of the first argument that holds them. */
  readonly parameter: number;
  readonly as: Taking;
  /** What becomes of the output in the helper. */
  readonly output: OutputUse;
}

/** A helper that runs gadgets, as its callers in other files know it. */
export interface KnownHelper extends Pick<Helper, "parameter" | "as"> {
  readonly name: string;
  /** Of the file that it stands in, relative to the project root. */
  readonly path: string;
  readonly given: readonly Value[];
  readonly behind: readonly Value[];
  /** Whether it reads the output itself, or hands it to its caller as a value. */
  readonly isRead: boolean;
}

/** What one file can call of the helpers of others. */
export interface OtherHelpers {
  /** Whether some file has one of this name. */
  knows(name: string): boolean;
  /**
   * @param module as the file imports or sources it
   * @param name in that module; `.name` for a method of one of its objects
   */
  find(module: string, name: string): KnownHelper | undefined;
}

/** For a file that is read alone. */
export const NO_HELPERS: OtherHelpers = { knows: () => false, find: () => undefined };

/**
 * A call of a helper as the command that it runs.
 * @param call of the words that the call gives it
 * @param place of the helper's name there, in offsets of the fragment's text
 */
export function throughHelper(
  { given, behind, isRead, name, path }: KnownHelper,
  call: Invocation,
  fragment: Fragment,
  place: Range,
): Invocation {
  const list = new SealedList(fragment);
  const word = (value: Value): Word => ({ ...place, value, list, isFixed: true });
  return withWords(call, [...given.map(word), ...call.words, ...behind.map(word)], {
    ...(isRead ? { output: { pipe: [], sink: { kind: "captured" } } } : {}),
    helper: { name, path },
  });
}

/** The same call with other words; what is known around it is asked for no sooner than before. */
export function withWords(
  call: Invocation,
  words: readonly Word[],
  more: Partial<Pick<Invocation, "output" | "helper">> = {},
): Invocation {
  return {
    ...call,
    ...more,
    words,
    get constants() {
      return call.constants;
    },
    get usedElsewhere() {
      return call.usedElsewhere ?? [];
    },
  };
}
