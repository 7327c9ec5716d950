import { parse, type ParsedScript } from "unbash";
import type { Constant, Invocation, OutputUse, Problem, Reading, Word } from "../../commands/command.ts";
import type { Helper, KnownHelper } from "../../commands/helper.ts";
import { frozen } from "../../commands/lists.ts";
import { overlaps, type Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import { sourcedFiles } from "../modules.ts";
import type { Language, ReadContext } from "../language.ts";
import { shellComments } from "./comments.ts";
import { prepare } from "./mask.ts";
import { STDOUT } from "./output.ts";
import { hasErrors, stretches } from "./recover.ts";
import { type Nested, Walker } from "./walk.ts";

/** Scripts of bash and sh, and those of other shells as far as they read the same. */
export const shell: Language = {
  id: "shell",
  comments: shellComments,
  read(fragment, context) {
    try {
      const reading = read(prepare(fragment, context.path), {
        use: STDOUT,
        environment: context.environment ?? [],
        depth: 0,
        context,
      });
      return isOther(fragment, context.path) ? asOther(reading) : reading;
    } catch (error) {
      // The parser, like what walks its trees, uses the stack for each level of `$(` and the like.
      if (!(error instanceof RangeError)) throw error;
      const place = fragment.place;
      return { invocations: [], problems: [{ ...place, reason: "this is nested too deeply", fatal: true }] };
    }
  },
};

/** Shells whose command lines mostly read as those of sh do, and whose `(...)` and variables are something else. */
function isOther({ source }: Fragment, path: string): boolean {
  return /\.(?:fish|t?csh)$/.test(path) || /^#![^\n]*\b(?:fish|t?csh)\b/.test(source);
}

/** Values that run time knows are spelled in another way there: a command that has some stays as it is. */
function asOther({ invocations, problems }: Reading): Reading {
  const isPlain = ({ value }: Word): boolean => value.every((part) => typeof part === "string");
  return {
    invocations: invocations.map((invocation) => ({
      ...invocation,
      words: invocation.words.every(isPlain) ? invocation.words : frozen(invocation.words),
      role: invocation.role === "run" ? "foreign" : invocation.role,
    })),
    problems,
  };
}

/** A script in a script in a script is read; more is an attempt to exhaust the stack. */
const MAX_DEPTH = 16;

/** What is around a script: what becomes of its output, the variables that are set for it. */
interface Around {
  readonly use: OutputUse;
  readonly environment: readonly Constant[];
  readonly depth: number;
  readonly context: ReadContext;
}

function read(fragment: Fragment, around: Around): Reading {
  if (around.depth > MAX_DEPTH) return { invocations: [], problems: [] };
  const script = parse(fragment.text);
  const whole = walk(fragment, script, around);
  return hasErrors(script) ? recovered(fragment, whole, around) : whole;
}

function walk(fragment: Fragment, script: ParsedScript, around: Around): Reading {
  const { environment, depth, context } = around;
  const invocations: Invocation[] = [];
  const problems: Problem[] = [];
  const helpers: Helper[] = [];
  const called = (name: string): KnownHelper | undefined => {
    if (context.helpers?.knows(name) !== true) return undefined;
    const files = sourcedFiles(fragment.source);
    return files.map((tail) => context.helpers?.find(tail, name)).find((helper) => helper !== undefined);
  };
  const nested: Nested = {
    script(nested, use) {
      context.onScript?.(nested);
      const reading = read(nested, { ...around, use, depth: depth + 1 });
      problems.push(...reading.problems);
      return reading.invocations;
    },
    document(nested, { language, path }) {
      if (depth >= MAX_DEPTH) return [];
      const reading = context.read(language, nested, path);
      // The shell may put together what is no document before.
      problems.push(...reading.problems.filter(({ fatal }) => !fatal));
      return reading.invocations;
    },
  };
  const walker = new Walker(fragment, script, environment, invocations, nested, { helpers, called });
  walker.walk(script, around.use);
  return { invocations, problems, helpers };
}

/**
 * What the stretches of a script with errors say. A command that they and the whole script agree on is taken from the
 * whole, which knows the loops and pipelines around it.
 */
function recovered(fragment: Fragment, whole: Reading, around: Around): Reading {
  const parts = stretches(fragment.text);
  const readings = parts.map(({ start, end }) => {
    const part = fragment.slice(start, end);
    return walk(part, parse(part.text), around);
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
  return { invocations, problems, helpers: whole.helpers ?? [] };
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
function placeOf({ words, told }: Invocation): Range {
  if (told !== undefined) return told.place;
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
