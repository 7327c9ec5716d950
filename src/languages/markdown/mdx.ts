import type { Range } from "../../text/edits.ts";

/** Imports and exports of an MDX page: blocks of JavaScript between blank lines, outside of fences. */
export function modulesIn(text: string): readonly Range[] {
  const modules: { start: number; end: number }[] = [];
  let fence = "";
  let open: { start: number; end: number } | null = null;
  for (const { index: start, 0: line } of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    const mark = /^[ \t]*(`{3,}|~{3,})/.exec(line)?.[1] ?? "";
    const end = start + line.length;
    if (open !== null && line.trim() !== "") {
      open.end = end;
      continue;
    }
    open = null;
    if (fence === "" && MODULE.test(line)) modules.push((open = { start, end }));
    else if (fence === "") fence = mark;
    else if (mark.startsWith(fence)) fence = "";
  }
  return modules;
}

/** What a paragraph that begins with such a word does not go on with. */
const MODULE =
  /^(?:export\s+(?:const|let|var|default|function|async|class)\b|(?:import|export)\s*[{*"']|import\s+[\w$]+(?:\s*,|\s+from\b))/;

/** A text with blanks in the place of some of its ranges; line ends stay. */
export function without(text: string, ranges: readonly Range[]): string {
  let left = "";
  let at = 0;
  for (const { start, end } of ranges) {
    left += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]/g, " ");
    at = end;
  }
  return left + text.slice(at);
}

/** The values in quotes that a tag gives to what it shows (`<Terminal command="...">`), quotes left out; titles are prose. */
export function attributesIn(tag: string): readonly Range[] {
  return [...tag.matchAll(ATTRIBUTE)].map(({ index, 0: all, groups }) => {
    const end = index + all.length - 1;
    return { start: end - (groups?.["value"]?.length ?? 0), end };
  });
}

const ATTRIBUTE =
  /\s(?!(?:aria-\w+|alt|caption|class(?:Name)?|description|heading|href|id|label|name|placeholder|src|summary|title)=)[\w:-]+=(["'])(?<value>(?:(?!\1)[^\n])*)\1/g;
