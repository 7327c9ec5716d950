import { display, literal, type Value } from "../commands/command.ts";
import { builtinPaths, imagePaths } from "../consumers/json-paths.ts";
import { builtinTables, type Tables } from "../consumers/table/tables.ts";
import { printedSources, type Running } from "../knowledge/lookup.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { GadgetMapping } from "../knowledge/mapping.ts";
import type { FlagChange } from "./change-flags.ts";
import type { LineProblem } from "./command-path.ts";
import { type Events, readOutput, type ReadOutput } from "./consumers.ts";
import { announcedGadget } from "./image-ref.ts";
import { knownTexts } from "./known-texts.ts";
import type { GadgetLine } from "./parse.ts";
import type { CommandLine, Note } from "./translation.ts";
import { unpulledNotes } from "./unpulled.ts";
import { expandColumn } from "./values/columns.ts";

/** Why a line cannot be rewritten though its gadget has an image. */
export function manualReasons(
  line: CommandLine,
  parsed: GadgetLine,
  row: GadgetMapping,
  knowledge: Knowledge,
): readonly Note[] {
  const { gadget, problems } = parsed;
  const reasons: Note[] = problems.map((problem) => problemNote(problem, gadget));
  if (row.manual === true || row.state === "none") reasons.push(gadgetNote("gadget-manual", row));
  if (announcesAnother(parsed, line, knowledge)) {
    const reference = display(parsed.announced?.value ?? []);
    reasons.push({ messageId: "announced-another", args: { reference, gadget: gadget.command } });
  }
  const strays = strayWords(line, parsed);
  if (strays.length > 0) {
    reasons.push({ messageId: "words-around", args: { words: strays.map(display).join(" ") } });
  }
  return reasons;
}

/** What a person must check before the new command takes the place of the old one, in order of weight. */
export function doubtsOf(
  line: CommandLine,
  parsed: GadgetLine,
  changes: readonly FlagChange[],
  row: GadgetMapping,
  output: ReadOutput,
  knowledge: Knowledge,
): readonly Note[] {
  const doubts = changes.flatMap((change) => change.doubts);
  const modes = outputModes(parsed.gadget, changes);
  if (modes.includes("columns") && !listsFields(changes)) {
    doubts.push(...changes.flatMap((change) => change.tableDoubts));
  }
  if (row.state === "differs") doubts.push(gadgetNote("gadget-differs", row));
  if (parsed.announced !== null) doubts.push({ messageId: "announced-image", args: {} });
  for (const { wordIndex } of parsed.unclear) {
    doubts.push({ messageId: "may-hold-flags", args: { word: display(line.words[wordIndex] ?? []) } });
  }
  const program = knowledge.programs.find(({ id }) => id === line.program);
  if (program !== undefined && program.now.id !== program.id) {
    doubts.push({ messageId: "program-renamed", args: { program: program.id, now: program.now.id } });
  }
  doubts.push(...output.doubts, ...unpulledNotes(line));
  return [...doubts, ...roleDoubts(line)];
}

/** What to check where no known shell reads the command from this place. */
const ROLE_DOUBTS = { text: "shown-to-people", data: "kept-as-data", foreign: "other-shell" } as const;

export function roleDoubts({ role }: CommandLine): readonly Note[] {
  return role === "run" ? [] : [{ messageId: ROLE_DOUBTS[role], args: {} }];
}

export function gadgetNote(messageId: string, { note = "" }: GadgetMapping): Note {
  return { messageId, args: { note } };
}

function problemNote(problem: LineProblem, gadget: Gadget): Note {
  switch (problem.kind) {
    case "flag-before-plugin":
    case "flag-takes-command":
      return { messageId: problem.kind, args: { flag: problem.flag, gadget: gadget.command } };
    case "not-on-program": {
      const programs = Object.keys(gadget.programs).join(", ");
      return { messageId: problem.kind, args: { gadget: gadget.command, programs } };
    }
  }
}

