import { display, literal, type Value } from "../commands/command.ts";
import { shownLine } from "../commands/shown.ts";
import { fieldsOf, filteredSources, findImage } from "../knowledge/lookup.ts";
import type { Workflow } from "../knowledge/gadget.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { findNewFlag } from "./new-flags.ts";
import { parseLine, type GadgetLine } from "./parse.ts";
import { translateGadget } from "./translate-gadget.ts";
import type { CommandLine, NewWord, Note, TranslateOptions, Translation } from "./translation.ts";

/** One command of a document that works on the recordings of a workflow. */
interface Step {
  readonly line: CommandLine;
  readonly parsed: GadgetLine;
  readonly workflow: Workflow;
}

/**
 * What becomes of a command that starts, shows or ends a recording which runs on without it. One command of today does it
 * all, so that the finding shows the commands that take the place of all of them in this document.
 */
export function translateStep(
  line: CommandLine,
  parsed: GadgetLine,
  workflow: Workflow,
  options: TranslateOptions,
  knowledge: Knowledge,
): Translation {
  const own: Step = { line, parsed, workflow };
  const base = translateGadget(line, parsed, options, knowledge);
  if (base.state === "fine" || base.image === null || wordsOf(base) === null) return base;
  const { before, behind } = otherSteps(own, knowledge);
  if (isAlone(own, [...before, ...behind])) return base;

  const start = pick(own, "start", before, behind);
  const result = pick(own, "result", behind, before);
  const began = start === null ? base : translateGadget(start.line, start.parsed, options, knowledge);
  const command = newCommand(start ?? own, began, result, options, knowledge);
  const nearest: readonly NewWord[] = [
    ...line.words.slice(0, line.programWords).map((_, i) => ({ keep: i })),
    ...command.map((write) => ({ write })),
  ];
  const shown = [...line.words.slice(0, line.programWords), ...command];
  const isPart = workflow.step === "start" || workflow.step === "result";
  const instead: Note = isPart
    ? { messageId: "workflow-sequence", args: { lines: sequence(shown, result).join("\n") } }
    : { messageId: "workflow-over", args: { command: shownLine(shown) } };
  const why = reasonOf(base);
  const { rule, message, gadget, image } = base;
  return {
    rule,
    message,
    gadget,
    image,
    state: "manual",
    nearest,
    notes: [...why, instead, ...flagNotes(base)],
  };
}

/** A start that nothing else in the document goes on with, and whose id nothing reads. */
function isAlone({ line: { output }, workflow }: Step, others: readonly Step[]): boolean {
  const isRead = output.pipe.length > 0 || output.sink === "captured" || output.sink === "file-read";
  return workflow.isWhole === true && !isRead && others.every((other) => other.workflow.step === "start");
}

const parsedLines = new WeakMap<CommandLine, Step | null>();

function otherSteps(
  { line, workflow }: Step,
  knowledge: Knowledge,
): { readonly before: readonly Step[]; readonly behind: readonly Step[] } {
  const { lines = [], at = 0 } = line.document ?? {};
  const steps = (some: readonly CommandLine[]): readonly Step[] =>
    some.flatMap((other) => {
      const step = stepOf(other, knowledge);
      return step?.workflow.recording === workflow.recording ? [step] : [];
    });
  // The nearest ones first.
  return { before: steps(lines.slice(0, at)).toReversed(), behind: steps(lines.slice(at + 1)) };
}

function stepOf(line: CommandLine, knowledge: Knowledge): Step | null {
  const known = parsedLines.get(line);
  if (known !== undefined) return known;
  const parsed = parseLine(line, knowledge);
  const workflow = parsed.kind === "gadget" ? parsed.gadget.workflow : undefined;
  const step = parsed.kind === "gadget" && workflow !== undefined ? { line, parsed, workflow } : null;
  parsedLines.set(line, step);
  return step;
}

/** The command of that kind that goes with this one: by the file of the recording if both name one, else the nearest. */
function pick(own: Step, step: Workflow["step"], near: readonly Step[], far: readonly Step[]): Step | null {
  if (own.workflow.step === step) return own;
  const candidates = [...near, ...far].filter((other) => other.workflow.step === step);
  const file = recordingOf(own);
  const same = candidates.find((other) => file !== null && recordingOf(other) === file);
  return same ?? candidates[0] ?? null;
}

