import type { ProgramId } from "../translate/translation.ts";

/** How sure a row of the mapping is: the same thing, proven equal, differs in what its note says, or nothing like it. */
export type MappingState = "same" | "equal" | "differs" | "none";

/** What an old flag, column or gadget becomes; where releases differ, several with spans that do not overlap. */
export interface MappingRow {
  readonly state: MappingState;
  /** Releases of the target that the row holds for; all when absent. */
  readonly since?: string;
  readonly until?: string | null;
  /** Shown to users where the state is `differs` or `none`: what to check, in one sentence. */
  readonly note?: string;
  /** Release, and upstream file or commit, that it was read from. */
  readonly source: string;
}

export interface FlagMapping extends MappingRow {
  /** The new flag's name; null: dropped when `state` is not `none`, else there is no equal. */
  readonly flag: string | null;
  /** Name of the function in `src/translate/values.ts` that makes the new value; `same` when absent. */
  readonly value?: string;
  /** For the function `table`: old texts of the value, and what they are now; null: the flag goes. */
  readonly values?: Readonly<Record<string, string | null>>;
  /**
   * For functions that make a filter: the fields of which one must match. The note is then shown only where a value cannot
   * be said as a filter.
   */
  readonly fields?: readonly string[];
  /** For the function `ports`: the ports that the image looks at; it never shows others. */
  readonly among?: readonly string[];
  /** True: a command with this flag cannot be rewritten; the note says why. */
  readonly manual?: boolean;
  /** The only output mode that the note holds for; with others, the row is `same`. */
  readonly onlyIn?: "columns";
}

export interface FieldMapping extends MappingRow {
  /** Field of the image's data source, full dotted name, or null. */
  readonly field: string | null;
  /** Old texts of the value, and what they are now; texts that stay are not here. */
  readonly values?: Readonly<Record<string, string>>;
  /** How an old value is made a new one where no table can: `setuid` to `SYS_SETUID`, `-2` to `2`, `5ms` to `5000000`. */
  readonly value?: "syscall" | "negate" | "duration";
  /** What stands before the old text today: `SKB_DROP_REASON_` of `NO_SOCKET`. */
  readonly prefix?: string;
  /** The note is about the text of the column; sorting goes by a number that stayed. */
  readonly textOnly?: true;
}

export interface GadgetMapping extends MappingRow {
  /** Null: no image does this (`state: none`), or only a person can rebuild it (`manual`). */
  readonly image: string | null;
  /** How an image that is not Inspektor Gadget's is written, with its tag or digest. */
  readonly reference?: string;
  /** True: never rewritten; the note says what to do instead. */
  readonly manual?: boolean;
  /** For `manual`: what to type in its place, where that is more than the image with flags. */
  readonly instead?: readonly InsteadLine[];
  /** Flags that make the image the same gadget (`--connect-only`); always written. */
  readonly add?: readonly AddedFlag[];
  /** Flags that restore what the built-in did by default; written unless the command has the flag, or with `--defaults new`. */
  readonly defaults?: readonly RestoringFlag[];
}

/** A shell line with places that `src/translate/instead.ts` fills in from the old command. */
export interface InsteadLine {
  readonly text: string;
  /** Only for these programs; all when absent. */
  readonly programs?: readonly ProgramId[];
  /** Only where the command has this flag, or has it not. */
  readonly given?: string;
  readonly absent?: string;
}

export interface AddedFlag {
  readonly flag: string;
  /** `true` for a bool that is written bare. */
  readonly value: string;
}

export interface RestoringFlag extends AddedFlag {
  readonly note: string;
  /** Flags of the new command with which it is not needed. */
  readonly unless?: readonly string[];
}

/** What a flag of `run` or `deploy` is at releases that do not have its row. */
export interface FlagChangeRow extends MappingRow {
  /** Null: gone. */
  readonly flag: string | null;
  /** Name of the function in `src/translate/run-flag-values.ts` that makes the new value; `same` when absent. */
  readonly value?: string;
  /** For the function `setting`: the key that the value is set under. */
  readonly key?: string;
  /** The value of the new flag that does what was done without the old one; `true` for a bool that is written bare. */
  readonly absent?: string;
  /** Where it is gone: what to type in the place of the command. */
  readonly instead?: readonly InsteadLine[];
}

/** What an image is called at releases that do not have it. */
export interface ImageChangeRow extends MappingRow {
  /** Null: gone. */
  readonly image: string | null;
  /** Flags that make it the same gadget. */
  readonly add?: readonly AddedFlag[];
  /** Data sources that have another name there. */
  readonly dataSources?: Readonly<Record<string, string>>;
}
