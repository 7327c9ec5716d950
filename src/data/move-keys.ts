import { type Edit, overlaps, type Range } from "../text/edits.ts";
import { at, type Field, type Mapping } from "./datum.ts";

/** A key that goes to another place of the same mapping; both as paths. */
export interface Move {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/**
 * The edits of a source that move keys of a mapping with their values, their comments and all that stands in them. Null where
 * one of them is not written on lines of its own, or where something else is in the new place.
 */
export function moveKeys(source: string, root: Mapping, moves: readonly Move[]): readonly Edit[] | null {
  const homes = new Map<Mapping, Branch>();
  const edits: Edit[] = [];
  for (const { from, to } of moves) {
    const entry = entryAt(source, root, from);
    const home = homeOf(root, to);
    if (entry === null || home === null) return null;
    edits.push({ start: entry.start, end: entry.end, text: "" });
    const tree = homes.get(home.mapping) ?? newBranch();
    homes.set(home.mapping, tree);
    plant(tree, home.rest, entry);
  }
  if (leavesNothing(root, moves, homes)) return null;
  for (const [mapping, tree] of homes) {
    const end = endOf(source, mapping);
    if (
      end === null ||
      edits.some((edit) => overlaps(edit, { start: end.at, end: end.at }) && edit.end !== end.at)
    )
      return null;
    const eol = source.includes("\r\n") ? "\r\n" : "\n";
    const lines = written(tree, end.indent).map((line) => `${line}${eol}`);
    const isBehindLine =
      source[end.at - 1] === "\n" || edits.some((edit) => edit.text === "" && edit.end === end.at);
    const before = isBehindLine ? "" : eol;
    edits.push({ start: end.at, end: end.at, text: before + lines.join("") });
  }
  return edits;
}

/** New keys, one in the other; at the end the lines of what stood elsewhere. */
type Branch = Map<string, Branch | Entry>;

function newBranch(): Branch {
  return new Map<string, Branch | Entry>();
}

/** A key with its value, and comments above it, as it is written. */
interface Entry extends Range {
  readonly indent: number;
  readonly comments: readonly string[];
  /** What stands behind the key, the lines of its value included. */
  readonly rest: readonly string[];
}

function entryAt(source: string, root: Mapping, path: readonly string[]): Entry | null {
  const field = fieldAt(root, path);
  if (field === null) return null;
  const lineStart = source.lastIndexOf("\n", field.key.start - 1) + 1;
  const end = lineEnd(source, Math.max(field.value.place.end, field.key.end));
  const indent = field.key.start - lineStart;
  const behind = source.slice(field.key.end, end);
  const tail = source.slice(Math.max(field.value.place.end, field.key.end), end);
  const isAlone = source.slice(lineStart, field.key.start).trim() === "" && /^\s*(?:#.*)?\s*$/.test(tail);
  // What an anchor names must stand before what uses it.
  if (!isAlone || !/^["']?\s*:/.test(behind) || /(?:^|[\s:[{,-])[&*]\w/.test(behind)) return null;
  const above = commentsAbove(source, lineStart, indent);
  const rest = behind.replace(/\r?\n$/, "").split(/\r?\n/);
  return { start: above.start, end, indent, comments: above.lines, rest };
}

function fieldAt(root: Mapping, path: readonly string[]): Field | null {
  const parent = at(root, ...path.slice(0, -1));
  return parent?.kind === "mapping" ? (parent.fields.get(path.at(-1) ?? "") ?? null) : null;
}

function lineEnd(source: string, offset: number): number {
  if (source[offset - 1] === "\n") return offset;
  const end = source.indexOf("\n", offset);
  return end < 0 ? source.length : end + 1;
}

function commentsAbove(
  source: string,
  from: number,
  indent: number,
): { readonly start: number; readonly lines: readonly string[] } {
  const lines: string[] = [];
  let start = from;
  while (start > 0) {
    const previous = source.lastIndexOf("\n", start - 2) + 1;
    const line = source.slice(previous, start).replace(/\r?\n$/, "");
    if (!line.startsWith(`${" ".repeat(indent)}#`)) break;
    lines.unshift(line.trimStart());
    start = previous;
  }
  return { start, lines };
}

/** The deepest mapping on the way to a path, and what is left of the way; null where something else stands there. */
function homeOf(
  root: Mapping,
  path: readonly string[],
): { readonly mapping: Mapping; readonly rest: readonly string[] } | null {
  let mapping = root;
  for (const [i, name] of path.entries()) {
    const next = mapping.fields.get(name)?.value;
    if (next === undefined) return { mapping, rest: path.slice(i) };
    if (next.kind !== "mapping" || i === path.length - 1) return null;
    mapping = next;
  }
  return null;
}

function plant(tree: Branch, [name = "", ...rest]: readonly string[], entry: Entry): void {
  if (rest.length === 0) {
    tree.set(name, entry);
    return;
  }
  const known = tree.get(name);
  const branch: Branch = known instanceof Map ? known : newBranch();
  tree.set(name, branch);
  plant(branch, rest, entry);
}

/** Whether a mapping would be left without a key, which says something else than no mapping. */
function leavesNothing(root: Mapping, moves: readonly Move[], homes: ReadonlyMap<Mapping, Branch>): boolean {
  return moves.some(({ from }) => {
    const parent = at(root, ...from.slice(0, -1));
    if (parent?.kind !== "mapping" || homes.has(parent)) return false;
    const gone = moves.filter((move) => at(root, ...move.from.slice(0, -1)) === parent);
    return gone.length >= parent.fields.size;
  });
}

/** Where a key may be added to a mapping that is written on lines, and how far it is set in. */
function endOf(source: string, { fields }: Mapping): { readonly at: number; readonly indent: number } | null {
  const all = [...fields.values()];
  const columns = all.map(({ key }) => {
    const lineStart = source.lastIndexOf("\n", key.start - 1) + 1;
    return source.slice(lineStart, key.start).trim() === "" ? key.start - lineStart : -1;
  });
  const [indent = -1] = columns;
  if (indent < 0 || columns.some((column) => column !== indent)) return null;
  const end = Math.max(...all.map(({ key, value }) => lineEnd(source, Math.max(value.place.end, key.end))));
  return { at: end, indent };
}

const STEP = 2;

function written(tree: Branch, indent: number): readonly string[] {
  const blanks = " ".repeat(indent);
  return [...tree].flatMap(([name, inner]) => {
    if (inner instanceof Map) return [`${blanks}${name}:`, ...written(inner, indent + STEP)];
    const [first = "", ...more] = inner.rest;
    const shifted = more.map((line) => {
      if (line.trim() === "") return line;
      const by = indent - inner.indent;
      return by >= 0 ? " ".repeat(by) + line : line.replace(new RegExp(`^ {1,${-by}}`), "");
    });
    return [
      ...inner.comments.map((line) => blanks + line),
      `${blanks}${name}${first.replace(/^["']/, "")}`,
      ...shifted,
    ];
  });
}
