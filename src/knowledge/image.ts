import type { ProgramId } from "../translate/translation.ts";
import type { NewFlag } from "./flag.ts";
import type { FieldMapping, ImageChangeRow } from "./mapping.ts";
import type { Span } from "./releases.ts";

/** One gadget image. */
export interface Image extends Span {
  /** As Inspektor Gadget calls it; of one that is not its own, the reference without tag and digest. */
  readonly name: string;
  /** Of one that is not Inspektor Gadget's: the reference as it was given. */
  readonly reference?: string;
  /** Nothing is known of it but what gadgets become in it. */
  readonly isAssumed?: true;
  /** Release, and upstream files, that it was read from. */
  readonly source: string;
  /** Release that published it first; `since` is never before v0.36.0, where the tables begin. */
  readonly firstRelease: string;
  readonly containers: boolean;
  /** Programs that can run it (`advise_networkpolicy` does not work with `ig`). */
  readonly programs: readonly ProgramId[];
  /** Operators that it has besides the common ones, which bring run flags (`sort`, `limiter`, `map-fetch`, `ustack`). */
  readonly operators: readonly string[];
  /** Modes of `-o` that print something, the default first. */
  readonly outputs: readonly string[];
  readonly to?: readonly ImageChangeRow[];
  readonly flags: readonly NewFlag[];
  readonly dataSources: readonly DataSource[];
}

export interface DataSource {
  readonly name: string;
  readonly kind: "single" | "array";
  /** Ids of the field groups that the programs add to it. */
  readonly groups?: readonly string[];
  /** Modes of `-o` that print it, the default first, where they are not those of all data sources (columns, json, ...). */
  readonly outputs?: readonly string[];
  /** False: used inside the gadget only, neither filtered nor printed. */
  readonly printed?: boolean;
  /** The data source that it shows as one text. Whoever prints makes it, and does not print that one. */
  readonly renders?: string;
  /** In the order of the columns that `-o columns` shows. A name may stand in several rows with spans apart. */
  readonly fields: readonly Field[];
}

export interface Field extends Span {
  readonly name: string;
  readonly type: string;
  /** JSON type, or null when JSON leaves it out. */
  readonly json: string | null;
  readonly hidden: boolean;
  /** Another name that `--fields` takes. */
  readonly alias?: string;
  /** All texts that it can have. */
  readonly values?: readonly string[];
  /** Its text joins several of `values` with `|`. */
  readonly bits?: boolean;
  /** Only these programs add it; all when absent. */
  readonly programs?: readonly ProgramId[];
  readonly to?: readonly FieldMapping[];
}

/** Fields that come with a data source of containers (`k8s.podName`); columns show them in front. */
export interface FieldGroup extends Span {
  readonly id: string;
  /** Programs whose columns show its fields that are not hidden; JSON has the group in all programs. */
  readonly shownBy: readonly ProgramId[];
  readonly fields: readonly Field[];
}

/** A value of `-o`. */
export interface OutputMode extends Span {
  readonly name: string;
  /** True: every data source has it that names no modes of its own. */
  readonly everywhere: boolean;
}
