import type { PathTable } from "../consumers/json-paths.ts";
import type { LateTables } from "../consumers/table/tables.ts";
import type { Role, Value } from "../commands/command.ts";
import type { Edit } from "../text/edits.ts";

/** A program whose commands the knowledge describes. */
export type ProgramId = "kubectl-gadget" | "ig" | "gadgetctl" | "local-gadget";

/** One command as translation sees it: words and their readers, no files, no languages. */
export interface CommandLine {
  readonly program: ProgramId;
  /** All words, the program's first; empty `programWords` when the program is implied by a container image. */
  readonly words: readonly Value[];
  /** How many of the first words name the program (`kubectl gadget` 2, `ig` 1, implied 0). */
  readonly programWords: number;
  readonly output: LineOutput;
  readonly role: Role;
  /** All commands of the same document in its order, and which of them this is. */
  readonly document?: { readonly lines: readonly CommandLine[]; readonly at: number };
  /** Other commands of the document hand their words to this one (a function with `"$@"`). */
  readonly isCalled?: boolean;
}

/** See `OutputUse`: the same without places. */
export interface LineOutput {
  readonly pipe: readonly (readonly Value[])[];
  readonly sink: "stdout" | "callers" | "captured" | "discarded" | "file-read" | "file-unread";
  /** The file that it goes to. */
  readonly file?: Value;
  /** Pipelines that read it later, from the file or the variable that it goes to. */
  readonly later?: readonly (readonly (readonly Value[])[])[];
}

export interface TranslateOptions {
  /** A known release tag, `vX.Y.Z`. */
  readonly target: string;
  /** The tag to write; the target itself, or a dynamic value that the file keeps it in (`$IG_VERSION`). */
  readonly tag: Value;
  readonly imageStyle: "short" | "full";
  /** Registry and path that replace `ghcr.io/inspektor-gadget/gadget`; written `R/NAME:TAG`. */
  readonly registry?: string | undefined;
  readonly defaults: "keep" | "new";
  /** `announced`: commands of built-in gadgets get the form of the announcement, which no release accepts; `run` when absent. */
  readonly form?: "run" | "announced" | undefined;
  /**
   * Given when images are pinned by digest: that of an image by its full reference (`ghcr.io/.../trace_exec:v0.55.1`), null
   * where it is not known.
   */
  readonly digestOf?: ((reference: string) => string | null) | undefined;
}

/** A sentence to be: id and arguments; `src/rules/messages.ts` has the words. */
export interface Note {
  readonly messageId: string;
  readonly args: Readonly<Record<string, string>>;
}

/** One word of the new command: an old one kept as it stands, or a new value (in the place of an old one when `replaces` is given). */
export type NewWord = { readonly keep: number } | { readonly write: Value; readonly replaces?: number };

export type Translation =
  /** Nothing to say of the command: no gadget, or one that the target still has. */
  | { readonly state: "fine"; readonly readerFindings?: readonly ReaderFinding[] }
  | (Found & {
      readonly state: "rewrite";
      readonly grade: "safe" | "unsafe";
      /** Null: none in the command (`deploy`). */
      readonly image: string | null;
      readonly words: readonly NewWord[];
      /** Words of the commands behind it in its pipeline that must change with it; none when absent. */
      readonly readers?: readonly ReaderChange[];
    })
  | (Found & {
      readonly state: "manual";
      /** The nearest command to start from, when there is one. */
      readonly image: string | null;
      readonly nearest: readonly NewWord[] | null;
    });

/** What a program that takes an output may read of it, and where that stands today. */
export interface Captured {
  /** Null: it is no JSON whose keys are known. */
  readonly paths: PathTable | null;
  readonly tables: LateTables;
}

/** Which of the commands that read an output is meant. */
export interface ReaderPlace {
  /** Index in `LineOutput.later`; absent: `LineOutput.pipe`. */
  readonly flow?: number;
  /** Index in that pipeline. */
  readonly stage: number;
}

/** What there is to say of a command that reads the output, and that is not rewritten with it. */
export interface ReaderFinding extends ReaderPlace {
  readonly message: Note;
  readonly notes: readonly Note[];
  /** What makes it right by itself, where the command stays as it is. */
  readonly change?: ReaderChange;
}

/** A word of a command that reads the output. */
export interface ReaderChange extends ReaderPlace {
  readonly word: number;
  /** Of the word's text, with one unit for each value that is known only at run time. */
  readonly edits: readonly Edit[];
  /** The whole word as it becomes. */
  readonly value: Value;
}

interface Found {
  readonly rule: "builtin-gadget" | "unknown-gadget" | "floating-image" | "removed-option";
  /** What is wrong, in one sentence. */
  readonly message: Note;
  /** The old command path with blanks (`trace exec`); null when it is dynamic. */
  readonly gadget: string | null;
  /** Why it is not safe, what to check, what differs; in order of weight. */
  readonly notes: readonly Note[];
  /** Given where nothing breaks by what was found itself. */
  readonly severity?: "info";
  /** Given where a program takes the output: what it may read of it. */
  readonly captured?: Captured;
  /** What reads the output and finds something else there; none when absent. */
  readonly readerFindings?: readonly ReaderFinding[];
}
