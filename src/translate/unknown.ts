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
  for (const candidates of [siblings, commands]) {
    const lastWords = candidates.map((words) => words.at(-1) ?? "");
    const near = candidates[lastWords.indexOf(nearest(name, lastWords) ?? "")];
    if (near !== undefined) return near.join(" ");
  }
  return null;
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
