import type { Range } from "../../text/edits.ts";
import { type Fragment, PieceBuilder } from "../../text/fragment.ts";
import { asPlainText, linesOf, withPrefix } from "./code.ts";
import type { Part } from "./places.ts";

/** A block of HTML without what the quote or list around it puts before its lines. */
export function htmlOf(fragment: Fragment, parts: readonly Part[]): Fragment {
  return fragment.child(linesOf(fragment.text, parts).build(withPrefix(fragment.text, parts)));
}

/** What `<code>` in a sentence shows. There it is Markdown all the same. */
export function spanInHtml(fragment: Fragment, parts: readonly Part[]): Fragment {
  const raw = fragment.child(linesOf(fragment.text, parts).build((written) => written));
  const builder = new PieceBuilder();
  decode(builder, raw.text, { start: 0, end: raw.text.length }, " ");
  return raw.child(builder.build((written, at) => asPlainText(written, at)));
}

/** What the HTML at a range shows, tags left out. */
export function plainOf(html: Fragment, range: Range): Fragment {
  const builder = new PieceBuilder();
  decode(builder, html.text, range, "\n");
  const { units } = builder.build(escaped);
  return html.child(
    builder.build((written, at) => {
      // What stands between two letters is a tag, which may belong to another one outside.
      for (let i = at.start + 1; i < at.end; i++) if (units.startOf(i) !== units.endOf(i - 1)) return null;
      return escaped(written);
    }),
  );
}

/** What an element of HTML shows: `isBlock`: line ends are kept; `info`: its language, empty when it names none. */
export interface HtmlCode extends Range {
  readonly isBlock: boolean;
  readonly info: string;
}

/** Inner ranges of the outermost `<pre>` and `<code>` elements. */
export function codeInHtml(html: string): readonly HtmlCode[] {
  const shown = html.replace(/<!--[^]*?(?:-->|$)/g, (comment) => " ".repeat(comment.length));
  return Array.from(shown.matchAll(ELEMENT), ({ index, groups, 0: all }) => {
    const { open = "", name = "", close = "" } = groups ?? {};
    const range = { start: index + open.length, end: index + all.length - close.length };
    const tags = open + (/^\s*<code\b[^>]*>/i.exec(html.slice(range.start, range.end))?.[0] ?? "");
    const info = /\b(?:lang(?:uage)?|highlight-source|brush)[-:=]\s*["']?([\w-]+)/i.exec(tags)?.[1] ?? "";
    return { ...range, isBlock: name.toLowerCase() === "pre", info };
  });
}

const ELEMENT =
  /(?<open><(?<name>pre|code|kbd|samp|tt)(?:\s[^>]*)?>)(?:(?!<\/?\k<name>[\s>])[^])*(?<close><\/\k<name>\s*>)/gi;

/** A tag, or a character that is written by its name or number. */
const MARKUP = /<\/?[a-z][^<>]*>|&(?:(?<name>[a-z]+)|#(?<number>\d{1,7})|#x(?<hex>[\da-f]{1,6}));/gi;
const NAMED: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** @param lineEnd what a line end stands for */
function decode(builder: PieceBuilder, text: string, { start, end }: Range, lineEnd: string): void {
  const copy = (from: number, to: number): void => {
    for (let at = from; at < to; at++) {
      if (text[at] === "\n") builder.escape(lineEnd, at, at + 1);
      else builder.copy(text, at, at + 1);
    }
  };
  let from = start;
  for (const { index, groups = {}, 0: all } of text.slice(start, end).matchAll(MARKUP)) {
    const character = all.startsWith("<") ? tagText(all, lineEnd) : characterOf(groups);
    if (character === undefined) continue;
    copy(from, start + index);
    from = start + index + all.length;
    builder.escape(character, start + index, from);
  }
  copy(from, end);
}

function tagText(tag: string, lineEnd: string): string {
  return /^<br\b/i.test(tag) ? lineEnd : "";
}

function characterOf({ name, number, hex }: Partial<Record<string, string>>): string | undefined {
  if (name !== undefined) return NAMED[name.toLowerCase()];
  const code = hex === undefined ? Number(number) : parseInt(hex, 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? character);
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
