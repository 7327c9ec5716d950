import { display } from "../commands/command.ts";
import type { FoundCommand } from "../commands/find.ts";
import { overlaps, type Edit } from "../text/edits.ts";
import type { NewWord, Note } from "../translate/translation.ts";
import { patternDoubt, type ProcessPattern } from "./process-patterns.ts";
import { provenValues, valuesOf } from "./values.ts";

/** What a person must look at whatever becomes of a command, because of where it stands. */
export function placeDoubts(command: FoundCommand): readonly Note[] {
  return [...filledInDoubts(command), ...helperDoubts(command), ...runnerDoubts(command)];
}

/**
 * What else the edits of a command change.
 * @param next its words then; null where they are not known
 * @param patterns of the document
 */
export function editDoubts(
  command: FoundCommand,
  edits: readonly Edit[],
  next: readonly NewWord[] | null,
  patterns: readonly ProcessPattern[],
): readonly Note[] {
  return [
    ...(changesShared(command, edits) ? [SHARED] : []),
    ...(changesElsewhere(command, edits) ? [USED_ELSEWHERE] : []),
    ...(next === null ? [] : patternDoubts(command, next, patterns)),
  ];
}

/** A program that is put in when the file is made from its template may be any. */
function filledInDoubts({ words, programWords }: FoundCommand): readonly Note[] {
  const codes = words.slice(0, programWords).map(({ value }) => display(value));
  const code = codes.find((text) => /^@\w+@$/.test(text));
  return code === undefined ? [] : [{ messageId: "program-filled-in", args: { code } }];
}

/** Whoever else calls the helper, and what it does besides, is not known. */
function helperDoubts({ invocation: { helper } }: FoundCommand): readonly Note[] {
  return helper === undefined ? [] : [{ messageId: "through-helper", args: helper }];
}

/** It may hand its words to anything, or read what the command prints. */
function runnerDoubts({ runner, invocation }: FoundCommand): readonly Note[] {
  if (runner === undefined || invocation.role !== "run") return [];
  return [{ messageId: "behind-unknown", args: { program: display(runner.value) } }];
}

const SHARED: Note = { messageId: "function-changes", args: {} };

/** Whether words change that other callers of a function see too. */
function changesShared({ words }: FoundCommand, edits: readonly Edit[]): boolean {
  const shared = words
    .filter(({ isShared }) => isShared === true)
    .map((word) => word.list.fragment.toSource(word));
  return shared.some((place) => edits.some((edit) => overlaps(edit, place)));
}

const USED_ELSEWHERE: Note = { messageId: "text-used-elsewhere", args: {} };

/** Whether a text changes that something else uses too. */
function changesElsewhere({ invocation }: FoundCommand, edits: readonly Edit[]): boolean {
  return (invocation.usedElsewhere ?? []).some((place) => edits.some((edit) => overlaps(edit, place)));
}

function patternDoubts(
  command: FoundCommand,
  next: readonly NewWord[],
  patterns: readonly ProcessPattern[],
): readonly Note[] {
  const doubt = patternDoubt(provenValues({ ...command, image: null }), valuesOf(command, next), patterns);
  return doubt === null ? [] : [doubt];
}