/** The file that the recording is in. */
function recordingOf({ line, parsed, workflow }: Step): string | null {
  const given = flagValue(parsed, workflow.recordingFlag) ?? line.output.file ?? null;
  return given === null ? null : display(given).replace(/^\.\//, "");
}

function flagValue({ uses }: GadgetLine, name: string | undefined): Value | null {
  return uses.findLast(({ spec }) => name !== undefined && spec?.name === name)?.value ?? null;
}

/** The words of the command of today, behind those that name the program. */
function newCommand(
  { line, parsed }: Step,
  began: Translation,
  result: Step | null,
  options: TranslateOptions,
  knowledge: Knowledge,
): readonly Value[] {
  const operands = new Set(parsed.positionals);
  const words = (wordsOf(began) ?? []).flatMap((word): readonly Value[] => {
    if ("write" in word) return [word.write];
    return word.keep < line.programWords || operands.has(word.keep) ? [] : [line.words[word.keep] ?? []];
  });
  return [...words, ...filterOf(result, began, line, options, knowledge)];
}

/** The id of what was to be shown as a filter, where the id is known. */
function filterOf(
  result: Step | null,
  began: Translation,
  { program }: CommandLine,
  { target }: TranslateOptions,
  knowledge: Knowledge,
): readonly Value[] {
  const name = result?.workflow.idField;
  const [operand] = result?.parsed.positionals ?? [];
  const id = operand === undefined ? null : literal(result?.line.words[operand] ?? []);
  const image = began.state === "fine" || began.image === null ? null : findImage(knowledge, began.image);
  if (name === undefined || id === null || !/^\w{4,64}$/.test(id) || image === null) return [];
  const running = { image, program, release: target, knowledge };
  const source = filteredSources(running).find((some) =>
    fieldsOf(running, some).some((field) => field.name === name),
  );
  if (source === undefined) return [];
  const flag = ["filter", `filter.${source.name}`].find((some) => findNewFlag(some, running) !== null);
  return flag === undefined ? [] : [[`--${flag}`], [`${name}${id.length === 64 ? "==" : "~^"}${id}`]];
}

/** Shell lines that do what the commands of the workflow did. */
function sequence(command: readonly Value[], result: Step | null): readonly string[] {
  const endsItself = command.some((word) => /^(?:--timeout(?:=|$)|-t)/.test(display(word)));
  const { file, use } = destination(result);
  return [
    ...(file === RESULT ? ["result=$(mktemp)"] : []),
    `${shownLine(command)}${file === null ? "" : ` > ${file}`} &`,
    "recorder=$!",
    "# here: what is to be recorded",
    `${endsItself ? "" : 'kill "$recorder"; '}wait "$recorder"`,
    ...(file === null || result?.workflow.tidy === undefined ? [] : [`${result.workflow.tidy} ${file}`]),
    ...(use === null ? [] : [use]),
  ];
}

const RESULT = '"$result"';

/** Where the result goes, and what is done with it then. */
function destination(result: Step | null): { readonly file: string | null; readonly use: string | null } {
  if (result === null) return { file: null, use: null };
  const { line, parsed, workflow } = result;
  const { pipe, sink, file } = line.output;
  const given = flagValue(parsed, workflow.resultFlag);
  if (given !== null && display(given) !== "-") return { file: shownLine([given]), use: null };
  if (pipe.length > 0) {
    const [first = "", ...rest] = pipe.map((stage) => shownLine(stage));
    const end = file === undefined ? "" : ` > ${shownLine([file])}`;
    return { file: RESULT, use: `${[`${first} < ${RESULT}`, ...rest].join(" | ")}${end}` };
  }
  if (sink === "captured") return { file: RESULT, use: `cat ${RESULT}` };
  return { file: file === undefined ? null : shownLine([file]), use: null };
}

function wordsOf(translation: Translation): readonly NewWord[] | null {
  if (translation.state === "fine") return null;
  return translation.state === "rewrite" ? translation.words : translation.nearest;
}

const REASONS: readonly string[] = ["gadget-differs", "gadget-manual", "not-on-program"];

function reasonOf({ notes }: Translation & { state: "rewrite" | "manual" }): readonly Note[] {
  return notes
    .filter(({ messageId }) => REASONS.includes(messageId))
    .map((note) => (note.messageId === "gadget-differs" ? { ...note, messageId: "gadget-manual" } : note));
}

/** What became of its flags. */
function flagNotes({ notes }: Translation & { state: "rewrite" | "manual" }): readonly Note[] {
  return notes.filter(({ messageId }) => /^(?:flag|value)-/.test(messageId));
}
