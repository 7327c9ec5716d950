import type { JqNode, Step } from "../../jq/tree.ts";
import type { Edit } from "../../text/edits.ts";
import type { Note } from "../../translate/translation.ts";
import { COMPARED } from "../compare.ts";
import type { PathTable } from "../json-paths.ts";
import { elementsOf, holdsEvents, leavesOf, OTHER, type Shapes, united } from "../shapes.ts";
import { readCall } from "./calls.ts";
import { readComparison } from "./comparisons.ts";
import { Decisions } from "./decisions.ts";
import { bindPatterns, readObject } from "./objects.ts";
import { findPath, walkSteps } from "./paths.ts";
import { type Env, type Reader, withFunction } from "./reader.ts";
import {
  mergedValues,
  noteWholeEvent,
  readElements,
  readText,
  readTruth,
  readValue,
  unlessEvents,
} from "./values.ts";

/** What becomes of a jq program, and what it prints. */
export interface Followed {
  /** Of the program's text, in order. */
  readonly edits: readonly Edit[];
  /** What differs, or could not be followed. */
  readonly doubts: readonly Note[];
  readonly output: Shapes;
  /** Whether it prints values that old JSON left out where they are 0 or empty, so that they were null. */
  readonly printsOmitted: boolean;
}

export interface FollowInput {
  /** The program's first input. */
  readonly first: Shapes;
  /** What `input` and `inputs` give. */
  readonly inputs: Shapes;
  /** Whether the exit status tells null from other values (`-e`). */
  readonly testsOutput: boolean;
}

/** Parts of a program that are looked at, each as often as it is called. */
const MAX_STEPS = 20_000;

/** Follows the values of events through a program: only what is read of an event is rewritten. */
export function follow(
  program: JqNode,
  { first, inputs, testsOutput }: FollowInput,
  table: PathTable,
): Followed {
  const decisions = new Decisions();
  let steps = 0;
  const reader: Reader = {
    table,
    inputs,
    decisions,
    run: (node, input, env) => {
      if (++steps <= MAX_STEPS) return readNode(reader, node, input, env);
      decisions.doubt("jq-not-followed", { code: "def" });
      return [OTHER];
    },
  };
  const output = reader.run(program, first, { variables: new Map(), functions: new Map(), depth: 0 });
  const printsOmitted = readOutput(reader, output, testsOutput) || decisions.writesOmitted;
  return { edits: decisions.edits, doubts: decisions.doubts, output, printsOmitted };
}

function readNode(reader: Reader, node: JqNode, input: Shapes, env: Env): Shapes {
  switch (node.kind) {
    case "identity":
      return input;
    case "recurse":
      return unlessEvents(reader, input, "..", [...leavesOf(input)]);
    case "field":
      return readFields(reader, node, input, env);
    case "index":
      return readIndex(reader, node, input, env);
    case "slice":
      for (const bound of node.bounds) readValue(reader, reader.run(bound, input, env));
      return reader.run(node.target, input, env);
    case "iterate":
      return readElements(reader, reader.run(node.target, input, env));
    case "try":
      return united(
        reader.run(node.body, input, env),
        node.handler === null ? [] : reader.run(node.handler, [OTHER], env),
      );
    case "literal":
    case "break":
      return [OTHER];
    case "format":
      return readText(reader, input);
    case "string":
      for (const part of node.parts)
        if (typeof part !== "string") readText(reader, reader.run(part, input, env));
      return [OTHER];
    case "array":
      return [{ kind: "array", of: node.body === null ? [] : reader.run(node.body, input, env) }];
    case "object":
      return [readObject(reader, node.entries, input, env)];
    case "negate":
      return readValue(reader, reader.run(node.body, input, env));
    case "group":
      return reader.run(node.body, input, env);
    case "pipe":
      return reader.run(node.right, reader.run(node.left, input, env), env);
    case "comma":
      return united(reader.run(node.left, input, env), reader.run(node.right, input, env));
    case "binary":
      return readBinary(reader, node, input, env);
    case "assign":
      return readAssignment(reader, node, input, env);
    case "if":
      for (const test of node.tests) readTruth(reader, reader.run(test, input, env));
      return united(...node.branches.map((branch) => reader.run(branch, input, env)));
    case "reduce":
    case "foreach":
      return readFold(reader, node, input, env);
    case "as": {
      const bound = bindPatterns(reader, node.patterns, reader.run(node.source, input, env), env);
      return reader.run(node.body, input, bound);
    }
    case "def": {
      const closure = { parameters: node.parameters, body: node.body, env, isArgument: false };
      return reader.run(
        node.rest,
        input,
        withFunction(env, `${node.name}/${node.parameters.length}`, closure),
      );
    }
    case "label":
      return reader.run(node.body, input, env);
    case "variable":
      return env.variables.get(node.name) ?? [OTHER];
    case "call":
      return readCall(reader, node, input, env);
  }
}

