import { compareReleases } from "../knowledge/releases.ts";
import type { Gadget } from "../knowledge/gadget.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Span } from "../knowledge/releases.ts";
import type { ProgramId } from "./translation.ts";

/** A word of the old command tree, reached from the program by the words before it. */
export interface CommandNode {
  /** The gadgets that are called by exactly these words, and in which releases; a category has none. */
  readonly gadgets: readonly SpelledGadget[];
  readonly children: ReadonlyMap<string, CommandNode>;
}

export interface CommandBelow {
  readonly words: readonly string[];
  readonly node: CommandNode;
}

/** A gadget under one of its spellings. */
export interface SpelledGadget {
  readonly gadget: Gadget;
  readonly span: Span;
}

interface MutableNode {
  readonly gadgets: SpelledGadget[];
  readonly children: Map<string, MutableNode>;
}

const trees = new WeakMap<Knowledge, Map<ProgramId, CommandNode>>();

/** The command words that a program had in any release, categories and legacy top-level names included. */
export function commandTree(program: ProgramId, knowledge: Knowledge): CommandNode {
  const known = trees.get(knowledge) ?? new Map<ProgramId, CommandNode>();
  trees.set(knowledge, known);
  const tree = known.get(program) ?? buildTree(program, knowledge);
  known.set(program, tree);
  return tree;
}

/** All nodes below a node with their words, in no particular order. */
export function* commandsBelow(node: CommandNode, words: readonly string[] = []): Generator<CommandBelow> {
  for (const [word, child] of node.children) {
    const path = [...words, word];
    yield { words: path, node: child };
    yield* commandsBelow(child, path);
  }
}

/**
 * Whether the words of a node are a whole command: nothing can stand behind them, or what could was gone in a release that
 * still had them (`start` and `stop` of what then became one command).
 */
export function isCommand({ gadgets, children }: CommandNode): boolean {
  if (children.size === 0) return true;
  if (gadgets.length === 0) return false;
  const below = [...commandsBelow({ gadgets, children })].flatMap(({ node }) => node.gadgets);
  return below.every((later) => gadgets.some((own) => endsLater(own.span, later.span)));
}

function endsLater(a: Span, b: Span): boolean {
  return b.until !== null && (a.until === null || compareReleases(a.until, b.until) > 0);
}

function buildTree(program: ProgramId, { gadgets, categories }: Knowledge): CommandNode {
  const root = newNode();
  for (const gadget of gadgets) {
    const span = gadget.programs[program];
    if (span !== undefined) add(root, gadget.command, { gadget, span });
    for (const spelling of gadget.spellings) {
      if (spelling.program === program) add(root, spelling.words, { gadget, span: spelling });
    }
  }
  for (const category of categories) descend(root, category);
  return root;
}

function add(root: MutableNode, command: string, spelled: SpelledGadget): void {
  const node = command.split(" ").reduce(descend, root);
  node.gadgets.push(spelled);
}

function descend(node: MutableNode, word: string): MutableNode {
  const child = node.children.get(word) ?? newNode();
  node.children.set(word, child);
  return child;
}

function newNode(): MutableNode {
  return { gadgets: [], children: new Map() };
}
