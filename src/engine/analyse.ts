import { literal, type OutputUse, type Reading, type Value } from "../commands/command.ts";
import { findCommands, type FoundCommand } from "../commands/find.ts";
import { newValue, rewrite } from "../commands/rewrite.ts";
import { shownLine } from "../commands/shown.ts";
import type { Knowledge } from "../knowledge/types.ts";
import type { Read } from "../languages/registry.ts";
import type { Finding } from "../rules/finding.ts";
import { severityAt } from "../rules/severity-at.ts";
import { normalizeEdits, overlaps, type Edit, type Range } from "../text/edits.ts";
import { translate } from "../translate/translate.ts";
import type {
  CommandLine,
  LineOutput,
  NewWord,
  Note,
  TranslateOptions,
  Translation,
} from "../translate/translation.ts";
import { conditionDoubts } from "./conditions.ts";
import { prove, type Intent } from "./prove.ts";
import { pin } from "./pin.ts";
import { patternDoubt, processPatterns, type ProcessPattern } from "./process-patterns.ts";
import { callersOf, codeOf, inPlace, isCalled, type Callers } from "./propose.ts";
import { rewriteReaders } from "./rewrite-readers.ts";

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
  const lines = commands.map((command) => lineOf(command, callers, options));
  const patterns = commands.length === 0 ? [] : processPatterns(reading.invocations, document.read);
  const intents = lines.flatMap((line, at) => {
    const command = commands[at];
    return command === undefined
      ? []
      : intend(command, { ...line, document: { lines, at } }, { ...reading, patterns }, options, knowledge);
  });
  const proven = prove(document, reading, withoutTwins(intents), knowledge);
  return proven.flatMap(({ finding }) => finding ?? []).sort((a, b) => a.range.start - b.range.start);
}

/** What should become of one command: its finding, and the words that it has in the end. */
function intend(
  command: FoundCommand,
  line: CommandLine,
  { conditions = [], invocations, patterns }: Reading & { readonly patterns: readonly ProcessPattern[] },
  options: AnalyseOptions,
  knowledge: Knowledge,
): Intent {
  const places = command.words.map((word) => word.list.fragment.toSource(word));
  const { tag, notes } = pin(command.invocation.constants, options.target);
  const translation = translate(line, { ...options, tag }, knowledge);
  if (translation.state === "fine")
    return { finding: null, places, values: provenValues(command), readers: [] };

  const next =
    translation.state === "rewrite"
      ? translation.words
      : translation.nearest && inPlace(command, translation.nearest);
  const edits = translation.state === "rewrite" ? rewrite(command.words, translation.words) : null;
  const move = edits === null ? null : containerMove(command, options.target);
  const translateOnly = (kept: readonly number[]): Translation => {
    const words = kept.map((index) => line.words[index] ?? []);
    return translate({ ...line, words }, { ...options, tag }, knowledge);
  };
  const doubts = [
    ...containerDoubts(command, options.target, move !== null),
    ...(translation.state === "rewrite"
      ? conditionDoubts(places, conditions, line.words, translation.words, translateOnly)
      : []),
    ...(edits !== null && changesShared(command, edits) ? [SHARED] : []),
    ...(edits === null || next === null ? [] : patternDoubts(command, next, patterns)),
  ];
  const readers = rewriteReaders(
    command,
    translation.state === "rewrite" && edits !== null ? (translation.readers ?? []) : [],
    invocations,
  );
  const refused = translation.state === "rewrite" && edits === null ? [CANNOT_WRITE] : [];
  const after = next === null ? null : shownLine(valuesOf(command, next));
  const code =
    translation.rule === "builtin-gadget" && translation.gadget === null && edits === null && next !== null
      ? codeNote(command, next, after)
      : [];
  const finding: Finding = {
    ruleId: translation.rule,
    message: translation.message,
    severity: translation.severity ?? severityAt(translation.rule, options.target, knowledge),
    range: rangeOf(command, edits),
    gadget: translation.gadget,
    image: translation.image,
    before: shownLine(line.words),
    after,
    notes: eachOnce([
      ...refused,
      ...readers.notes,
      ...translation.notes,
      ...code,
      ...doubts,
      ...(edits === null ? [] : notes),
    ]),
    fix:
      translation.state === "rewrite" && edits !== null
        ? {
            grade: doubts.length > 0 || readers.isStuck ? "unsafe" : translation.grade,
            edits: normalizeEdits([...edits, ...readers.edits, ...(move === null ? [] : [move.edit])]),
          }
        : null,
  };
  if (finding.fix === null || options.mayFix?.(finding) === false) {
    return { finding: { ...finding, fix: null }, places, values: provenValues(command), readers: [] };
  }
  const image = move?.value ?? command.image?.value;
  return {
    finding,
    places: [...places, ...readers.places],
    values: [...valuesOf(command, next ?? []), ...(image === undefined ? [] : [image])],
    readers: readers.changes,
  };
}

/** What is compared when the fixed text is read again: the words, and the image that they are given to. */
export function provenValues({ words, image }: FoundCommand): readonly Value[] {
  return [...words, ...(image === null ? [] : [image])].map(({ value }) => value);
}

