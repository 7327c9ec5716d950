import type { PrefilterWords } from "./prefilter-words.ts";
import type { Gadget } from "./gadget.ts";
import type { Image } from "./image.ts";
import type { Knowledge } from "./knowledge.ts";

/** Gadgets and images of one's own, whole and proven to fit the rest. */
export interface OwnRules {
  readonly gadgets: readonly Gadget[];
  readonly images: readonly Image[];
}

export const NO_RULES: OwnRules = { gadgets: [], images: [] };

const made = new WeakMap<OwnRules, { readonly from: Knowledge; readonly to: Knowledge }>();

/** The same knowledge with rules of one's own; the same object for the same arguments. */
export function withRules(knowledge: Knowledge, own: OwnRules): Knowledge {
  if (own.gadgets.length === 0) return knowledge;
  const known = made.get(own);
  if (known?.from === knowledge) return known.to;
  const to = {
    ...knowledge,
    gadgets: [...knowledge.gadgets, ...own.gadgets],
    images: [...knowledge.images, ...own.images],
  };
  made.set(own, { from: knowledge, to });
  return to;
}

/** The words that own commands begin with. */
export function ownCommands({ gadgets }: OwnRules): readonly string[] {
  const words = gadgets.flatMap(({ command, spellings }) => [command, ...spellings.map((one) => one.words)]);
  return [...new Set(words.map((text) => text.split(" ")[0] ?? text))];
}

/** What the prefilter looks for, with the words that own commands begin with. */
export function withCommandWords(words: PrefilterWords, commands: readonly string[]): PrefilterWords {
  return commands.length === 0
    ? words
    : { ...words, commands: [...new Set([...words.commands, ...commands])] };
}
