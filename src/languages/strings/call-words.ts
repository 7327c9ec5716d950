import type { Fragment } from "../../text/fragment.ts";
import { Argv } from "./argv.ts";
import type { Call, Element, Expression } from "./expression.ts";
import type { Program } from "./program.ts";

/** The words among the arguments of a call, from one argument on; a list behind the program holds all others. */
export function wordsOfCall(call: Call, from: number, program: Program, root: Fragment): Argv {
  const argv = new Argv(program, root);
  const args = call.args.filter((arg, i) => i < from || arg.key === null);
  const [, second] = args.slice(from);
  const holdsWords =
    second !== undefined && !second.isSpread && second.value.kind !== "text" && isList(second.value, program);
  if (!holdsWords) {
    argv.elements(args, from);
    return argv;
  }
  argv.elements(args.slice(0, from + 1), from);
  argv.list(second.value);
  return argv;
}

/** A program by its name, and all its arguments in one text or list; null when they are neither. */
export function wordsOfProgram(
  [name, args]: readonly Element[],
  program: Program,
  root: Fragment,
): Argv | null {
  if (name === undefined || args === undefined) return null;
  const argv = new Argv(program, root);
  argv.elements([{ ...name, key: null }]);
  return argv.list(args.value) || argv.split(args.value, true) ? argv : null;
}

/** Whether an expression is a list, or a name for one. */
export function isList(node: Expression, program: Program): boolean {
  return node.kind === "list" || (node.kind === "name" && program.resolve(node)?.value.kind === "list");
}
