import type { Invocation, Word } from "../commands/command.ts";
import type { FoundCommand } from "../commands/find.ts";
import { shownLine } from "../commands/shown.ts";
import type { Finding } from "../rules/finding.ts";
import type { Range } from "../text/edits.ts";
import type { Note, ReaderFinding, ReaderPlace, Translation } from "../translate/translation.ts";
import { laterFlows } from "./later-flows.ts";

/** The words of a command that reads the output of another; undefined where there is none. */
export function stageOf(
  command: FoundCommand,
  { flow, stage }: ReaderPlace,
  invocations: readonly Invocation[],
): readonly Word[] | undefined {
  const { pipe } = command.invocation.output;
  return (flow === undefined ? pipe : laterFlows(command, invocations)[flow])?.[stage];
}

/** Findings at those who read a command's output and find something else there. */
export function readerFindings(
  command: FoundCommand,
  translation: Translation,
  invocations: readonly Invocation[],
): readonly Finding[] {
  return (translation.readerFindings ?? []).flatMap((found) => {
    const words = stageOf(command, found, invocations);
    return words === undefined ? [] : (findingAt(words, found, translation) ?? []);
  });
}

function findingAt(
  words: readonly Word[],
  { message, notes }: ReaderFinding,
  translation: Translation,
): Finding | null {
  const range = rangeOf(words);
  if (range === null) return null;
  const isFine = translation.state === "fine";
  return {
    ruleId: "output-consumer",
    message,
    severity: "warning",
    range,
    gadget: isFine ? null : translation.gadget,
    image: isFine ? null : translation.image,
    before: shownLine(words.map(({ value }) => value)),
    after: null,
    notes,
    fix: null,
  };
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
