import { shownLine } from "../commands/shown.ts";
import type { Value } from "../commands/command.ts";
import { programText, withText } from "../consumers/program-text.ts";
import { movedLists, movesOf, type WordEdit } from "../consumers/table/moves.ts";
import { readTable } from "../consumers/table/program.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { applyEdits } from "../text/edits.ts";
import type { Printed } from "./consumers.ts";
import { passesLines, unwrapped } from "./stages.ts";
import type { ReaderChange, ReaderFinding } from "./translation.ts";

export interface TableReaders {
  readonly readers: readonly ReaderChange[];
  readonly findings: readonly ReaderFinding[];
}

/** What becomes of the commands of a pipeline that read a table by its columns, as far as one hands it on to the next. */
export function readTables(
  pipe: readonly (readonly Value[])[],
  { modes, tables: late, gadget }: Printed,
  knowledge: Knowledge,
): TableReaders {
  const readers: ReaderChange[] = [];
  const findings: ReaderFinding[] = [];
  const isRead = pipe.length > 0 && modes.every((mode) => mode === "columns");
  const tables = isRead ? late() : null;
  if (tables === null) return { readers, findings };
  let squeezed = false;
  for (const [stage, all] of pipe.entries()) {
    const { words, skipped, name } = unwrapped(all, knowledge.wrappers);
    const read = readTable(name, words, squeezed);
    if (read === null) {
      if (passesLines(all, knowledge)) continue;
      const notes = movedLists(words, tables);
      const message = { messageId: "output-columns-move", args: { command: shownLine(all), gadget } };
      if (notes.length > 0) findings.push({ stage, message, notes });
      break;
    }
    const command = shownLine(all);
    const { notes, edits } = movesOf(read, tables, command);
    if (edits !== null)
      readers.push(
        ...changesOf(words, edits).map((change) => ({ ...change, stage, word: change.word + skipped })),
      );
    else
      findings.push({
        stage,
        message: { messageId: "output-columns-move", args: { command, gadget } },
        notes,
      });
    if (read.gives === "other") break;
    squeezed ||= read.gives === "squeezed";
  }
  return { readers, findings };
}

/** One change for each word that has edits. */
function changesOf(
  words: readonly Value[],
  edits: readonly WordEdit[],
): readonly Omit<ReaderChange, "stage">[] {
  const changed = new Set(edits.map(({ word }) => word));
  return [...changed].map((word) => {
    const value = words[word] ?? [];
    const own = edits
      .filter((edit) => edit.word === word)
      .map(({ start, end, text }) => ({ start, end, text }))
      .sort((a, b) => a.start - b.start);
    return { word, edits: own, value: withText(value, applyEdits(programText(value), own)) };
  });
}
