import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Program, Wrapper } from "../knowledge/program.ts";
import { Teller } from "./told.ts";

/** The words that commands are known by. */
export interface Vocabulary {
  /** Programs as they are typed, the longest first. */
  readonly spellings: readonly { readonly program: Program; readonly words: readonly string[] }[];
  readonly wrappers: ReadonlyMap<string, readonly Wrapper[]>;
  /** Words that follow a program where it runs a gadget. */
  readonly gadgetWords: ReadonlySet<string>;
  /** All words of each gadget, with blanks. */
  readonly gadgets: ReadonlySet<string>;
  readonly consumers: ReadonlySet<string>;
  readonly teller: Teller;
}

const made = new WeakMap<Knowledge, Vocabulary>();

/** Made once for a run: every file asks for it. */
export function vocabularyOf(knowledge: Knowledge): Vocabulary {
  const known = made.get(knowledge) ?? make(knowledge);
  made.set(knowledge, known);
  return known;
}

function make({ programs, wrappers, gadgets, categories, consumers }: Knowledge): Vocabulary {
  const spellings = programs
    .flatMap((program) => program.spellings.map((spelling) => ({ program, words: spelling.split(" ") })))
    .sort((a, b) => b.words.length - a.words.length);
  const commands = new Set([
    "run",
    ...gadgets.flatMap((gadget) => [gadget.command, ...gadget.spellings.map(({ words }) => words)]),
  ]);
  const gadgetWords = new Set([...categories, ...Array.from(commands, (words) => words.replace(/ .*/, ""))]);
  const names = spellings.map(({ words }) => words.join(" "));
  return {
    spellings,
    wrappers: byName(wrappers),
    gadgetWords,
    gadgets: commands,
    consumers: new Set(consumers.map(({ name }) => name)),
    teller: new Teller(names, gadgetWords, commands),
  };
}

function byName(wrappers: readonly Wrapper[]): ReadonlyMap<string, readonly Wrapper[]> {
  const named = new Map<string, Wrapper[]>();
  for (const wrapper of wrappers) named.set(wrapper.name, [...(named.get(wrapper.name) ?? []), wrapper]);
  return named;
}
