import type { Range } from "../../text/edits.ts";

/** A line of an instruction; it goes on in the next one where `continues` is the place of the escape character. */
export interface Part extends Range {
  readonly continues: number | null;
}

/** The body of a here-document, its last line end included; `next` is behind the line that ends it. */
export interface HereDocument extends Range {
  readonly next: number;
}

export interface Instruction {
  /** In capitals. */
  readonly name: string;
  /** What stands behind the name, comments and empty lines between left out. */
  readonly parts: readonly Part[];
  readonly documents: readonly HereDocument[];
}

/** The instructions of a Dockerfile in order; `ONBUILD` and what follows it is one that is named for what follows. */
export function instructionsOf(text: string): readonly Instruction[] {
  const escape = /^\uFEFF?(?:#[^\n]*=[^\n]*\n)*?#\s*escape\s*=\s*([\\`])\s*(?:\n|$)/i.exec(text)?.[1] ?? "\\";
  const found: Instruction[] = [];
  for (let at = 0; at < text.length;) {
    const start = at;
    at = lineAfter(text, at);
    if (isPassed(text.slice(start, at))) continue;
    const parts: Part[] = [partOf(text, start, escape)];
    while (parts.at(-1)?.continues != null && at < text.length) {
      const line = text.slice(at, lineAfter(text, at));
      if (!isPassed(line)) parts.push(partOf(text, at, escape));
      at += line.length;
    }
    const instruction = nameOf(text, parts);
    const documents = mayHoldDocuments(instruction.name) ? documentsOf(text, instruction.parts, at) : [];
    at = documents.at(-1)?.next ?? at;
    found.push({ ...instruction, documents });
  }
  return found;
}

function isPassed(line: string): boolean {
  return /^\s*(?:#|$)/.test(line);
}

function partOf(text: string, start: number, escape: string): Part {
  const line = text.slice(start, lineAfter(text, start)).replace(/\n$/, "");
  const trimmed = line.trimEnd();
  const continues = trimmed.endsWith(escape) ? start + trimmed.length - 1 : null;
  return { start, end: start + line.length, continues };
}

function lineAfter(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  return found < 0 ? text.length : found + 1;
}

function nameOf(text: string, [first, ...more]: readonly Part[]): Pick<Instruction, "name" | "parts"> {
  if (first === undefined) return { name: "", parts: [] };
  const line = text.slice(first.start, first.continues ?? first.end);
  const [all = "", name = ""] = /^\s*(?:ONBUILD\s+)?([A-Za-z]+)(?:\s+|$)/i.exec(line) ?? [];
  return { name: name.toUpperCase(), parts: [{ ...first, start: first.start + all.length }, ...more] };
}

function mayHoldDocuments(name: string): boolean {
  return name === "RUN" || name === "COPY" || name === "ADD";
}

const MARK = /(?<![<\w])<<(-?)\s*(["']?)([A-Za-z_]\w*)\2/g;

function documentsOf(text: string, parts: readonly Part[], from: number): readonly HereDocument[] {
  const code = parts.map(({ start, end }) => text.slice(start, end)).join("\n");
  const documents: HereDocument[] = [];
  let start = from;
  for (const [, dash, , mark = ""] of code.matchAll(MARK)) {
    const end = new RegExp(`^${dash === "-" ? "\\t*" : ""}${mark}$`, "m").exec(text.slice(start));
    if (end === null) {
      // What nothing ends may be no mark at all, but a shift of numbers.
      if (/^\s*<</.test(code)) documents.push({ start, end: text.length, next: text.length });
      break;
    }
    const stop = start + end.index;
    documents.push({ start, end: stop, next: lineAfter(text, stop) });
    start = lineAfter(text, stop);
  }
  return documents;
}
