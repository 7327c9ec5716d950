import { parse, type ParsedScript } from "unbash";
import type { Invocation, OutputUse, Problem, Reading, Word } from "../../commands/command.ts";
import { overlaps, type Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { Language } from "../language.ts";
import { prepare } from "./mask.ts";
import { STDOUT } from "./output.ts";
import { hasErrors, stretches } from "./recover.ts";
import { Walker } from "./walk.ts";

/** Scripts of bash and sh, and those of other shells as far as they read the same. */
export const shell: Language = {
  id: "shell",
  read(fragment) {
    try {
      return read(prepare(fragment), STDOUT, 0);
    } catch (error) {
      // The parser, like what walks its trees, uses the stack for each level of `$(` and the like.
      if (!(error instanceof RangeError)) throw error;
      const place = fragment.toSource({ start: 0, end: fragment.text.length });
      return { invocations: [], problems: [{ ...place, reason: "this is nested too deeply", fatal: true }] };
    }
  },
};

/** A script in a script in a script is read; more is an attempt to exhaust the stack. */
const MAX_DEPTH = 16;

/** @param use what becomes of the script's output */
function read(fragment: Fragment, use: OutputUse, depth: number): Reading {
  if (depth > MAX_DEPTH) return { invocations: [], problems: [] };
  const script = parse(fragment.text);
  const whole = walk(fragment, script, use, depth);
  return hasErrors(script) ? recovered(fragment, whole, use, depth) : whole;
}

function walk(fragment: Fragment, script: ParsedScript, use: OutputUse, depth: number): Reading {
  const invocations: Invocation[] = [];
  const problems: Problem[] = [];
  const walker = new Walker(fragment, script, invocations, (nested, output) => {
    const reading = read(nested, output, depth + 1);
    invocations.push(...reading.invocations);
    problems.push(...reading.problems);
  });
  walker.walk(script, use);
  return { invocations, problems };
}

/**
 * What the stretches of a script with errors say. A command that they and the whole script agree on is taken from the
 * whole, which knows the loops and pipelines around it.
 */
function recovered(fragment: Fragment, whole: Reading, use: OutputUse, depth: number): Reading {
  const parts = stretches(fragment.text);
  const readings = parts.map(({ start, end }) => {
    const part = fragment.slice(start, end);
    return walk(part, parse(part.text), use, depth);
  });
  const fromWhole = new Map(whole.invocations.map((invocation) => [keyOf(invocation), invocation]));
  const found = readings
    .flatMap((reading) => reading.invocations)
    .map((invocation) => fromWhole.get(keyOf(invocation)) ?? invocation);
  const places = found.map(placeOf);
  const missed = whole.invocations.filter((invocation) => {
    const place = placeOf(invocation);
    return !places.some((other) => overlaps(place, other));
  });
  const invocations = [...found, ...missed];
  const telltales = parts.filter((part) => !part.sound).flatMap((part) => telltalesOf(part, fragment));
  const problems = [...readings.flatMap((reading) => reading.problems), ...unread(telltales, invocations)];
  return { invocations, problems };
}

/** A word that some command should hold: no script writes it for long without a command of the tool. */
const TELLTALE = /(?<![\w./-])gadget(?![\w./-])/g;

/** Places of a stretch that name the tool, comments left out; in offsets of the source. */
function telltalesOf(part: Range, fragment: Fragment): readonly Range[] {
  const text = fragment.text.slice(part.start, part.end);
  return [...text.matchAll(TELLTALE)].flatMap(({ index, 0: word }) => {
    const line = text.slice(text.lastIndexOf("\n", index - 1) + 1, index);
    const start = part.start + index;
    return /(?:^|\s)#/.test(line) ? [] : [fragment.toSource({ start, end: start + word.length })];
  });
}

/** Those that no command accounts for. */
function unread(telltales: readonly Range[], invocations: readonly Invocation[]): readonly Problem[] {
  if (telltales.length === 0) return [];
  const words = invocations.flatMap((invocation) => invocation.words.filter(hasText).map(sourceOf));
  return telltales
    .filter((place) => !words.some((word) => overlaps(place, word)))
    .map((place) => ({
      ...place,
      reason: "shell syntax that could not be read hides a command",
      fatal: false,
    }));
}

/** From the first to the last of the words that stand in one place with the first. */
function placeOf({ words }: Invocation): Range {
  const own = words.filter((word) => word.list === words[0]?.list).map(sourceOf);
  return { start: own[0]?.start ?? 0, end: own.at(-1)?.end ?? 0 };
}

function keyOf(invocation: Invocation): string {
  const { start, end } = placeOf(invocation);
  return `${start} ${end} ${invocation.words.length}`;
}

function hasText({ value }: Word): boolean {
  return value.some((part) => typeof part === "string");
}

function sourceOf(word: Word): Range {
  return word.list.fragment.toSource(word);
}
