import { display, type Invocation, type Word } from "../commands/command.ts";
import type { FoundCommand } from "../commands/find.ts";
import { rewriteReader } from "../commands/rewrite-reader.ts";
import { overlaps, type Edit, type Range } from "../text/edits.ts";
import type { Note, ReaderChange } from "../translate/translation.ts";
import { stageOf } from "./output-readers.ts";

/** What becomes of the commands that read the output of one that is rewritten. */
export interface RewrittenReaders {
  readonly changes: readonly ReaderChange[];
  readonly edits: readonly Edit[];
  /** Where the words that change stand in the source. */
  readonly places: readonly Range[];
  readonly notes: readonly Note[];
  /** Whether one of them stands where it cannot be changed; then none is. */
  readonly isStuck: boolean;
}

/**
 * The edits of the source that change those who read a command's output.
 * @param all what the document runs: of it, nothing else may write to the same reader
 */
export function rewriteReaders(
  command: FoundCommand,
  changes: readonly ReaderChange[],
  all: readonly Invocation[],
): RewrittenReaders {
  const edits: Edit[] = [];
  const places: Range[] = [];
  const notes: Note[] = [];
  for (const change of changes) {
    const word = stageOf(command, change, all)?.[change.word];
    const writers = change.flow === undefined ? all : all.filter((other) => !carries(other));
    const isShared = word !== undefined && hasOtherWriters(word, command, writers);
    const made = word === undefined || isShared ? null : rewriteReader(word, change);
    const args = { before: display(word?.value ?? []), after: display(change.value) };
    if (word === undefined || made === null) {
      const stuck = { messageId: isShared ? "reader-shared" : "reader-stuck", args };
      return { changes: [], edits: [], places: [], notes: [stuck], isStuck: true };
    }
    edits.push(...made);
    places.push(word.list.fragment.toSource(word));
    notes.push({ messageId: "reader-rewritten", args });
  }
  return { changes, edits, places, notes, isStuck: false };
}

/** Whether it only hands on a file or a variable to the commands behind it. */
function carries({ words: [program] }: Invocation): boolean {
  return /^(?:cat|echo|printf)$/.test(display(program?.value ?? []));
}

/** Whether more than the command is piped into a reader: the other commands of a group, a loop or a script. */
function hasOtherWriters(
  reader: Word,
  { words, head, invocation }: FoundCommand,
  all: readonly Invocation[],
): boolean {
  const place = keyOf(reader);
  const [first = head] = words;
  const own = first.list.fragment.toSource(first);
  const between = new Set(invocation.output.pipe.flat().map(keyOf));
  return all.some((other) => {
    if (!other.output.pipe.some((stage) => stage.some((word) => keyOf(word) === place))) return false;
    if (other.words.some((word) => between.has(keyOf(word)))) return false;
    const holder = other.words.find((word) => overlaps(word.list.fragment.toSource(word), own));
    // A wrapper runs the command, and nothing else unless its script says so.
    return holder === undefined || (keyOf(holder) !== keyOf(first) && /[;&|\n]/.test(display(holder.value)));
  });
}

function keyOf(word: Word): string {
  const { start, end } = word.list.fragment.toSource(word);
  return `${start}-${end}`;
}
