import { display, type Invocation } from "../commands/command.ts";
import { rewriteReader } from "../commands/rewrite-reader.ts";
import type { Edit, Range } from "../text/edits.ts";
import type { Note, ReaderChange } from "../translate/translation.ts";

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

export function rewriteReaders({ output }: Invocation, changes: readonly ReaderChange[]): RewrittenReaders {
  const edits: Edit[] = [];
  const places: Range[] = [];
  const notes: Note[] = [];
  for (const change of changes) {
    const word = output.pipe[change.stage]?.[change.word];
    const made = word === undefined ? null : rewriteReader(word, change);
    const args = { before: display(word?.value ?? []), after: display(change.value) };
    if (word === undefined || made === null) {
      return {
        changes: [],
        edits: [],
        places: [],
        notes: [{ messageId: "reader-stuck", args }],
        isStuck: true,
      };
    }
    edits.push(...made);
    places.push(word.list.fragment.toSource(word));
    notes.push({ messageId: "reader-rewritten", args });
  }
  return { changes, edits, places, notes, isStuck: false };
}
