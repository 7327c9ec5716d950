import type { Range } from "../../text/edits.ts";
import { heldBy, type Names, PARSES_JSON, SPLITS } from "./names.ts";

/** A place of a program that reads a command's output. */
export type Access = Range &
  (
    | { readonly kind: "keys"; readonly keys: readonly string[] }
    /** `index` from 0; from the right, -1 for the last. */
    | { readonly kind: "column"; readonly index: number }
  );

/** Where a program reads keys of events and columns of lines, through the names that hold them. */
export function accessesOf(text: string, names: Names): readonly Access[] {
  const found: Access[] = [];
  for (const [name, held] of names) {
    const base = new RegExp(`(?<![\\w$."'])${name.replace("$", "\\$")}(?=[.?[])`, "g");
    for (const { index } of text.matchAll(base)) {
      const from = index + name.length;
      if (held === "json") found.push(...keysAt(text, index, from));
      if (held === "words") found.push(...columnAt(text, index, from));
      if (held === "text") found.push(...splitAt(text, index, from));
    }
  }
  for (const { index, 0: call } of text.matchAll(new RegExp(`(?:${PARSES_JSON.source})`, "g"))) {
    const end = closing(text, index + call.length - 1);
    if (end !== null && heldBy(text.slice(index + call.length, end - 1), names) === "text") {
      found.push(...keysAt(text, index, end));
    }
  }
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** `.k8s.pod`, `?.comm`, `["comm"]`, `.get("comm")`, one behind the other. */
const KEY =
  /^(?:\.get\(\s*["'](?<got>[\w-]+)["'][^()]*\)|\??\.(?<dotted>[A-Za-z_]\w*)(?!\w*\s*\()|(?:\?\.)?\[\s*["'](?<quoted>[\w.-]+)["']\s*\])/;

function keysAt(text: string, start: number, from: number): readonly Access[] {
  const keys: string[] = [];
  let end = from;
  // The elements of a list are events too.
  const element = /^\[\s*(?:\d+|\w+)\s*\]/.exec(text.slice(end, end + 40));
  if (element !== null) end += element[0].length;
  for (;;) {
    const step = KEY.exec(text.slice(end, end + 120));
    const key = step?.groups?.["got"] ?? step?.groups?.["dotted"] ?? step?.groups?.["quoted"];
    if (step === null || key === undefined) break;
    keys.push(key);
    end += step[0].length;
  }
  return keys.length === 0 ? [] : [{ kind: "keys", keys, start, end }];
}

function columnAt(text: string, start: number, from: number): readonly Access[] {
  const [whole = "", digits] = /^\[\s*(-?\d+)\s*\]/.exec(text.slice(from, from + 20)) ?? [];
  return digits === undefined
    ? []
    : [{ kind: "column", index: Number(digits), start, end: from + whole.length }];
}

/** `line.split()[3]` */
function splitAt(text: string, start: number, from: number): readonly Access[] {
  const line = text.slice(from, !text.includes("\n", from) ? text.length : text.indexOf("\n", from));
  const split = SPLITS.exec(line);
  const between = line.slice(0, split?.index);
  if (split === null || between.includes(";") || between.includes("=")) return [];
  return columnAt(text, start, from + split.index + split[0].length);
}

/** Behind the bracket that closes the one at an offset. */
function closing(text: string, open: number): number | null {
  let depth = 0;
  for (let at = open; at < Math.min(text.length, open + 400); at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")" && --depth === 0) return at + 1;
  }
  return null;
}
