import { literal, type Reading } from "../commands/command.ts";
import type { FoundCommand } from "../commands/find.ts";
import { rewrite } from "../commands/rewrite.ts";
import { shownLine } from "../commands/shown.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Finding } from "../rules/finding.ts";
import { severityAt } from "../rules/severity-at.ts";
import { normalizeEdits, type Range } from "../text/edits.ts";
import { translate } from "../translate/translate.ts";
import type { CommandLine, NewWord, Note, Translation } from "../translate/translation.ts";
import type { AnalyseOptions } from "./analyse.ts";
import { conditionDoubts } from "./conditions.ts";
import { containerDoubts, containerMove } from "./container.ts";
import { editDoubts, placeDoubts } from "./doubts.ts";
import { behindChanged, readerIntents } from "./output-readers.ts";
import { pin } from "./pin.ts";
import { rangeOf } from "./places.ts";
import type { ProcessPattern } from "./process-patterns.ts";
import { codeOf, dashesLeft, inPlace } from "./propose.ts";
import type { Intent } from "./prove.ts";
import { rewriteReaders } from "./rewrite-readers.ts";
import { touches } from "./shared-words.ts";
import { provenValues, valuesOf } from "./values.ts";

/** What is known of the document around a command. */
export interface Around extends Reading {
  readonly patterns: readonly ProcessPattern[];
  /** See `wordsOfOthers`. */
  readonly others: ReadonlySet<string>;
}

/** A command that there is something to say about, or that is to be changed. */
type Change = Exclude<Translation, { readonly state: "fine" }>;

/** What should become of one command: its finding, and the words that it has in the end. */
export function intend(
  command: FoundCommand,
  line: CommandLine,
  around: Around,
  options: AnalyseOptions,
  knowledge: Knowledge,
  pinned = pinOf(command, options),
): Intent {
  const { tag, notes } = pinned;
  const translateWords = (words: CommandLine["words"]): Translation =>
    translate({ ...line, words }, { ...options, tag }, knowledge);
  const translation = translateWords(line.words);
  const places = command.words.map((word) => word.list.fragment.toSource(word));
  const behind = behindOf(command, translation, around, options);
  const unchanged = { places, values: provenValues(command), readers: [], behind };
  if (translation.state === "fine") return { ...unchanged, finding: null };

  const written = translation.state === "rewrite" ? rewrite(command.words, translation.words) : null;
  // Where the place cannot hold the variable, the release itself is written.
  const otherwise =
    literal(tag) === null
      ? () => intend(command, line, around, options, knowledge, { tag: [options.target], notes })
      : undefined;
  if (translation.state === "rewrite" && written === null && otherwise !== undefined) return otherwise();

  const isShared = written !== null && touches(places, written, around.others);
  const edits = isShared ? null : written;
  const next = wordsAfter(command, translation);
  const move = edits === null ? null : containerMove(command, options.target);
  const readers = rewriteReaders(
    command,
    translation.state === "rewrite" && edits !== null ? (translation.readers ?? []) : [],
    around.invocations,
  );
  const doubts = [
    ...containerDoubts(command, options.target, move !== null),
    ...doubtsOfConditions(line, translation, places, around, translateWords),
    ...placeDoubts(command),
    ...(edits === null ? [] : editDoubts(command, edits, next, around.patterns)),
  ];
  const refused: readonly Note[] =
    translation.state === "rewrite" && edits === null ? [isShared ? SHARED_WORDS : CANNOT_WRITE] : [];
  const after = next === null ? null : shownLine(valuesOf(command, next));
  const found: Finding = {
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
      ...dashNotes(command, translation),
      ...(edits === null ? codeNotes(command, translation, next, after) : []),
      ...doubts,
      ...(edits === null ? [] : notes),
    ]),
    fix: null,
  };
  if (translation.state !== "rewrite" || edits === null) return { ...unchanged, finding: found };
  const finding: Finding = {
    ...found,
    fix: {
      grade: doubts.length > 0 || readers.isStuck ? "unsafe" : translation.grade,
      edits: normalizeEdits([...edits, ...readers.edits, ...(move === null ? [] : [move.edit])]),
    },
  };
  if (options.mayFix?.(finding) === false) return { ...unchanged, finding: found };
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

/** A digest belongs to one tag: a variable that holds another one later would not fit it. */
function pinOf({ invocation }: FoundCommand, { target, digestOf }: AnalyseOptions): ReturnType<typeof pin> {
  return pin(digestOf === undefined ? invocation.constants : [], target);
}

/** What there is to say of the readers of its output, fixed only where that is wanted. */
function behindOf(
  command: FoundCommand,
  translation: Translation,
  { invocations }: Around,
  { mayFix }: AnalyseOptions,
): readonly Intent[] {
  return readerIntents(command, translation, invocations).map((intent) =>
    intent.finding?.fix == null || mayFix?.(intent.finding) !== false
      ? intent
      : { ...intent, finding: { ...intent.finding, fix: null } },
  );
}

/** The words that are meant, or proposed; null where there is nothing to start from. */
function wordsAfter(command: FoundCommand, translation: Change): readonly NewWord[] | null {
  if (translation.state === "rewrite") return translation.words;
  return translation.nearest && inPlace(command, translation.nearest);
}

function doubtsOfConditions(
  line: CommandLine,
  translation: Change,
  places: readonly Range[],
  { conditions = [] }: Around,
  translateWords: (words: CommandLine["words"]) => Translation,
): readonly Note[] {
  if (translation.state !== "rewrite") return [];
  return conditionDoubts(places, conditions, line.words, translation.words, (kept) =>
    translateWords(kept.map((index) => line.words[index] ?? [])),
  );
}

function dashNotes(command: FoundCommand, translation: Change): readonly Note[] {
  if (translation.state === "rewrite") return [];
  return dashesLeft(command, translation.nearest ?? []).map((word) => ({
    messageId: "dashes-go",
    args: { word: bareCode(word) },
  }));
}

/** The code of a value without what puts it into a text. */
function bareCode(code: string): string {
  return /^["'`]?\s*\+\s*(.*?)\s*\+\s*["'`]?$/s.exec(code)?.[1] ?? code;
}

/** The proposal for a gadget that is known only at run time, in the language of its place, where that is more than the line itself. */
function codeNotes(
  command: FoundCommand,
  { rule, gadget }: Change,
  next: readonly NewWord[] | null,
  after: string | null,
): readonly Note[] {
  if (rule !== "builtin-gadget" || gadget !== null || next === null) return [];
  const code = codeOf(command, next);
  const bare = (text: string): string => text.replace(/["']/g, "");
  if (code === null || bare(code).includes(bare(after ?? code))) return [];
  return [{ messageId: "dynamic-code", args: { code } }];
}

/** A column may be lost to the table and to the sort: once is enough. */
function eachOnce(notes: readonly Note[]): readonly Note[] {
  const byText = new Map(notes.map((note) => [JSON.stringify(note), note]));
  return [...byText.values()];
}

const SHARED_WORDS: Note = { messageId: "words-are-shared", args: {} };

const CANNOT_WRITE: Note = { messageId: "cannot-write-here", args: {} };
