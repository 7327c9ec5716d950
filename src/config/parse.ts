import { type Document, isMap, isNode, isPair, LineCounter, type Node, type Pair, parseDocument } from "yaml";
import { check, type Path, type Schema } from "./check.ts";

/** Data read from a file, or the first thing that is wrong with it. */
export type Parsed =
  | {
      readonly ok: true;
      readonly value: unknown;
      readonly locate: (path: Path, isKey?: boolean) => Place;
      /** A place as the user would name it: `overrides[0].files`. */
      readonly name: (path: Path) => string;
    }
  | { readonly ok: false; readonly faults: readonly DataFault[] };

/** From 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something wrong in a file, in one sentence without its end. */
export interface DataFault extends Place {
  readonly what: string;
}

/**
 * Reads YAML or JSON (which is YAML) and holds it against a schema.
 * @param key of a mapping at the top: only what stands behind it is read
 */
export function parseData(text: string, schema: Schema, key?: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [broken] = document.errors;
  if (broken !== undefined)
    return { ok: false, faults: [{ ...at(broken.pos[0]), what: sentenceOf(broken.message) }] };

  const top: unknown = plain(document);
  if (top === TOO_MANY)
    return { ok: false, faults: [{ line: 1, column: 1, what: "its aliases stand for too much" }] };
  const value = key === undefined ? (top ?? {}) : isRow(top) ? top[key] : undefined;
  const base: Path = key === undefined ? [] : [key];
  const locate = (path: Path, isKey = false): Place =>
    at(offsetOf(document.contents, [...base, ...path], isKey));
  const faults = check(value, schema).map((fault) => ({
    ...locate(fault.path, fault.isKey),
    what: `${subject([...base, ...fault.path])} ${fault.what}`,
  }));
  const name = (path: Path): string => subject([...base, ...path]);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value, locate, name };
}

function subject(keys: Path): string {
  if (keys.length === 0) return "a configuration";
  return keys
    .map((key, i) => (typeof key === "number" ? `[${key}]` : `${i === 0 ? "" : "."}${key}`))
    .join("");
}

const TOO_MANY = Symbol("too many aliases");

function plain(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    // What a few lines can make of a document by aliases of aliases would fill the memory.
    if (error instanceof ReferenceError) return TOO_MANY;
    throw error;
  }
}

/** Where the value of a path stands, or its last key; what an alias or a merge brings in stands where that is. */
function offsetOf(node: unknown, path: Path, isKey: boolean): number {
  const [key, ...rest] = path;
  const here = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  if (key === undefined) return here;
  if (!isNode(node)) return here;
  if (isMap(node)) {
    const pair = pairOf(node.items, key);
    if (pair === undefined) return here;
    const keyAt = isNode(pair.key) ? (pair.key.range?.[0] ?? here) : here;
    if (rest.length === 0 && isKey) return keyAt;
    return isNode(pair.value) ? offsetOf(pair.value, rest, isKey) : keyAt;
  }
  const item = "items" in node && Array.isArray(node.items) ? node.items[Number(key)] : undefined;
  return isNode(item) ? offsetOf(item, rest, isKey) : here;
}

function pairOf(items: readonly unknown[], key: string | number): Pair<unknown, Node | null> | undefined {
  return items.find(
    (item): item is Pair<unknown, Node | null> =>
      isPair(item) && isNode(item.key) && String(item.key) === String(key),
  );
}

function sentenceOf(message: string): string {
  const first = message.split("\n")[0] ?? message;
  return `this is no YAML: ${first.charAt(0).toLowerCase()}${first.slice(1)}`.replace(/[.:]$/, "");
}

function isRow(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
