import type { Sink } from "../../commands/command.ts";
import { methodName, type Call, type Expression } from "./expression.ts";
import type { Program } from "./program.ts";
import type { RunRule } from "./table.ts";

/** What becomes of the output of a command that a call runs; whatever is not certain counts as read by the program. */
export function sinkOf(call: Call, { output }: Pick<RunRule, "output">, program: Program): Sink {
  if (typeof output === "string") return { kind: output };
  const evidence = evidenceOf(call, program);
  if (output.captured.test(evidence)) return { kind: "captured" };
  if (output.discarded?.test(evidence) === true) return { kind: "discarded" };
  const isShown = output.stdout === "default" || output.stdout.test(evidence);
  return { kind: isShown ? "stdout" : "captured" };
}

/** The source text that tells what is done with a call: its arguments, what is called on it, what is done to its name. */
function evidenceOf(call: Call, program: Program): string {
  const found = call.args.map((arg) => program.code(arg));
  let outer: Expression = call;
  for (;;) {
    const parent = program.parent(outer);
    if (parent?.kind !== "call" || parent.object !== outer) break;
    found.push(callText(parent, program));
    outer = parent;
  }
  const name = program.assignmentOf(outer)?.name;
  const block = program.block(outer);
  if (name === undefined || block === null) return found.join("\n");
  for (const method of program.methodsOf(name)) {
    if (program.isSameFunction(method, outer)) found.push(callText(method, program));
  }
  for (const node of program.expressions) {
    if (node.kind !== "name" || !node.path.startsWith(`${name}.`) || !program.isSameFunction(node, outer))
      continue;
    const lineEnd = program.text.indexOf("\n", node.start);
    found.push(
      program.text.slice(node.start + name.length, lineEnd < 0 ? node.end : Math.min(lineEnd, node.end + 80)),
    );
  }
  return found.join("\n");
}

function callText(call: Call, program: Program): string {
  return `.${methodName(call)}(${call.args.map((arg) => program.code(arg)).join(", ")})`;
}
