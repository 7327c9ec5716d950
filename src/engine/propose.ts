import { literal, type Dynamic } from "../commands/command.ts";
import type { FoundCommand } from "../commands/find.ts";
import { rewrite } from "../commands/rewrite.ts";
import { applyEdits } from "../text/edits.ts";
import type { NewWord } from "../translate/translation.ts";

/** A proposal in the language of its place: values without dashes are written as that language takes them out. */
export function inPlace(command: FoundCommand, next: readonly NewWord[]): readonly NewWord[] {
  return next.map((word) => {
    if ("keep" in word || !word.write.some(isDashless)) return word;
    const { list } = command.words[word.replaces ?? 0] ?? command.head;
    const write = word.write.map((part) => {
      if (!isDashless(part)) return part;
      const { dashless, ...rest } = part;
      const code = dashless === true ? list.dashless?.(part.code) : undefined;
      return { ...rest, code: code ?? part.code };
    });
    return { ...word, write };
  });
}

/** Values that may have dashes, which no image's name has, and which their place has no way to take out. */
export function dashesLeft(command: FoundCommand, next: readonly NewWord[]): readonly string[] {
  return next.flatMap((word) => {
    if ("keep" in word) return [];
    const { list } = command.words[word.replaces ?? 0] ?? command.head;
    return word.write.filter(isDashless).flatMap(({ code }) => (list.dashless?.(code) == null ? [code] : []));
  });
}

/** More lines than that are no proposal that somebody reads. */
const MAX_LINES = 8;

/** The source lines of a command with its new words in them, ready to paste; null where they cannot be written there. */
export function codeOf(command: FoundCommand, next: readonly NewWord[]): string | null {
  const edits = rewrite(command.words, next);
  const [first] = edits ?? [];
  const last = edits?.at(-1);
  if (edits === null || first === undefined || last === undefined) return null;
  const { source } = command.head.list.fragment;
  const start =
    Math.max(source.lastIndexOf("\n", first.start - 1), source.lastIndexOf("\r", first.start - 1)) + 1;
  const end = source.slice(last.end).search(/[\r\n]/);
  const before = source.slice(0, end < 0 ? source.length : last.end + end);
  const lines = applyEdits(before, edits)
    .slice(start)
    .split(/\r\n|\n|\r/);
  const indents = lines
    .filter((line) => line.trim() !== "")
    .map((line) => /^\s*/.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents);
  return lines.length > MAX_LINES ? null : lines.map((line) => line.slice(indent).trimEnd()).join("\n");
}

function isDashless(part: string | Dynamic): part is Dynamic {
  return typeof part !== "string" && part.dashless === true;
}

/** What tells whether commands go through others. */
export interface Callers {
  /** How many commands begin at a place: those behind a function begin with its words. */
  readonly byStart: ReadonlyMap<number, number>;
  /** How many begin with a name that is none of the program's (`kg trace`). */
  readonly renamed: number;
}

export function callersOf(commands: readonly FoundCommand[]): Callers {
  const byStart = new Map<number, number>();
  for (const command of commands) {
    const start = startOf(command);
    byStart.set(start, (byStart.get(start) ?? 0) + 1);
  }
  return { byStart, renamed: commands.filter(isRenamed).length };
}

/** Whether other commands of the document go through this one. */
export function isCalled(command: FoundCommand, { byStart, renamed }: Callers): boolean {
  return (byStart.get(startOf(command)) ?? 0) > 1 || renamed > (isRenamed(command) ? 1 : 0);
}

function startOf({ words: [first] }: FoundCommand): number {
  return first === undefined ? -1 : first.list.fragment.toSource(first).start;
}

function isRenamed({ program, words, programWords }: FoundCommand): boolean {
  const last = words[programWords - 1];
  const name = last === undefined ? null : literal(last.value);
  return (
    name !== null && !program.spellings.some((spelling) => name.includes(spelling.split(" ").at(-1) ?? ""))
  );
}
