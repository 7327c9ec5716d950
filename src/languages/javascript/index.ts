import type { Problem, Reading } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { Language, ReadContext } from "../language.ts";
import { javascriptComments } from "./comments.ts";
import { parseTypeScript, type SyntaxFault } from "./from-typescript.ts";
import { readProgram } from "./read.ts";

/** JavaScript and TypeScript, with and without JSX. */
export const javascript: Language = { id: "javascript", comments: javascriptComments, read };

function read(fragment: Fragment, context: ReadContext): Reading {
  try {
    const { root, faults } = parseTypeScript(context.path, fragment.text);
    const reading = readProgram(root, fragment, context);
    return { ...reading, problems: [...faultOf(faults, fragment), ...reading.problems] };
  } catch (error) {
    // Only nesting deeper than the stack gets here: no person writes that.
    if (!(error instanceof RangeError)) throw error;
    const reason = "the code is nested too deeply to be read";
    return { invocations: [], problems: [{ start: 0, end: 0, reason, fatal: true }] };
  }
}

/** One problem for all of a file's faults: the first is the one to mend. */
function faultOf(faults: readonly SyntaxFault[], fragment: Fragment): readonly Problem[] {
  const [first] = faults;
  if (first === undefined) return [];
  return [{ ...fragment.toSource(first), reason: `syntax error: ${first.reason}`, fatal: false }];
}
