import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Program, Wrapper } from "../knowledge/program.ts";
import type { Read } from "../languages/registry.ts";
import type { Fragment } from "../text/fragment.ts";
import {
  display,
  type Implied,
  type Invocation,
  literal,
  mayBeManyWords,
  type OutputUse,
  type Value,
  type Word,
} from "./command.ts";
import { withWords } from "./helper.ts";
import { flagOf, ProgramNames } from "./named-program.ts";
import { programName, textOf } from "./program-name.ts";
import { TELLS, withoutEscapes } from "./told.ts";
import { unwrap } from "./unwrap.ts";
import { type Vocabulary, vocabularyOf } from "./vocabulary.ts";

/** A command of one of the known programs, found behind the wrappers that run it. */
export interface FoundCommand {
  readonly program: Program;
  /** From the program's first word; from the word behind the image where the program is its entry point. */
  readonly words: readonly Word[];
  /** How many of the words name the program: 0 where no word does. */
  readonly programWords: number;
  /** The word that people see the command begin with: the program, or `docker` of `docker run IMAGE`. */
  readonly head: Word;
  /** The image of one of the programs that the container has, where a word that may be changed names it. */
  readonly image: Word | null;
  /** The same image as text, wherever it is named; null outside of a container. */
  readonly container: string | null;
  readonly invocation: Invocation;
  /** The word before it that is no known program, and that is taken to run it (`retry` of `retry 3 ig trace exec`). */
  readonly runner?: Word;
}

/**
 * The commands of known programs among everything that a document runs.
 * @param read reads the text in a word (`sh -c '...'`) as a script
 */
export function findCommands(
  invocations: readonly Invocation[],
  knowledge: Knowledge,
  read: Read,
): readonly FoundCommand[] {
  const finder = new Finder(knowledge, read);
  return invocations.flatMap((invocation) => finder.find(invocation, 0));
}

/** Wrappers in scripts in wrappers: more is no command that a person wrote. */
const MAX_DEPTH = 12;

/** Where words are run. */
interface Place extends Container {
  readonly head: Word | undefined;
  readonly depth: number;
}

/** The container that words are run in, where its image is that of a known program. */
interface Container {
  readonly image: Word | null;
  readonly container: string | null;
  readonly owner: Program | null;
}

const NO_CONTAINER: Container = { image: null, container: null, owner: null };

class Finder {
  readonly #vocabulary: Vocabulary;
  readonly #names: ProgramNames;

  constructor(
    knowledge: Knowledge,
    private readonly read: Read,
  ) {
    this.#vocabulary = vocabularyOf(knowledge);
    this.#names = new ProgramNames(knowledge);
  }

  find(invocation: Invocation, depth: number): readonly FoundCommand[] {
    const { words, told, implied } = invocation;
    if (told !== undefined) return this.#toldIn(withoutEscapes(told, "printf"), invocation, depth);
    const place: Place = { head: undefined, ...this.#containerOf(implied), depth };
    const direct = this.#direct(words, invocation, place);
    if (direct.length > 0) return direct;
    const named = implied === undefined ? undefined : this.#names.implied(implied, words);
    if (named !== undefined) return this.#found(named.program, words, named.count, invocation, place);
    return this.#behindUnknown(words, invocation, place);
  }

  /** The command that the words are, or that the wrapper they begin with runs. */
  #direct(words: readonly Word[], invocation: Invocation, place: Place): readonly FoundCommand[] {
    const [first] = words;
    if (first === undefined || place.depth > MAX_DEPTH) return [];
    const named = this.#names.named(words);
    if (named !== undefined) return this.#found(named.program, words, named.count, invocation, place);
    const wrappers = this.#vocabulary.wrappers.get(programName(first) ?? "") ?? [];
    for (const wrapper of wrappers) {
      const found = this.#behind(wrapper, words, invocation, place);
      if (found.length > 0) return found;
    }
    return [];
  }

