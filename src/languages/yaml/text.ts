import type { Invocation, Role } from "../../commands/command.ts";
import type { Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { ReadContext } from "../language.ts";
import { isCommand } from "./mention.ts";

/**
 * The commands in text that is shown to people or kept for later: each line that is a whole command, behind its prompt or
 * the name that it is given to (`CMD=`, `ExecStart=`), with the lines that continue it. Prose is left alone.
 */
export function readText(
  fragment: Fragment,
  context: ReadContext,
  role: Role = "text",
): readonly Invocation[] {
  return logicalLines(fragment.text).flatMap(({ start, end }) => {
    if (!isCommand(fragment.text.slice(start, end))) return [];
    const { invocations } = context.read("shell", fragment.slice(start, end));
    return invocations.map((invocation) => ({ ...invocation, role }));
  });
}

/** Lines without blanks and prompt around them; one that ends with a backslash goes on in the next. */
function logicalLines(text: string): readonly Range[] {
  const lines: Range[] = [];
  for (const { index, 0: line } of text.matchAll(/(?:[^\n\\]|\\\r?\n|\\.)+/g)) {
    const blanks = /^\s*(?:[$>%][ \t]+|[A-Za-z_]\w*=[-@+!:]*(?=[^\s=]))?/.exec(line)?.[0].length ?? 0;
    const end = Math.max(blanks, line.trimEnd().length);
    const quotes =
      /^(["']).+\1$/s.test(line.slice(blanks, end)) && line.slice(0, blanks).includes("=") ? 1 : 0;
    lines.push({ start: index + blanks + quotes, end: index + end - quotes });
  }
  return lines;
}
