import type { Invocation, Value, Word } from "../commands/command.ts";
import type { FoundCommand } from "../commands/find.ts";
import { shownLine } from "../commands/shown.ts";
import { movedReads } from "../consumers/source/reads.ts";
import type { Finding } from "../rules/finding.ts";
import type { Range } from "../text/edits.ts";
import type { Note, ReaderChange, ReaderPlace, Translation } from "../translate/translation.ts";
import { placeOf } from "./places.ts";
import { provenValues } from "./values.ts";
import { laterFlows } from "./later-flows.ts";
import type { Intent } from "./prove.ts";
import { rewriteReaders } from "./rewrite-readers.ts";

/** The words of a command that reads the output of another; undefined where there is none. */
export function stageOf(
  command: FoundCommand,
  { flow, stage }: ReaderPlace,
  invocations: readonly Invocation[],
): readonly Word[] | undefined {
  const { pipe } = command.invocation.output;
  return (flow === undefined ? pipe : laterFlows(command, invocations)[flow])?.[stage];
}

/**
 * What should become of those who read a command's output and find something else there: each a finding of its own, with a
 * fix where only the reader must change.
 */
export function readerIntents(
  command: FoundCommand,
  translation: Translation,
  invocations: readonly Invocation[],
): readonly Intent[] {
  const stages = (translation.readerFindings ?? []).flatMap((found) => {
    const words = stageOf(command, found, invocations);
    const range = words === undefined ? null : rangeOf(words);
    if (words === undefined || range === null) return [];
    const isFine = translation.state === "fine";
    const values = words.map(({ value }) => value);
    const finding: Finding = {
      ruleId: "output-consumer",
      message: found.message,
      severity: "warning",
      range,
      gadget: isFine ? null : translation.gadget,
      image: isFine ? null : translation.image,
      before: shownLine(values),
      after: null,
      notes: found.notes,
      fix: null,
    };
    const { change } = found;
    return [change === undefined ? unfixed(finding) : fixed(finding, change, values, command, invocations)];
  });
  return [...stages, ...sourceIntents(command, translation)];
}

/** What the program that takes the output reads of it. */
function sourceIntents(command: FoundCommand, translation: Translation): readonly Intent[] {
  if (translation.state === "fine" || translation.captured === undefined) return [];
  const { gadget, image, captured } = translation;
  const { source } = command.head.list.fragment;
  return movedReads(source, placeOf(command), captured).map(({ range, code, notes }) => {
    const message = { messageId: "output-read-in-program", args: { code, gadget: gadget ?? "" } };
    return unfixed({
      ruleId: "output-consumer",
      message,
      severity: "warning",
      range,
      gadget,
      image,
      before: code,
      after: null,
      notes,
      fix: null,
    });
  });
}

function unfixed(finding: Finding): Intent {
  return { finding, places: [], values: [], readers: [] };
}

function fixed(
  finding: Finding,
  change: ReaderChange,
  before: readonly Value[],
  command: FoundCommand,
  invocations: readonly Invocation[],
): Intent {
  const made = rewriteReaders(command, [change], invocations);
  const after = shownLine(before.map((value, at) => (at === change.word ? change.value : value)));
  if (made.isStuck) return unfixed({ ...finding, after, notes: [...made.notes, ...finding.notes] });
  const { start } = placeOf(command);
  return {
    finding: {
      ...finding,
      after,
      fix: { grade: finding.notes.length > 0 ? "unsafe" : "safe", edits: made.edits },
    },
    // The command itself is not changed, so that it shares no word with anybody.
    places: [{ start, end: start }, ...made.places],
    values: provenValues(command),
    readers: made.changes,
  };
}

/** Who reads the output of a command that is changed too. */
export function behindChanged(intents: readonly Intent[], values: readonly Value[]): readonly Intent[] {
  return intents.map((intent) => (intent.readers.length === 0 ? intent : { ...intent, values }));
}

/** From the first word to the last; the first alone where they stand apart. */
function rangeOf(words: readonly Word[]): Range | null {
  const places = words.map((word) => word.list.fragment.toSource(word));
  const [first] = places;
  if (first === undefined) return null;
  const isInOrder = places.every(({ start }, i) => start >= (places[i - 1]?.start ?? start));
  return { start: first.start, end: isInOrder ? (places.at(-1)?.end ?? first.end) : first.end };
}

/** What reads several commands is reported once, with all that there is to say. */
export function onceAtEachReader(findings: readonly Finding[]): readonly Finding[] {
  const kept: Finding[] = [];
  for (const finding of findings) {
    const at = kept.findIndex((other) => isSameReader(other, finding));
    const other = kept[at];
    if (other === undefined) kept.push(finding);
    else kept[at] = { ...other, notes: eachOnce([...other.notes, ...finding.notes]) };
  }
  return kept;
}

function isSameReader(a: Finding, b: Finding): boolean {
  return (
    a.ruleId === "output-consumer" &&
    b.ruleId === "output-consumer" &&
    a.range.start === b.range.start &&
    a.range.end === b.range.end
  );
}

function eachOnce(notes: readonly Note[]): readonly Note[] {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}
