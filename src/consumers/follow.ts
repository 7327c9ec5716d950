import type { JqEntry, JqNode, JqPattern, JqPatternEntry, Step } from "../jq/tree.ts";
import { constantText } from "../jq/parser.ts";
import { HOLE } from "../jq/tree.ts";
import type { Edit, Range } from "../text/edits.ts";
import type { Note } from "../translate/translation.ts";
import { COMPARED, convertConstant, seesNull, type Constant } from "./compare.ts";
import { type FoundPath, type JsonPath, type PathTable, textOf } from "./json-paths.ts";
import { elementsOf, holdsEvents, leavesOf, OTHER, type Shape, type Shapes, united } from "./shapes.ts";

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

/** Follows the values of events through a program: only what is read of an event is rewritten. */
export function follow(program: JqNode, input: FollowInput, table: PathTable): Followed {
  const follower = new Follower(table, input.inputs);
  const output = follower.run(program, input.first, { variables: new Map(), functions: new Map(), depth: 0 });
  const printsOmitted = follower.consumeOutput(output, input.testsOutput);
  return { ...follower.result(), output, printsOmitted };
}

interface Env {
  readonly variables: ReadonlyMap<string, Shapes>;
  readonly functions: ReadonlyMap<string, Closure>;
  readonly depth: number;
}

interface Closure {
  readonly parameters: readonly string[];
  readonly body: JqNode;
  /** Null: its own, with itself in it (a `def`). */
  readonly env: Env;
  readonly isArgument: boolean;
}

/** A value of an event beside a constant. */
interface Comparison {
  readonly operator: string;
  /** Null: there is none that could be turned around. */
  readonly operatorRange: Range | null;
  readonly constant: Constant;
  readonly where: Range;
  /** Whether the constant stands on the right. */
  readonly isRight: boolean;
}

/** Functions in functions: more is a recursion. */
const MAX_CALLS = 12;
/** Parts of a program that are looked at, each as often as it is called. */
const MAX_STEPS = 20_000;

/** Functions that give back what they get, or a part of it, whatever it is. */
const PASSING: ReadonlySet<string> = new Set([
  "debug/0", "debug/1", "stderr/0", "objects/0", "arrays/0", "iterables/0", "scalars/0", "booleans/0",
  "reverse/0", "sort/0", "unique/0", "toarray/0",
]); // prettier-ignore
/** Functions that do not look at what they get. */
const IGNORING: ReadonlySet<string> = new Set([
  "env/0",
  "now/0",
  "input_filename/0",
  "input_line_number/0",
  "halt/0",
  "builtins/0",
  "infinite/0",
  "nan/0",
  "range/1",
  "range/2",
  "range/3",
  "pow/2",
  "atan2/2",
  "fma/3",
]);
/** Functions that tell null from what has a value. */
const TYPE_TESTS: ReadonlySet<string> = new Set(["values/0", "nulls/0", "strings/0", "numbers/0", "type/0"]);
/** Functions of keys: what they give for an event cannot be said. */
const KEY_FUNCTIONS: ReadonlySet<string> = new Set([
  "keys/0", "keys_unsorted/0", "to_entries/0", "with_entries/1", "map_values/1", "paths/0", "paths/1", "leaf_paths/0",
  "tostream/0", "walk/1", "getpath/1", "delpaths/1", "setpath/2", "path/1", "pick/1", "recurse/0", "recurse/1",
  "recurse/2", "env/1", "has/1", "contains/1", "inside/1", "in/1", "length/0", "add/0", "flatten/0", "flatten/1",
]); // prettier-ignore

class Follower {
  readonly #decisions = new Map<string, { readonly edits: readonly Edit[]; readonly range: Range }>();
  readonly #conflicts = new Set<string>();
  readonly #doubts = new Map<string, Note>();
  #steps = 0;

  constructor(
    private readonly table: PathTable,
    private readonly inputs: Shapes,
  ) {}