  #behind(
    wrapper: Wrapper,
    words: readonly Word[],
    invocation: Invocation,
    { head, depth, ...around }: Place,
  ): readonly FoundCommand[] {
    const inner = unwrap(wrapper, words);
    if (inner === null) return [];
    if (inner.kind === "text") {
      const inside = inner.word.list.inside(inner.word);
      const scripts = inside === null ? [] : this.#script(inside, invocation);
      const { fill } = inner;
      return scripts.flatMap((script) =>
        this.find(fill === undefined ? script : withWords(script, script.words.map(fill)), depth + 1),
      );
    }
    const program = inner.image === null ? undefined : this.#names.entryPoint(inner.image.value);
    const container =
      inner.image === null || program === undefined
        ? around
        : { image: inner.image, container: literal(inner.image.value), owner: program };
    const direct = this.#direct(inner.words, invocation, { head, ...container, depth: depth + 1 });
    if (direct.length > 0 || program === undefined) return direct;
    return this.#found(program, inner.words, 0, invocation, { head: words[0], ...container, depth });
  }

  /**
   * A command behind a word that is no known wrapper (`retry 3 kubectl gadget trace exec`), or that is the text of one
   * (`run "kubectl gadget trace exec"`). Only where it is clear what it is, and not what a reader of text looks for.
   */
  #behindUnknown(words: readonly Word[], invocation: Invocation, place: Place): readonly FoundCommand[] {
    const [first] = words;
    const name = first === undefined ? null : programName(first);
    const wrappers = name === null ? undefined : this.#vocabulary.wrappers.get(name);
    const isWrapper = wrappers !== undefined;
    if (name !== null && this.#vocabulary.consumers.has(name) && !isWrapper) return [];
    if (wrappers?.some(({ command }) => command === "none") === true) return [];
    // A wrapper hides its command only behind words that may be any number of flags, or behind a subcommand of a plugin.
    const from = isWrapper ? words.findIndex((word) => hidesCommand(word.value)) : 0;
    for (let at = from + 1; from >= 0 && at < words.length; at++) {
      const behind = untilEnd(words.slice(at));
      const named = this.#names.named(behind);
      if (named === undefined || !this.#names.surelyRunsGadget(named, behind)) continue;
      const found = this.#found(named.program, behind, named.count, asText(invocation, name), place);
      const isSaid =
        isWrapper || first === undefined || RUNS_BEHIND.test(`${name} ${textOf(words[at - 1]?.value ?? [])}`);
      return isSaid ? found : found.map((one) => ({ ...one, runner: first }));
    }
    return isWrapper ? [] : words.slice(1).flatMap((word) => this.#told(word, name, invocation, place.depth));
  }

  /** The commands in a word whose text is one, or tells people to run some. */
  #told(word: Word, name: string | null, invocation: Invocation, depth: number): readonly FoundCommand[] {
    const inside = this.#vocabulary.teller.mayTell(display(word.value)) ? word.list.inside(word) : null;
    if (inside === null) return [];
    const shown = withoutEscapes(inside, name);
    const whole = shown.text.includes("\\") ? [] : this.#shown(shown, invocation, depth);
    if (whole.length > 0 || name === null || !TELLS.test(name)) return whole;
    return this.#toldIn(shown, invocation, depth);
  }

  /** The commands that stand in a text for people. */
  #toldIn(text: Fragment, invocation: Invocation, depth: number): readonly FoundCommand[] {
    return this.#vocabulary.teller
      .places(text)
      .flatMap(({ start, end }) => this.#shown(text.slice(start, end), invocation, depth));
  }

  /** The commands of a text that begins with one. */
  #shown(text: Fragment, invocation: Invocation, depth: number): readonly FoundCommand[] {
    const role = invocation.role === "data" ? "data" : "text";
    const scripts = this.#script(text, { ...invocation, role });
    const place: Place = { head: undefined, ...NO_CONTAINER, depth: depth + 1 };
    const found = scripts.map((script) =>
      this.#direct(withoutPrompt(script.words), script, place).filter((command) => this.#isPlain(command)),
    );
    return found[0]?.length === 0 ? [] : found.flat();
  }

  /** The commands of a script in a word; what becomes of the script's output becomes of theirs. */
  #script(script: Fragment, outer: Invocation): readonly Invocation[] {
    const { output, role, environment, implied, usedElsewhere = [] } = outer;
    const container =
      implied !== undefined && "image" in implied
        ? { implied: { ...implied, isReplaced: true } as const }
        : {};
    const early = outer.constants.filter(({ isEarly }) => isEarly === true);
    return this.read("shell", script, undefined, environment).invocations.map((inner) => ({
      ...inner,
      ...container,
      constants: early.length === 0 ? inner.constants : [...inner.constants, ...early],
      ...(outer.helper === undefined ? {} : { helper: outer.helper }),
      usedElsewhere: [...usedElsewhere, ...(inner.usedElsewhere ?? [])],
      output: behind(inner.output, output),
      role: role === "run" ? inner.role : role,
    }));
  }

  /** Whether a text names a gadget, or has flags: "kubectl gadget trace failed" is a sentence. */
  #isPlain({ words, programWords }: FoundCommand): boolean {
    const behind = words.slice(programWords);
    const [first = null, second = null] = behind.map((word) => literal(word.value));
    if (first === null || second === null || flagOf(behind[0]) !== null) return true;
    return (
      this.#vocabulary.gadgets.has(first) ||
      this.#vocabulary.gadgets.has(`${first} ${second}`) ||
      behind.some(startsWithDash)
    );
  }

  #found(
    program: Program,
    words: readonly Word[],
    programWords: number,
    invocation: Invocation,
    { head = words[0], ...around }: Place,
  ): readonly FoundCommand[] {
    const { image, container } = around.owner === program ? around : NO_CONTAINER;
    return head === undefined ? [] : [{ program, words, programWords, head, image, container, invocation }];
  }

  #containerOf(implied: Implied | undefined): Container {
    if (implied === undefined || !("image" in implied)) return NO_CONTAINER;
    const owner = this.#names.entryPoint([implied.image]);
    return owner === undefined
      ? NO_CONTAINER
      : { image: implied.word ?? null, container: implied.image, owner };
  }
}

