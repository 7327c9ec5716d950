import type { Dynamic, Value, Word } from "../../commands/command.ts";
import { PieceBuilder } from "../../text/fragment.ts";
import { contentsOf, contentsOfGroup, type Contents, type Group, type Use } from "./arrays.ts";
import { codeOf, partsOf, type Part } from "./chain.ts";
import { ElementList, LoneWord, type Insert, type Surroundings } from "./elements.ts";
import { decode } from "./literals.ts";
import type { Node } from "./model.ts";
import { PlainWords } from "../../commands/plain-words.ts";
import type { Program } from "./program.ts";
import { unwrap, type Resolver } from "./resolve.ts";
import type { ProgramString } from "./string.ts";
import type { Workshop } from "./workshop.ts";

/** Collects the words of one command from expressions, in order. */
export class Argv {
  readonly words: Word[] = [];
  /** Literals and arrays that the words stand in. */
  readonly used = new Set<Node>();
  readonly #shop: Workshop;
  readonly #resolver: Resolver;
  readonly #isJoined: boolean;

  /** @param isJoined whether a shell reads the words in the end, joined with blanks */
  constructor(shop: Workshop, resolver: Resolver, isJoined = false) {
    this.#shop = shop;
    this.#resolver = resolver;
    this.#isJoined = isJoined;
  }

  /** A program in front of its arguments; one with blanks is several words (`exec("kubectl gadget", [...])`). */
  head(node: Node, args: Node | null): void {
    const { place, value, isFixed } = this.#read(node);
    const [only] = value;
    if (typeof only === "string" && /\s/.test(only.trim())) {
      this.split(node);
      return;
    }
    const insert = args === null ? behind(node) : inFrontOf(args, this.#program);
    this.words.push(new LoneWord(this.#around(node), place, value, insert, isFixed).word);
  }

  /** A string that is cut at blanks. */
  split(node: Node): void {
    const string = this.#shop.string(node, this.#resolver, "one");
    if (string !== null) this.string(string);
  }

  /** The same for a string that was put together already. */
  string({ texts, fragment }: ProgramString): void {
    for (const text of texts) this.used.add(text);
    this.words.push(...new PlainWords(fragment, this.#isJoined).words);
  }

  /** An array of words. */
  array(node: Node): void {
    this.#add(contentsOf(node, this.#resolver));
  }

  /** Words that stand side by side: the arguments of a call. */
  group(elements: readonly Node[], place: Node): void {
    this.#add(contentsOfGroup({ elements, place }, this.#resolver));
  }

  get #program(): Program {
    return this.#shop.program;
  }

  #around(node: Node): Surroundings {
    return this.#shop.around(node, this.#resolver, this.#isJoined);
  }

  #add({ items, lists }: Contents): void {
    for (const list of lists) this.used.add(list);
    const made = new Map<Group, ElementList>();
    const listOf = (group: Group): ElementList => {
      const around = this.#around(group.place);
      const list = made.get(group) ?? new ElementList(group.elements, around);
      made.set(group, list);
      return list;
    };
    for (const item of items) {
      if (item.kind === "split") {
        this.split(item.node);
      } else if (item.kind === "opaque") {
        const around = this.#around(item.use.node);
        const insert = this.#insertAt(item.use, listOf);
        const value: Value = [{ code: item.code, words: "any" }];
        this.words.push(new LoneWord(around, item.use.node, value, insert, true).word);
      } else {
        this.words.push(this.#element(item.node, item.index, listOf(item.group)));
      }
    }
  }

  #element(node: Node, index: number, list: ElementList): Word {
    if (node.kind === "spread") {
      return list.add(index, node, [{ code: this.#program.code(node), words: "any" }]);
    }
    const { place, value, isFixed } = this.#read(node);
    return list.add(index, place, value, isFixed);
  }

  #insertAt({ node, within }: Use, listOf: (group: Group) => ElementList): Insert {
    if (within !== null) return (written) => listOf(within.group).insertBehind(within.index, written);
    const { start, end } = node;
    return (written) => ({ start, end, text: `[...${this.#program.code(node)}, ${written.join(", ")}]` });
  }

  #read(node: Node): { readonly place: Node; readonly value: Value; readonly isFixed: boolean } {
    const inner = unwrap(node);
    const path = this.words.length === 0 ? this.#path(inner) : null;
    if (path !== null) return { place: inner, value: path, isFixed: true };
    const parts = partsOf(inner, this.#resolver);
    for (const part of parts) if (part.kind === "chunk") this.used.add(part.literal.text);
    const value = valueOf(parts, this.#program);
    const isText = value.every((part) => typeof part === "string");
    const literal = this.#resolver.value(inner);
    const isElsewhere = literal !== inner && literal.kind === "text" && this.#resolver.isOnlyUse(inner);
    return {
      place: isText && isElsewhere ? literal : inner,
      value: this.#isJoined || this.#mayVanish(inner) ? value.map(optional) : value,
      isFixed: parts.some((part) => part.kind === "gap" && part.state === "usual"),
    };
  }

  /** An element that may be left out of the array afterwards: `all && "-A"`, `all ? "-A" : ""`. */
  #mayVanish(node: Node): boolean {
    if (node.kind === "logical") return node.operator === "&&";
    return node.kind === "conditional" && [node.then, node.otherwise].some(isNothing);
  }

  /** A program by its folder: `path.join(bin, "ig")`. */
  #path(node: Node): Value | null {
    if (node.kind !== "call") return null;
    const { callee, args } = node;
    const name = callee.kind === "member" ? callee.property : callee.kind === "name" ? callee.name : null;
    const last = args.at(-1);
    const file = last === undefined ? null : this.#resolver.plain(last);
    if ((name !== "join" && name !== "resolve") || file === null) return null;
    return [{ code: codeOf(this.#program, node), words: "one" }, `/${file}`];
  }
}

/** Puts a first array of arguments behind a program that has none. */
function behind({ end }: Node): Insert {
  return (written) => ({ start: end, end, text: `, [${written.join(", ")}]` });
}

/** Puts arguments in front of those that there are. */
function inFrontOf(args: Node, program: Program): Insert {
  const { start, end } = args;
  const inner = unwrap(args);
  return (written) => {
    const text = written.join(", ");
    if (inner.kind !== "list") return { start, end, text: `[${text}, ...${program.code(args)}]` };
    const at = inner.start + 1;
    return { start: at, end: at, text: inner.elements.length === 0 ? text : `${text}, ` };
  };
}

function valueOf(parts: readonly Part[], program: Program): Value {
  const value: (string | Dynamic)[] = [];
  for (const part of parts) {
    const next = partValue(part, program);
    const last = value.at(-1);
    if (typeof next === "string" && typeof last === "string") value[value.length - 1] = last + next;
    else value.push(next);
  }
  return value;
}

function partValue(part: Part, program: Program): string | Dynamic {
  if (part.kind === "glue") return part.text;
  if (part.kind === "gap") {
    if (part.text !== null && part.state === "sure") return part.text;
    return { code: part.code, words: "one", ...(part.known === null ? {} : { known: part.known }) };
  }
  const builder = new PieceBuilder();
  const isLegal = decode(builder, program.source, part, part.literal.style);
  return isLegal ? builder.build(() => null).text : { code: codeOf(program, part), words: "one" };
}

function isNothing(node: Node): boolean {
  const inner = unwrap(node);
  if (inner.kind === "text") return inner.end - inner.start === 2;
  return inner.kind === "constant" || (inner.kind === "name" && inner.name === "undefined");
}

function optional(part: string | Dynamic): string | Dynamic {
  return typeof part === "string" ? part : { ...part, words: "any" };
}
