import {
  display,
  type Invocation,
  literal,
  type OutputUse,
  type Reading,
  type Value,
} from "../commands/command.ts";
import { findCommands, type FoundCommand } from "../commands/find.ts";
import { newValue, rewrite } from "../commands/rewrite.ts";
import { shownLine } from "../commands/shown.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
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
import { laterFlows } from "./later-flows.ts";
import { behindChanged, onceAtEachReader, readerIntents } from "./output-readers.ts";
import { prove, type Intent } from "./prove.ts";
import { pin } from "./pin.ts";
import { patternDoubt, processPatterns, type ProcessPattern } from "./process-patterns.ts";
import { callersOf, codeOf, dashesLeft, inPlace, isCalled, type Callers } from "./propose.ts";
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

/** What is known of the document around a command. */
interface Around extends Reading {
  readonly patterns: readonly ProcessPattern[];
  /** See `wordsOfOthers`. */
  readonly others: ReadonlySet<string>;
}

/** What should become of one command: its finding, and the words that it has in the end. */
function intend(
  command: FoundCommand,
  line: CommandLine,
  around: Around,
  options: AnalyseOptions,
  knowledge: Knowledge,
  pinned = pinOf(command, options),
): Intent {
  const { conditions = [], invocations, patterns, others } = around;
  const places = command.words.map((word) => word.list.fragment.toSource(word));
  const { tag, notes } = pinned;
  const translation = translate(line, { ...options, tag }, knowledge);
  const behind = readerIntents(command, translation, invocations).map((intent) =>
    intent.finding?.fix == null || options.mayFix?.(intent.finding) !== false
      ? intent
      : { ...intent, finding: { ...intent.finding, fix: null } },
  );
  if (translation.state === "fine")
    return { finding: null, places, values: provenValues(command), readers: [], behind };

  const next =
    translation.state === "rewrite"
      ? translation.words
      : translation.nearest && inPlace(command, translation.nearest);
  const dashes = translation.state === "rewrite" ? [] : dashesLeft(command, translation.nearest ?? []);
  const written = translation.state === "rewrite" ? rewrite(command.words, translation.words) : null;
  // Where the place cannot hold the variable, the release itself is written.
  const otherwise =
    literal(tag) === null
      ? () => intend(command, line, around, options, knowledge, { tag: [options.target], notes })
      : undefined;
  if (translation.state === "rewrite" && written === null && otherwise !== undefined) return otherwise();
  const isShared = written !== null && touches(places, written, others);
  const edits = isShared ? null : written;
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
    ...filledInDoubts(command),
    ...helperDoubts(command),
    ...runnerDoubts(command),
    ...(edits !== null && changesShared(command, edits) ? [SHARED] : []),
    ...(edits !== null && changesElsewhere(command, edits) ? [USED_ELSEWHERE] : []),
    ...(edits === null || next === null ? [] : patternDoubts(command, next, patterns)),
  ];
  const readers = rewriteReaders(
    command,
    translation.state === "rewrite" && edits !== null ? (translation.readers ?? []) : [],
    invocations,
  );
  const refused =
    translation.state === "rewrite" && edits === null ? [isShared ? SHARED_WORDS : CANNOT_WRITE] : [];
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
    head: command.head.list.fragment.toSource(command.head),
    gadget: translation.gadget,
    image: translation.image,
    before: shownLine(line.words),
    after,
    notes: eachOnce([
      ...refused,
      ...readers.notes,
      ...translation.notes,
      ...dashes.map((word): Note => ({ messageId: "dashes-go", args: { word: bareCode(word) } })),
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
    return {
      finding: { ...finding, fix: null },
      places,
      values: provenValues(command),
      readers: [],
      behind,
    };
  }
  const image = move?.value ?? command.image?.value;
  const values = [...valuesOf(command, next ?? []), ...(image === undefined ? [] : [image])];
  return {
    finding,
    places: [...places, ...readers.places],
    values,
    readers: readers.changes,
    behind: behindChanged(behind, values),
    ...(otherwise === undefined ? {} : { otherwise }),
  };
}

/** What is compared when the fixed text is read again: the words, and the image that they are given to. */
export function provenValues({ words, image }: FoundCommand): readonly Value[] {
  return [...words, ...(image === null ? [] : [image])].map(({ value }) => value);
}

