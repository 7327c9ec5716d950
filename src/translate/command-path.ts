import { display, literal, type Value } from "../commands/command.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Program } from "../knowledge/program.ts";
import { findCommandWord } from "./flags.ts";
import { commandsBelow, commandTree, isCommand, type CommandNode } from "./old-commands.ts";
import { allFlags, rootFlags, type OldSpec } from "./old-flags.ts";
import type { CommandLine, ProgramId } from "./translation.ts";

/** Why the old program did not accept the line. */
export type LineProblem =
  /** kubectl refuses flags before its plugin. */
  | { readonly kind: "flag-before-plugin"; readonly flag: string }
  /** A bool that the root command does not know takes the command's word as its value. */
  | { readonly kind: "flag-takes-command"; readonly flag: string }
  | { readonly kind: "not-on-program" };

/** The command words of a line, as far as they name something. */
export interface FoundPath {
  readonly kind: "path";
  /** Indexes of the command words, a `help` before them included. */
  readonly path: readonly number[];
  readonly words: readonly string[];
  readonly node: CommandNode;
  /** The next command word, which names nothing below `node`. */
  readonly rest: number | null;
  /** Words before and between that may hold flags. */
  readonly skipped: readonly number[];
  readonly problems: readonly LineProblem[];
  readonly help: boolean;
}

/** A command whose next word is known only when the program runs. */
export interface DynamicPath {
  readonly kind: "dynamic-gadget";
  /** The command words before (`trace`), and where they stand. */
  readonly category: readonly string[];
  readonly path: readonly number[];
  readonly gadgetWord: number;
}

/** `other`: a command of the program that never was a gadget. */
export type Found = FoundPath | DynamicPath | { readonly kind: "other" };

/**
 * Finds the command words of a line. Where cobra would not, because a flag before them takes one of them, it looks again
 * as if the flag did not, and says so.
 */
export function findPath(line: CommandLine, program: Program, knowledge: Knowledge): Found {
  const plugin = flagBeforePlugin(line);
  const root = rootFlags(program.id, knowledge);
  const strict = walk(line, program, root, knowledge);
  if (strict.kind !== "path" || isSettled(strict)) return withProblem(strict, plugin);

  const bare = bareFlags(line, program.id, knowledge);
  const lenient = walk(line, program, [...bare, ...root], knowledge);
  if (lenient.kind !== "path" || lenient.path.length < strict.path.length) return withProblem(strict, plugin);
  if (lenient.path.length > strict.path.length) {
    const [taker] = bare;
    const flag = taker === undefined ? "" : `${taker.shorthand === null ? "--" : "-"}${taker.name}`;
    return withProblem(lenient, { kind: "flag-takes-command", flag });
  }
  return withProblem(lenient.rest === null ? lenient : strict, plugin);
}

/** Whether the words lead to a gadget, with none left that could lead on. */
function isSettled({ node, rest }: FoundPath): boolean {
  return node.gadgets.length > 0 && (isCommand(node) || rest === null);
}

function withProblem(found: Found, problem: LineProblem | null): Found {
  if (problem === null || found.kind !== "path") return found;
  return { ...found, problems: [...found.problems, problem] };
}

function flagBeforePlugin({ words, programWords }: CommandLine): LineProblem | null {
  const named = words.slice(0, programWords);
  // `minikube -p dev kubectl -- gadget`: kubectl sees what stands behind `--` only.
  const flag = named
    .slice(named.findLastIndex((word) => display(word) === "--") + 1)
    .find((word) => /^-./.test(display(word)));
  return flag === undefined ? null : { kind: "flag-before-plugin", flag: display(flag) };
}

