import type { JqNode } from "../../jq/tree.ts";
import type { PathTable } from "../json-paths.ts";
import type { Shapes } from "../shapes.ts";
import type { Decisions } from "./decisions.ts";

/** What all parts of a program are read with. */
export interface Reader {
  readonly table: PathTable;
  /** What `input` and `inputs` give. */
  readonly inputs: Shapes;
  readonly decisions: Decisions;
  /** What a part of the program gives for an input. */
  run(node: JqNode, input: Shapes, env: Env): Shapes;
}

/** What names mean at a place of the program. */
export interface Env {
  readonly variables: ReadonlyMap<string, Shapes>;
  readonly functions: ReadonlyMap<string, Closure>;
  /** How many calls of own functions it stands in. */
  readonly depth: number;
}

export interface Closure {
  readonly parameters: readonly string[];
  readonly body: JqNode;
  /** Where it was written; of a `def`, without itself. */
  readonly env: Env;
  readonly isArgument: boolean;
}

export function withFunction(env: Env, id: string, closure: Closure): Env {
  return { ...env, functions: new Map([...env.functions, [id, closure]]) };
}