/**
 * What is printed must be the same text today.
 * @returns whether a value that could be null before is among it
 */
function readOutput(reader: Reader, output: Shapes, testsOutput: boolean): boolean {
  const leaves = leavesOf(output).filter((leaf) => leaf.kind === "event" && leaf.path.length > 0);
  if (testsOutput) readTruth(reader, output);
  readValue(reader, leaves);
  return leaves.some((leaf) => leaf.kind === "event" && findPath(reader, leaf.path)?.omitted === true);
}

/** `.a.b.c` behind anything else is rewritten as one. */
function readFields(
  reader: Reader,
  node: JqNode & { readonly kind: "field" },
  input: Shapes,
  env: Env,
): Shapes {
  const steps: Step[] = [];
  let base: JqNode = node;
  while (
    base.kind === "field" ||
    (base.kind === "try" && base.handler === null && base.body.kind === "field")
  ) {
    const inner: JqNode = base.kind === "try" ? base.body : base;
    if (inner.kind !== "field") break;
    steps.unshift(inner.step);
    base = inner.target;
  }
  return united(reader.run(base, input, env).flatMap((shape) => walkSteps(reader, shape, steps)));
}

function readIndex(
  reader: Reader,
  { target, index }: JqNode & { readonly kind: "index" },
  input: Shapes,
  env: Env,
): Shapes {
  const shapes = reader.run(target, input, env);
  readValue(reader, reader.run(index, input, env));
  const isNumber = index.kind === "literal" || index.kind === "negate";
  return united(
    shapes.flatMap((shape): Shapes => {
      if (shape.kind === "event" && !isNumber) {
        noteWholeEvent(reader, "[...]");
        return [OTHER];
      }
      return elementsOf([shape]);
    }),
  );
}

function readBinary(
  reader: Reader,
  node: JqNode & { readonly kind: "binary" },
  input: Shapes,
  env: Env,
): Shapes {
  const { operator, left, right } = node;
  if (COMPARED.has(operator)) return readComparison(reader, node, input, env);
  const a = reader.run(left, input, env);
  const b = reader.run(right, input, env);
  switch (operator) {
    case "and":
    case "or":
      readTruth(reader, a);
      readTruth(reader, b);
      return [OTHER];
    case "//":
      readTruth(reader, a);
      return united(a, b);
    case "+":
    case "*":
      return mergedValues(reader, a, b);
    case "-":
      return a.some(({ kind }) => kind === "array") ? a : readValue(reader, [...a, ...b]);
    default:
      return readValue(reader, [...a, ...b]);
  }
}

function readAssignment(
  reader: Reader,
  { operator, left, right }: JqNode & { readonly kind: "assign" },
  input: Shapes,
  env: Env,
): Shapes {
  const key = left.kind === "field" && left.target.kind === "identity" ? left.step.key : null;
  const isNew =
    key !== null &&
    input.every((shape) => shape.kind !== "event" || findPath(reader, [...shape.path, key]) === null);
  const before = isNew ? [OTHER] : reader.run(left, input, env);
  const value = reader.run(right, operator === "|=" ? before : input, env);
  readValue(
    reader,
    value.filter((shape) => shape.kind !== "array" && shape.kind !== "object"),
  );
  if (operator !== "=" && operator !== "|=")
    readValue(
      reader,
      before.filter(({ kind }) => kind === "event"),
    );
  if (holdsEvents(value) && !holdsEvents(input))
    return united(input, [{ kind: "object", fields: new Map(), rest: value }]);
  if (!isNew) return input;
  return input.map((shape) => {
    if (shape.kind === "event") return { ...shape, extra: [...shape.extra, key] };
    return shape.kind === "object" ? { ...shape, fields: new Map([...shape.fields, [key, value]]) } : shape;
  });
}

function readFold(
  reader: Reader,
  { source, patterns, init, update, extract }: JqNode & { readonly kind: "reduce" | "foreach" },
  input: Shapes,
  env: Env,
): Shapes {
  const bound = bindPatterns(reader, patterns, reader.run(source, input, env), env);
  let state = reader.run(init, input, env);
  // What a loop gathers is known after a few rounds.
  for (let round = 0; round < 3; round++) state = united(state, reader.run(update, state, bound));
  return extract === null ? state : reader.run(extract, state, bound);
}
