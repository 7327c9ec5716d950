import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Program } from "../knowledge/program.ts";
import { type Implied, literal, mayBeManyWords, type Value, type Word } from "./command.ts";
import { imagePath, meantProgram, programName, textOf } from "./program-name.ts";
import { type Vocabulary, vocabularyOf } from "./vocabulary.ts";

/** The program that words begin with, and how many of them name it. */
export interface Named {
  readonly program: Program;
  readonly count: number;
}

/** Tells which of the known programs words start. */
export class ProgramNames {
  readonly #vocabulary: Vocabulary;

  constructor(private readonly knowledge: Knowledge) {
    this.#vocabulary = vocabularyOf(knowledge);
  }

  /** The program that the first words name. */
  named(words: readonly Word[]): Named | undefined {
    const [first, ...rest] = words;
    if (first === undefined) return undefined;
    const name = programName(first);
    if (name === null) return this.#namedByVariable(first.value, rest);
    const mayBeSeveral = mayBeManyWords(first.value);
    for (const { program, words: spelling } of this.#vocabulary.spellings) {
      const [host = "", ...plugin] = spelling;
      // `$KG trace`: the variable holds the whole name, and the blank in it makes words.
      if (mayBeSeveral && spelling.join(" ") === name) return { program, count: 1 };
      const count = host === name ? this.#pluginWords(host, plugin, rest) : null;
      if (count !== null) return { program, count: 1 + count };
    }
    return undefined;
  }

  /** The program that something around the words starts with them. */
  implied(implied: Implied, words: readonly Word[]): Named | undefined {
    if ("image" in implied) {
      const program = implied.isReplaced === true ? undefined : this.entryPoint([implied.image]);
      return program === undefined ? undefined : { program, count: 0 };
    }
    const found = this.#vocabulary.spellings.find(
      ({ words: [host, ...plugin] }) => host === implied.program && startWith(words, plugin),
    );
    if (found === undefined) return undefined;
    const count = found.words.length - 1;
    const isCommand = this.#startsGadget(words[count]) || isLikelyCommand(words.slice(count));
    return isCommand ? { program: found.program, count } : undefined;
  }

  /** The program that a container of an image starts. */
  entryPoint(image: Value): Program | undefined {
    const path = imagePath(image);
    return this.knowledge.programs.find(({ entryPointOf }) => {
      return entryPointOf.some(
        (known) => path === known || path.endsWith(`/${known.split("/").slice(-2).join("/")}`),
      );
    });
  }

  /** `ig` may be the name of anything: the words of a gadget must follow. `kubectl gadget` is not. */
  surelyRunsGadget({ count }: Named, words: readonly Word[]): boolean {
    if (count > 1) return this.#startsGadget(words[count]);
    const [first, second] = words.slice(count).map((word) => literal(word.value) ?? "");
    return this.#vocabulary.gadgets.has(first ?? "") || this.#vocabulary.gadgets.has(`${first} ${second}`);
  }

  /** How many words name the plugin of a host, flags of the host before it included; null where they do not. */
  #pluginWords(host: string, plugin: readonly string[], words: readonly Word[]): number | null {
    const wrappers = this.#vocabulary.wrappers.get(host) ?? [];
    const takesValue = (flag: string): boolean =>
      wrappers.some(({ valueFlags }) => valueFlags.includes(flag));
    let at = 0;
    for (const text of plugin) {
      for (let flag = flagOf(words[at]); flag !== null && flag !== text; flag = flagOf(words[at])) {
        at += takesValue(flag) ? 2 : 1;
      }
      if (words[at] === undefined || textOf(words[at]?.value ?? []) !== text) return null;
      at += 1;
    }
    return at;
  }

  /** `$KUBECTL gadget trace`, `"$IG" trace`: nobody knows the value, but the rest says what it must be. */
  #namedByVariable(value: Value, rest: readonly Word[]): Named | undefined {
    const [only, more] = value;
    if (only === undefined || typeof only === "string" || more !== undefined) return undefined;
    const meant = meantProgram(only.code);
    const found = this.#vocabulary.spellings.find(({ words: [host, ...plugin] }) => {
      if (!this.#startsGadget(rest[plugin.length])) return false;
      return plugin.length === 1 ? startWith(rest, plugin) : plugin.length === 0 && host === meant;
    });
    return found === undefined ? undefined : { program: found.program, count: found.words.length };
  }

  #startsGadget(word: Word | undefined): boolean {
    return word !== undefined && this.#vocabulary.gadgetWords.has(literal(word.value) ?? "");
  }
}

/** A word that is a flag, as it stands before the name of a plugin. */
export function flagOf(word: Word | undefined): string | null {
  const text = word === undefined ? null : textOf(word.value);
  return text?.startsWith("-") === true ? text : null;
}

/** `[category, resource, "-o", "json"]`: what runs is not known, but it is a command. */
function isLikelyCommand([first, ...rest]: readonly Word[]): boolean {
  const isDynamic = first !== undefined && literal(first.value) === null;
  return isDynamic && rest.some((word) => literal(word.value)?.startsWith("-") === true);
}

function startWith(words: readonly Word[], texts: readonly string[]): boolean {
  return texts.every((text, i) => words[i] !== undefined && textOf(words[i].value) === text);
}
