import type { Range } from "../../text/edits.ts";
import type { Part } from "../markdown/places.ts";
import { linesOf, partsOf, type Line } from "../rst/lines.ts";

/** A place of a document that shows code; offsets are of the document's text. */
export type Place =
  /** A block; `info` is its language, empty when it names none. */
  | { readonly kind: "block"; readonly parts: readonly Part[]; readonly info: string }
  | ({ readonly kind: "span" } & Range);

const DELIMITER = /^(?:(?:-{4,}|\.{4,}|\/{4,}|\+{4,}|={4,}|\*{4,}|_{4,})|--|`{3,}[\w-]*)\s*$/;
/** `[source,bash]`, `[,console]`, `[source%linenums,yaml,subs="attributes"]`; group 1 is the language. */
const SOURCE = /^\[(?:source(?:%\w+|[.#][\w-]+)*|(?=,)|listing)\s*(?:,\s*([\w-]*))?[^\]]*\]\s*$/;
const ATTRIBUTES = /^\[[^\]]*\]\s*$/;
/** Marks behind a line that a list below explains. */
const CALLOUTS = /(?:[ \t]*(?:#|\/\/|;;)?[ \t]*<(?:\d+|\.)>)+[ \t]*$/;

/** All places with code, in order. Never throws. */
export function placesOf(text: string): readonly Place[] {
  const lines = linesOf(text);
  const language = /^:source-language:[ \t]*([\w-]+)/m.exec(text)?.[1] ?? "";
  const places: Place[] = [];
  let info: string | null = null;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (line === undefined) continue;
    const source = SOURCE.exec(line.text);
    if (source !== null) {
      info = source[1] ?? language;
      continue;
    }
    if (ATTRIBUTES.test(line.text) || (info !== null && /^\.\S/.test(line.text))) continue;
    if (DELIMITER.test(line.text)) {
      const mark = line.text.trim();
      const end = closing(lines, i, mark.startsWith("`") ? (/^`+/.exec(mark)?.[0] ?? mark) : mark);
      const block = blockInfo(mark, info);
      info = null;
      if (end === null || (block === null && !/^\/|^\+/.test(mark))) continue;
      if (block !== null) places.push(blockOf(lines.slice(i + 1, end), block));
      i = end;
    } else if (info !== null && line.text.trim() !== "") {
      const end = endOfParagraph(lines, i);
      places.push(blockOf(lines.slice(i, end), info));
      info = null;
      i = end - 1;
    } else if (
      /^[ \t]+\S/.test(line.text) &&
      (lines[i - 1]?.text.trim() ?? "") === "" &&
      !isListItem(line.text)
    ) {
      const end = endOfParagraph(lines, i);
      places.push(blockOf(lines.slice(i, end), ""));
      i = end - 1;
    } else if (!/^(?:\/\/|=+\s|#+\s|:[\w-]+:)/.test(line.text)) places.push(...spansOf(line));
  }
  return places;
}

/** The language of what stands between two delimiters; null where it is text, or nothing that is shown. */
function blockInfo(mark: string, info: string | null): string | null {
  if (mark.startsWith("`")) return mark.replace(/^`+/, "");
  if (/^-{4}/.test(mark)) return info ?? "";
  if (mark.startsWith(".")) return info ?? "";
  return mark === "--" ? info : null;
}

function closing(lines: readonly Line[], from: number, mark: string): number | null {
  const at = lines.findIndex(({ text }, i) => i > from && text.trim() === mark);
  return at < 0 ? null : at;
}

function endOfParagraph(lines: readonly Line[], from: number): number {
  const at = lines.findIndex(({ text }, i) => i > from && text.trim() === "");
  return at < 0 ? lines.length : at;
}

function blockOf(lines: readonly Line[], info: string): Place {
  const shown = lines.map(({ start, end, text }) => ({
    start,
    end,
    text: text.replace(CALLOUTS, (all) => " ".repeat(all.length)),
  }));
  const parts = partsOf(shown).map((part) => {
    const line = shown.find(({ start, end }) => start <= part.start && part.end <= end && !part.isLineEnd);
    return line === undefined
      ? part
      : { ...part, end: Math.max(part.start, line.start + line.text.trimEnd().length) };
  });
  return { kind: "block", parts, info };
}

function isListItem(text: string): boolean {
  return /^\s+(?:[-*.]+|\d+\.|[a-z]\.|<[\d.]+>)\s/.test(text) || /^\s+\S.*::(?:\s|$)/.test(text);
}

const SPAN =
  /(?<![\w`\\])(?:``(?<double>[^`\n]+)``|`\+(?<literal>[^`\n]+?)\+`|`(?<single>[^`\n]+)`)(?!\w)|\+\+(?<plus>[^+\n]+)\+\+/g;

function spansOf({ text, start }: Line): readonly Place[] {
  return Array.from(text.matchAll(SPAN), ({ index, 0: all, groups = {} }): Place => {
    const code = groups["double"] ?? groups["literal"] ?? groups["single"] ?? groups["plus"] ?? "";
    const from = start + index + all.indexOf(code);
    return { kind: "span", start: from, end: from + code.length };
  });
}
