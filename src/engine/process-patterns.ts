import { display, type Invocation, type OutputUse, type Value, type Word } from "../commands/command.ts";
import { shownLine } from "../commands/shown.ts";
import type { Read } from "../languages/registry.ts";
import type { Note } from "../translate/translation.ts";

/** A pattern that finds running programs by their words, and the line that has it. */
export interface ProcessPattern {
  readonly pattern: RegExp;
  readonly line: string;
}

const FINDERS = /(?:^|[/\s;&|(`])(?:pkill|pgrep|killall|pidof)$/;
/** Lists processes: what searches its output looks for their words. */
const LISTS = /^(?:.*\/)?ps$/;
const SEARCHES = /^(?:.*\/)?(?:[ef]?grep|awk|sed|rg)$/;
/** Takes the next word, which is no pattern. */
const VALUE_FLAG = /^-(?:u|U|g|G|P|s|t|F|A|B|C|m)$|^--(?:signal|uid|euid|group|parent|session|terminal)$/;
/** A script in a script in a script: more is not looked into. */
const MAX_DEPTH = 3;

/** Everything in a document that looks for running programs by the words that they were started with. */
export function processPatterns(
  invocations: readonly Invocation[],
  read: Read,
  depth = 0,
): readonly ProcessPattern[] {
  return invocations.flatMap(({ words, output }) => {
    const texts = words.map(({ value }) => display(value));
    const finder = texts.findIndex((text) => FINDERS.test(text));
    const listed = texts.some((text) => LISTS.test(text)) ? searched(output) : [];
    const own = finder < 0 ? listed : patternsIn(valuesOf(words.slice(finder)), valuesOf(words));
    const scripts = depth < MAX_DEPTH ? words.filter((_, i) => holdsScript(texts[i] ?? "")) : [];
    const inner = scripts.flatMap((word) => {
      const inside = word.list.inside(word);
      return inside === null ? [] : processPatterns(read("shell", inside).invocations, read, depth + 1);
    });
    return [...own, ...inner];
  });
}

/**
 * The doubt about a change after which a pattern no longer finds the command that it found before; null where all patterns
 * find what they found.
 */
export function patternDoubt(
  before: readonly Value[],
  after: readonly Value[],
  patterns: readonly ProcessPattern[],
): Note | null {
  const lost = patterns.find(({ pattern }) => {
    return processesOf(before).some(
      (line, i) => pattern.test(line) && !pattern.test(processesOf(after)[i] ?? ""),
    );
  });
  return lost === undefined ? null : { messageId: "process-pattern", args: { line: lost.line } };
}

/** How a list of processes shows a command: a plugin also as the program that it is. */
function processesOf(values: readonly Value[]): readonly [string, string] {
  const line = values.map(display).join(" ");
  return [line, line.replace(/^(\S*kubectl) (\S+)/, "$1-$2")];
}

function searched({ pipe }: OutputUse): readonly ProcessPattern[] {
  return pipe.flatMap((stage) => {
    const values = valuesOf(stage);
    return SEARCHES.test(display(values[0] ?? [])) ? patternsIn(values, values) : [];
  });
}

function patternsIn([, ...args]: readonly Value[], line: readonly Value[]): readonly ProcessPattern[] {
  return args.flatMap((arg, i) => {
    const isValue = i > 0 && VALUE_FLAG.test(display(args[i - 1] ?? []));
    const pattern = display(arg).startsWith("-") || isValue ? null : patternOf(arg);
    return pattern === null ? [] : [{ pattern, line: shownLine(line) }];
  });
}

/** A value that is known only at run time may be anything. */
function patternOf(value: Value): RegExp | null {
  const source = value.map((part) => (typeof part === "string" ? part : ".*")).join("");
  // A program of awk or sed has its pattern between slashes.
  const inner = /^\s*!?\/(.*?[^\\])\/\s*(?:\{.*|d|p)?$/s.exec(source)?.[1] ?? source;
  if (!/[A-Za-z]/.test(inner) || inner.length > 500) return null;
  try {
    return new RegExp(inner.replace(/\[\[:(?:space|blank):\]\]|\\s/g, "[ \\t]"));
  } catch {
    return new RegExp(inner.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  }
}

/** A word with blanks that names a finder, or a list of processes that is searched. */
function holdsScript(text: string): boolean {
  return /\s/.test(text) && /(?:^|[\s;&|(`/])(?:pkill|pgrep|killall|pidof|ps)\s/.test(text);
}

function valuesOf(words: readonly Word[]): readonly Value[] {
  return words.map(({ value }) => value);
}
