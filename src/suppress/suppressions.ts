import type { Part } from "../languages/registry.ts";
import { asciidocBlockAt, continuedAt, fencesIn, rstBlockAt, yamlBlockAt } from "../languages/comments.ts";
import type { LanguageId } from "../languages/language.ts";
import type { Range } from "../text/edits.ts";
import { directivesIn, MARK, type Written } from "./directives.ts";

/** A part of a file, and where its own language has comments in it. */
export interface CommentedPart extends Pick<Part, "language" | "fragment"> {
  readonly comments: readonly Range[];
}

/** A comment that ignores findings, with its reach; ranges are of the file. */
export interface Directive extends Written {
  /** Where findings are ignored; null where it reaches nothing (an end, an unknown kind, no line behind it). */
  readonly reach: Range | null;
  /** It ends what none has begun. */
  readonly isStray: boolean;
}

/** Whether there may be a comment that ignores findings. */
export function mayIgnore(text: string): boolean {
  return text.includes(MARK);
}

/**
 * All comments of a file that ignore findings, in order.
 * @param source the file's text
 * @param parts outer ones before those nested in them
 */
export function directivesOf(source: string, parts: readonly CommentedPart[]): readonly Directive[] {
  const byPlace = new Map<number, Directive>();
  for (const part of parts) {
    for (const written of part.comments.flatMap((comment) => directivesIn(part.fragment.text, comment))) {
      const range = part.fragment.toSource(written.range);
      if (byPlace.has(range.start)) continue;
      byPlace.set(range.start, { ...written, range, reach: reachOf(written, part, source), isStray: false });
    }
  }
  return withRegions(
    [...byPlace.values()].sort((a, b) => a.range.start - b.range.start),
    source.length,
  );
}

function reachOf({ kind, range }: Written, part: CommentedPart, source: string): Range | null {
  const { fragment, comments, language } = part;
  switch (kind) {
    case "file":
      return { start: 0, end: source.length };
    case "line":
      return fragment.toSource(lineAt(fragment.text, range.start));
    case "next-line": {
      const from =
        comments.find(({ start, end }) => start <= range.start && range.end <= end)?.end ?? range.end;
      const next = nextLine(fragment.text, from, comments);
      if (next === null) {
        // The part ends with the comment: what comes next is outside of it.
        const behind = nextLine(source, fragment.toSource({ start: range.start, end: from }).end, []);
        return behind;
      }
      return fragment.toSource(blockAt(fragment.text, next, language) ?? next);
    }
    default:
      return null;
  }
}

/** The next line that holds more than blanks and comments. */
function nextLine(text: string, from: number, comments: readonly Range[]): Range | null {
  let line = lineAt(text, from);
  while (line.end < text.length) {
    line = lineAt(text, line.end + (text.startsWith("\r\n", line.end) ? 2 : 1));
    if (!isPassedOver(text, line, comments)) return line;
  }
  return null;
}

function isPassedOver(text: string, { start, end }: Range, comments: readonly Range[]): boolean {
  let rest = text.slice(start, end);
  for (const comment of comments) {
    if (comment.end <= start || comment.start >= end) continue;
    const from = Math.max(comment.start, start) - start;
    const to = Math.min(comment.end, end) - start;
    rest = rest.slice(0, from) + " ".repeat(to - from) + rest.slice(to);
  }
  return /^[\s>{}]*$/.test(rest);
}

/** Without its line end. */
function lineAt(text: string, offset: number): Range {
  const before = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1));
  const length = text.slice(offset).search(/[\r\n]/);
  return { start: before + 1, end: length < 0 ? text.length : offset + length };
}

/** The block that begins with a line: code of a document, a block scalar, a line that goes on. */
function blockAt(text: string, line: Range, language: LanguageId): Range | undefined {
  switch (language) {
    case "markdown":
      return fencesIn(text).find(({ start }) => start >= line.start && start <= line.end);
    case "rst":
      return rstBlockAt(text, line);
    case "asciidoc":
      return asciidocBlockAt(text, line);
    case "yaml":
    case "helm":
      return yamlBlockAt(text, line);
    case "dockerfile":
    case "shell":
    case "makefile":
      return continuedAt(text, line);
    default:
      return undefined;
  }
}

/** Gives each beginning the stretch up to its end, or to that of the file. */
function withRegions(directives: readonly Directive[], length: number): readonly Directive[] {
  const open: number[] = [];
  const ends = new Map<number, number>();
  const stray = new Set<number>();
  for (const [i, { kind, range, rules }] of directives.entries()) {
    if (kind === "start") open.push(i);
    if (kind !== "end") continue;
    const at = open.findLastIndex((begun) => rules.length === 0 || isSame(directives[begun]?.rules, rules));
    const [begun] = at < 0 ? [] : open.splice(at, 1);
    if (begun === undefined) stray.add(i);
    else ends.set(begun, range.start);
  }
  return directives.map((directive, i) => {
    if (directive.kind === "start") {
      return { ...directive, reach: { start: directive.range.end, end: ends.get(i) ?? length } };
    }
    return stray.has(i) ? { ...directive, isStray: true } : directive;
  });
}

function isSame(a: readonly string[] = [], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}
