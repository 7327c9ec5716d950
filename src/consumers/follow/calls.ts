import { constantText } from "../../jq/strings.ts";
import { HOLE, type JqNode } from "../../jq/tree.ts";
import { elementsOf, OTHER, type Shape, type Shapes, united } from "../shapes.ts";
import { readMembership } from "./comparisons.ts";
import { written } from "./decisions.ts";
import { IGNORING, KEY_FUNCTIONS, PASSING, TYPE_TESTS } from "./functions.ts";
import { findPath, keysNow, noteStuck, noteUnknown } from "./paths.ts";
import { type Closure, type Env, type Reader, withFunction } from "./reader.ts";
import {
  isObject,
  noteOmitted,
  noteWholeEvent,
  readElements,
  readOrdered,
  readSum,
  readText,
  readTruth,
  readValue,
} from "./values.ts";

/** Functions in functions: more is a recursion. */
const MAX_CALLS = 12;

export function readCall(
  reader: Reader,
  node: JqNode & { readonly kind: "call" },
  input: Shapes,
  env: Env,
): Shapes {
  const { name, args } = node;
  const id = `${name}/${args.length}`;
  const closure = env.functions.get(id);
  if (closure !== undefined) return callOwn(reader, id, closure, args, input, env);
  if (name.includes(HOLE)) {
    reader.decisions.doubt("jq-not-followed", { code: "$..." });
    return [OTHER];
  }
  const [first, second] = args;
  switch (id) {
    case "empty/0":
      return [];
    case "input/0":
    case "inputs/0":
      return reader.inputs;
    case "not/0":
      readTruth(reader, input);
      return [OTHER];
    case "fromjson/0":
      return united(input.flatMap((shape) => (shape.kind === "text" ? shape.of : [OTHER])));
    case "tojson/0":
    case "tostring/0":
      return readText(reader, input);
    case "first/0":
    case "last/0":
      return elementsOf(input);
    case "min/0":
    case "max/0":
      return readOrdered(reader, elementsOf(input));
    case "has/1":
      return askForKey(reader, node, input, env);
    case "flatten/0":
    case "flatten/1":
      return [{ kind: "array", of: flattened(elementsOf(input)) }];
    case "add/0":
      return readSum(reader, elementsOf(input));
    case "to_entries/0":
      if (input.every((shape) => shape.kind === "object")) return [entriesOf(elementsOf(input))];
      break;
    case "length/0":
      if (input.every((shape) => shape.kind === "array" || shape.kind === "object")) return [OTHER];
      break;
  }
  if (PASSING.has(id)) {
    for (const arg of args) readValue(reader, reader.run(arg, input, env));
    return input;
  }
  if (IGNORING.has(id)) {
    for (const arg of args) readValue(reader, reader.run(arg, input, env));
    return [OTHER];
  }
  if (TYPE_TESTS.has(id)) {
    for (const shape of input)
      if (shape.kind === "event") noteOmitted(reader, shape.path, id.replace("/0", ""));
    return id === "type/0" ? [OTHER] : input;
  }
  if (first === undefined) return readPlain(reader, id, [], input, env);
  const elements = (): Shapes => reader.run(first, elementsOf(input), env);
  switch (id) {
    case "select/1":
      readTruth(reader, reader.run(first, input, env));
      return input;
    case "map/1":
      return [{ kind: "array", of: reader.run(first, readElements(reader, input), env) }];
    case "map_values/1":
      if (input.some((shape) => shape.kind === "event")) break;
      return [{ kind: "array", of: elements() }];
    case "first/1":
    case "last/1":
    case "add/1":
      return reader.run(first, input, env);
    case "isempty/1":
    case "error/1":
      reader.run(first, input, env);
      return [OTHER];
    case "any/1":
    case "all/1":
      readTruth(reader, elements());
      return [OTHER];
    case "sort_by/1":
    case "unique_by/1":
      readOrdered(reader, elements());
      return input;
    case "group_by/1":
      readOrdered(reader, elements());
      return [{ kind: "array", of: [{ kind: "array", of: elementsOf(input) }] }];
    case "min_by/1":
    case "max_by/1":
      readOrdered(reader, elements());
      return elementsOf(input);
    case "del/1":
      reader.run(first, input, env);
      return input;
    case "nth/1":
      readValue(reader, reader.run(first, input, env));
      return elementsOf(input);
    case "IN/1":
      return readMembership(reader, first, input, env);
    case "INDEX/1":
      readValue(reader, elements());
      return [{ kind: "object", fields: new Map(), rest: elementsOf(input) }];
  }
  if (second === undefined) return readPlain(reader, id, args, input, env);
  switch (id) {
    case "limit/2":
    case "skip/2":
    case "nth/2":
      readValue(reader, reader.run(first, input, env));
      return reader.run(second, input, env);
    case "any/2":
    case "all/2":
      readTruth(reader, reader.run(second, reader.run(first, input, env), env));
      return [OTHER];
    case "until/2":
    case "while/2":
      readTruth(reader, reader.run(first, input, env));
      return united(input, reader.run(second, input, env));
    case "INDEX/2": {
      const source = reader.run(first, input, env);
      readValue(reader, reader.run(second, source, env));
      return [{ kind: "object", fields: new Map(), rest: source }];
    }
  }
  return readPlain(reader, id, args, input, env);
}

