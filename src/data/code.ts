import type { Range } from "../text/edits.ts";
import type { Datum, Mapping } from "./datum.ts";

/** What a program says that is more than commands, whatever its language; places are ranges of the file's source. */
export interface Code {
  readonly calls: readonly CodeCall[];
  /** Object literals that stand in no other. */
  readonly objects: readonly Mapping[];
  /** Where identifiers stand that are wanted, the parts of a path one by one. */
  readonly namesAmong: (wanted: Pick<ReadonlySet<string>, "has">) => readonly CodeName[];
  /** String literals without anything filled in. */
  readonly texts: readonly CodeText[];
  /** Types that list the keys of an object: of TypeScript, and structs of Go with tags. */
  readonly types: readonly CodeType[];
}

export interface CodeCall {
  readonly place: Range;
  /** The whole path (`registry.Get`); of a method of another value, its name with a dot in front. */
  readonly callee: string;
  readonly args: readonly Datum[];
}

export interface CodeName {
  readonly place: Range;
  readonly name: string;
}

export interface CodeText {
  /** Quotes included. */
  readonly place: Range;
  readonly text: string;
  /** The name in front of it, on its line (`api "github.com/..."`). */
  readonly before: string | null;
}

export interface CodeType {
  /** Of its head: `interface Event`, `type Event struct`. */
  readonly place: Range;
  readonly name: string;
  readonly fields: readonly string[];
}