/** `find -exec ... {} \;`: the mark ends the command, and is for the program before. */
function untilEnd(words: readonly Word[]): readonly Word[] {
  const texts = words.map(({ value }) => literal(value));
  const end = texts.findIndex((text, i) => text === ";" || (text === "+" && texts[i - 1] === "{}"));
  return end < 0 ? words : words.slice(0, end);
}

/** A program and its flag that runs the words behind it. */
const RUNS_BEHIND = /^(?:find -(?:exec|ok)(?:dir)?|fd(?:find)? (?:-[xX]|--exec(?:-batch)?))$/;

/** Behind `"$@"`, and behind the `--` of a plugin (`kubectl node-shell NODE -- ...`), a command may begin. */
function hidesCommand(value: Value): boolean {
  return mayBeManyWords(value) || literal(value) === "--";
}

/** `$ kubectl ...` */
function withoutPrompt(words: readonly Word[]): readonly Word[] {
  return words[0] !== undefined && /^[$#%>]$/.test(literal(words[0].value) ?? "") ? words.slice(1) : words;
}

/** The same with another role when the word before only prints what follows. */
function asText(invocation: Invocation, name: string | null): Invocation {
  return name === "echo" || name === "printf" ? { ...invocation, role: "text" } : invocation;
}

/** What becomes of the output of a command in a script whose own output goes another way. */
function behind(inner: OutputUse, outer: OutputUse): OutputUse {
  return inner.sink.kind === "stdout" ? { pipe: [...inner.pipe, ...outer.pipe], sink: outer.sink } : inner;
}

function startsWithDash({ value: [first] }: Word): boolean {
  return typeof first === "string" && first.startsWith("-");
}
