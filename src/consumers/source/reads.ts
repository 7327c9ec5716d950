import type { Range } from "../../text/edits.ts";
import type { Note } from "../../translate/translation.ts";
import { type PathTable, textOf } from "../json-paths.ts";
import { movesOf } from "../table/moves.ts";
import { READS_NOTHING } from "../table/read.ts";
import type { LateTables, Tables } from "../table/tables.ts";
import { accessesOf } from "./accesses.ts";
import { namesOf } from "./names.ts";

/** A place of a program that reads something which stands elsewhere today. */
export interface SourceRead {
  readonly range: Range;
  readonly code: string;
  readonly notes: readonly Note[];
}

/**
 * What a program reads of a command's output, as JSON or as columns, that moved.
 * @param command place of the command's words in the text
 */
export function movedReads(
  text: string,
  command: Range,
  { paths, tables }: { readonly paths: PathTable | null; readonly tables: LateTables },
): readonly SourceRead[] {
  const names = namesOf(text, command);
  if (names.size === 0) return [];
  return accessesOf(text, names).flatMap((access): readonly SourceRead[] => {
    const { start, end } = access;
    const code = text.slice(start, end);
    const notes =
      access.kind === "keys" ? keyNotes(access.keys, paths) : columnNotes(code, access.index, tables());
    return notes.length === 0 ? [] : [{ range: { start, end }, code, notes }];
  });
}

/** Of `event.k8s.pod.length`, as many keys as a path has. */
function keyNotes(keys: readonly string[], paths: PathTable | null): readonly Note[] {
  for (let length = keys.length; paths !== null && length > 0; length--) {
    const path = keys.slice(0, length);
    const found = paths.find(path);
    if (found === null || found.type === "object") continue;
    const { to, mapping } = found;
    const args = {
      path: `.${textOf(path)}`,
      note: mapping.state === "differs" || to === null ? (mapping.note ?? "") : "",
    };
    if (to === null) return [{ messageId: "json-gone", args }];
    if (textOf(to) === textOf(path) && mapping.state !== "differs") return [];
    return [{ messageId: "json-differs", args: { ...args, to: `.${textOf(to)}` } }];
  }
  return [];
}

function columnNotes(code: string, index: number, tables: Tables | null): readonly Note[] {
  if (tables === null) return [];
  const read = { ...READS_NOTHING, columns: [{ code, index, number: null }] };
  return movesOf(read, tables, code).notes;
}