  result(): Pick<Followed, "edits" | "doubts"> {
    const kept = [...this.#decisions].filter(([key]) => !this.#conflicts.has(key));
    const edits = kept
      .flatMap(([, decision]) => decision.edits)
      .sort((a, b) => a.start - b.start || a.end - b.end);
    return { edits, doubts: [...this.#doubts.values()] };
  }

  run(node: JqNode, input: Shapes, env: Env): Shapes {
    if (++this.#steps > MAX_STEPS) {
      this.#doubt("jq-not-followed", { code: "def" });
      return [OTHER];
    }
    switch (node.kind) {
      case "identity":
        return input;
      case "recurse":
        return this.#unlessEvents(input, "..", [...leavesOf(input)]);
      case "field":
        return this.#fields(node, input, env);
      case "index":
        return this.#index(node, input, env);
      case "slice":
        for (const bound of node.bounds) this.#consume(this.run(bound, input, env));
        return this.run(node.target, input, env);
      case "iterate":
        return this.#iterate(this.run(node.target, input, env));
      case "try":
        return united(
          this.run(node.body, input, env),
          node.handler === null ? [] : this.run(node.handler, [OTHER], env),
        );
      case "literal":
      case "break":
        return [OTHER];
      case "format":
        return this.#text(input);
      case "string":
        for (const part of node.parts) if (typeof part !== "string") this.#text(this.run(part, input, env));
        return [OTHER];
      case "array":
        return [{ kind: "array", of: node.body === null ? [] : this.run(node.body, input, env) }];
      case "object":
        return [this.#object(node.entries, input, env)];
      case "negate":
        return this.#consume(this.run(node.body, input, env));
      case "group":
        return this.run(node.body, input, env);
      case "pipe":
        return this.run(node.right, this.run(node.left, input, env), env);
      case "comma":
        return united(this.run(node.left, input, env), this.run(node.right, input, env));
      case "binary":
        return this.#binary(node, input, env);
      case "assign":
        return this.#assign(node, input, env);
      case "if":
        for (const test of node.tests) this.#test(this.run(test, input, env));
        return united(...node.branches.map((branch) => this.run(branch, input, env)));
      case "reduce":
      case "foreach":
        return this.#fold(node, input, env);
      case "as": {
        const bound = this.#bind(node.patterns, this.run(node.source, input, env), env);
        return this.run(node.body, input, bound);
      }
      case "def": {
        const closure = { parameters: node.parameters, body: node.body, env, isArgument: false };
        return this.run(
          node.rest,
          input,
          withFunction(env, `${node.name}/${node.parameters.length}`, closure),
        );
      }
      case "label":
        return this.run(node.body, input, env);
      case "variable":
        return env.variables.get(node.name) ?? [OTHER];
      case "call":
        return this.#call(node, input, env);
    }
  }

  /**
   * What is printed must be the same text today.
   * @returns whether a value that could be null before is among it
   */
  consumeOutput(output: Shapes, testsOutput: boolean): boolean {
    const leaves = leavesOf(output).filter((leaf) => leaf.kind === "event" && leaf.path.length > 0);
    if (testsOutput) this.#test(output);
    this.#consume(leaves);
    return leaves.some((leaf) => leaf.kind === "event" && this.#find(leaf.path)?.omitted === true);
  }

  /** `.a.b.c` behind anything else is rewritten as one. */
  #fields(node: JqNode & { readonly kind: "field" }, input: Shapes, env: Env): Shapes {
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
    return united(this.run(base, input, env).flatMap((shape) => this.#walk(shape, steps)));
  }

  #walk(shape: Shape, steps: readonly Step[]): Shapes {
    const [step, ...rest] = steps;
    if (step === undefined) return [shape];
    switch (shape.kind) {
      case "event":
        return this.#walkEvent(shape, steps);
      case "object": {
        if (step.key === null) return this.#unlessEvents([shape], "[]", leavesOf([shape]));
        const known = shape.fields.get(step.key) ?? shape.rest;
        if (known.length > 0) this.#keep(steps.slice(0, 1));
        return known.flatMap((inner) => this.#walk(inner, rest));
      }
      case "text":
      case "array":
        return [];
      case "other":
        this.#keep(steps);
        return [OTHER];
    }
  }

  #walkEvent(shape: Shape & { readonly kind: "event" }, steps: readonly Step[]): Shapes {
    const keys = steps.map((step) => step.key);
    const first = keys[0];
    const text = textOf([...shape.path, ...keys.map((key) => key ?? "?")]);
    if (first != null && shape.path.length === 0 && shape.extra.includes(first)) {
      this.#keep(steps);
      return [OTHER];
    }
    if (keys.includes(null)) {
      this.#doubt("jq-not-followed", { code: `.${text}` });
      return [OTHER];
    }
    const path: JsonPath = [...shape.path, ...keys.flatMap((key) => key ?? [])];
    const found = this.#find(path);
    if (found === null) return this.#unknown(path, steps);
    const from = this.#now(shape.path);
    const relative = from === null || found.to === null ? null : relativeTo(from, found.to);
    if (relative === null) this.#stuck(path, found);
    else this.#decide(steps, relative);
    return relative === null ? [OTHER] : [{ kind: "event", path, extra: [] }];
  }

  /** Where a path is today, its elements included. */
  #now(path: JsonPath): JsonPath | null {
    if (path.length === 0) return [];
    const found = this.#find(path);
    if (found !== null) return found.to;
    const parent = path.at(-1) === "[]" ? this.#now(path.slice(0, -1)) : null;
    return parent === null ? null : [...parent, "[]"];
  }

  #find(path: JsonPath): FoundPath | null {
    return this.table.find(path);
  }

  /** A key inside of something that has none of its own in the table, or one that no event had. */
  #unknown(path: JsonPath, steps: readonly Step[]): Shapes {
    for (let length = path.length - 1; length > 0; length--) {
      const holder = this.#find(path.slice(0, length));
      if (holder === null || holder.type === "object") continue;
      this.#stuck(path.slice(0, length), holder);
      return [OTHER];
    }
    this.#keep(steps);
    const near = this.table.nearest(path);
    this.#doubt("json-unknown", { path: `.${textOf(path)}`, nearest: near === null ? "" : `.${near}` });
    return [OTHER];
  }

  #stuck(path: JsonPath, { to, mapping }: FoundPath): void {
    const args = { path: `.${textOf(path)}`, note: mapping.note ?? "" };
    if (to === null) this.#doubt("json-gone", args);
    else this.#doubt("json-differs", { ...args, to: `.${textOf(to)}` });
  }

  #iterate(shapes: Shapes): Shapes {
    if (shapes.some((shape) => shape.kind === "event" && shape.path.length === 0)) this.#wholeEvent("[]");
    return elementsOf(shapes);
  }

