import type { Invocation, Reading } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { Language, LanguageId, ReadContext } from "../language.ts";
import { blockOf, cellOf, spanOf } from "./code.ts";
import { codeInHtml, htmlOf, plainOf, spanInHtml } from "./html.ts";
import { dialectOf, kindOfBlock } from "./info.ts";
import { placesOf, type Place, type PlaceOptions } from "./places.ts";
import { withoutOptions } from "./options.ts";
import { commandsOf, isCommandLine } from "./session.ts";

/**
 * Runbooks and tutorials in CommonMark, with tables, and MDX: code blocks by their language, and code in the text, in
 * tables and in HTML when it is a whole command. What people read as sentences or headings is left alone.
 */
export const markdown: Language = {
  id: "markdown",
  read: (fragment, context) =>
    readMarkdown(fragment, { isMdx: /\.mdx$/i.test(context.path), frontMatter: true }, context),
};

const NOTHING: Reading = { invocations: [], problems: [] };

function readMarkdown(fragment: Fragment, options: PlaceOptions, context: ReadContext): Reading {
  return united(placesOf(fragment.text, options).map((place) => readPlace(fragment, place, context)));
}

function readPlace(fragment: Fragment, place: Place, context: ReadContext): Reading {
  switch (place.kind) {
    case "block":
      return readBlock(blockOf(fragment, place.parts), place.info, context);
    case "span":
      return readSpan(spanOf(fragment, place.parts, place.inTable), context);
    case "cell":
      return readSpan(cellOf(fragment, place.parts), context);
    case "html-span":
      return readSpan(spanInHtml(fragment, place.parts), context);
    case "html":
      return readHtml(htmlOf(fragment, place.parts), context);
  }
}

function readBlock(block: Fragment, info: string, context: ReadContext): Reading {
  const kind = kindOfBlock(info);
  switch (kind) {
    case "other":
      return NOTHING;
    case "script":
    case "any":
      return readNested("shell", withoutOptions(commandsOf(block, kind)), context);
    case "javascript":
      return readNested(kind, block, context, `${context.path}.${dialectOf(info)}`);
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
function readSpan(span: Fragment, context: ReadContext): Reading {
  const prompt = /^\s*(?:[$#%>][ \t]+)?/.exec(span.text)?.[0].length ?? 0;
  if (!isCommandLine(span.text.slice(prompt))) return NOTHING;
  const { invocations } = context.read("shell", withoutOptions(span.slice(prompt, span.text.length)));
  return { invocations: invocations.map(asText), problems: [] };
}

function asText(invocation: Invocation): Invocation {
  return { ...invocation, role: "text" };
}

/** Tags around Markdown (`<details>`, `<TabItem>`) with no blank line behind them make it HTML for the parser. */
function readHtml(html: Fragment, context: ReadContext): Reading {
  if (/^[ \t]*(?:`{3}|~{3})/m.test(html.text)) {
    return readMarkdown(html, { isMdx: true, frontMatter: false }, context);
  }
  const codes = codeInHtml(html.text).map(({ isBlock, ...range }) => {
    const code = plainOf(html, range);
    return isBlock ? readBlock(code, "", context) : readSpan(code, context);
  });
  return united(codes);
}

function united(readings: readonly Reading[]): Reading {
  return {
    invocations: readings.flatMap(({ invocations }) => invocations),
    problems: readings.flatMap(({ problems }) => problems),
  };
}
