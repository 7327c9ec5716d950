import type { Event, Output } from "./events.ts";

/** A heading of a table: its name, and the columns of text that it covers. */
interface Heading {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a table with a line of headings in capitals, which may come again. Where a line has as many words as there are
 * headings, they go together in order; else a word belongs to the heading above it, the words behind the last heading to
 * that one.
 */
export function readColumns(text: string): Output {
  const events: Event[] = [];
  const unread: string[] = [];
  let headings: readonly Heading[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "") continue;
    if (isHead(line)) headings = wordsOf(line).map(({ text: name, start, end }) => ({ name, start, end }));
    else if (headings.length === 0) unread.push(line);
    else events.push(eventOf(line, headings));
  }
  return { format: "columns", events, unread };
}

function isHead(line: string): boolean {
  const words = wordsOf(line);
  return (
    words.every(({ text }) => /^[A-Z][A-Z0-9_.]*$/.test(text)) && words.some(({ text }) => text.length > 1)
  );
}

function eventOf(line: string, headings: readonly Heading[]): Event {
  const words = wordsOf(line);
  const values = new Map<string, string>();
  for (const [i, { text, start, end }] of words.entries()) {
    const heading = words.length === headings.length ? headings[i] : headingAt(start, end, headings);
    if (heading === undefined) continue;
    const known = values.get(heading.name);
    values.set(heading.name, known === undefined ? text : `${known} ${text}`);
  }
  return Object.fromEntries(values);
}

/** The heading that stands over a word; between two, the one that begins before it. */
function headingAt(start: number, end: number, headings: readonly Heading[]): Heading | undefined {
  const over = headings.find((heading) => heading.start < end && start < heading.end);
  return over ?? headings.findLast((heading) => heading.start <= start) ?? headings[0];
}

function wordsOf(
  line: string,
): readonly { readonly text: string; readonly start: number; readonly end: number }[] {
  return Array.from(line.matchAll(/\S+/g), ({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length,
  }));
}
