import type { Range } from "../text/edits.ts";

/** Finds the comments of a text: where they stand, what opens and closes them included. In order, none in another. */
export type CommentFinder = (text: string, path: string) => readonly Range[];

/**
 * Comments by one global pattern: what it matches is passed over, unless the match ends with group `comment`. So that a
 * mark in a string is none, the pattern matches strings too.
 */
function by(pattern: RegExp): CommentFinder {
  return (text) =>
    Array.from(text.matchAll(pattern)).flatMap(({ index, 0: all, groups }) => {
      const comment = groups?.["comment"];
      const end = index + all.length;
      return comment === undefined ? [] : [{ start: end - comment.length, end }];
    });
}

/** A file whose lines that begin with one of these are comments. */
function lines(...openings: readonly string[]): CommentFinder {
  return by(new RegExp(String.raw`^[ \t]*(?<comment>(?:${openings.join("|")})[^\r\n]*)`, "gim"));
}

export const jsonComments = by(
  /"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'|(?<comment>\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$))/g,
);

export const tomlComments = by(
  /"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'|(?<comment>#[^\r\n]*)/g,
);

/** What stands behind a tab is the shell's, whole lines of comment excepted. */
export const makefileComments = by(/^\t(?![ \t]*#)[^\r\n]*|(?<comment>(?<!\\)#[^\r\n]*)/gm);

export const dockerfileComments = lines("#");
export const justfileComments = lines("#(?!!)");
export const specComments = lines("#");
export const systemdComments = lines("#", ";");
/** A text has no comments; what other files have is taken for one at the start of a line. */
export const textComments = lines("#", "//", ";", "--", "<!--");

export const crontabComments = lines("#");
export const settingsComments = lines("#", ";", "//");
export const asciidocComments = lines("//(?!//)");
/** Explicit markup that is no directive, reference or substitution. */
export const rstComments = lines("\\.\\.[ \\t](?![ \\t]*(?:[\\w:-]+::|[_[|]))");
export const htmlComments = by(/(?<comment><!--[^]*?-->)/g);

export const powershellComments = by(
  /@"[^]*?^"@|@'[^]*?^'@|"(?:[^"`]|`[^]|"")*"|'(?:[^']|'')*'|`[^]|(?<comment><#[^]*?#>|(?<![^\s;(){}|&,])#[^\r\n]*)/gm,
);

export const cmdComments = by(/(?:^|[&(])[ \t]*(?<comment>@?(?:rem\b|::)[^\r\n]*)/gim);

/** Actions that are nothing but a comment, in Go templates, Jinja and ERB. */
export const templateComments = by(/(?<comment>\{\{-?\s*\/\*[^]*?\*\/\s*-?\}\}|\{#[^]*?#\}|<%#[^]*?%>)/g);

/** What surrounds the text of Markdown on a line: quotes and list marks. */
const FENCE = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?<mark>`{3,}|~{3,})/;

/** HTML comments, those of MDX, and link definitions that link nothing (`[//]: # (...)`); not those in code. */
export const markdownComments: CommentFinder = (text) => {
  const code = fencesIn(text);
  return Array.from(
    text.matchAll(/<!--[^]*?-->|\{\/\*[^]*?\*\/\}|^[ \t]*\[[^\]\n]*\]:[ \t]*#[ \t]*[("'][^\r\n]*/gm),
  )
    .map(({ index, 0: all }) => ({ start: index, end: index + all.length }))
    .filter(({ start }) => !code.some((block) => start >= block.start && start < block.end))
    .filter(({ start }) => !isInCodeSpan(text, start));
};

/** The fenced blocks of a Markdown text, their fences included. */
export function fencesIn(text: string): readonly Range[] {
  const fences: Range[] = [];
  let open: { readonly start: number; readonly mark: string } | null = null;
  for (const { index, 0: line } of text.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)) {
    const mark = FENCE.exec(line)?.groups?.["mark"];
    if (open === null) {
      if (mark !== undefined) open = { start: index, mark };
      continue;
    }
    const closes = mark?.startsWith(open.mark) === true && line.trim().endsWith(mark);
    if (!closes) continue;
    fences.push({ start: open.start, end: index + line.trimEnd().length });
    open = null;
  }
  return open === null ? fences : [...fences, { start: open.start, end: text.length }];
}

/** A directive of reStructuredText, or a line that ends with two colons, and all below it that is indented further. */
export function rstBlockAt(text: string, line: Range): Range | undefined {
  const head = text.slice(line.start, line.end);
  if (!/::[ \t]*\S*[ \t]*$/.test(head)) return undefined;
  const indent = /^[ \t]*/.exec(head)?.[0].length ?? 0;
  const below = new RegExp(String.raw`(?:\r?\n(?:[ \t]{${indent + 1},}\S[^\r\n]*|[ \t]*(?=[\r\n]|$)))*`, "y");
  below.lastIndex = line.end;
  return { start: line.start, end: line.end + (below.exec(text)?.[0].trimEnd().length ?? 0) };
}

/** Lines of attributes and a title of AsciiDoc, and the block between two delimiters, or the paragraph, behind them. */
export function asciidocBlockAt(text: string, line: Range): Range | undefined {
  const block =
    /(?:(?:\[[^\]\n]*\]|\.[^\s.][^\n]*)[ \t]*\r?\n)*(?:(?<mark>-{2,}|\.{4,}|={4,}|`{3,})[^\n]*\n(?:[^\n]*\n)*?\k<mark>[ \t]*(?=\r?\n|$)|(?<=\][ \t]*\r?\n)[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*)/y;
  block.lastIndex = line.start;
  const found = block.exec(text)?.[0];
  return found === undefined ? undefined : { start: line.start, end: line.start + found.length };
}

/** The block scalar of YAML that a line opens (`run: |`). */
export function yamlBlockAt(text: string, { start, end }: Range): Range | undefined {
  const [all, ahead = ""] =
    /^([ \t]*(?:-[ \t]+)*)(?:[^\s#][^\n]*:[ \t]+)?(?:[&!]\S*[ \t]+)*[|>][-+\d]*[ \t]*(?:#[^\n]*)?$/.exec(
      text.slice(start, end),
    ) ?? [];
  if (all === undefined) return undefined;
  // What stands under a dash alone belongs to the dash.
  const isItem = /^[|>]/.test(all.slice(ahead.length));
  const base = isItem ? ahead.replace(/-[ \t]+$/, "").length : ahead.length;
  const block = new RegExp(String.raw`(?:\r?\n(?:[ \t]{${base + 1},}[^\r\n]*|[ \t]*(?=\r?\n)))*`, "y");
  block.lastIndex = end;
  return { start, end: end + (block.exec(text)?.[0].length ?? 0) };
}

/** A line with those that it goes on in, behind a backslash; comments between are left out by a Dockerfile. */
export function continuedAt(text: string, { start, end }: Range): Range | undefined {
  if (!/\\[ \t]*$/.test(text.slice(start, end))) return undefined;
  const lines = /(?:[^\r\n]*\\[ \t]*\r?\n(?:[ \t]*#[^\r\n]*\r?\n)*)+[^\r\n]*/y;
  lines.lastIndex = start;
  return { start, end: start + (lines.exec(text)?.[0].length ?? end - start) };
}

function isInCodeSpan(text: string, offset: number): boolean {
  const line = text.slice(
    Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1,
    offset,
  );
  return (line.match(/`+/g) ?? []).length % 2 === 1;
}
