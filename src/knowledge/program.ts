import type { ProgramId } from "../translate/translation.ts";
import type { Span } from "./releases.ts";

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
