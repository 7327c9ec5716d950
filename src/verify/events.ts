import { readColumns } from "./columns.ts";

/** How an output says its events. `columns` is a table for people: its values are texts, and may be cut short. */
export type OutputFormat = "json" | "yaml" | "columns";

/** One thing that a gadget saw, as it printed it. */
export type Event = Readonly<Record<string, unknown>>;

/** What a gadget printed. */
export interface Output {
  readonly format: OutputFormat;
  readonly events: readonly Event[];
  /** Lines that are neither events nor part of one: warnings, progress, a line that broke off. */
  readonly unread: readonly string[];
}

/** `parseDocuments` of YAML, handed in since its parser is loaded only for those who print YAML. */
export type ParseYaml = (text: string) => readonly unknown[];

/**
 * Reads what a gadget printed, in any of its formats: JSON (a line or several for each event, or lists of events), YAML
 * documents, or columns.
 */
export function readOutput(text: string, parseYaml: ParseYaml): Output {
  const start = text.trimStart();
  if (/^[[{]/.test(start) || /^\s*[[{]/m.test(text)) return readJson(text);
  if (/^[ \t]*[A-Z][A-Z0-9_.]*(?:[ \t]+[A-Z][A-Z0-9_.]*)*[ \t]*$/m.test(text)) return readColumns(text);
  const { events, rest } = eventsOf(parseYaml(text));
  return { format: "yaml", events, unread: rest.map((value) => JSON.stringify(value)) };
}

function readJson(text: string): Output {
  const events: Event[] = [];
  const unread: string[] = [];
  for (const piece of piecesOf(text)) {
    const value = parsed(piece);
    const found = value === undefined ? null : eventsOf([value]);
    if (found === null || found.rest.length > 0) unread.push(...linesOf(piece));
    events.push(...(found?.events ?? []));
  }
  return { format: "json", events, unread };
}

/** The objects among values and in lists of them; warnings that built-in gadgets put among their events are none. */
function eventsOf(values: readonly unknown[]): {
  readonly events: readonly Event[];
  readonly rest: readonly unknown[];
} {
  const all = values.flatMap((value): readonly unknown[] => (Array.isArray(value) ? value : [value]));
  const events = all.filter(isEvent);
  return {
    events: events.filter((event) => !isMessage(event)),
    rest: all.filter((value) => !isEvent(value) && value != null),
  };
}

export function isEvent(value: unknown): value is Event {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `{"type":"warn","message":"..."}` (v0.41.0 pkg/types/types.go: events are `normal`). */
function isMessage({ type, message }: Event): boolean {
  return typeof type === "string" && type !== "normal" && typeof message === "string";
}

/** Whole values of JSON, one behind the other, and the lines between them. */
function* piecesOf(text: string): Generator<string> {
  let start = 0;
  let depth = 0;
  const token = /"(?:[^"\\\n]|\\.)*"|[[\]{}]|\n/g;
  for (const { 0: found, index } of text.matchAll(token)) {
    if (found === "\n") {
      if (depth > 0) continue;
      yield text.slice(start, index);
      start = index + 1;
    } else if (found === "{" || found === "[") {
      // In a line of words a bracket opens nothing.
      if (depth > 0 || text.slice(start, index).trim() === "") depth += 1;
    } else if ((found === "}" || found === "]") && depth > 0) {
      depth -= 1;
      if (depth > 0) continue;
      yield text.slice(start, index + 1);
      start = index + 1;
    }
  }
  yield text.slice(start);
}

function parsed(piece: string): unknown {
  if (piece.trim() === "") return [];
  try {
    return JSON.parse(piece) as unknown;
  } catch {
    return undefined;
  }
}

function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}
