import type { Invocation, Problem, Reading } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import { LineIndex } from "../../text/lines.ts";
import type { Language, ReadContext } from "../language.ts";
import { parseDocuments, type Fault, type YamlDocument } from "./document.ts";
import { readLines } from "./lines.ts";
import { readDocument } from "./reader.ts";

/**
 * Manifests, CI files, compose files, playbooks: commands as lists of words, as shell text under keys that hold shell, and
 * as text that is a whole command. Where a document does not parse, its sound parts are read, and lines that look like
 * commands one by one.
 */
export const yaml: Language = {
  id: "yaml",
  read(file, context) {
    const fragment = withoutMark(file);
    const parsed = tryParse(fragment);
    if (typeof parsed === "string") return nothing(fragment, parsed);
    const readings = parsed.map((document) => readWhole(document, context));
    const invocations = withoutRepeats(readings.flatMap((reading) => reading.invocations));
    const problems = readings.flatMap((reading) => reading.problems);
    const faults = parsed.flatMap((document) => document.faults.slice(0, 1));
    const [first] = faults;
    if (first !== undefined && invocations.length === 0) problems.push(fatal(fragment, first));
    else problems.push(...faults.map((fault) => broken(fragment, fault)));
    return { invocations, problems };
  },
};

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

function nothing(fragment: Fragment, message: string): Reading {
  const fault = { start: 0, end: fragment.text.length, message };
  return { invocations: [], problems: [fatal(fragment, fault)] };
}

function readWhole(document: YamlDocument, context: ReadContext): Reading {
  const { invocations, problems } = readDocument(document, context);
  const [fault] = document.faults;
  if (fault === undefined) return { invocations, problems };
  const { fragment, range } = document;
  const lines = readLines(fragment, range, invocations, context);
  const unread = lines.unread.map((line) => ({
    ...fragment.toSource(line),
    reason: `this looks like a command, but the YAML around it does not parse: ${sentence(fault)}`,
    fatal: false,
  }));
  return { invocations: [...invocations, ...lines.invocations], problems: [...problems, ...unread] };
}

function broken(fragment: Fragment, fault: Fault): Problem {
  return { ...fragment.toSource(fault), reason: `this is not valid YAML: ${sentence(fault)}`, fatal: false };
}

function fatal(fragment: Fragment, fault: Fault): Problem {
  const place = fragment.toSource(fault);
  const { line } = new LineIndex(fragment.source).position(place.start);
  return { ...place, reason: `this is not valid YAML: line ${line}: ${sentence(fault)}`, fatal: true };
}

/** The parser's message in one line. */
function sentence({ message }: Fault): string {
  return message.replace(/\s+/g, " ").trim();
}

/** Anchors and aliases lead to the same words; they are one command, which is run when one way says so. */
function withoutRepeats(invocations: readonly Invocation[]): readonly Invocation[] {
  const kept = new Map<string, Invocation>();
  for (const invocation of invocations) {
    const places = invocation.words.map((word) => word.list.fragment.toSource(word));
    const key = JSON.stringify(places.map(({ start, end }) => [start, end]));
    if (kept.get(key)?.role !== "run") kept.set(key, invocation);
  }
  return [...kept.values()];
}