  #index({ target, index }: JqNode & { readonly kind: "index" }, input: Shapes, env: Env): Shapes {
    const shapes = this.run(target, input, env);
    this.#consume(this.run(index, input, env));
    const isNumber = index.kind === "literal" || index.kind === "negate";
    return united(
      shapes.flatMap((shape): Shapes => {
        if (shape.kind === "event" && !isNumber) {
          this.#wholeEvent("[...]");
          return [OTHER];
        }
        return elementsOf([shape]);
      }),
    );
  }

  #object(entries: readonly JqEntry[], input: Shapes, env: Env): Shape {
    const fields = new Map<string, Shapes>();
    const rest: Shape[] = [];
    for (const entry of entries) {
      for (const node of entry.computed) this.#consume(this.run(node, input, env));
      const value = this.#entryValue(entry, input, env);
      if (entry.key === null) rest.push(...value);
      else fields.set(entry.key, value);
    }
    return { kind: "object", fields, rest };
  }

  #entryValue({ key, keyRange, value, variable }: JqEntry, input: Shapes, env: Env): Shapes {
    if (value !== null) return this.run(value, input, env);
    if (variable !== null) return env.variables.get(variable) ?? [OTHER];
    const step: Step = { ...keyRange, key, style: "dot" };
    return united(
      input.flatMap((shape) => {
        if (shape.kind !== "event" || key === null) return this.#walk(shape, [step]);
        const path = [...shape.path, key];
        const from = this.#now(shape.path);
        const found = this.#find(path);
        const relative = from === null || found?.to == null ? null : relativeTo(from, found.to);
        // The key stays the program's own: `{pid}` is `{pid: .proc.pid}`.
        if (relative === null || shape.extra.includes(key)) return this.#walk(shape, [step]);
        const stays = relative.length === 1 && relative[0] === key;
        this.#settle(
          keyRange,
          stays ? [] : [{ start: keyRange.end, end: keyRange.end, text: `: ${written(relative)}` }],
        );
        return [{ kind: "event", path, extra: [] }];
      }),
    );
  }

  #binary(node: JqNode & { readonly kind: "binary" }, input: Shapes, env: Env): Shapes {
    const { operator, left, right } = node;
    if (COMPARED.has(operator)) return this.#comparison(node, input, env);
    const a = this.run(left, input, env);
    const b = this.run(right, input, env);
    switch (operator) {
      case "and":
      case "or":
        this.#test(a);
        this.#test(b);
        return [OTHER];
      case "//":
        this.#test(a);
        return united(a, b);
      case "+":
      case "*":
        return this.#merged(a, b);
      case "-":
        return a.some(({ kind }) => kind === "array") ? a : this.#consume([...a, ...b]);
      default:
        return this.#consume([...a, ...b]);
    }
  }

  /** `a + b`: lists and objects are joined, an event gets more keys. */
  #merged(a: Shapes, b: Shapes): Shapes {
    const all = [...a, ...b];
    const isEvent = (shape: Shape): boolean => shape.kind === "event" && this.#isObject(shape.path);
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
    return this.#consume(all);
  }

  #isObject(path: JsonPath): boolean {
    return path.length === 0 || this.#find(path)?.type === "object";
  }

  #comparison(node: JqNode & { readonly kind: "binary" }, input: Shapes, env: Env): Shapes {
    const a = constantOf(node.left);
    const b = constantOf(node.right);
    if (a === null && b === null) {
      return this.#consume([...this.run(node.left, input, env), ...this.run(node.right, input, env)]);
    }
    const [side, constant, where] = b !== null ? [node.left, b, node.right] : [node.right, a, node.left];
    const leaves = this.run(side, input, env);
    if (constant === null) return [OTHER];
    for (const leaf of leaves) {
      if (leaf.kind === "event") {
        this.#compare(leaf.path, { ...node, constant, where, isRight: b !== null });
      } else this.#consume([leaf]);
    }
    return [OTHER];
  }

  #compare(path: JsonPath, { operator, operatorRange, constant, where, isRight }: Comparison): void {
    if (path.length === 0) {
      this.#wholeEvent(operator);
      return;
    }
    const found = this.#find(path);
    const compared = found === null ? null : convertConstant(constant, operator, found);
    if (compared === null) {
      this.#consume([{ kind: "event", path, extra: [] }]);
    } else {
      this.#settle(where, compared.text === null ? [] : [{ ...rangeOf(where), text: compared.text }]);
      if (operatorRange !== null) {
        const isKept = compared.operator === operator;
        this.#settle(operatorRange, isKept ? [] : [{ ...operatorRange, text: compared.operator }]);
      }
    }
    if (found !== null && seesNull(constant, operator, found, isRight))
      this.#omitted(path, `.${textOf(path)}`);
  }

  #assign({ operator, left, right }: JqNode & { readonly kind: "assign" }, input: Shapes, env: Env): Shapes {
    const key = left.kind === "field" && left.target.kind === "identity" ? left.step.key : null;
    const isNew =
      key !== null &&
      input.every((shape) => shape.kind !== "event" || this.#find([...shape.path, key]) === null);
    const before = isNew ? [OTHER] : this.run(left, input, env);
    const value = this.run(right, operator === "|=" ? before : input, env);
    this.#consume(value.filter((shape) => shape.kind !== "array" && shape.kind !== "object"));
    if (operator !== "=" && operator !== "|=") this.#consume(before.filter(({ kind }) => kind === "event"));
    if (holdsEvents(value) && !holdsEvents(input))
      return united(input, [{ kind: "object", fields: new Map(), rest: value }]);
    if (!isNew) return input;
    return input.map((shape) => {
      if (shape.kind === "event") return { ...shape, extra: [...shape.extra, key] };
      return shape.kind === "object" ? { ...shape, fields: new Map([...shape.fields, [key, value]]) } : shape;
    });
  }

  #fold(
    { source, patterns, init, update, extract }: JqNode & { readonly kind: "reduce" | "foreach" },
    input: Shapes,
    env: Env,
  ): Shapes {
    const bound = this.#bind(patterns, this.run(source, input, env), env);
    let state = this.run(init, input, env);
    // What a loop gathers is known after a few rounds.
    for (let round = 0; round < 3; round++) state = united(state, this.run(update, state, bound));
    return extract === null ? state : this.run(extract, state, bound);
  }

  #bind(patterns: readonly JqPattern[], shapes: Shapes, env: Env): Env {
    const variables = new Map(env.variables);
    const bind = (pattern: JqPattern, value: Shapes): void => {
      switch (pattern.kind) {
        case "variable":
          variables.set(pattern.name, value);
          return;
        case "array":
          for (const item of pattern.items) bind(item, this.#iterate(value));
          return;
        case "object":
          for (const entry of pattern.entries) {
            for (const node of entry.computed) {
              if (constantText(node) === null) this.#consume(this.run(node, value, { ...env, variables }));
            }
            const inner = value.flatMap((shape) => this.#bindKey(entry, shape));
            if (entry.variable !== null) variables.set(entry.variable, inner);
            if (entry.value !== null) bind(entry.value, inner);
          }
      }
    };
    for (const pattern of patterns) bind(pattern, shapes);
    return { ...env, variables };
  }

  /** `{pid: $p}` of an event is `{proc: {pid: $p}}`. */
  #bindKey(entry: JqPatternEntry, shape: Shape): Shapes {
    const { key, keyRange } = entry;
    const step: Step = { ...keyRange, key, style: "dot" };
    if (shape.kind !== "event" || key === null) return this.#walk(shape, [step]);
    const path = [...shape.path, key];
    const from = this.#now(shape.path);
    const found = this.#find(path);
    const relative = from === null || found?.to == null ? null : relativeTo(from, found.to);
    if (relative === null || relative.some((part) => !isName(part))) return this.#walk(shape, [step]);
    if (relative.length === 1 && relative[0] === key) this.#settle(keyRange, []);
    else if (entry.variable !== null && entry.value !== null)
      this.#doubt("jq-not-followed", { code: `{$${key}: ...}` });
    else {
      const last = entry.variable === null ? "" : `: $${entry.variable}`;
      this.#settle(keyRange, [
        { ...keyRange, text: relative.join(": {") + last },
        { start: entry.end, end: entry.end, text: "}".repeat(relative.length - 1) },
      ]);
    }
    return [{ kind: "event", path, extra: [] }];
  }

  #call(node: JqNode & { readonly kind: "call" }, input: Shapes, env: Env): Shapes {
    const { name, args } = node;
    const id = `${name}/${args.length}`;
    const closure = env.functions.get(id);
    if (closure !== undefined) return this.#callOwn(id, closure, args, input, env);
    if (name.includes(HOLE)) {
      this.#doubt("jq-not-followed", { code: "$..." });
      return [OTHER];
    }
    const [first, second] = args;
    switch (id) {
      case "empty/0":
        return [];
      case "input/0":
      case "inputs/0":
        return this.inputs;
      case "not/0":
        this.#test(input);
        return [OTHER];
      case "fromjson/0":
        return united(input.flatMap((shape) => (shape.kind === "text" ? shape.of : [OTHER])));
      case "tojson/0":
      case "tostring/0":
        return this.#text(input);
      case "first/0":
      case "last/0":
        return elementsOf(input);
      case "min/0":
      case "max/0":
        return this.#ordered(elementsOf(input));
      case "has/1":
        return this.#has(node, input, env);
      case "flatten/0":
      case "flatten/1":
        return [{ kind: "array", of: flattened(elementsOf(input)) }];
      case "add/0":
        return this.#sum(elementsOf(input));
      case "to_entries/0":
        if (input.every((shape) => shape.kind === "object")) return [entriesOf(elementsOf(input))];
        break;
      case "length/0":
        if (input.every((shape) => shape.kind === "array" || shape.kind === "object")) return [OTHER];
        break;
    }
    if (PASSING.has(id)) {
      for (const arg of args) this.#consume(this.run(arg, input, env));
      return input;
    }
    if (IGNORING.has(id)) {
      for (const arg of args) this.#consume(this.run(arg, input, env));
      return [OTHER];
    }
    if (TYPE_TESTS.has(id)) {
      for (const shape of input) if (shape.kind === "event") this.#omitted(shape.path, id.replace("/0", ""));
      return id === "type/0" ? [OTHER] : input;
    }
    if (first === undefined) return this.#plain(id, [], input, env);
    const elements = (): Shapes => this.run(first, elementsOf(input), env);
    switch (id) {
      case "select/1":
        this.#test(this.run(first, input, env));
        return input;
      case "map/1":
        return [{ kind: "array", of: this.run(first, this.#iterate(input), env) }];
      case "map_values/1":
        if (input.some((shape) => shape.kind === "event")) break;
        return [{ kind: "array", of: elements() }];
      case "first/1":
      case "last/1":
      case "add/1":
        return this.run(first, input, env);
      case "isempty/1":
      case "error/1":
        this.run(first, input, env);
        return [OTHER];
      case "any/1":
      case "all/1":
        this.#test(elements());
        return [OTHER];
      case "sort_by/1":
      case "unique_by/1":
        this.#ordered(elements());
        return input;
      case "group_by/1":
        this.#ordered(elements());
        return [{ kind: "array", of: [{ kind: "array", of: elementsOf(input) }] }];
      case "min_by/1":
      case "max_by/1":
        this.#ordered(elements());
        return elementsOf(input);
      case "del/1":
        this.run(first, input, env);
        return input;
      case "nth/1":
        this.#consume(this.run(first, input, env));
        return elementsOf(input);
      case "IN/1":
        return this.#isIn(first, input, env);
      case "INDEX/1":
        this.#consume(elements());
        return [{ kind: "object", fields: new Map(), rest: elementsOf(input) }];
    }
    if (second === undefined) return this.#plain(id, args, input, env);
    switch (id) {
      case "limit/2":
      case "skip/2":
      case "nth/2":
        this.#consume(this.run(first, input, env));
        return this.run(second, input, env);
      case "any/2":
      case "all/2":
        this.#test(this.run(second, this.run(first, input, env), env));
        return [OTHER];
      case "until/2":
      case "while/2":
        this.#test(this.run(first, input, env));
        return united(input, this.run(second, input, env));
      case "INDEX/2": {
        const source = this.run(first, input, env);
        this.#consume(this.run(second, source, env));
        return [{ kind: "object", fields: new Map(), rest: source }];
      }
    }
    return this.#plain(id, args, input, env);
  }

  /** A function of values: what it reads must be the same today. */
  #plain(id: string, args: readonly JqNode[], input: Shapes, env: Env): Shapes {
    const name = id.replace(/\/\d$/, "");
    const isEvent = (shape: Shape): boolean =>
      shape.kind === "event" &&
      (shape.path.length === 0 || (KEY_FUNCTIONS.has(id) && this.#isObject(shape.path)));
    if (input.some(isEvent)) this.#wholeEvent(name);
    else {
      this.#consume(input);
      for (const arg of args) this.#consume(this.run(arg, input, env));
    }
    return [OTHER];
  }

  #callOwn(id: string, closure: Closure, args: readonly JqNode[], input: Shapes, env: Env): Shapes {
    if (env.depth > MAX_CALLS) {
      this.#doubt("jq-not-followed", { code: id.replace(/\/\d+$/, "") });
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
        inner = { ...inner, variables: new Map([...inner.variables, [name, this.run(body, input, env)]]) };
      }
    });
    return this.run(closure.body, input, inner);
  }

  /** `has("pid")` of an event: a question about an object inside of it. */
  #has(node: JqNode & { readonly kind: "call" }, input: Shapes, env: Env): Shapes {
    const [arg] = node.args;
    const key = arg === undefined ? null : constantText(arg);
    if (key === null) return this.#plain("has/1", node.args, input, env);
    for (const shape of input) {
      if (shape.kind !== "event" || shape.extra.includes(key)) continue;
      const path = [...shape.path, key];
      const found = this.#find(path);
      const from = this.#now(shape.path);
      const relative = from === null || found?.to == null ? null : relativeTo(from, found.to);
      const last = relative?.at(-1);
      if (relative === null || last === undefined || arg === undefined) {
        if (found === null) this.#unknown(path, []);
        else this.#stuck(path, found);
        continue;
      }
      const parents = relative.slice(0, -1);
      const asks = `has(${JSON.stringify(last)})`;
      const text = parents.length === 0 ? asks : `(${written(parents)} | ${asks})`;
      const stays = parents.length === 0 && last === key;
      this.#settle(node, stays ? [] : [{ start: node.start, end: node.end, text }]);
      this.#omitted(path, `has("${key}")`);
    }
    return [OTHER];
  }

  #isIn(list: JqNode, input: Shapes, env: Env): Shapes {
    const items: readonly JqNode[] = listed(list);
    for (const shape of input) {
      for (const item of items) {
        const constant = constantOf(item);
        if (shape.kind !== "event" || constant === null)
          this.#consume([shape, ...this.run(item, input, env)]);
        else {
          this.#compare(shape.path, {
            operator: "==",
            operatorRange: null,
            constant,
            where: item,
            isRight: true,
          });
        }
      }
    }
    return [OTHER];
  }

  /** What becomes text: a whole event is one that may be read again. */
  #text(shapes: Shapes): Shapes {
    const events = shapes.filter((shape) => holdsEvents([shape]));
    this.#consume(shapes.filter((shape) => !events.includes(shape)));
    return events.length > 0 ? [{ kind: "text", of: events }] : [OTHER];
  }

  #sum(elements: Shapes): Shapes {
    if (elements.some((shape) => shape.kind === "event" && shape.path.length === 0)) this.#wholeEvent("add");
    return this.#merged(elements, []);
  }

  /** Values that are put in order. */
  #ordered(shapes: Shapes): Shapes {
    this.#consume(shapes.filter((shape) => shape.kind !== "event" || shape.path.length > 0));
    return shapes;
  }

  /** What is read as a value must be the same today. */
  #consume(shapes: Shapes): Shapes {
    for (const leaf of leavesOf(shapes)) {
      if (leaf.kind !== "event") continue;
      if (leaf.path.length === 0) {
        this.#doubt("jq-whole-event", { code: "." });
        continue;
      }
      const found = this.#find(leaf.path) ?? this.#holder(leaf.path);
      if (found !== null && (found.mapping.state === "differs" || found.to === null))
        this.#stuck(leaf.path, found);
    }
    return [OTHER];
  }

  /** The array whose elements a path means. */
  #holder(path: JsonPath): FoundPath | null {
    return path.at(-1) === "[]" ? this.#find(path.slice(0, -1)) : null;
  }

  /** What is true or false: 0 and empty texts are true in jq, null is not. */
  #test(shapes: Shapes): void {
    for (const shape of shapes) {
      if (shape.kind === "event") {
        if (shape.path.length > 0) this.#omitted(shape.path, `.${textOf(shape.path)}`);
        this.#consumeTruth(shape.path);
      }
    }
  }

  /** A flag whose text changed may be true today where it was false. */
  #consumeTruth(path: JsonPath): void {
    const found = path.length === 0 ? null : this.#find(path);
    if (found?.mapping.state === "differs") this.#stuck(path, found);
  }

  #omitted(path: JsonPath, code: string): void {
    const found = this.#find(path);
    if (found?.omitted !== true) return;
    const to = found.to === null ? "" : `.${textOf(found.to)}`;
    this.#doubt("json-null-before", { path: `.${textOf(path)}`, to, code });
  }

  #wholeEvent(code: string): void {
    this.#doubt("jq-whole-event", { code });
  }

  #unlessEvents(shapes: Shapes, code: string, result: Shapes): Shapes {
    if (!leavesOf(shapes).some((leaf) => leaf.kind === "event")) return result;
    this.#wholeEvent(code);
    return [OTHER];
  }

  /** The steps read something that is not an event. */
  #keep(steps: readonly Step[]): void {
    const [first] = steps;
    const last = steps.at(-1);
    if (first !== undefined && last !== undefined) this.#settle({ start: first.start, end: last.end }, []);
  }

  #decide(steps: readonly Step[], relative: JsonPath): void {
    const [first] = steps;
    const last = steps.at(-1);
    if (first === undefined || last === undefined) return;
    const stays = steps.length === relative.length && steps.every((step, i) => step.key === relative[i]);
    const range = { start: first.start, end: last.end };
    this.#settle(range, stays ? [] : [{ ...range, text: written(relative, first.style) }]);
  }

  /** The same place may be read several times (a function that is called twice): all must agree. */
  #settle(at: Range, edits: readonly Edit[]): void {
    const range = rangeOf(at);
    const key = `${range.start}-${range.end}`;
    const known = this.#decisions.get(key);
    if (known === undefined) this.#decisions.set(key, { edits, range });
    else if (JSON.stringify(known.edits) !== JSON.stringify(edits)) {
      this.#conflicts.add(key);
      this.#doubt("jq-two-meanings", {});
    }
  }

  #doubt(messageId: string, args: Readonly<Record<string, string>>): void {
    this.#doubts.set(JSON.stringify([messageId, args]), { messageId, args });
  }
}

