import { shownLine } from "../commands/shown.ts";
import { display, literal, type Value } from "../commands/command.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Consumer, Wrapper } from "../knowledge/program.ts";
import type { Note } from "./translation.ts";

/** Whether a program reads JSON (or YAML, where that is printed) by paths as jq does. */
export function readsPaths(name: string, modes: readonly string[], { consumers }: Knowledge): boolean {
  const languages = consumers.find(
    (consumer) => consumer.name === name && consumer.paths !== undefined,
  )?.paths;
  return (
    languages !== undefined && modes.every((mode) => languages.includes(mode === "yaml" ? "yaml" : "json"))
  );
}

/** Whether it hands on lines as they are (`grep`). */
export function filtersLines(name: string, { consumers }: Knowledge): boolean {
  return consumers.some((consumer) => consumer.name === name && consumer.filtersLines === true);
}

/**
 * Null: this stage ends the output, whatever it looks like (`wc -l`); `passes`: it hands the output on as it is. Of a stage
 * that writes files, the sink speaks only where it is plain and the last one; who reads the files is else not known.
 */
export function stageDoubt(
  stage: readonly Value[],
  isLast: boolean,
  knowledge: Knowledge,
): Note | "passes" | null {
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
  const written = shownLine(stage);
  const messageId = consumer === undefined ? "output-read-by-unknown" : "output-read-by-machine";
  return { messageId, args: { command: written, name: literal(program ?? []) ?? display(program ?? []) } };
}

/** Whether it hands on what it gets as it is (`head`, `tee`). */
export function passesLines(stage: readonly Value[], knowledge: Knowledge): boolean {
  return stageDoubt(stage, true, knowledge) === "passes";
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
export interface Unwrapped {
  readonly words: readonly Value[];
  readonly skipped: number;
  readonly name: string;
}

export function unwrapped(stage: readonly Value[], wrappers: readonly Wrapper[], skipped = 0): Unwrapped {
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
