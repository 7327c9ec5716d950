import type { Gadget } from "../knowledge/gadget.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { nearest } from "../text/nearest.ts";
import { commandsBelow, commandTree, type CommandBelow, type CommandNode } from "./old-commands.ts";
import { allFlags } from "./old-flags.ts";
import type { ProgramId } from "./translation.ts";

/** Command words of which the first ones are known (`category`, may be empty) and the next is not; `behind` it one more, or "". */
export interface UnknownWords {
  readonly category: string;
  readonly name: string;
  readonly behind: string;
}

/**
 * The real command nearest to one that never existed (`trace exce` and `trce exec` give `trace exec`), or null. The names
 * that Trace resources had for gadgets (`sigsnoop`) count too.
 */
export function nearestCommand(
  { category, name, behind }: UnknownWords,
  program: ProgramId,
  knowledge: Knowledge,
): string | null {
  const tree = commandTree(program, knowledge);
  const all = [...commandsBelow(tree)];
  const commands = all.filter(({ words, node }) => node.gadgets.length > 0 || words.length > 1);
  const siblings = commands.filter(({ words }) => words.slice(0, -1).join(" ") === category);
  const letters = lettersOf(`${category}${name}`);
  const isFirst = category === "";
  return (
    (isFirst ? behindNearest(name, behind, tree) : null) ??
    all.find(({ words }) => lettersOf(words.join("")) === letters)?.words.join(" ") ??
    (isFirst ? tracedBy(letters, knowledge) : null) ??
    nearestByLastWord(name, siblings) ??
    todayOf(commands.find(({ words }) => words.at(-1) === name)) ??
    (isFirst ? (nearest(name, tree.children.keys()) ?? nearestByLastWord(name, commands)) : null)
  );
}

/** The word that was meant, where what stands behind it is, or nearly is, one of its commands. */
function behindNearest(name: string, behind: string, tree: CommandNode): string | null {
  const first = nearest(name, tree.children.keys()) ?? "";
  const next = nearest(behind, tree.children.get(first)?.children.keys() ?? []);
  return next === null ? null : `${first} ${next}`;
}

/** The command of the gadget that Trace resources called so. */
function tracedBy(letters: string, { gadgets, traceGadgets }: Knowledge): string | null {
  const resource = traceGadgets.find((trace) => lettersOf(trace.name) === letters);
  return gadgets.find(({ id }) => id === resource?.gadget)?.command ?? null;
}

/** What the newest releases called it. */
function todayOf(command: CommandBelow | undefined): string | null {
  return command === undefined ? null : (command.node.gadgets[0]?.gadget.command ?? command.words.join(" "));
}

function lettersOf(words: string): string {
  return words.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function nearestByLastWord(name: string, commands: readonly CommandBelow[]): string | null {
  const lastWords = commands.map(({ words }) => words.at(-1) ?? "");
  return commands[lastWords.indexOf(nearest(name, lastWords) ?? "")]?.words.join(" ") ?? null;
}

/** The real flag nearest to one that a gadget never had, or null. */
export function nearestFlag(
  name: string,
  gadget: Gadget,
  program: ProgramId,
  knowledge: Knowledge,
): string | null {
  if (name.length < 2) return null;
  const names = allFlags(gadget, program, knowledge).flatMap(({ row }) => row?.name ?? []);
  return nearestName(name, names);
}

/**
 * The one name that begins with what was written (`pod`: `podname`), or that what was written begins with (`node-name`:
 * `node`), before any that is only spelled alike.
 */
export function nearestName(name: string, names: readonly string[]): string | null {
  const longer = name.length < 3 ? [] : names.filter((known) => known.startsWith(name));
  const shorter = names.filter((known) => name.startsWith(`${known}-`));
  return only(longer) ?? only(shorter) ?? nearest(name, names);
}

function only(names: readonly string[]): string | null {
  const [first, more] = new Set(names);
  return first !== undefined && more === undefined ? first : null;
}
