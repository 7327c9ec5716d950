import { display, literal, type Value } from "../commands/command.ts";
import { rootFlags, successorAt } from "../knowledge/lookup.ts";
import { compareReleases, within } from "../knowledge/releases.ts";
import type { DeployFlag } from "../knowledge/deployment.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { FlagChangeRow } from "../knowledge/mapping.ts";
import { nearest } from "../text/nearest.ts";
import { Composition } from "./compose.ts";
import { findCommandWord, parseFlags, type FlagSpec, type FlagUse } from "./flags.ts";
import { joined } from "./image-ref.ts";
import { RUN_FLAG_VALUES } from "./run-flag-values.ts";
import { specsOf } from "./run-line.ts";
import type { CommandLine, Note, TranslateOptions, Translation } from "./translation.ts";

const FINE: Translation = { state: "fine" };

interface DeploySpec extends FlagSpec {
  /** Null: a flag of the program's root. */
  readonly row: DeployFlag | null;
}

/** What `deploy` of the target makes of a command's flags: those that it lacks are renamed, or dropped with a note. */
export function translateDeploy(
  line: CommandLine,
  { target }: TranslateOptions,
  knowledge: Knowledge,
): Translation {
  if (line.program !== "kubectl-gadget") return FINE;
  const root = specsOf(rootFlags({ knowledge, program: line.program, release: target }));
  const deployAt = findCommandWord(line.words, line.programWords, root);
  if (deployAt === null || literal(line.words[deployAt] ?? []) !== "deploy") return FINE;
  const specs = [...root.map((spec) => ({ ...spec, row: null })), ...deploySpecs(target, knowledge)];
  const { uses, positionals, unclear } = parseFlags<DeploySpec>(line.words, specs, { from: deployAt + 1 });
  if (line.role === "text" && positionals.length > 0) return FINE;
  const refused = uses.filter(
    ({ spec }) => spec === null || (spec.row !== null && !within(spec.row, target)),
  );
  const [first] = refused;
  if (first === undefined) return FINE;

  const composition = new Composition();
  const doubts: Note[] = [];
  const manual: Note[] = [];
  for (const use of refused) {
    const row = use.spec?.row == null ? undefined : successorAt(use.spec.row, target);
    if (row === undefined || use.shared) manual.push(refusal(use, target, knowledge));
    else manual.push(...replace(composition, use, row, target));
    if (row?.flag === null)
      doubts.push({ messageId: "flag-dropped", args: { flag: written(use), note: row.note ?? "" } });
  }
  for (const { wordIndex } of unclear) {
    doubts.push({ messageId: "may-hold-flags", args: { word: display(line.words[wordIndex] ?? []) } });
  }
  if (line.role === "text") doubts.push({ messageId: "shown-to-people", args: {} });
  const message = refusal(first, target, knowledge);
  const found = { rule: "removed-option", gadget: null, message } as const;
  const words = composition.words(line.words.length);
  if (manual.length === 0) {
    return {
      ...found,
      image: null,
      state: "rewrite",
      grade: doubts.length > 0 ? "unsafe" : "safe",
      words,
      notes: doubts,
    };
  }
  const notes = [...manual, ...doubts].filter((note) => JSON.stringify(note) !== JSON.stringify(message));
  const isNearer = words.length < line.words.length || words.some((word) => "write" in word);
  return { ...found, state: "manual", image: null, nearest: isNearer ? words : null, notes };
}

/** Of one name, the row of the target comes last, which is the one that counts. */
function deploySpecs(target: string, { deployFlags }: Knowledge): readonly DeploySpec[] {
  const rank = (row: DeployFlag): number => (within(row, target) ? 1 : 0);
  const sorted = [...deployFlags].sort((a, b) => rank(a) - rank(b) || compareReleases(a.since, b.since));
  return sorted.map((row) => ({
    name: row.name,
    shorthand: row.shorthand ?? null,
    takesValue: row.type !== "bool",
    row,
  }));
}

/** Writes the flag that took its place, or drops it; tells why that cannot be. */
function replace(
  composition: Composition,
  use: FlagUse<DeploySpec>,
  row: FlagChangeRow,
  release: string,
): readonly Note[] {
  const { wordIndex, valueIndex, value, spec } = use;
  const allowed = spec?.row?.values;
  const text = literal(value ?? []);
  if (allowed !== undefined && text !== null && !allowed.includes(text)) {
    const args = { flag: use.name, value: text, expected: "one-of", allowed: allowed.join(", "), release };
    return [{ messageId: "bad-value", args }];
  }
  const flags =
    row.flag === null ? [] : (RUN_FLAG_VALUES[row.value ?? "same"]?.(row.flag, value, row, null).flags ?? []);
  const words = flags.map((flag): Value =>
    joined([`--${flag.name}`, ...(flag.value === null ? [] : ["=", ...flag.value])]),
  );
  const [word, ...rest] = words;
  if (word === undefined) composition.drop(wordIndex);
  else composition.replace(wordIndex, word);
  composition.insertAfter(wordIndex, rest);
  if (valueIndex !== null && valueIndex !== wordIndex) composition.drop(valueIndex);
  return [];
}

function refusal(use: FlagUse<DeploySpec>, release: string, { deployFlags }: Knowledge): Note {
  const row = use.spec?.row ?? null;
  const args = { flag: written(use), image: "`deploy`", release };
  if (row !== null) {
    return { messageId: "flag-not-at", args: { ...args, since: row.since, until: row.until ?? "" } };
  }
  const names = deployFlags.filter((flag) => within(flag, release)).map(({ name }) => name);
  const near = use.short ? null : nearest(use.name, names);
  return { messageId: "unknown-flag", args: { ...args, nearest: near === null ? "" : `--${near}` } };
}

function written({ name, short }: FlagUse): string {
  return `${short ? "-" : "--"}${name}`;
}
