import { constantText } from "../../jq/strings.ts";
import type { JqEntry, JqPattern, JqPatternEntry, Step } from "../../jq/tree.ts";
import { OTHER, type Shape, type Shapes, united } from "../shapes.ts";
import { isName, written } from "./decisions.ts";
import { keysNow, walkSteps } from "./paths.ts";
import type { Env, Reader } from "./reader.ts";
import { readElements, readValue } from "./values.ts";

export function readObject(reader: Reader, entries: readonly JqEntry[], input: Shapes, env: Env): Shape {
  const fields = new Map<string, Shapes>();
  const rest: Shape[] = [];
  for (const entry of entries) {
    for (const node of entry.computed) readValue(reader, reader.run(node, input, env));
    const value = entryValue(reader, entry, input, env);
    if (entry.key === null) rest.push(...value);
    else fields.set(entry.key, value);
  }
  return { kind: "object", fields, rest };
}

function entryValue(
  reader: Reader,
  { key, keyRange, value, variable }: JqEntry,
  input: Shapes,
  env: Env,
): Shapes {
  if (value !== null) return reader.run(value, input, env);
  if (variable !== null) return env.variables.get(variable) ?? [OTHER];
  const step: Step = { ...keyRange, key, style: "dot" };
  return united(
    input.flatMap((shape) => {
      if (shape.kind !== "event" || key === null) return walkSteps(reader, shape, [step]);
      const path = [...shape.path, key];
      const relative = keysNow(reader, shape.path, path);
      // The key stays the program's own: `{pid}` is `{pid: .proc.pid}`.
      if (relative === null || shape.extra.includes(key)) return walkSteps(reader, shape, [step]);
      const stays = relative.length === 1 && relative[0] === key;
      reader.decisions.settle(
        keyRange,
        stays ? [] : [{ start: keyRange.end, end: keyRange.end, text: `: ${written(relative)}` }],
      );
      return [{ kind: "event", path, extra: [] }];
    }),
  );
}

export function bindPatterns(reader: Reader, patterns: readonly JqPattern[], shapes: Shapes, env: Env): Env {
  const variables = new Map(env.variables);
  const bind = (pattern: JqPattern, value: Shapes): void => {
    switch (pattern.kind) {
      case "variable":
        variables.set(pattern.name, value);
        return;
      case "array":
        for (const item of pattern.items) bind(item, readElements(reader, value));
        return;
      case "object":
        for (const entry of pattern.entries) {
          for (const node of entry.computed) {
            if (constantText(node) === null)
              readValue(reader, reader.run(node, value, { ...env, variables }));
          }
          const inner = value.flatMap((shape) => bindKey(reader, entry, shape));
          if (entry.variable !== null) variables.set(entry.variable, inner);
          if (entry.value !== null) bind(entry.value, inner);
        }
    }
  };
  for (const pattern of patterns) bind(pattern, shapes);
  return { ...env, variables };
}

/** `{pid: $p}` of an event is `{proc: {pid: $p}}`. */
function bindKey(reader: Reader, entry: JqPatternEntry, shape: Shape): Shapes {
  const { key, keyRange } = entry;
  const step: Step = { ...keyRange, key, style: "dot" };
  if (shape.kind !== "event" || key === null) return walkSteps(reader, shape, [step]);
  const path = [...shape.path, key];
  const relative = keysNow(reader, shape.path, path);
  if (relative === null || relative.some((part) => !isName(part))) return walkSteps(reader, shape, [step]);
  if (relative.length === 1 && relative[0] === key) reader.decisions.settle(keyRange, []);
  else if (entry.variable !== null && entry.value !== null)
    reader.decisions.doubt("jq-not-followed", { code: `{$${key}: ...}` });
  else {
    const last = entry.variable === null ? "" : `: $${entry.variable}`;
    reader.decisions.settle(keyRange, [
      { ...keyRange, text: relative.join(": {") + last },
      { start: entry.end, end: entry.end, text: "}".repeat(relative.length - 1) },
    ]);
  }
  return [{ kind: "event", path, extra: [] }];
}
