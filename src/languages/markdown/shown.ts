import type { Invocation, Reading } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { LanguageId, ReadContext } from "../language.ts";
import { dialectOf, kindOfBlock } from "./info.ts";
import { withoutOptions } from "./options.ts";
import { commandsOf, isCommandLine, isSession } from "./session.ts";

/*
 * What documents show, whatever they are written in: blocks of code and code in a sentence.
 */

const NOTHING: Reading = { invocations: [], problems: [] };

/** @param info the language of a block of code, with what stands around it; empty when there is none */
export function readBlock(block: Fragment, info: string, context: ReadContext): Reading {
  const kind = kindOfBlock(info);
  switch (kind) {
    case "other":
      return NOTHING;
    case "script":
    case "any":
      return readNested("shell", withoutOptions(commandsOf(block, kind)), context);
    case "javascript":
      return readNested(kind, block, context, `${context.path}.${dialectOf(info)}`);
    case "json":
    case "yaml":
      return isSession(block.text)
        ? readNested("shell", withoutOptions(commandsOf(block, "any")), context)
        : readNested(kind, block, context);
    default:
      return readNested(kind, block, context);
  }
}

/** Documents show parts of files with `...` for the rest: that nothing could be read of one is no fault of the document. */
function readNested(language: LanguageId, block: Fragment, context: ReadContext, path?: string): Reading {
  const { invocations, problems } = context.read(language, block, path);
  return { invocations, problems: problems.filter((problem) => !problem.fatal) };
}

/** Text that is shown in a sentence or a table, when all of it is a command. */
export function readSpan(span: Fragment, context: ReadContext): Reading {
  const prompt = /^\s*(?:[$#%>][ \t]+)?/.exec(span.text)?.[0].length ?? 0;
  if (!isCommandLine(span.text.slice(prompt))) return NOTHING;
  const { invocations } = context.read("shell", withoutOptions(span.slice(prompt, span.text.length)));
  return { invocations: invocations.map(asText), problems: [] };
}

function asText(invocation: Invocation): Invocation {
  return { ...invocation, role: "text" };
}

/** All that is in several parts of a document. */
export function united(readings: readonly Reading[]): Reading {
  return {
    invocations: readings.flatMap(({ invocations }) => invocations),
    problems: readings.flatMap(({ problems }) => problems),
  };
}
