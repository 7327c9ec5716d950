import type { Gadget, Knowledge } from "../knowledge/types.ts";
import { nearest } from "../text/nearest.ts";
import { commandsBelow, commandTree } from "./old-commands.ts";
import { allFlags } from "./old-flags.ts";
import type { ProgramId } from "./translation.ts";

/** The real command nearest to one that never existed (`trace exce` gives `trace exec`), or null. */
export function nearestCommand(
  category: string,
  name: string,
  program: ProgramId,
  knowledge: Knowledge,
): string | null {
  const commands = [...commandsBelow(commandTree(program, knowledge))]
    .filter(({ node }) => node.gadgets.length > 0)
    .map(({ words }) => words);
  const siblings = commands.filter((words) => words.slice(0, -1).join(" ") === category);
  const sibling = nearestByLastWord(name, siblings) ?? commands.find((words) => words.at(-1) === name);
  if (sibling !== undefined) return sibling.join(" ");
  if (category !== "") return null;
  const topLevel = nearest(name, commandTree(program, knowledge).children.keys());
  return topLevel ?? nearestByLastWord(name, commands)?.join(" ") ?? null;
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
  return nearest(name, names);
}