function announcesAnother(
  { announced, gadget }: GadgetLine,
  line: CommandLine,
  knowledge: Knowledge,
): boolean {
  if (announced === null) return false;
  const named = announcedGadget(display(announced.value ?? []), line.program, knowledge);
  return named?.gadget.id !== gadget.id;
}

/**
 * Words behind the gadget of which nobody can tell whose they are: in a text most likely the rest of a sentence, behind a
 * word that may hold a flag perhaps its value.
 */
function strayWords({ words, role }: CommandLine, { positionals, unclear }: GadgetLine): readonly Value[] {
  const open = new Set(unclear.map(({ wordIndex }) => wordIndex + 1));
  const strays = positionals.filter((i) => {
    const text = literal(words[i] ?? []);
    return text !== null && (open.has(i) || (role !== "run" && !/^\d+$/.test(text)));
  });
  return strays.map((i) => words[i] ?? []);
}

/** What becomes of those that read the output of a gadget that an image takes the place of. */
export function readersOf(
  line: CommandLine,
  { gadget }: GadgetLine,
  changes: readonly FlagChange[],
  running: Running,
): ReadOutput {
  const [only, more] = printedSources(running);
  const events: Events | null =
    only === undefined || more !== undefined
      ? null
      : {
          table: builtinPaths(gadget, running),
          now: () => imagePaths(running).names,
          wereArrays: gadget.kind === "top" || gadget.kind === "snapshot",
          areArrays: only.source.kind === "array",
        };
  const modes = outputModes(gadget, changes);
  const tables = (): Tables | null => tablesOf(line, gadget, changes, running);
  return readOutput(line.output, { modes, events, tables, gadget: gadget.command }, running.knowledge);
}

/** The tables before and after; null where columns that are asked for are known only at run time. */
function tablesOf(
  { program }: CommandLine,
  gadget: Gadget,
  changes: readonly FlagChange[],
  running: Running,
): Tables | null {
  const uses = changes.map(({ use }) => use);
  const isOn = ({ spec, value }: FlagChange["use"]): boolean =>
    spec?.row?.type === "bool" && (value === null || /^(?:1|t|true)$/i.test(literal(value) ?? ""));
  const flags = new Set(uses.filter(isOn).map(({ spec }) => spec?.name ?? ""));
  const columns = uses.findLast(({ value }) => /^(?:custom-)?columns=/.test(display(value ?? [])));
  const list = columns === undefined ? null : literal(columns.value ?? []);
  const fields = changes.flatMap((change) => change.flags).findLast(({ name }) => name === "fields")?.value;
  const after = fields == null ? null : literal(fields);
  if ((columns !== undefined && list === null) || (fields != null && after === null)) return null;
  const asked =
    list
      ?.replace(/^(?:custom-)?columns=/, "")
      .split(",")
      .flatMap(expandItem) ?? null;
  return builtinTables({ gadget, program, flags, asked }, after, running);
}

/** `+k8s` stands for several columns. */
function expandItem(item: string): readonly string[] {
  const sign = /^[+-]/.exec(item)?.[0] ?? "";
  return expandColumn(item.slice(sign.length)).map((name) => sign + name);
}

/** A list of all fields to show names those that a table hides. */
function listsFields(changes: readonly FlagChange[]): boolean {
  const shown = changes.flatMap(({ flags }) => flags).findLast(({ name }) => name === "fields")?.value;
  return typeof shown?.[0] === "string" && !/^[+-]/.test(shown[0]);
}

/** The modes of `-o` that the command may end up with; a table where that is known only at run time. */
function outputModes({ defaultOutput }: Gadget, changes: readonly FlagChange[]): readonly string[] {
  const given = changes.flatMap(({ flags }) => flags).findLast(({ name }) => name === "output");
  return given === undefined ? [defaultOutput] : (knownTexts(given.value ?? []) ?? ["columns"]);
}
