import type { Invocation, OutputUse, Reading, Value } from "../commands/command.ts";
import { findCommands, type FoundCommand } from "../commands/find.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Read } from "../languages/registry.ts";
import type { Finding } from "../rules/finding.ts";
import type { CommandLine, LineOutput, TranslateOptions } from "../translate/translation.ts";
import { intend } from "./intend.ts";
import { laterFlows } from "./later-flows.ts";
import { onceAtEachReader } from "./output-readers.ts";
import { processPatterns } from "./process-patterns.ts";
import { callersOf, isCalled, type Callers } from "./propose.ts";
import { prove } from "./prove.ts";
import { wordsOfOthers } from "./shared-words.ts";
import { withoutTwins } from "./twins.ts";

/** What the findings of one file depend on besides the file. */
export interface AnalyseOptions extends Omit<TranslateOptions, "tag"> {
  /** Whether a file at this path is named by a file of the scan; unknown paths count as read. */
  readonly isRead?: ((path: Value) => boolean) | undefined;
  /** Whether a finding is one that is wanted: no fix changes the command of any other. */
  readonly mayFix?: ((finding: Finding) => boolean) | undefined;
}

/** One document as analysis sees it: its text, and how to read it and what is nested in it. */
export interface Document {
  readonly text: string;
  /** Reads a whole text of this document's language; called again on the fixed text to prove the fixes. */
  readonly readText: (text: string) => Reading;
  readonly read: Read;
}

/**
 * Everything that one document has to report, sorted by place. Each fix is proven: the fixed text was read again and has
 * the very words that were meant.
 * @param commands of the reading, where they are known already
 */
export function analyse(
  document: Document,
  reading: Reading,
  options: AnalyseOptions,
  knowledge: Knowledge,
  commands = findCommands(reading.invocations, knowledge, document.read),
): readonly Finding[] {
  const callers = callersOf(commands);
  const lines = commands.map((command) => lineOf(command, callers, reading.invocations, options));
  const patterns = commands.length === 0 ? [] : processPatterns(reading.invocations, document.read);
  const others = wordsOfOthers(reading, commands);
  const around = { ...reading, patterns, others };
  const intents = lines.flatMap((line, at) => {
    const command = commands[at];
    return command === undefined
      ? []
      : [intend(command, { ...line, document: { lines, at } }, around, options, knowledge)];
  });
  const own = withoutTwins(intents, commands);
  const proven = prove(document, reading, [...own, ...own.flatMap(({ behind = [] }) => behind)], knowledge);
  return [...onceAtEachReader(proven.flatMap(({ finding }) => finding ?? []))].sort(
    (a, b) => a.range.start - b.range.start,
  );
}

/** What translation sees of a command. */
function lineOf(
  command: FoundCommand,
  callers: Callers,
  invocations: readonly Invocation[],
  options: AnalyseOptions,
): CommandLine {
  const later = laterFlows(command, invocations).map((flow) =>
    flow.map((stage) => stage.map(({ value }) => value)),
  );
  return {
    program: command.program.id,
    words: command.words.map((word) => word.value),
    programWords: command.programWords,
    output: { ...lineOutput(command.invocation.output, options), later },
    role: command.invocation.role,
    isCalled: isCalled(command, callers),
  };
}

function lineOutput({ pipe, sink }: OutputUse, { isRead }: AnalyseOptions): LineOutput {
  const stages = pipe.map((words) => words.map((word) => word.value));
  if (sink.kind !== "file") return { pipe: stages, sink: sink.kind };
  const read = sink.readHere || (isRead?.(sink.path) ?? true);
  return { pipe: stages, sink: read ? "file-read" : "file-unread", file: sink.path };
}
