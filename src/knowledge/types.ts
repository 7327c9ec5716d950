import type { ProgramId } from "../translate/translation.ts";

/**
 * The shape of `rules/`, as it stands in the YAML files and, compiled to one JSON module, in memory. `since` and `until`
 * are release tags, both included; `until` null: still there in the newest known release. In YAML, `until: null` may be left
 * out, and flags and fields may leave out what they share with the image or group that holds them.
 */
export interface Knowledge {
  /** Oldest first, by version. */
  readonly releases: readonly Release[];
  /** First release that warned, and first without built-in gadgets. */
  readonly milestones: { readonly deprecated: string; readonly removed: string };
  readonly programs: readonly Program[];
  /** Categories of built-in gadgets (`trace`, `top`, ...): a command word after the program. */
  readonly categories: readonly string[];
  readonly wrappers: readonly Wrapper[];
  readonly consumers: readonly Consumer[];
  readonly flagGroups: readonly FlagGroup[];
  /** What every gadget that knows containers had (`Gadget.commonColumns`). */
  readonly commonColumns: readonly OldColumn[];
  readonly commonJsonFields: readonly OldJsonField[];
  readonly gadgets: readonly Gadget[];
  readonly images: readonly Image[];
  /** Fields that the programs add to data sources. */
  readonly fieldGroups: readonly FieldGroup[];
  readonly runFlags: readonly RunFlag[];
  /** Operators that every image has, and parts of the programs that are always there. */
  readonly commonOperators: readonly string[];
  readonly outputModes: readonly OutputMode[];
  /** Flags of `kubectl gadget deploy`, of all releases. */
  readonly deployFlags: readonly DeployFlag[];
  readonly traceResource: TraceResource;
  /** Gadgets of that resource, of all releases. */
  readonly traceGadgets: readonly TraceGadget[];
  /** The Helm chart: its name, and a pattern of what manifests and commands call it. */
  readonly helmChart: { readonly name: string; readonly namePattern: string };
  /** Values that not all releases of the chart read. */
  readonly helmValues: readonly HelmValue[];
  /** The paths that the Go module had. */
  readonly goModules: readonly (Span & { readonly path: string })[];
  /** Packages of it that are gone. */
  readonly goPackages: readonly GoPackage[];
  /** Names of services, messages and functions that are gone. */
  readonly apiNames: readonly ApiName[];
  /** Command words on images (`pull`, `build`), which some program has or people take it to have. */
  readonly imageCommands: readonly string[];
}

export interface Release {
  readonly tag: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
}

export interface Span {
  readonly since: string;
  readonly until: string | null;
}

export interface Program extends Span {
  readonly id: ProgramId;
  /** Words that start it: a file name (`ig`, `kubectl-gadget`), or a host and its plugin (`kubectl gadget`). */
  readonly spellings: readonly string[];
  /** Container images whose entry point it is, without tag. */
  readonly entryPointOf: readonly string[];
  /** Words after the program that are no gadget, then or now (`deploy`, `version`). */
  readonly otherCommands: readonly string[];
  /** What `run` is called with: the program that has it today (`ig` for `local-gadget`). */
  readonly now: { readonly id: ProgramId; readonly words: readonly string[] };
}

/** A command that runs the command in its own arguments (`sudo`, `timeout 10`, `sh -c '...'`, `kubectl exec p -- ...`). */
export interface Wrapper {
  readonly name: string;
  /** Its flags that take the next word as value (`-u`, `--user`). */
  readonly valueFlags: readonly string[];
  /** Operands between it and the command (`timeout`: 1). */
  readonly operands: number;
  /**
   * `words`: the rest is the command; `string`: one word holds shell text; `separator`: the command stands behind `--`;
   * `none`: it only looks for what its words say, compares it or keeps it (`pkill -f`).
   */
  readonly command: "words" | "string" | "separator" | "none";
  /** For `string`: the flag before the text (`-c`), or null when the words behind the operands are the text. */
  readonly stringFlag?: string | null;
  /** Words that must come first for it to be a wrapper (`docker exec`, `kubectl exec`). */
  readonly subcommands?: readonly string[];
  /** `NAME=value` words may stand before the command (`env`, `sudo`). */
  readonly assignments?: boolean;
  /** The command stands behind a container image: `docker run ... IMAGE words`. */
  readonly image?: boolean;
  /** For `string`: the text is one word, whatever stands behind it (`trap TEXT SIGNAL`). */
  readonly only?: boolean;
  /** Words that end the command (`parallel ... ::: a b`). */
  readonly ends?: readonly string[];
  /** It puts words of its own behind those of the command (`xargs`). */
  readonly appends?: boolean;
  /** Flags with which they take the place of the flag's value in the command instead (`xargs -I{}`). */
  readonly replaceFlags?: readonly string[];
}

