import type { ProgramId } from "../translate/translation.ts";
import type { FlagChangeRow, FlagMapping } from "./mapping.ts";
import type { Span } from "./releases.ts";

export type FlagType =
  "bool" | "string" | "stringSlice" | "stringArray" | "int" | "uint" | "float" | "duration" | "bytes";

/** One flag of the old programs. */
export interface OldFlag extends Span {
  readonly name: string;
  readonly shorthand: string | null;
  readonly type: FlagType;
  readonly default: string | null;
  readonly allowed?: readonly string[];
  /** Only these programs had it; all of the gadget's when absent. */
  readonly programs?: readonly ProgramId[];
  readonly to: readonly FlagMapping[];
}

/** Flags that many commands share: of a program's root, of all gadgets of a kind. */
export interface FlagGroup {
  readonly id: string;
  readonly programs: readonly ProgramId[];
  /** Flags of the root command are known before the gadget's words too (a bool there swallows no word). */
  readonly root: boolean;
  readonly flags: readonly OldFlag[];
}

export interface NewFlag extends Span {
  readonly name: string;
  readonly shorthand?: string | null;
  readonly type: FlagType;
  readonly default: string;
  readonly values?: readonly string[];
  /** Key in an instance manifest. */
  readonly key?: string;
  /** Largest and smallest value of an `int` or `uint`. */
  readonly min?: number;
  readonly max?: number;
  readonly to?: readonly FlagChangeRow[];
}

/** A flag of `run` itself or of an operator. */
export interface RunFlag extends NewFlag {
  readonly programs: readonly ProgramId[];
  /** One of the common operators: always there; else the operator that an image must have. */
  readonly operator: string;
  /**
   * Where it is registered: with the root command (so that it may stand before `run`), with `run`, or once the image is
   * read, which is after the first look at the command line.
   */
  readonly registered: "root" | "run" | "image";
  /** How its value is written, where that is more than the type says. */
  readonly syntax?: FlagSyntax;
  /** Its values are the images that may run, by their name as it is spelled, or by its beginning and `*`. */
  readonly listsImages?: true;
  /** `one`: only for images with exactly one data source; `each`: one flag per data source, `NAME.DATASOURCE`. */
  readonly dataSources?: "one" | "each";
}

/** `source-...`: one value for all data sources, or one for each (`DATASOURCE:VALUE,...`). */
export type FlagSyntax =
  "fields" | "output" | "filter" | "expression" | "sort" | "source-ints" | "source-durations";
