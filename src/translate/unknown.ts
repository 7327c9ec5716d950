import type { Gadget, Knowledge } from "../knowledge/types.ts";
import { nearest } from "../text/nearest.ts";
import { commandsBelow, commandTree } from "./old-commands.ts";
import { flagNames } from "./old-flags.ts";
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
    .map(({ words }) => words.join(" "));
  const prefix = category === "" ? "" : `${category} `;
  const siblings = commands.filter((command) => command.startsWith(prefix));
  const sibling = nearest(
    name,
    siblings.map((command) => command.slice(prefix.length)),
  );
  if (sibling !== null) return prefix + sibling;
  // A gadget under another category (`top exec`) beats one whose whole spelling is alike.
  const elsewhere = commands.find((command) => command.endsWith(` ${name}`));
  return elsewhere ?? nearest(prefix + name, commands);
}

/** The real flag nearest to one that a gadget never had, or null. */
export function nearestFlag(
  name: string,
  gadget: Gadget,
  program: ProgramId,
  knowledge: Knowledge,
): string | null {
  return name.length < 2 ? null : nearest(name, flagNames(gadget, program, knowledge));
}
