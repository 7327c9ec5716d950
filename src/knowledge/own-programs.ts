import type { PrefilterWords } from "./prefilter-words.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Program } from "./program.ts";

/** What further names of programs stand for: `{ kg: "kubectl gadget" }`. */
export type OwnPrograms = Readonly<Record<string, string>>;

const made = new WeakMap<OwnPrograms, { readonly from: Knowledge; readonly to: Knowledge }>();

/** The same knowledge with further names of its programs; the same object for the same arguments. */
export function withPrograms(knowledge: Knowledge, own: OwnPrograms): Knowledge {
  const names = Object.entries(own);
  if (names.length === 0) return knowledge;
  const known = made.get(own);
  if (known?.from === knowledge) return known.to;
  const spellingsOf = ({ spellings }: Program): readonly string[] =>
    names.filter(([, stands]) => spellings.includes(stands)).map(([name]) => name);
  const programs = knowledge.programs.map((program) => ({
    ...program,
    spellings: [...program.spellings, ...spellingsOf(program)],
  }));
  const to = { ...knowledge, programs };
  made.set(own, { from: knowledge, to });
  return to;
}

/** What the prefilter looks for, with those names of programs that it would not find by itself. */
export function withProgramWords(words: PrefilterWords, names: readonly string[]): PrefilterWords {
  const further = names.map((name) => name.split(" ")[0] ?? name).filter((name) => !name.includes("gadget"));
  return further.length === 0 ? words : { ...words, programs: [...new Set([...words.programs, ...further])] };
}
