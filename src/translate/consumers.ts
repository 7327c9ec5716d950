import { display, literal, type Value } from "../commands/command.ts";
import { followJq, type JsonInput, looksForNull } from "../consumers/jq-stage.ts";
import type { PathTable } from "../consumers/json-paths.ts";
import { EVENT, holdsEvents, type Shapes } from "../consumers/shapes.ts";
import type { Consumer, Knowledge, Wrapper } from "../knowledge/types.ts";
import type { LineOutput, Note, ReaderChange } from "./translation.ts";

/** The events that a command prints as JSON or YAML, before and after. */
export interface Events {
  readonly table: PathTable;
  /** Whether it printed arrays of events, and whether it does today. */
  readonly wereArrays: boolean;
  readonly areArrays: boolean;
}

export interface ReadOutput {
  /** Why a change of the output could go unnoticed by what reads it, in order of the readers. */
  readonly doubts: readonly Note[];
  readonly readers: readonly ReaderChange[];
}

/**
 * What becomes of the readers of a command's output.
 * @param modes that `-o` may have, as far as known
 * @param events null: the output is no JSON whose keys are known
 */
export function readOutput(
  output: LineOutput,
  modes: readonly string[],
  events: Events | null,
  knowledge: Knowledge,
): ReadOutput {
  const doubts: Note[] = [];
  const readers: ReaderChange[] = [];
  let input = events === null ? null : firstInput(modes, events);
  let isOwn = false;
  for (const [index, stage] of output.pipe.entries()) {
    const { words, skipped, name } = unwrapped(stage, knowledge.wrappers);
    const followed =
      input !== null && events !== null && readsPaths(name, modes, knowledge)
        ? followJq(words, input, events.table)
        : null;
    if (followed === null || input === null) {
      const doubt = stageDoubt(stage, index === output.pipe.length - 1, knowledge);
      if (doubt === null) return { doubts, readers };
      if (doubt === "passes") continue;
      doubts.push(doubt);
      if (!filtersLines(name, knowledge)) return { doubts, readers };
      continue;
    }
    doubts.push(...followed.doubts);
    if (followed.word !== null && followed.edits.length > 0) {
      const { edits, value } = followed;
      readers.push({ stage: index, word: followed.word + skipped, edits, value });
    }
    if (followed.printsOmitted && looksForNull(output.pipe.slice(index + 1))) {
      doubts.push({ messageId: "json-null-sought", args: {} });
    }
    isOwn = !holdsEvents(followed.output);
    if (isOwn) return { doubts, readers };
    input = { values: followed.output, onLines: false, wrapped: false };
  }
  const doubt = sinkDoubt(output, modes);
  return { doubts: doubt === null ? doubts : [...doubts, doubt], readers };
}

function sinkDoubt({ pipe, sink }: LineOutput, modes: readonly string[]): Note | null {
  switch (sink) {
    case "discarded":
    case "file-unread":
      return null;
    case "captured":
      return { messageId: "output-captured", args: {} };
    case "file-read":
      return { messageId: "output-file-read", args: {} };
    case "stdout": {
      const mode = modes.find(isMachineText);
      if (pipe.length > 0 || mode === undefined) return null;
      return { messageId: "output-left-on-stdout", args: { mode } };
    }
  }
}

function isMachineText(mode: string): boolean {
  return /^(?:json|yaml)/.test(mode);
}

/** What the first reader gets; null where that is a table, or may be one. */
function firstInput(modes: readonly string[], { wereArrays, areArrays }: Events): JsonInput | null {
  if (modes.length === 0 || !modes.every(isMachineText)) return null;
  // YAML has one document for each element, it had one list for all (pkg/operators/cli, v0.42.0).
  const areNow = areArrays && !modes.includes("yaml");
  if (wereArrays && !areNow) return null;
  const values: Shapes = wereArrays ? [{ kind: "array", of: [EVENT] }] : [EVENT];
  return { values, onLines: modes.every((mode) => mode === "json"), wrapped: areNow && !wereArrays };
}

/** Whether a program reads JSON (or YAML, where that is printed) by paths as jq does. */
function readsPaths(name: string, modes: readonly string[], { consumers }: Knowledge): boolean {
  const languages = consumers.find(
    (consumer) => consumer.name === name && consumer.paths !== undefined,
  )?.paths;
  return (
    languages !== undefined && modes.every((mode) => languages.includes(mode === "yaml" ? "yaml" : "json"))
  );
}

/** Whether it hands on lines as they are (`grep`). */
function filtersLines(name: string, { consumers }: Knowledge): boolean {
  return consumers.some((consumer) => consumer.name === name && consumer.filtersLines === true);
}

/**
 * Null: this stage ends the output, whatever it looks like (`wc -l`); `passes`: it hands the output on as it is. Of a stage
 * that writes files, the sink speaks only where it is plain and the last one; who reads the files is else not known.
 */
function stageDoubt(stage: readonly Value[], isLast: boolean, knowledge: Knowledge): Note | "passes" | null {
  const { words, name } = unwrapped(stage, knowledge.wrappers);
  const [program, ...args] = words;
  const texts = args.map((arg) => literal(arg));
  const consumer = knowledge.consumers.find(
    (candidate) => candidate.name === name && fitsArgs(candidate, texts),
  );
  const isPlain = args.length === stage.length - 1;
  if (consumer?.writesFiles === true && !(isLast && isPlain) && texts.some(namesFile)) {
    return { messageId: "output-file-read", args: {} };
  }
  if (consumer?.reads === "indifferent") return consumer.counts === true ? null : "passes";
  const written = stage.map(display).join(" ");
  const messageId = consumer === undefined ? "output-read-by-unknown" : "output-read-by-machine";
  return { messageId, args: { command: written, name: literal(program ?? []) ?? display(program ?? []) } };
}

/** Whether an argument is a file that somebody may read; one known only at run time is. */
function namesFile(arg: string | null): boolean {
  return arg === null || !/^(?:-.*|\/dev\/(?:null|tty|stdout|stderr))$/.test(arg);
}

function fitsArgs({ args }: Consumer, texts: readonly (string | null)[]): boolean {
  if (args === undefined) return true;
  return args.some((form) => form.length === texts.length && form.every((arg, i) => arg === texts[i]));
}

/** The command behind `sudo`, `stdbuf -oL` and the like, and how many words stand before it. */
interface Unwrapped {
  readonly words: readonly Value[];
  readonly skipped: number;
  readonly name: string;
}

function unwrapped(stage: readonly Value[], wrappers: readonly Wrapper[], skipped = 0): Unwrapped {
  const words = stage.slice(skipped);
  const name = baseName(literal(words[0] ?? []) ?? "");
  const plain = { words, skipped, name };
  const wrapper = wrappers.find((known) => known.name === name && known.command === "words");
  if (wrapper === undefined || wrapper.subcommands !== undefined || wrapper.image === true) return plain;
  let at = 1;
  let operands = wrapper.operands;
  for (; at < words.length; at++) {
    const text = display(words[at] ?? []);
    if (text.startsWith("-")) at += wrapper.valueFlags.includes(text) ? 1 : 0;
    else if (wrapper.assignments === true && /^\w+=/.test(text)) continue;
    else if (operands > 0) operands--;
    else break;
  }
  return at < words.length ? unwrapped(stage, wrappers, skipped + at) : plain;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
