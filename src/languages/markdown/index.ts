import type { Invocation, Reading } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import { markdownComments } from "../comments.ts";
import type { Language, ReadContext } from "../language.ts";
import { blockOf, cellOf, spanOf } from "./code.ts";
import { codeInHtml, htmlOf, plainOf, spanInHtml } from "./html.ts";
import { modulesIn } from "./mdx.ts";
import { placesOf, settingsOf, type Place, type PlaceOptions } from "./places.ts";
import { readBlock, readSpan, united } from "./shown.ts";

/**
 * Runbooks and tutorials in CommonMark, with tables, and MDX: code blocks by their language, and code in the text, in
 * tables and in HTML when it is a whole command. What people read as sentences or headings is left alone.
 */
export const markdown: Language = {
  id: "markdown",
  comments: markdownComments,
  read(fragment, context) {
    const isMdx = /\.mdx$/i.test(context.path);
    return united([
      readSettings(fragment, context),
      ...(isMdx ? readModules(fragment, context) : []),
      readMarkdown(fragment, { isMdx, frontMatter: true }, context),
    ]);
  },
};

/** Settings of a page, which whatever makes a page of it may show or run. */
function readSettings(fragment: Fragment, context: ReadContext): Reading {
  const range = settingsOf(fragment.text);
  if (range === null || context.canRead?.("yaml") !== true) return { invocations: [], problems: [] };
  const { invocations } = context.read("yaml", fragment.slice(range.start, range.end), "settings.yaml");
  return {
    invocations: invocations.map((invocation) => ({ ...invocation, role: "data" as const })),
    problems: [],
  };
}

/** The programs in an MDX page: what it shows stands in them too. */
function readModules(fragment: Fragment, context: ReadContext): readonly Reading[] {
  if (context.canRead?.("javascript") !== true) return [];
  return modulesIn(fragment.text).map(({ start, end }) => ({
    ...context.read("javascript", fragment.slice(start, end), "page.jsx"),
    // What is no program after all is prose, where nothing is wrong.
    problems: [],
  }));
}

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
    case "line":
      return { invocations: [{ ...TOLD, told: cellOf(fragment, place.parts) }], problems: [] };
    case "attribute": {
      const [{ start, end }] = place.parts;
      const value = fragment.slice(start, end, (text) => (/["'&{}<>\n]/.test(text) ? null : text));
      return readSpan(value, context);
    }
    case "html-span":
      return readSpan(spanInHtml(fragment, place.parts), context);
    case "html":
      return readHtml(htmlOf(fragment, place.parts), context);
  }
}

/** Tags around Markdown (`<details>`, `<TabItem>`) with no blank line behind them make it HTML for the parser. */
function readHtml(html: Fragment, context: ReadContext): Reading {
  if (/^[ \t]*(?:`{3}|~{3})/m.test(html.text)) {
    return readMarkdown(html, { isMdx: true, frontMatter: false }, context);
  }
  const codes = codeInHtml(html.text).map(({ isBlock, info, ...range }) => {
    const code = plainOf(html, range);
    return isBlock ? readBlock(code, info, context) : readSpan(code, context);
  });
  return united(codes);
}

/** A text that people read. */
const TOLD: Invocation = {
  words: [],
  output: { pipe: [], sink: { kind: "stdout" } },
  role: "text",
  constants: [],
};
