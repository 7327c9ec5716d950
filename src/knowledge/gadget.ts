import type { ProgramId } from "../translate/translation.ts";
import type { OldFlag } from "./flag.ts";
import type { FieldMapping, GadgetMapping } from "./mapping.ts";
import type { Span } from "./releases.ts";

/** One built-in gadget command, and what it becomes. */
export interface Gadget {
  /** Its words with blanks (`trace exec`, `advise network-policy monitor`). */
  readonly command: string;
  /** Tells commands with the same words apart (`traceloop` of `ig`); shown nowhere. */
  readonly id: string;
  readonly kind: "trace" | "top" | "profile" | "snapshot" | "workflow" | "other";
  readonly programs: Readonly<Partial<Record<ProgramId, Span>>>;
  readonly spellings: readonly (Span & { readonly words: string; readonly program: ProgramId })[];
  /** Whether it takes the container filters (`-n -p -c -l -A`, `-c --host`). */
  readonly containers: boolean;
  readonly groups: readonly string[];
  /** Flags of its groups that it lacks. */
  readonly groupsExcept: readonly string[];
  readonly outputs: readonly string[];
  readonly defaultOutput: string;
  /** Names of positional words that it reads, in order, and the image's flag that says the same. */
  readonly positionals: readonly (Span & { readonly name: string; readonly flag?: string })[];
  readonly flags: readonly OldFlag[];
  /** Whether it has the common columns and JSON fields besides its own. */
  readonly commonColumns: boolean;
  readonly columns: readonly OldColumn[];
  /** JSON that no column has as it stands there. */
  readonly jsonFields: readonly OldJsonField[];
  /** Given for a command that works on a recording which runs on without it. */
  readonly workflow?: Workflow;
  readonly to: readonly GadgetMapping[];
}

export interface Workflow {
  /** Shared by the commands that work on the same recordings. */
  readonly recording: string;
  /** Begins one; shows what one has (and may end it); lists them; ends or deletes one. */
  readonly step: "start" | "result" | "list" | "end";
  /** True: the image does all that follows such a start, so that one without other steps is rewritten. */
  readonly isWhole?: boolean;
  /** Flag that names the file of the recording, and of the result. */
  readonly recordingFlag?: string;
  readonly resultFlag?: string;
  /** Shell command before the file of the result that makes it what it was. */
  readonly tidy?: string;
  /** Field of the image with the id that is given as operand. */
  readonly idField?: string;
}

export interface OldColumn extends Span {
  readonly name: string;
  /** JSON path of the same value, or null when only the table has it, or JSON has another form of it (see `jsonFields`). */
  readonly json: string | null;
  /** Whether the table shows it without being asked; rows stand in the order of the table. */
  readonly visible: boolean;
  /** Only these programs had it so; all of the gadget's when absent. */
  readonly programs?: readonly ProgramId[];
  /** Programs whose tables show it without being asked; all when absent. */
  readonly shownBy?: readonly ProgramId[];
  /** Bool flags of which one must be given for the table to show it. */
  readonly withFlags?: readonly string[];
  /**
   * JSON has the key in every event, whatever its value is, or because that is never 0 or empty (the process that made a
   * system call); else JSON left out what is 0, empty or false.
   */
  readonly always?: true;
  readonly to: readonly FieldMapping[];
}

/** A JSON path without a column of the same value: `parameters[].name`. */
export interface OldJsonField extends Span {
  readonly path: string;
  /** Go's type as JSON shows it. */
  readonly type: string;
  /** See `OldColumn.always`. */
  readonly always?: true;
  readonly to: readonly FieldMapping[];
}
