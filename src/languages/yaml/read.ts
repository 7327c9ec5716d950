import type { Invocation, Problem } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import { LineIndex } from "../../text/lines.ts";
import type { ReadContext } from "../language.ts";
import { parseDocuments, type Fault, type YamlDocument } from "./document.ts";
import { readLines } from "./lines.ts";
import { readDocument } from "./reader.ts";

/** What one text says as YAML. Places are of the source. */
export interface YamlReading {
  readonly invocations: readonly Invocation[];
  /** Places that look like commands, and that nothing accounts for. */
  readonly unread: readonly Problem[];
  /** What the parser did not accept: the first of each document. */
  readonly faults: readonly Fault[];
}

/**
 * Reads all documents of a text. Where one does not parse, its sound parts are read, and lines that look like commands
 * one by one.
 */
export function readYaml(file: Fragment, context: ReadContext): YamlReading {
  const fragment = withoutMark(file);
  const parsed = tryParse(fragment);
  const readings =
    typeof parsed === "string"
      ? [readBroken(fragment, parsed, context)]
      : parsed.map((document) => readWhole(document, context));
  return {
    invocations: withoutRepeats(readings.flatMap((reading) => reading.invocations)),
    unread: readings.flatMap((reading) => reading.unread),
    faults: readings.flatMap((reading) => reading.faults),
  };
}

/** Faults as what a user is told: the file is skipped when nothing was found in it. */
export function problemsOf(faults: readonly Fault[], source: string, isEmpty: boolean): readonly Problem[] {
  const [first] = faults;
  if (first === undefined || !isEmpty) {
    return faults.map(({ start, end, message }) => ({
      start,
      end,
      reason: `this is not valid YAML: ${message}`,
      fatal: false,
    }));
  }
  const { start, end, message } = first;
  const { line } = new LineIndex(source).position(start);
  return [{ start, end, reason: `this is not valid YAML: line ${line}: ${message}`, fatal: true }];
}

/** The parser takes a byte order mark for indentation when a dash follows. */
function withoutMark(file: Fragment): Fragment {
  return file.text.startsWith("\uFEFF") ? file.slice(1, file.text.length) : file;
}

function tryParse(fragment: Fragment): readonly YamlDocument[] | string {
  try {
    return parseDocuments(fragment);
  } catch (error) {
    // Only what the parser itself cannot bear: a stack that overflows on thousands of brackets.
    return error instanceof Error ? error.message : String(error);
  }
}

function readBroken(fragment: Fragment, message: string, context: ReadContext): YamlReading {
  const whole = { start: 0, end: fragment.text.length };
  const { invocations, unread } = readLines(fragment, whole, [], context);
  const fault = { ...fragment.toSource(whole), message };
  return {
    invocations,
    unread: unread.map((line) => hiding(fragment.toSource(line), message)),
    faults: [fault],
  };
}

function readWhole(document: YamlDocument, context: ReadContext): YamlReading {
  const { invocations, problems } = readDocument(document, context);
  const [fault] = document.faults;
  if (fault === undefined) return { invocations, unread: problems, faults: [] };
  const { fragment, range } = document;
  const message = sentence(fault.message);
  const lines = readLines(fragment, range, invocations, context);
  const unread = lines.unread.map((line) => hiding(fragment.toSource(line), message));
  return {
    invocations: [...invocations, ...lines.invocations],
    unread: [...problems, ...unread],
    faults: [{ ...fragment.toSource(fault), message }],
  };
}

/** The parser's message in one line, without the text that it quotes. */
function sentence(message: string): string {
  return message
    .replace(/: ".*$/s, "")
    .replace(/\s+/g, " ")
    .trim();
}

function hiding(place: { readonly start: number; readonly end: number }, message: string): Problem {
  const reason = `this looks like a command, but the YAML around it does not parse: ${message}`;
  return { ...place, reason, fatal: false };
}

/** Whether a word holds several words, its quotes aside. */
function isScript(text: string): boolean {
  return /\S\s+\S/.test(text.replace(/^["']|["']$/g, ""));
}

/** Anchors and aliases lead to the same words; they are one command, which is run when one way says so. */
export function withoutRepeats(invocations: readonly Invocation[]): readonly Invocation[] {
  const kept = new Map<string, Invocation>();
  for (const invocation of invocations) {
    const key = keyOf(invocation);
    if (kept.get(key)?.role !== "run") kept.set(key, invocation);
  }
  return [...kept.values()];
}

/** By place. The text counts too: a script in one word says other things on each way through a template. */
function keyOf({ words, told }: Invocation): string {
  if (told !== undefined) return JSON.stringify([told.place, told.text]);
  const stretches = words.map(({ start, end, list: { fragment } }) => {
    const place = fragment.toSource({ start, end });
    const text = fragment.text.slice(start, end);
    return [place.start, place.end, isScript(text) ? text : ""];
  });
  return JSON.stringify(stretches);
}