/** A digest belongs to one tag: a variable that holds another one later would not fit it. */
function pinOf({ invocation }: FoundCommand, { target, digestOf }: AnalyseOptions): ReturnType<typeof pin> {
  return pin(digestOf === undefined ? invocation.constants : [], target);
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

/** The proposal in the language of its place, where that is more than the line itself. */
function codeNote(command: FoundCommand, next: readonly NewWord[], after: string | null): readonly Note[] {
  const code = codeOf(command, next);
  const bare = (text: string): string => text.replace(/["']/g, "");
  if (code === null || bare(code).includes(bare(after ?? code))) return [];
  return [{ messageId: "dynamic-code", args: { code } }];
}

/** The code of a value without what puts it into a text. */
function bareCode(code: string): string {
  return /^["'`]?\s*\+\s*(.*?)\s*\+\s*["'`]?$/s.exec(code)?.[1] ?? code;
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

/** Whoever else calls the helper, and what it does besides, is not known. */
function helperDoubts({ invocation: { helper } }: FoundCommand): readonly Note[] {
  return helper === undefined ? [] : [{ messageId: "through-helper", args: helper }];
}

/** It may hand its words to anything, or read what the command prints. */
function runnerDoubts({ runner, invocation }: FoundCommand): readonly Note[] {
  if (runner === undefined || invocation.role !== "run") return [];
  return [{ messageId: "behind-unknown", args: { program: display(runner.value) } }];
}

/** A program that is put in when the file is made from its template may be any. */
function filledInDoubts({ words, programWords }: FoundCommand): readonly Note[] {
  const codes = words.slice(0, programWords).map(({ value }) => display(value));
  const code = codes.find((text) => /^@\w+@$/.test(text));
  return code === undefined ? [] : [{ messageId: "program-filled-in", args: { code } }];
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

const SHARED_WORDS: Note = { messageId: "words-are-shared", args: {} };

/**
 * Places of words that stand apart from what they are part of (in a variable, in an array), of everything that is none of
 * the commands (`kubectl get pods $FLAGS`).
 */
function wordsOfOthers({ invocations }: Reading, commands: readonly FoundCommand[]): ReadonlySet<string> {
  if (commands.length === 0) return new Set();
  const own = new Set(commands.map(({ invocation }) => invocation.words));
  const others = invocations
    .filter(({ words }) => !own.has(words))
    .flatMap(({ words }) => words.filter(({ list }) => list !== words[0]?.list));
  return new Set(others.map((word) => keyOf(word.list.fragment.toSource(word))));
}

/** Whether edits change a word that is also one of others. */
function touches(places: readonly Range[], edits: readonly Edit[], others: ReadonlySet<string>): boolean {
  return places.some(
    (place) =>
      others.has(keyOf(place)) &&
      edits.some((edit) => edit.start <= place.end && place.start < Math.max(edit.end, edit.start + 1)),
  );
}

function keyOf({ start, end }: Range): string {
  return `${start}-${end}`;
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
  const edit = edits?.find(({ start, end }) => end > start) ?? edits?.[0];
  return edit === undefined ? placeOf(command) : { start: edit.start, end: edit.end };
}

/**
 * A command is found once, however many ways lead to it. Where several run it (two uses of one variable), the one that is
 * hardest to fix speaks for all.
 */
function withoutTwins(intents: readonly Intent[], commands: readonly FoundCommand[]): readonly Intent[] {
  const seen: { intent: Intent; readonly isRun: boolean }[] = [];
  for (const [i, intent] of intents.entries()) {
    const isRun = commands[i]?.invocation.role === "run";
    const twin = seen.find((other) => sameCommand(other.intent, intent));
    if (twin === undefined) seen.push({ intent, isRun });
    else if (isRun && twin.isRun && ease(intent) < ease(twin.intent)) twin.intent = intent;
  }
  return seen.map(({ intent }) => intent);
}

function ease({ finding }: Intent): number {
  if (finding?.fix == null) return 0;
  return finding.fix.grade === "unsafe" ? 1 : 2;
}

function sameCommand(a: Intent, b: Intent): boolean {
  const [place] = a.places;
  const [other] = b.places;
  if (a.finding === null || b.finding === null || place?.start !== other?.start) return false;
  return (
    a.finding.before === b.finding.before &&
    overlaps(a.finding.range, b.finding.range) &&
    place?.end === other?.end
  );
}