/** What translation sees of a command. */
function lineOf(command: FoundCommand, callers: Callers, options: AnalyseOptions): CommandLine {
  return {
    program: command.program.id,
    words: command.words.map((word) => word.value),
    programWords: command.programWords,
    output: lineOutput(command.invocation.output, options),
    role: command.invocation.role,
    isCalled: isCalled(command, callers),
  };
}

/** The proposal in the language of its place, where that is more than the line itself. */
function codeNote(command: FoundCommand, next: readonly NewWord[], after: string | null): readonly Note[] {
  const code = codeOf(command, next);
  const bare = (text: string): string => text.replace(/["']/g, "");
  if (code === null || bare(code).includes(bare(after ?? code))) return [];
  return [{ messageId: "dynamic-code", args: { code } }];
}

/** A container image whose own tag is another release may not load a gadget image of the target. */
function containerDoubts(command: FoundCommand, target: string, moves: boolean): readonly Note[] {
  const { image, invocation } = command;
  const { implied } = invocation;
  const entryPoint = implied !== undefined && "image" in implied ? implied.image : null;
  const reference = image === null ? entryPoint : literal(image.value);
  const release = /:(v\d+\.\d+\.\d+)(?:@|$)/.exec(reference ?? "")?.[1];
  if (release === undefined || release === target) return [];
  const messageId = moves ? "container-moves-too" : "container-runs-other-release";
  return [{ messageId, args: { release, target } }];
}

/** The tag of the container's image, where the command itself spells it out, becomes the target too. */
function containerMove(
  { image }: FoundCommand,
  target: string,
): { readonly edit: Edit; readonly value: Value } | null {
  const [, path, release] = /^(.*):(v\d+\.\d+\.\d+)$/.exec(literal(image?.value ?? []) ?? "") ?? [];
  if (image === null || path === undefined || release === target) return null;
  const value = [`${path}:${target}`];
  const { start, end, list } = image;
  const text = list.write(value, image);
  const edit = text === null ? null : list.fragment.toSourceEdit({ start, end, text });
  return edit === null ? null : { edit, value };
}

/** A column may be lost to the table and to the sort: once is enough. */
function eachOnce(notes: readonly Note[]): readonly Note[] {
  const byText = new Map(notes.map((note) => [JSON.stringify(note), note]));
  return [...byText.values()];
}

const SHARED: Note = { messageId: "function-changes", args: {} };

/** Whether words change that other callers of a function see too. */
function changesShared({ words }: FoundCommand, edits: readonly Edit[]): boolean {
  const shared = words
    .filter(({ isShared }) => isShared === true)
    .map((word) => word.list.fragment.toSource(word));
  return shared.some((place) => edits.some((edit) => overlaps(edit, place)));
}

function patternDoubts(
  command: FoundCommand,
  next: readonly NewWord[],
  patterns: readonly ProcessPattern[],
): readonly Note[] {
  const doubt = patternDoubt(provenValues({ ...command, image: null }), valuesOf(command, next), patterns);
  return doubt === null ? [] : [doubt];
}

const CANNOT_WRITE: Note = { messageId: "cannot-write-here", args: {} };

function valuesOf(command: FoundCommand, next: readonly NewWord[]): readonly Value[] {
  return next.map((word) => newValue(command.words, word));
}

function lineOutput({ pipe, sink }: OutputUse, { isRead }: AnalyseOptions): LineOutput {
  const stages = pipe.map((words) => words.map((word) => word.value));
  if (sink.kind !== "file") return { pipe: stages, sink: sink.kind };
  const read = sink.readHere || (isRead?.(sink.path) ?? true);
  return { pipe: stages, sink: read ? "file-read" : "file-unread", file: sink.path };
}

/** Where the command's first word stands in the source. */
export function placeOf({ words: [first] }: FoundCommand): Range {
  return first === undefined ? { start: 0, end: 0 } : first.list.fragment.toSource(first);
}

/** From the program's word to the last; where the words stand apart, the first stretch that is edited. */
function rangeOf(command: FoundCommand, edits: readonly Edit[] | null): Range {
  const { head, words } = command;
  const places = [head, ...words].map((word) => word.list.fragment.toSource(word));
  const isTogether =
    words.every(({ list }) => list === head.list) &&
    places.every(({ start }, i) => start >= (places[i - 1]?.start ?? start));
  const [first] = places;
  if (first !== undefined && isTogether) return { start: first.start, end: places.at(-1)?.end ?? first.end };
  const [edit] = edits ?? [];
  return edit === undefined ? placeOf(command) : { start: edit.start, end: edit.end };
}

/** A command is found once, however many ways lead to it. */
function withoutTwins(intents: readonly Intent[]): readonly Intent[] {
  const seen: Intent[] = [];
  for (const intent of intents) {
    const twin = seen.some(({ finding }) => sameCommand(finding, intent.finding));
    if (!twin) seen.push(intent);
  }
  return seen;
}

function sameCommand(a: Finding | null, b: Finding | null): boolean {
  return a !== null && b !== null && a.before === b.before && overlaps(a.range, b.range);
}
