import type { Invocation, Reading } from "../../commands/command.ts";
import type { Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { ReadContext } from "../language.ts";
import { parseDocuments } from "./document.ts";
import { looksLikeCommand } from "./mention.ts";
import { readDocument } from "./reader.ts";
import { readText } from "./text.ts";

/** What reading by lines gave, and the lines that look like commands and could not be read. */
interface LineReading {
  readonly invocations: readonly Invocation[];
  readonly unread: readonly Range[];
}

/**
 * For text that the parser did not understand as a whole: reads each line that looks like a command, and has no word in
 * `known`, by itself.
 * @param within the part of the fragment's text to look at
 */
export function readLines(
  fragment: Fragment,
  within: Range,
  known: readonly Invocation[],
  context: ReadContext,
): LineReading {
  const invocations: Invocation[] = [];
  const unread: Range[] = [];
  const covered = coverage(known);
  let after = within.start;
  for (const line of linesOf(fragment.text, within)) {
    const text = fragment.text.slice(line.start, line.end);
    if (line.start < after || !looksLikeCommand(text) || /^\s*#/.test(text)) continue;
    if (covered(fragment.toSource(line))) continue;
    const whole = withContinuation(fragment.text, line, within.end);
    const read =
      whole.end === line.end ? readLine(fragment, line, context) : readPart(fragment, whole, context);
    invocations.push(...read);
    if (!coverage(read)(fragment.toSource(line))) unread.push(line);
    after = whole.end;
  }
  return { invocations, unread };
}

/** Tells whether a range of the source has a word of one of the invocations. */
export function coverage(invocations: readonly Invocation[]): (range: Range) => boolean {
  const words = invocations.flatMap((invocation) =>
    invocation.words.map((word) => word.list.fragment.toSource(word)),
  );
  return (range) => words.some(({ start, end }) => start < range.end && range.start < end);
}

/** A line as a small document: `- item`, `key: value`, or text. */
function readLine(fragment: Fragment, { start, end }: Range, context: ReadContext): readonly Invocation[] {
  const [document] = parseDocuments(fragment.slice(start, end));
  if (document === undefined || document.faults.length > 0)
    return readPart(fragment, { start, end }, context);
  const { invocations }: Reading = readDocument(document, context);
  return invocations;
}

/** Shell text in unknown surroundings: an edit may bring in nothing that YAML could read as something else. */
function readPart(fragment: Fragment, { start, end }: Range, context: ReadContext): readonly Invocation[] {
  const marker =
    /^\s*(?:- +)*(?:[\w./-]+:[ \t]+)?["']?/.exec(fragment.text.slice(start, end))?.[0].length ?? 0;
  const quote = /["']$/.exec(fragment.text.slice(start + marker - 1, start + marker))?.[0];
  const isClosed =
    quote !== undefined &&
    fragment.text
      .slice(start + marker, end)
      .trimEnd()
      .endsWith(quote);
  const stop = isClosed ? fragment.text.lastIndexOf(quote, end - 1) : end;
  const part = fragment.slice(start + marker, stop, (text) =>
    /^[\w ./=@+,-]*(?::[\w.$]+)?$/.test(text) ? text : null,
  );
  return readText(part, context);
}

/** The line with those that continue it. */
function withContinuation(text: string, { start, end }: Range, limit: number): Range {
  let stop = end;
  while (/\\\r?$/.test(text.slice(start, stop)) && stop < limit) {
    const next = text.indexOf("\n", text.indexOf("\n", stop) + 1);
    stop = next === -1 ? limit : Math.min(next, limit);
  }
  return { start, end: stop };
}

function linesOf(text: string, { start, end }: Range): readonly Range[] {
  return Array.from(text.slice(start, end).matchAll(/[^\r\n]+/g), ({ index, 0: line }) => ({
    start: start + index,
    end: start + index + line.length,
  }));
}
