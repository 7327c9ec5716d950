import type { Invocation, Problem } from "../../commands/command.ts";
import { overlaps, type Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { Language, ReadContext } from "../language.ts";
import { helmComments } from "../yaml/comments.ts";
import { coverage } from "../yaml/lines.ts";
import { isCommand, looksLikeCommand } from "../yaml/mention.ts";
import { problemsOf, readYaml, withoutRepeats, type YamlReading } from "../yaml/read.ts";
import { readText } from "../yaml/text.ts";
import { actionsOf, stringsOf, type Action } from "./actions.ts";
import { conditionsOf, definitionsOf, waysThrough } from "./branches.ts";
import { mask } from "./mask.ts";

/**
 * Go templates of YAML, as Helm has them; also of shell scripts and of text, by the name inside (`run.sh.tpl`). They are
 * read once for each way through their branches, actions masked.
 */
export const helm: Language = {
  id: "helm",
  comments: helmComments,
  read(file, context) {
    const { actions, unclosed } = actionsOf(file.text);
    const inner = innerOf(file.text, context.path);
    const first = waysThrough(actions).map((leftOut) => readWay(file, actions, leftOut, inner, context));
    const isProse = first.every(({ faults }) => faults.length > 0) && mayBeText(context.path);
    const ways = isProse ? [readWay(file, actions, [], "text", context)] : first;
    const sound = ways.filter(({ faults }) => faults.length === 0);
    const broken = ways.filter(({ faults }) => faults.length > 0);
    const invocations = unite(sound, broken);
    const isRead = coverage(invocations);
    const unread = [
      ...ways.flatMap((way) => way.unread).filter((place) => !isRead(place) && !isSeen(place, sound)),
      ...sound.flatMap((way) => way.unread),
      ...neverSeen(file, ways).filter((place) => !isRead(place)),
      ...inActions(file, actions),
      ...(unclosed === null ? [] : [notClosed(file, unclosed)]),
    ];
    const [faulty] = sound.length > 0 || isHelper(context.path) ? [] : broken;
    const isEmpty = invocations.length === 0;
    const faults = isEmpty && unread.length > 0 ? [] : problemsOf(faulty?.faults ?? [], file.source, isEmpty);
    const conditions = conditionsOf(actions).map((range) => file.toSource(range));
    return { invocations, problems: [...once(unread), ...faults], conditions };
  },
};

/** What one way through a template says; `leftOut` in offsets of the source. */
interface Way extends YamlReading {
  readonly leftOut: readonly Range[];
}

function readWay(
  file: Fragment,
  actions: readonly Action[],
  leftOut: readonly Range[],
  inner: Inner,
  context: ReadContext,
): Way {
  const masked = mask(file, actions, leftOut, inner === "yaml" ? "yaml" : "lines");
  const reading =
    inner === "yaml"
      ? readDefinitions(file, masked, actions, leftOut, context)
      : readInner(masked, inner, context);
  return { ...reading, leftOut: leftOut.map((range) => file.toSource(range)) };
}

/** YAML, in which a `{{ define }}` may hold a script, or any other text. */
function readDefinitions(
  file: Fragment,
  masked: Fragment,
  actions: readonly Action[],
  leftOut: readonly Range[],
  context: ReadContext,
): YamlReading {
  const texts = definitionsOf(actions).filter(({ start, end }) => !startsYaml(masked.text.slice(start, end)));
  if (texts.length === 0) return readYaml(masked, context);
  const lines = mask(file, actions, leftOut, "lines");
  const readings = texts.map(({ start, end }) => {
    const body = lines.slice(start, end);
    if (SHEBANG.test(body.text)) return readInner(body, "shell", context);
    return { invocations: readText(body, context, "data"), unread: [], faults: [] };
  });
  return unitedReading([readYaml(without(masked, texts), context), ...readings]);
}

const SHEBANG = /^\s*#!\s*\S*\b(?:env\s+)?\S*sh\b/;

/** Whether the first line that is more than a comment begins a mapping, a list or anything in quotes or brackets. */
function startsYaml(text: string): boolean {
  if (SHEBANG.test(text)) return false;
  const first = text.split("\n").find((line) => /^\s*[^\s#]/.test(line)) ?? "";
  return first === "" || /^\s*(?:-(?:\s|$)|---|[[{"'&*!|>?]|[^\s:][^:]*:(?:\s|$))/.test(first);
}

/** The same with nothing in some places. */
function without(masked: Fragment, places: readonly Range[]): Fragment {
  const text = places.reduce(
    (all, { start, end }) =>
      all.slice(0, start) + all.slice(start, end).replace(/[^\n]/g, " ") + all.slice(end),
    masked.text,
  );
  return masked.remasked(text, []);
}

function unitedReading(readings: readonly YamlReading[]): YamlReading {
  return {
    invocations: readings.flatMap(({ invocations }) => invocations),
    unread: readings.flatMap(({ unread }) => unread),
    faults: readings.flatMap(({ faults }) => faults),
  };
}

function readInner(masked: Fragment, inner: Inner, context: ReadContext): YamlReading {
  if (inner === "yaml") return readYaml(masked, context);
  if (inner === "text") return { invocations: readText(masked, context), unread: [], faults: [] };
  const { invocations, problems } = context.read("shell", masked);
  return { invocations, unread: problems, faults: [] };
}

type Inner = "yaml" | "shell" | "text";

/** Whether the name of a template leaves open what it makes: what is no YAML then is text for people. */
function mayBeText(path: string): boolean {
  return !isHelper(path) && !/\.(?:ya?ml|json)(?:\.\w+)?$/i.test(path);
}

/** What a template makes, by the extension before that of the template, or by its first line. */
function innerOf(text: string, path: string): Inner {
  if (SHEBANG.test(text)) return "shell";
  const name = path.replace(/\.(?:tpl|gotmpl|tmpl)$/i, "");
  if (/\.(?:sh|bash)$/i.test(name)) return "shell";
  return /\.(?:txt|md)$/i.test(name) ? "text" : "yaml";
}

/** Helpers may print anything, not only YAML. */
function isHelper(path: string): boolean {
  return path.endsWith(".tpl");
}

/** A way that did not parse adds only what the others did not see. */
function unite(sound: readonly Way[], broken: readonly Way[]): readonly Invocation[] {
  const known = withoutRepeats(sound.flatMap(({ invocations }) => invocations));
  const isKnown = coverage(known);
  const added = broken
    .flatMap(({ invocations }) => invocations)
    .filter(({ words }) => words.some((word) => !isKnown(word.list.fragment.toSource(word))));
  return withoutRepeats([...known, ...added]);
}

/** Whether a way shows a place. */
function isSeen(place: Range, ways: readonly Way[]): boolean {
  return ways.some(({ leftOut }) => !leftOut.some((range) => overlaps(range, place)));
}

/** Lines that look like commands, in branches that no way took. */
function neverSeen(file: Fragment, ways: readonly Way[]): readonly Problem[] {
  return Array.from(file.text.matchAll(/[^\r\n]+/g)).flatMap(({ index, 0: line }) => {
    const place = file.toSource({ start: index, end: index + line.length });
    if (!looksLikeCommand(line) || isSeen(place, ways)) return [];
    return [{ ...place, reason: "this template has more branches than are followed", fatal: false }];
  });
}

/** Commands in the strings of actions: what the action makes of them is not known. */
function inActions(file: Fragment, actions: readonly Action[]): readonly Problem[] {
  return actions
    .filter((action) => stringsOf(action).some((text) => isCommand(text) && looksLikeCommand(text)))
    .map((action) => ({
      ...file.toSource(action),
      reason: "a command in a string of a template action is not read",
      fatal: false,
    }));
}

function notClosed(file: Fragment, start: number): Problem {
  const place = file.toSource({ start, end: file.text.length });
  return { ...place, reason: "a template action that begins here is not closed", fatal: false };
}

function once(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.start} ${problem.reason}`, problem])).values()];
}
