import type { Value } from "../commands/command.ts";
import { Composition } from "./compose.ts";
import { joined } from "./image-ref.ts";
import { ANNOUNCED_FLAG } from "./old-flags.ts";
import type { GadgetLine } from "./parse.ts";
import type { CommandLine, NewWord, TranslateOptions } from "./translation.ts";
import { sameValue } from "./write-command.ts";

/** Where the announcement of image-based gadgets has the images; nothing is published under these names. */
const ANNOUNCED = "ghcr.io/inspektor-gadget";

/**
 * The form of the announcement, `trace exec --image ghcr.io/inspektor-gadget/gadget-trace-exec:V`: all words stay, the
 * flags those of the built-in gadget, and `--image` comes behind the gadget. No release accepts it.
 * @returns null where the command has that form already
 */
export function announcedWords(
  line: CommandLine,
  { path, announced, gadget }: GadgetLine,
  { tag, registry = ANNOUNCED }: Pick<TranslateOptions, "tag" | "registry">,
): readonly NewWord[] | null {
  const name = `gadget-${gadget.command.replaceAll(" ", "-")}`;
  const reference = joined([`${registry.replace(/\/+$/, "")}/${name}:`, ...tag]);
  if (sameValue(announced?.value ?? null, reference)) return null;
  const composition = new Composition();
  const at = path.at(-1);
  if (announced !== null) place(composition, announced, reference);
  else if (at !== undefined) composition.insertAfter(at, [[`--${ANNOUNCED_FLAG}`], reference]);
  return composition.words(line.words.length);
}

/** In the place of the reference that is there. */
function place(
  composition: Composition,
  { form, wordIndex, valueIndex }: NonNullable<GadgetLine["announced"]>,
  reference: Value,
): void {
  if (form === "equals") composition.replace(wordIndex, [`--${ANNOUNCED_FLAG}=`, ...reference]);
  else if (valueIndex !== null) composition.replace(valueIndex, reference);
  else composition.insertAfter(wordIndex, [reference]);
}
