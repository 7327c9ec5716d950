import type { Step } from "../../jq/tree.ts";
import { type FoundPath, type JsonPath, textOf } from "../json-paths.ts";
import { leavesOf, OTHER, type Shape, type Shapes } from "../shapes.ts";
import type { Reader } from "./reader.ts";
import { unlessEvents } from "./values.ts";

export function walkSteps(reader: Reader, shape: Shape, steps: readonly Step[]): Shapes {
  const [step, ...rest] = steps;
  if (step === undefined) return [shape];
  switch (shape.kind) {
    case "event":
      return walkEvent(reader, shape, steps);
    case "object": {
      if (step.key === null) return unlessEvents(reader, [shape], "[]", leavesOf([shape]));
      const known = shape.fields.get(step.key) ?? shape.rest;
      if (known.length > 0) reader.decisions.keep(steps.slice(0, 1));
      return known.flatMap((inner) => walkSteps(reader, inner, rest));
    }
    case "text":
    case "array":
      return [];
    case "other":
      reader.decisions.keep(steps);
      return [OTHER];
  }
}

function walkEvent(
  reader: Reader,
  shape: Shape & { readonly kind: "event" },
  steps: readonly Step[],
): Shapes {
  const keys = steps.map((step) => step.key);
  const first = keys[0];
  const text = textOf([...shape.path, ...keys.map((key) => key ?? "?")]);
  if (first != null && shape.path.length === 0 && shape.extra.includes(first)) {
    reader.decisions.keep(steps);
    return [OTHER];
  }
  if (keys.includes(null)) {
    reader.decisions.doubt("jq-not-followed", { code: `.${text}` });
    return [OTHER];
  }
  const path: JsonPath = [...shape.path, ...keys.flatMap((key) => key ?? [])];
  const found = findPath(reader, path);
  if (found === null) return noteUnknown(reader, path, steps);
  const relative = keysNow(reader, shape.path, path);
  if (relative === null) noteStuck(reader, path, found);
  else reader.decisions.move(steps, relative);
  return relative === null ? [OTHER] : [{ kind: "event", path, extra: [] }];
}

/** The keys that lead today from one path to another that began with it; null where none do. */
export function keysNow(reader: Reader, holder: JsonPath, path: JsonPath): JsonPath | null {
  const from = pathNow(reader, holder);
  const to = findPath(reader, path)?.to ?? null;
  return from === null || to === null ? null : relativeTo(from, to);
}

/** Where a path is today, its elements included. */
function pathNow(reader: Reader, path: JsonPath): JsonPath | null {
  if (path.length === 0) return [];
  const found = findPath(reader, path);
  if (found !== null) return found.to;
  const parent = path.at(-1) === "[]" ? pathNow(reader, path.slice(0, -1)) : null;
  return parent === null ? null : [...parent, "[]"];
}

export function findPath(reader: Reader, path: JsonPath): FoundPath | null {
  return reader.table.find(path);
}

/** A key inside of something that has none of its own in the table, or one that no event had. */
export function noteUnknown(reader: Reader, path: JsonPath, steps: readonly Step[]): Shapes {
  for (let length = path.length - 1; length > 0; length--) {
    const holder = findPath(reader, path.slice(0, length));
    if (holder === null || holder.type === "object") continue;
    noteStuck(reader, path.slice(0, length), holder);
    return [OTHER];
  }
  reader.decisions.keep(steps);
  const near = reader.table.nearest(path);
  reader.decisions.doubt("json-unknown", {
    path: `.${textOf(path)}`,
    nearest: near === null ? "" : `.${near}`,
  });
  return [OTHER];
}

export function noteStuck(reader: Reader, path: JsonPath, { to, mapping }: FoundPath): void {
  const args = { path: `.${textOf(path)}`, note: mapping.note ?? "" };
  if (to === null) reader.decisions.doubt("json-gone", args);
  else reader.decisions.doubt("json-differs", { ...args, to: `.${textOf(to)}` });
}

/** The rest of a path behind another; null where it does not begin with it. */
function relativeTo(from: JsonPath, to: JsonPath): JsonPath | null {
  const rest = to.slice(from.length);
  return from.every((key, i) => to[i] === key) && rest.length > 0 && !rest.includes("[]") ? rest : null;
}