/** A function of values: what it reads must be the same today. */
function readPlain(reader: Reader, id: string, args: readonly JqNode[], input: Shapes, env: Env): Shapes {
  const name = id.replace(/\/\d$/, "");
  const isEvent = (shape: Shape): boolean =>
    shape.kind === "event" &&
    (shape.path.length === 0 || (KEY_FUNCTIONS.has(id) && isObject(reader, shape.path)));
  if (input.some(isEvent)) noteWholeEvent(reader, name);
  else {
    readValue(reader, input);
    for (const arg of args) readValue(reader, reader.run(arg, input, env));
  }
  return [OTHER];
}

function callOwn(
  reader: Reader,
  id: string,
  closure: Closure,
  args: readonly JqNode[],
  input: Shapes,
  env: Env,
): Shapes {
  if (env.depth > MAX_CALLS) {
    reader.decisions.doubt("jq-not-followed", { code: id.replace(/\/\d+$/, "") });
    return [OTHER];
  }
  let inner: Env = { ...closure.env, depth: env.depth + 1 };
  if (!closure.isArgument) inner = withFunction(inner, id, closure);
  closure.parameters.forEach((parameter, i) => {
    const body = args[i];
    if (body === undefined) return;
    const name = parameter.replace(/^\$/, "");
    inner = withFunction(inner, `${name}/0`, { parameters: [], body, env, isArgument: true });
    if (parameter.startsWith("$")) {
      inner = { ...inner, variables: new Map([...inner.variables, [name, reader.run(body, input, env)]]) };
    }
  });
  return reader.run(closure.body, input, inner);
}

/** `has("pid")` of an event: a question about an object inside of it. */
function askForKey(
  reader: Reader,
  node: JqNode & { readonly kind: "call" },
  input: Shapes,
  env: Env,
): Shapes {
  const [arg] = node.args;
  const key = arg === undefined ? null : constantText(arg);
  if (key === null) return readPlain(reader, "has/1", node.args, input, env);
  for (const shape of input) {
    if (shape.kind !== "event" || shape.extra.includes(key)) continue;
    const path = [...shape.path, key];
    const found = findPath(reader, path);
    const relative = keysNow(reader, shape.path, path);
    const last = relative?.at(-1);
    if (relative === null || last === undefined || arg === undefined) {
      if (found === null) noteUnknown(reader, path, []);
      else noteStuck(reader, path, found);
      continue;
    }
    const parents = relative.slice(0, -1);
    const asks = `has(${JSON.stringify(last)})`;
    const text = parents.length === 0 ? asks : `(${written(parents)} | ${asks})`;
    const stays = parents.length === 0 && last === key;
    reader.decisions.settle(node, stays ? [] : [{ start: node.start, end: node.end, text }]);
    noteOmitted(reader, path, `has("${key}")`);
  }
  return [OTHER];
}

function flattened(shapes: Shapes): Shapes {
  return united(shapes.flatMap((shape) => (shape.kind === "array" ? flattened(shape.of) : [shape])));
}

function entriesOf(values: Shapes): Shape {
  const fields = new Map<string, Shapes>([
    ["key", [OTHER]],
    ["value", values],
  ]);
  return { kind: "array", of: [{ kind: "object", fields, rest: [] }] };
}