/** The rest of a path behind another; null where it does not begin with it. */
function relativeTo(from: JsonPath, to: JsonPath): JsonPath | null {
  const rest = to.slice(from.length);
  return from.every((key, i) => to[i] === key) && rest.length > 0 && !rest.includes("[]") ? rest : null;
}

/** A path as jq reads it. */
function written(path: JsonPath, style: Step["style"] = "dot"): string {
  if (style === "bracket") return path.map((key) => `[${JSON.stringify(key)}]`).join("");
  return path.map((key) => `.${isName(key) ? key : JSON.stringify(key)}`).join("");
}

function isName(key: string): boolean {
  return /^[A-Za-z_]\w*$/.test(key);
}

function rangeOf({ start, end }: Range): Range {
  return { start, end };
}

function withFunction(env: Env, id: string, closure: Closure): Env {
  return { ...env, functions: new Map([...env.functions, [id, closure]]) };
}

/** The constant that a node is, as a comparison sees it. */
function constantOf(node: JqNode): Constant | null {
  switch (node.kind) {
    case "group":
      return constantOf(node.body);
    case "literal":
      return { value: node.value };
    case "negate": {
      const inner = constantOf(node.body);
      return typeof inner?.value === "number" ? { value: -inner.value } : null;
    }
    case "string": {
      const text = constantText(node);
      return text === null ? null : { value: text };
    }
    default:
      return null;
  }
}

function listed(node: JqNode): readonly JqNode[] {
  if (node.kind === "group") return listed(node.body);
  return node.kind === "comma" ? [...listed(node.left), ...listed(node.right)] : [node];
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
