import { type FoundPath, type JsonPath, textOf } from "../json-paths.ts";
import { elementsOf, holdsEvents, leavesOf, OTHER, type Shape, type Shapes, united } from "../shapes.ts";
import { findPath, noteStuck } from "./paths.ts";
import type { Reader } from "./reader.ts";

export function readElements(reader: Reader, shapes: Shapes): Shapes {
  if (shapes.some((shape) => shape.kind === "event" && shape.path.length === 0)) noteWholeEvent(reader, "[]");
  return elementsOf(shapes);
}

/** `a + b`: lists and objects are joined, an event gets more keys. */
export function mergedValues(reader: Reader, a: Shapes, b: Shapes): Shapes {
  const all = [...a, ...b];
  const isEvent = (shape: Shape): boolean => shape.kind === "event" && isObject(reader, shape.path);
  const objects = all.filter((shape) => shape.kind === "object");
  if (all.some(isEvent)) {
    const added = objects.flatMap(({ fields }) => [...fields.keys()]);
    return all.flatMap((shape) =>
      shape.kind === "event" && isEvent(shape) ? { ...shape, extra: [...shape.extra, ...added] } : [],
    );
  }
  const arrays = all.filter((shape) => shape.kind === "array");
  const merged: Shape[] = [];
  if (arrays.length > 0) merged.push({ kind: "array", of: united(...arrays.map(({ of }) => of)) });
  if (objects.length > 0) {
    const fields = new Map<string, Shapes>();
    for (const [key, of] of objects.flatMap((object) => [...object.fields])) {
      fields.set(key, united(fields.get(key) ?? [], of));
    }
    merged.push({ kind: "object", fields, rest: united(...objects.map(({ rest }) => rest)) });
  }
  if (merged.length > 0) return merged;
  return readValue(reader, all);
}

export function isObject(reader: Reader, path: JsonPath): boolean {
  return path.length === 0 || findPath(reader, path)?.type === "object";
}

/** What becomes text: a whole event is one that may be read again. */
export function readText(reader: Reader, shapes: Shapes): Shapes {
  const events = shapes.filter((shape) => holdsEvents([shape]));
  reader.decisions.writesOmitted ||= shapes.some(
    (shape) => shape.kind === "event" && findPath(reader, shape.path)?.omitted === true,
  );
  readValue(
    reader,
    shapes.filter((shape) => !events.includes(shape)),
  );
  return events.length > 0 ? [{ kind: "text", of: events }] : [OTHER];
}

export function readSum(reader: Reader, elements: Shapes): Shapes {
  if (elements.some((shape) => shape.kind === "event" && shape.path.length === 0))
    noteWholeEvent(reader, "add");
  return mergedValues(reader, elements, []);
}

/** Values that are put in order. */
export function readOrdered(reader: Reader, shapes: Shapes): Shapes {
  readValue(
    reader,
    shapes.filter((shape) => shape.kind !== "event" || shape.path.length > 0),
  );
  return shapes;
}

/** What is read as a value must be the same today. */
export function readValue(reader: Reader, shapes: Shapes): Shapes {
  for (const leaf of leavesOf(shapes)) {
    if (leaf.kind !== "event") continue;
    if (leaf.path.length === 0) {
      reader.decisions.doubt("jq-whole-event", { code: "." });
      continue;
    }
    const found = findPath(reader, leaf.path) ?? holder(reader, leaf.path);
    if (found !== null && (found.mapping.state === "differs" || found.to === null))
      noteStuck(reader, leaf.path, found);
  }
  return [OTHER];
}

/** The array whose elements a path means. */
function holder(reader: Reader, path: JsonPath): FoundPath | null {
  return path.at(-1) === "[]" ? findPath(reader, path.slice(0, -1)) : null;
}

/** What is true or false: 0 and empty texts are true in jq, null is not. */
export function readTruth(reader: Reader, shapes: Shapes): void {
  for (const shape of shapes) {
    if (shape.kind === "event") {
      if (shape.path.length > 0) noteOmitted(reader, shape.path, `.${textOf(shape.path)}`);
      readTruthOf(reader, shape.path);
    }
  }
}

/** A flag whose text changed may be true today where it was false. */
function readTruthOf(reader: Reader, path: JsonPath): void {
  const found = path.length === 0 ? null : findPath(reader, path);
  if (found?.mapping.state === "differs") noteStuck(reader, path, found);
}

export function noteOmitted(reader: Reader, path: JsonPath, code: string): void {
  const found = findPath(reader, path);
  if (found?.omitted !== true) return;
  const to = found.to === null ? "" : `.${textOf(found.to)}`;
  reader.decisions.doubt("json-null-before", { path: `.${textOf(path)}`, to, code });
}

export function noteWholeEvent(reader: Reader, code: string): void {
  reader.decisions.doubt("jq-whole-event", { code });
}

export function unlessEvents(reader: Reader, shapes: Shapes, code: string, result: Shapes): Shapes {
  if (!leavesOf(shapes).some((leaf) => leaf.kind === "event")) return result;
  noteWholeEvent(reader, code);
  return [OTHER];
}
