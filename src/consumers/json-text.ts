import type { Value } from "../commands/command.ts";
import type { Note } from "../translate/translation.ts";
import { type PathTable, textOf } from "./json-paths.ts";
import { programText } from "./program-text.ts";

/** `"comm":` in a pattern or a program, with its quotes escaped or not, blanks between or a pattern for them; or `"comm"` alone. */
const KEY = /\\*"([A-Za-z_]\w*)\\*"(?:(?: |\\s|\[\[:space:\]\])?[*+?]?:|$)/g;

/**
 * What becomes of the keys that a command looks for in the text of JSON, as `grep '"comm":"cat"'` does.
 * @param now all paths of the new JSON
 */
export function movedKeys(
  words: readonly Value[],
  table: PathTable,
  now: () => readonly string[],
): readonly Note[] {
  const uses = words.slice(1).flatMap((word) => {
    const text = programText(word);
    return Array.from(text.matchAll(KEY), ({ index, 0: use, 1: key = "" }) => {
      // Of what follows, only a plain value tells that 0 and nothing are not meant.
      const isPlain = /^(?: |\\s\*?)*(?:\\*"\w|[1-9])/.test(text.slice(index + use.length));
      return { key, isPlain };
    });
  });
  const first = uses.filter(({ key }, i) => uses.findIndex((use) => use.key === key) === i);
  return first.flatMap(({ key, isPlain }) => notesOf(key, isPlain, table, now()));
}

function notesOf(key: string, isPlain: boolean, table: PathTable, now: readonly string[]): readonly Note[] {
  const old = table.names.filter((name) => lastKey(name) === key);
  // An event's own key is meant before one of an object in it.
  const [path] = old.toSorted((a, b) => a.split(".").length - b.split(".").length);
  const found = path === undefined ? null : table.find(path.split("."));
  if (path === undefined || found === null || found.type === "object") return [];
  const { to, mapping } = found;
  const note = mapping.state === "differs" || to === null ? (mapping.note ?? "") : "";
  if (to === null) return [{ messageId: "json-gone", args: { path: `.${path}`, note } }];
  const place = textOf(to);
  const same = lastKey(place) === key;
  const others = same ? now.filter((name) => lastKey(name) === key && name !== place) : [];
  if (same && others.length === 0 && note === "") return [];
  const args = { text: `"${key}"`, path: `.${path}`, to: `.${place}`, note };
  return [
    { messageId: "json-text-moves", args: { ...args, others: others.map((name) => `.${name}`).join(", ") } },
  ];
}

function lastKey(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
