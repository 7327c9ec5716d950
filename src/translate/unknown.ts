import type { Gadget } from "../knowledge/gadget.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { nearest } from "../text/nearest.ts";
import { commandsBelow, commandTree } from "./old-commands.ts";
import { allFlags } from "./old-flags.ts";
import type { ProgramId } from "./translation.ts";

/**
 * The real command nearest to one that never existed (`trace exce` gives `trace exec`), or null. The names that Trace
 * resources had for gadgets (`sigsnoop`) count too.
 */
export function nearestCommand(
  category: string,
  name: string,
  program: ProgramId,
  knowledge: Knowledge,
): string | null {
  const all = [...commandsBelow(commandTree(program, knowledge))];
  const letters = lettersOf(`${category}${name}`);
  const same = all.find(({ words }) => lettersOf(words.join("")) === letters);
  if (same !== undefined) return same.words.join(" ");
  const resource = knowledge.traceGadgets.find((trace) => lettersOf(trace.name) === letters);
  const traced = knowledge.gadgets.find(({ id }) => id === resource?.gadget);
  if (traced !== undefined) return traced.command;
  const commands = all
    .filter(({ words, node }) => node.gadgets.length > 0 || words.length > 1)
    .map(({ words, node }) => ({ words, today: node.gadgets[0]?.gadget.command ?? words.join(" ") }));
  const siblings = commands
    .map(({ words }) => words)
    .filter((words) => words.slice(0, -1).join(" ") === category);
  const sibling = nearestByLastWord(name, siblings);
  if (sibling !== undefined) return sibling.join(" ");
  const elsewhere = commands.find(({ words }) => words.at(-1) === name);
  if (elsewhere !== undefined) return elsewhere.today;
  if (category !== "") return null;
  const topLevel = nearest(name, commandTree(program, knowledge).children.keys());
  return (
    topLevel ??
    nearestByLastWord(
      name,
      commands.map(({ words }) => words),
    )?.join(" ") ??
    null
  );
}

function lettersOf(words: string): string {
  return words.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function nearestByLastWord(
  name: string,
  commands: readonly (readonly string[])[],
): readonly string[] | undefined {
  const lastWords = commands.map((words) => words.at(-1) ?? "");
  return commands[lastWords.indexOf(nearest(name, lastWords) ?? "")];
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

/** The one name that begins with what was written (`pod`: `podname`), before any that is only spelled alike. */
export function nearestName(name: string, names: readonly string[]): string | null {
  const longer = new Set(name.length < 3 ? [] : names.filter((known) => known.startsWith(name)));
  const [only, more] = longer;
  return only !== undefined && more === undefined ? only : nearest(name, names);
}
