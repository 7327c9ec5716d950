import { display, literal, type Value } from "../commands/command.ts";
import type { Consumer, Knowledge, Wrapper } from "../knowledge/types.ts";
import type { LineOutput, Note } from "./translation.ts";

/**
 * Why a change of the output could go unnoticed by what reads it, or null when nothing does.
 * @param modes that `-o` may have, as far as known
 */
export function outputDoubt(output: LineOutput, modes: readonly string[], knowledge: Knowledge): Note | null {
  for (const [index, stage] of output.pipe.entries()) {
    const doubt = stageDoubt(stage, index === output.pipe.length - 1, knowledge);
    if (doubt !== "passes") return doubt;
  }
  switch (output.sink) {
    case "discarded":
    case "file-unread":
      return null;
    case "captured":
      return { messageId: "output-captured", args: {} };
    case "file-read":
      return { messageId: "output-file-read", args: {} };
    case "stdout": {
      const mode = modes.find(isMachineText);
      if (output.pipe.length > 0 || mode === undefined) return null;
      return { messageId: "output-left-on-stdout", args: { mode } };
    }
  }
}

function isMachineText(mode: string): boolean {
  return /^(?:json|yaml)/.test(mode);
}

/**
 * Null: this stage ends the output, whatever it looks like (`wc -l`); `passes`: it hands the output on as it is. Of a stage
 * that writes files, the sink speaks only where it is plain and the last one; who reads the files is else not known.
 */
function stageDoubt(stage: readonly Value[], isLast: boolean, knowledge: Knowledge): Note | "passes" | null {
  const [program, ...args] = unwrap(stage, knowledge.wrappers);
  const name = literal(program ?? []);
  const texts = args.map((arg) => literal(arg));
  const consumer = knowledge.consumers.find(
    (candidate) => candidate.name === baseName(name ?? "") && fitsArgs(candidate, texts),
  );
  const isPlain = args.length === stage.length - 1;
  if (consumer?.writesFiles === true && !(isLast && isPlain) && texts.some(namesFile)) {
    return { messageId: "output-file-read", args: {} };
  }
  if (consumer?.reads === "indifferent") return consumer.counts === true ? null : "passes";
  const written = stage.map(display).join(" ");
  const messageId = consumer === undefined ? "output-read-by-unknown" : "output-read-by-machine";
  return { messageId, args: { command: written, name: name ?? display(program ?? []) } };
}

/** Whether an argument is a file that somebody may read; one known only at run time is. */
function namesFile(arg: string | null): boolean {
  return arg === null || !/^(?:-.*|\/dev\/(?:null|tty|stdout|stderr))$/.test(arg);
}

function fitsArgs({ args }: Consumer, texts: readonly (string | null)[]): boolean {
  if (args === undefined) return true;
  return args.some((form) => form.length === texts.length && form.every((arg, i) => arg === texts[i]));
}

/** The command behind `sudo`, `stdbuf -oL` and the like. */
function unwrap(stage: readonly Value[], wrappers: readonly Wrapper[]): readonly Value[] {
  const name = baseName(literal(stage[0] ?? []) ?? "");
  const wrapper = wrappers.find((known) => known.name === name && known.command === "words");
  if (wrapper === undefined || wrapper.subcommands !== undefined || wrapper.image === true) return stage;
  let at = 1;
  let operands = wrapper.operands;
  for (; at < stage.length; at++) {
    const text = display(stage[at] ?? []);
    if (text.startsWith("-")) at += wrapper.valueFlags.includes(text) ? 1 : 0;
    else if (wrapper.assignments === true && /^\w+=/.test(text)) continue;
    else if (operands > 0) operands--;
    else break;
  }
  return at < stage.length ? unwrap(stage.slice(at), wrappers) : stage;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
