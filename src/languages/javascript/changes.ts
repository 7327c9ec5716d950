import type { Call, Node } from "./model.ts";
import type { Binding, Program } from "./program.ts";

/** Something that changes a variable, or the array that it holds, after it was set. */
export interface Change {
  /** The operator of an assignment or the method of a call: `=`, `+=`, `push`. */
  readonly kind: string;
  /** The assignment or call. */
  readonly at: Node;
  /** The value of the assignment; null for a call. */
  readonly value: Node | null;
  readonly call: Call | null;
  /** Whether it surely happens when the lines behind it run: a statement of the block that declares the variable. */
  readonly isCertain: boolean;
}

const METHODS = new Set([
  "push",
  "unshift",
  "splice",
  "pop",
  "shift",
  "reverse",
  "sort",
  "fill",
  "copyWithin",
]);

const known = new WeakMap<Binding, readonly Change[]>();

/** All changes of a variable, in the order of the text. */
export function changesOf(binding: Binding, program: Program): readonly Change[] {
  const changes = known.get(binding) ?? findChanges(binding, program);
  known.set(binding, changes);
  return changes;
}

function findChanges(binding: Binding, program: Program): readonly Change[] {
  const { source, references } = binding;
  if (source.kind !== "variable") return [];
  const home = blockOf(source.variable, program);
  return references.flatMap((name): readonly Change[] => {
    const parent = program.parent(name);
    if (parent?.kind === "assignment" && parent.target === name) {
      const isCertain = isStatementOf(parent, home, program);
      return [{ kind: parent.operator, at: parent, value: parent.value, call: null, isCertain }];
    }
    if (parent?.kind !== "member" || parent.object !== name) return [];
    const call = program.parent(parent);
    if (call?.kind === "assignment" && call.target === parent) {
      return [{ kind: "[]=", at: call, value: call.value, call: null, isCertain: false }];
    }
    const isChange = call?.kind === "call" && call.callee === parent && METHODS.has(parent.property ?? "");
    if (!isChange) return [];
    const isCertain = isStatementOf(call, home, program);
    return [{ kind: parent.property ?? "", at: call, value: null, call, isCertain }];
  });
}

function blockOf(node: Node, program: Program): Node | null {
  for (const outer of program.upwards(node)) if (outer.kind === "block") return outer;
  return null;
}

function isStatementOf(node: Node, block: Node | null, program: Program): boolean {
  const statement = program.parent(node);
  return statement?.kind === "statement" && program.parent(statement) === block;
}
