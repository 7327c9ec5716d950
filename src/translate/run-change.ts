import type { Running } from "../knowledge/lookup.ts";
import type { Program } from "../knowledge/program.ts";
import type { ImageWord } from "./image-word.ts";
import type { CommandLine, Note } from "./translation.ts";

/** A `run` with the places of its words. */
export interface WrittenRun {
  readonly line: CommandLine;
  readonly program: Program;
  readonly runAt: number;
  readonly imageAt: number;
  readonly word: ImageWord;
}

/** An image-based command on its way from one release to another. */
export interface RunChange {
  /** As it was written; `release` null where that is not known, so that any release may have been meant. */
  readonly from: Omit<Running, "release"> & { readonly release: string | null };
  /** As the target has it; its image may have another name. */
  readonly to: Running;
  /** New names of data sources, where the image has another name. */
  readonly dataSources: Readonly<Record<string, string>>;
}

/** Something that changed, and what to say about it. */
export interface Changed<T> {
  readonly value: T;
  readonly doubts: readonly Note[];
  /** Why no value does the same; `value` is the nearest then. */
  readonly manual: readonly Note[];
}
