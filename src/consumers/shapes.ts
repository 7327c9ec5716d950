import { textOf, type JsonPath } from "./json-paths.ts";

/** What a value is, as far as it comes from the events that a gadget prints. */
export type Shape =
  /** What stands at an old path of an event; the event itself where the path is empty. */
  | { readonly kind: "event"; readonly path: JsonPath; readonly extra: readonly string[] }
  /** The text of one value as JSON (`jq -R`, `tojson`). */
  | { readonly kind: "text"; readonly of: Shapes }
  | { readonly kind: "array"; readonly of: Shapes }
  /** Built by the program: its keys are its own. */
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, Shapes>; readonly rest: Shapes }
  /** Nothing that has keys of events. */
  | { readonly kind: "other" };

/** All that a value may be. */
export type Shapes = readonly Shape[];

export const OTHER: Shape = { kind: "other" };
export const EVENT: Shape = { kind: "event", path: [], extra: [] };

/** Each shape once; what is too big to follow is cut off. */
export function united(...lists: readonly Shapes[]): Shapes {
  const byKey = new Map<string, Shape>();
  for (const shape of lists.flat()) byKey.set(keyOf(shape, 0), shape);
  return [...byKey.values()];
}

/** Nesting beyond this is made by a loop. */
const MAX_DEPTH = 12;

function keyOf(shape: Shape, depth: number): string {
  if (depth > MAX_DEPTH) return "...";
  const inner = (shapes: Shapes): string =>
    shapes
      .map((one) => keyOf(one, depth + 1))
      .sort()
      .join("|");
  switch (shape.kind) {
    case "event":
      return `event ${textOf(shape.path)} +${shape.extra.join(",")}`;
    case "text":
    case "array":
      return `${shape.kind}(${inner(shape.of)})`;
    case "object": {
      const fields = [...shape.fields].map(([key, of]) => `${JSON.stringify(key)}:${inner(of)}`);
      return `{${fields.sort().join(",")},${inner(shape.rest)}}`;
    }
    case "other":
      return "other";
  }
}

/** The values of which a value is made, from events or not. */
export function leavesOf(shapes: Shapes): Shapes {
  return shapes.flatMap((shape): Shapes => {
    switch (shape.kind) {
      case "array":
        return leavesOf(shape.of);
      case "text":
        return leavesOf(shape.of);
      case "object":
        return leavesOf([...shape.fields.values(), shape.rest].flat());
      case "event":
      case "other":
        return [shape];
    }
  });
}

/** Whether whole events are among the values, so that whoever reads them next may look at any key. */
export function holdsEvents(shapes: Shapes): boolean {
  return leavesOf(shapes).some((leaf) => leaf.kind === "event" && leaf.path.length === 0);
}

/** What `[]` gives. */
export function elementsOf(shapes: Shapes): Shapes {
  return united(
    shapes.flatMap((shape): Shapes => {
      switch (shape.kind) {
        case "array":
          return shape.of;
        case "object":
          return [...shape.fields.values(), shape.rest].flat();
        case "event":
          return shape.path.length === 0 ? [OTHER] : [{ ...shape, path: [...shape.path, "[]"] }];
        case "text":
        case "other":
          return [OTHER];
      }
    }),
  );
}