/** Follows the command words down the tree, as cobra does. */
function walk(line: CommandLine, program: Program, specs: readonly OldSpec[], knowledge: Knowledge): Found {
  const { words } = line;
  const path: number[] = [];
  const names: string[] = [];
  const skipped: number[] = [];
  const problems: LineProblem[] = [];
  let node = commandTree(program.id, knowledge);
  let help = false;
  let from = line.programWords;
  let rest: number | null = null;

  for (;;) {
    const at = findCommandWord(words, from, specs);
    if (at === null) break;
    from = at + 1;
    const name = literal(words[at] ?? []);
    if (name === null) {
      if (leadsOn(words, from, node, specs)) skipped.push(at);
      else if (!isCommand(node)) return { kind: "dynamic-gadget", category: names, path, gadgetWord: at };
      else break;
      continue;
    }
    if (path.length === 0 && name === "help") {
      help = true;
      path.push(at);
      continue;
    }
    if (names.length === 0 && isOtherCommand(name, knowledge)) return { kind: "other" };
    const mayBeElsewhere = names.length > 0 || isCertain(line);
    const child =
      node.children.get(name) ?? (mayBeElsewhere ? elsewhere([...names, name], knowledge) : undefined);
    if (child === undefined) {
      rest = at;
      break;
    }
    if (!node.children.has(name)) problems.push({ kind: "not-on-program" });
    node = child;
    path.push(at);
    names.push(name);
    if (node.children.size === 0) break;
  }
  return { kind: "path", path, words: names, node, rest, skipped, problems, help };
}

/** Commands that are no gadgets, those of the other programs too: `kubectl gadget pull` never was, but nobody took it for a gadget. */
function isOtherCommand(name: string, { programs, imageCommands }: Knowledge): boolean {
  return imageCommands.includes(name) || programs.some(({ otherCommands }) => otherCommands.includes(name));
}

/** Whether a literal command word behind an unknown word goes on from here: then the unknown word may hold flags. */
function leadsOn(
  words: readonly Value[],
  from: number,
  node: CommandNode,
  specs: readonly OldSpec[],
): boolean {
  for (
    let at = findCommandWord(words, from, specs);
    at !== null;
    at = findCommandWord(words, at + 1, specs)
  ) {
    const name = literal(words[at] ?? []);
    if (name !== null) return node.children.has(name);
  }
  return false;
}

/** Whether a word behind the one that nobody knows is the last word of a gadget (`ig "$category" exec`). */
export function namesGadget({ words, program }: CommandLine, behind: number, knowledge: Knowledge): boolean {
  const name = literal(words[behind + 1] ?? []);
  const categories = [...commandTree(program, knowledge).children.values()];
  return name !== null && categories.some(({ children }) => children.has(name));
}

/** The same command words on another program. */
function elsewhere(names: readonly string[], knowledge: Knowledge): CommandNode | undefined {
  for (const { id } of knowledge.programs) {
    let node: CommandNode | undefined = commandTree(id, knowledge);
    for (const name of names) node = node?.children.get(name);
    if (node !== undefined) return node;
  }
  return undefined;
}

/** Whether the program's own words tell that it is ours: other programs are called `ig` too. */
export function isCertain({ words, programWords }: CommandLine): boolean {
  return programWords === 0 || /gadget/i.test(display(words[programWords - 1] ?? []));
}

/** The flags of a line that take no value with any gadget, so as to see the command behind them. */
function bareFlags(line: CommandLine, program: ProgramId, knowledge: Knowledge): readonly OldSpec[] {
  const nodes = [...commandsBelow(commandTree(program, knowledge))].map(({ node }) => node);
  const gadgets = nodes.flatMap((node) => node.gadgets.map(({ gadget }) => gadget));
  const specs = gadgets.flatMap((gadget) => allFlags(gadget, program, knowledge));
  const valued = new Set(
    specs.filter((spec) => spec.takesValue).flatMap((spec) => [spec.name, spec.shorthand]),
  );
  return line.words.flatMap((word) => {
    const [, name] = /^--?(\w[\w-]*)$/.exec(display(word)) ?? [];
    if (name === undefined || valued.has(name)) return [];
    const shorthand = name.length === 1 ? name : null;
    return [{ name, shorthand, takesValue: false, row: null, root: false }];
  });
}
