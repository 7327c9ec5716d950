import type { Problem, Reading } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { Language, ReadContext } from "../language.ts";
import { codeOf } from "./code.ts";
import { commentsIn } from "./comments.ts";
import type { ProgramParser, SyntaxFault } from "./parsed.ts";
import { readProgram } from "./read.ts";

/** JavaScript and TypeScript, read from the trees of a parser. */
export function javascriptBy(parse: ProgramParser): Language {
  return {
    id: "javascript",
    read: (fragment, context) => read(fragment, context, parse),
    comments: (text, path) => {
      const { root, comments } = parse(path, text);
      return comments ?? commentsIn(text, root);
    },
    code: (fragment, path) => {
      try {
        return codeOf(parse(path, fragment.text).root, fragment);
      } catch (error) {
        if (error instanceof RangeError) return null;
        throw error;
      }
    },
  };
}

function read(fragment: Fragment, context: ReadContext, parse: ProgramParser): Reading {
  try {
    const { root, faults } = parse(context.path, fragment.text);
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
