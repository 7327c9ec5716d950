import type { LanguageId } from "../../languages/language.ts";
import type { Range } from "../../text/edits.ts";

/** A comment for ESLint (`# eslint-disable-next-line RULE -- reason`); offsets are of its text, marks included. */
export interface Comment extends Range {
  readonly type: "Comment";
}

/** What a comment tells ESLint, as its interface has it. */
export interface Directive {
  readonly type: "disable" | "enable" | "disable-line" | "disable-next-line";
  readonly node: Comment;
  /** The rules, with commas; empty for all. */
  readonly value: string;
  readonly justification: string;
}

/** How a comment begins, up to where it says something, and how it ends: `null` for the end of its line. */
type Marks = readonly (readonly [open: RegExp, close: RegExp | null])[];

const HASH: Marks = [[/#+[ \t]*$/, null]];
const SLASHES: Marks = [
  [/\/\/+[ \t]*$/, null],
  [/\/\*+\s*$/, /\*\//],
];
const HTML: Marks = [[/<!--\s*$/, /-->/]];
const GO_TEMPLATE: Marks = [[/\{\{(?:- )?\/\*\s*$/, /\*\/(?: -)?\}\}/]];

const MARKS: Readonly<Record<LanguageId, Marks>> = {
  shell: HASH,
  yaml: HASH,
  helm: [...HASH, ...GO_TEMPLATE],
  javascript: SLASHES,
  markdown: [...HTML, [/\{\/\*\s*$/, /\*\/\}/]],
  makefile: HASH,
  dockerfile: HASH,
  powershell: [[/<#\s*$/, /#>/], ...HASH],
  cmd: [[/(?<!\w)rem[ \t]+$|::[ \t]*$/i, null]],
  python: HASH,
  go: SLASHES,
  rust: SLASHES,
  json: SLASHES,
  toml: HASH,
  notebook: HASH,
  justfile: HASH,
  spec: HASH,
  systemd: [...HASH, [/;[ \t]*$/, null]],
  text: HASH,
  java: SLASHES,
  kotlin: SLASHES,
  csharp: SLASHES,
  ruby: HASH,
  php: [...SLASHES, ...HASH],
  groovy: SLASHES,
  terraform: [...HASH, ...SLASHES],
  lua: [[/--[ \t]*$/, null]],
  starlark: HASH,
  rst: [[/^\s*\.\.[ \t]+$/, null]],
  asciidoc: SLASHES.slice(0, 1),
  html: HTML,
  crontab: HASH,
  settings: [...HASH, [/[;!][ \t]*$/, null]],
};

/**
 * The directives of a text, in order. A comment is told by its mark right before the directive: nothing else is read, so
 * that a text of that form inside a string counts too.
 * @param language null for a file in no known language: it has none
 */
export function directivesIn(text: string, language: LanguageId | null): readonly Directive[] {
  if (language === null || !text.includes("eslint-")) return [];
  const marks = MARKS[language];
  return [...text.matchAll(DIRECTIVE)].flatMap(({ index, 0: whole, 1: type }) => {
    const before = text.slice(text.lastIndexOf("\n", index - 1) + 1, index);
    const opened = openedBy(before, marks);
    if (opened === null || !isType(type)) return [];
    const end = endOf(text, index, opened.close);
    const node: Comment = { type: "Comment", start: index - opened.length, end: end.behind };
    const said = text.slice(index + whole.length, end.at);
    const [rules = "", ...reasons] = said.split(/\s-{2,}\s/);
    return [{ type, node, value: rules.trim(), justification: reasons.join(" -- ").trim() }];
  });
}

const DIRECTIVE = /eslint-(disable-next-line|disable-line|disable|enable)(?![\w-])/g;

function isType(type: string | undefined): type is Directive["type"] {
  return type !== undefined;
}

/** The mark that the text before a directive ends with. */
function openedBy(
  before: string,
  marks: Marks,
): { readonly length: number; readonly close: RegExp | null } | null {
  for (const [open, close] of marks) {
    const [mark] = open.exec(before) ?? [];
    if (mark !== undefined) return { length: mark.length, close };
  }
  return null;
}

/** Where what the comment says ends, and where the comment does. One without an end is no more than its line. */
function endOf(
  text: string,
  from: number,
  close: RegExp | null,
): { readonly at: number; readonly behind: number } {
  const rest = text.slice(from);
  const closed = close?.exec(rest);
  if (closed) return { at: from + closed.index, behind: from + closed.index + closed[0].length };
  const line = from + rest.search(/\r?\n|$/);
  return { at: line, behind: line };
}
