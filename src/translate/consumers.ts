import { shownLine } from "../commands/shown.ts";
import { display, literal, type Value } from "../commands/command.ts";
import { followJq, type JsonInput, looksForNull } from "../consumers/jq-stage.ts";
import type { PathTable } from "../consumers/json-paths.ts";
import { movedKeys } from "../consumers/json-text.ts";
import { EVENT, holdsEvents, type Shapes } from "../consumers/shapes.ts";
import type { LateTables } from "../consumers/table/tables.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { filtersLines, readsPaths, stageDoubt, unwrapped } from "./stages.ts";
import { readTables } from "./table-readers.ts";
import type { Captured, LineOutput, Note, ReaderChange, ReaderFinding } from "./translation.ts";

/** The events that a command prints as JSON or YAML, before and after. */
export interface Events {
  readonly table: PathTable;
  /** All paths that there are today. */
  readonly now: () => readonly string[];
  /** Whether it printed arrays of events, and whether it does today. */
  readonly wereArrays: boolean;
  readonly areArrays: boolean;
}

/** What a command prints, before and after. */
export interface Printed {
  /** That `-o` may have, as far as known. */
  readonly modes: readonly string[];
  /** Null: it is no JSON whose keys are known. */
  readonly events: Events | null;
  readonly tables: LateTables;
  /** What people call it: the old command, or the image. */
  readonly gadget: string;
}

export interface ReadOutput {
  /** Why a change of the output could go unnoticed by what reads it, in order of the readers. */
  readonly doubts: readonly Note[];
  readonly readers: readonly ReaderChange[];
  /** What there is to say of readers that stay as they are. */
  readonly findings: readonly ReaderFinding[];
  /** Given where a program takes what is printed. */
  readonly captured?: Captured;
}

/** What becomes of the readers of a command's output. */
export function readOutput(output: LineOutput, printed: Printed, knowledge: Knowledge): ReadOutput {
  const own = readFlow(output.pipe, output.sink, printed, knowledge);
  const sink = own.isRead ? null : sinkDoubt(output, printed.modes);
  const later = (output.later ?? []).map((pipe, flow) =>
    readFlow(pipe, "captured", printed, knowledge, flow),
  );
  const flows = [own, ...later];
  return {
    doubts: [...own.doubts, ...(sink === null ? [] : [sink]), ...later.flatMap(({ doubts }) => doubts)],
    readers: flows.flatMap(({ readers }) => readers),
    findings: flows.flatMap(({ findings }) => findings),
    ...(sink?.messageId === "output-captured" ? { captured: capturedOf(printed) } : {}),
  };
}

function capturedOf({ modes, events, tables }: Printed): Captured {
  return {
    paths: modes.every(isMachineText) && events !== null ? events.table : null,
    tables: modes.every((mode) => mode === "columns") ? tables : () => null,
  };
}

interface ReadFlow extends ReadOutput {
  /** Whether one of its commands takes the output, so that nothing is left of it for others. */
  readonly isRead: boolean;
}

/** @param flow which of the flows that come later; absent: the command's own pipeline */
function readFlow(
  pipe: readonly (readonly Value[])[],
  sink: LineOutput["sink"],
  printed: Printed,
  knowledge: Knowledge,
  flow?: number,
): ReadFlow {
  const { modes, events } = printed;
  const at = flow === undefined ? {} : { flow };
  const table = readTables(pipe, printed, knowledge);
  const doubts: Note[] = [];
  const readers: ReaderChange[] = table.readers.map((change) => ({ ...at, ...change }));
  const findings: ReaderFinding[] = table.findings.map((finding) => ({ ...at, ...finding }));
  const result = (isRead: boolean): ReadFlow => ({ doubts, readers, findings, isRead });
  let input = events === null ? null : firstInput(modes, events);
  for (const [stage, all] of pipe.entries()) {
    const { words, skipped, name } = unwrapped(all, knowledge.wrappers);
    const readsJson = input !== null && readsPaths(name, modes, knowledge);
    const followed =
      readsJson && input !== null && events !== null ? followJq(words, input, events.table) : null;
    if (followed === null) {
      const doubt = stageDoubt(all, stage === pipe.length - 1, knowledge);
      if (doubt === null) return result(true);
      if (doubt === "passes") continue;
      doubts.push(doubt);
      if (readsJson)
        findings.push(...programElsewhere(words, printed).map((found) => ({ ...at, ...found, stage })));
      if (isJson(modes) && events !== null) {
        findings.push(
          ...keysElsewhere(all, words, printed, events).map((found) => ({ ...at, ...found, stage })),
        );
      }
      if (!filtersLines(name, knowledge)) return result(true);
      continue;
    }
    doubts.push(...followed.doubts);
    if (followed.word !== null && followed.edits.length > 0) {
      const { edits, value } = followed;
      readers.push({ ...at, stage, word: followed.word + skipped, edits, value });
    }
    if (
      followed.printsOmitted &&
      (looksForNull(pipe.slice(stage + 1)) || isRead(pipe, stage, sink, knowledge))
    ) {
      doubts.push({ messageId: "json-null-sought", args: {} });
    }
    if (!holdsEvents(followed.output)) return result(true);
    input = { values: followed.output, onLines: false, wrapped: false };
  }
  return result(false);
}

/** Whether more than people reads what a command of a pipeline prints: a later command, a variable or a file. */
function isRead(
  pipe: readonly (readonly Value[])[],
  stage: number,
  sink: LineOutput["sink"],
  knowledge: Knowledge,
): boolean {
  if (sink === "captured" || sink === "file-read") return true;
  return pipe.slice(stage + 1).some((words) => {
    const doubt = stageDoubt(words, true, knowledge);
    return doubt !== null && doubt !== "passes";
  });
}

/** A program of jq in a file of its own: what it reads is not looked at. */
function programElsewhere(
  words: readonly Value[],
  { gadget }: Printed,
): readonly Omit<ReaderFinding, "stage">[] {
  const at = words.findIndex((word) => /^(?:-[a-zA-Z]*f|--from-file)$/.test(literal(word) ?? ""));
  const file = words[at + 1];
  if (at < 0 || file === undefined) return [];
  const args = { command: shownLine(words), file: display(file), gadget };
  return [{ message: { messageId: "jq-program-in-file", args }, notes: [] }];
}

/** A pattern or a program that looks for keys in the text of JSON. */
function keysElsewhere(
  all: readonly Value[],
  words: readonly Value[],
  { gadget }: Printed,
  { table, now }: Events,
): readonly Omit<ReaderFinding, "stage">[] {
  const notes = movedKeys(words, table, now);
  const args = { command: shownLine(all), gadget };
  return notes.length === 0 ? [] : [{ message: { messageId: "output-keys-move", args }, notes }];
}

function isJson(modes: readonly string[]): boolean {
  return modes.length > 0 && modes.every((mode) => mode.startsWith("json"));
}

function sinkDoubt({ pipe, sink }: LineOutput, modes: readonly string[]): Note | null {
  switch (sink) {
    case "discarded":
    case "file-unread":
      return null;
    case "callers":
      return { messageId: "output-of-function", args: {} };
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