/** A command that reads the output of a gadget, and whether a change of columns or keys goes unnoticed by it. */
export interface Consumer {
  readonly name: string;
  /** `indifferent`: looks at no column or key; `machine`: reads columns, keys or text. */
  readonly reads: "indifferent" | "machine";
  /** For `indifferent`: it prints a figure, not what it got; who reads that reads no column or key (`wc -l`). */
  readonly counts?: boolean;
  /** It also writes what it gets to the files it names (`tee`). */
  readonly writesFiles?: boolean;
  /** What it reads by paths that look like jq's. */
  readonly paths?: readonly ("json" | "yaml")[];
  /** It hands on some of the lines that it gets, as they are (`grep`). */
  readonly filtersLines?: boolean;
  /** When given, `reads` holds only for exactly these arguments (`jq .`, `wc -l`). */
  readonly args?: readonly (readonly string[])[];
}

export type FlagType =
  "bool" | "string" | "stringSlice" | "stringArray" | "int" | "uint" | "float" | "duration" | "bytes";

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

export interface OldColumn extends Span {
  readonly name: string;
  /** JSON path of the same value, or null when only the table has it, or JSON has another form of it (see `jsonFields`). */
  readonly json: string | null;
  /** Whether the table shows it without being asked; rows stand in the order of the table. */
  readonly visible: boolean;
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

export interface DeployFlag extends Span {
  readonly name: string;
  readonly shorthand?: string | null;
  readonly type: FlagType;
  /** Those that what became of it takes. */
  readonly values?: readonly string[];
  readonly to?: readonly FlagChangeRow[];
}

export interface HelmValue extends Span {
  /** Keys with dots between. */
  readonly key: string;
  /** What it was called before. */
  readonly before?: string;
  /** What to do where it is gone. */
  readonly note?: string;
  readonly source: string;
}

export interface GoPackage extends Span {
  /** Below the path of the module. */
  readonly path: string;
  /** Id of the built-in gadget that it is all about. */
  readonly gadget?: string;
}

export interface ApiName extends Span {
  readonly name: string;
  /** It counts only where this Go package is imported. */
  readonly package?: string;
  readonly source: string;
}

/** The custom resource that ran built-in gadgets. */
export interface TraceResource extends Span {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
}

export type TraceOutputMode = "Status" | "Stream" | "File" | "ExternalResource";

/** One gadget of the custom resource. */
export interface TraceGadget extends Span {
  /** Value of `spec.gadget`. */
  readonly name: string;
  /** Id of the built-in gadget that it runs. */
  readonly gadget: string;
  /** What became of `spec.filter`, where it did not count as a whole; `refused`: the trace never started with one. */
  readonly filter?: "container-ignored" | "ignored" | "refused";
  readonly outputModes: readonly TraceOutputMode[];
  readonly parameters?: readonly TraceParameter[];
  readonly source: string;
}

/** A key of `spec.parameters`. */
export interface TraceParameter {
  readonly name: string;
  /** The flag of the built-in gadget that does the same; none when nothing does. */
  readonly flag?: string;
  /** What the flag must say where the key is missing: the command has another default. */
  readonly absent?: string;
  /** The key alone turns it on, whatever its value is. */
  readonly presence?: true;
}

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
  /** `one`: only for images with exactly one data source; `each`: one flag per data source, `NAME.DATASOURCE`. */
  readonly dataSources?: "one" | "each";
}

/** `source-...`: one value for all data sources, or one for each (`DATASOURCE:VALUE,...`). */
export type FlagSyntax =
  "fields" | "output" | "filter" | "expression" | "sort" | "source-ints" | "source-durations";
