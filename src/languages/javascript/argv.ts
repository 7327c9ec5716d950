import type { Dynamic, Value, Word } from "../../commands/command.ts";
import { PieceBuilder } from "../../text/fragment.ts";
import { changesOf } from "./changes.ts";
import { codeOf, partsOf, type Part } from "./chain.ts";
import { ElementList, LoneWord, type Insert } from "./elements.ts";
import { decode } from "./literals.ts";
import type { List, Node } from "./model.ts";
import { PlainWords } from "./plain-words.ts";
import type { Binding, Program } from "./program.ts";
import { unwrap, type Resolver } from "./resolve.ts";
import type { Workshop } from "./workshop.ts";

const MAX_DEPTH = 20;

/** Collects the words of one command from expressions, in order. */
export class Argv {
  readonly words: Word[] = [];
  /** Literals and arrays that the words stand in. */
  readonly used = new Set<Node>();
  readonly #shop: Workshop;
  readonly #resolver: Resolver;
  #depth = 0;

  constructor(shop: Workshop, resolver: Resolver) {
    this.#shop = shop;
    this.#resolver = resolver;
  }

  /** A program in front of its arguments; one with blanks is several words (`exec("kubectl gadget", [...])`). */
  head(node: Node, args: Node | null): void {
    const element = this.#read(node);
    const [only] = element.value;
    if (typeof only === "string" && /\s/.test(only.trim())) {
      this.split(node);
      return;
    }
    const insert = args === null ? behind(node) : inFrontOf(args, this.#program);
    const around = this.#shop.around(node, this.#resolver);
    this.words.push(new LoneWord(around, element.place, element.value, insert, element.isFixed).word);
  }

  /** A string that is cut at blanks. */
  split(node: Node): void {
    const string = this.#shop.string(node, this.#resolver, "one");
    if (string === null) return;
    for (const text of string.texts) this.used.add(text);
    this.words.push(...new PlainWords(string.fragment).words);
  }

  /** An array of words. */
  array(node: Node): void {
    this.#array(node, (written) => ({
      start: node.start,
      end: node.end,
      text: `[...${this.#program.code(node)}, ${written.join(", ")}]`,
    }));
  }

  /** Neighbours in a list of expressions: an array's elements, a call's arguments. */
  elements(nodes: readonly Node[], place: Node): void {
    const list = new ElementList(nodes, this.#shop.around(place, this.#resolver));
    for (const [index, node] of nodes.entries()) {
      if (node.kind === "spread" && this.#isReadable(node.value)) {
        this.#array(node.value, (written) => list.insertBehind(index, written));
      } else if (node.kind === "spread") {
        this.words.push(list.add(index, node, [{ code: this.#program.code(node), words: "any" }]));
      } else {
        const { place, value, isFixed } = this.#read(node);
        this.words.push(list.add(index, place, value, isFixed));
      }
    }
  }

  get #program(): Program {
    return this.#shop.program;
  }

  /** @param insert puts words behind all of the array's */
  #array(node: Node, insert: Insert): void {
    if (this.#depth > MAX_DEPTH) return;
    this.#depth += 1;
    const source = this.#sourceOf(node);
    if (source?.kind === "list") this.#list(source.list);
    else if (source?.kind === "grown") this.#grown(source.binding, source.init, node, insert);
    else if (source?.kind === "concat") this.#concat(source.object, source.args, insert);
    else if (source?.kind === "split") this.split(source.text);
    else this.#opaque(node, `...${this.#program.code(node)}`, insert);
    this.#depth -= 1;
  }

  #list(list: List): void {
    this.used.add(list);
    this.elements(list.elements, list);
  }

  #concat(object: Node, args: readonly Node[], insert: Insert): void {
    this.#array(object, insert);
    for (const arg of args) {
      if (this.#isReadable(arg)) this.#array(arg, insert);
      else this.#opaque(arg, `...${this.#program.code(arg)}`, insert);
    }
  }

  /** An array that is added to before it is used; what is added under a condition nobody can tell. */
  #grown(binding: Binding, init: Node, use: Node, insert: Insert): void {
    this.#array(init, insert);
    let unsure: string[] = [];
    const flush = (): void => {
      if (unsure.length > 0) this.#opaque(use, unsure.join(" "), insert);
      unsure = [];
    };
    for (const { kind, at, call, isCertain } of changesOf(binding, this.#program)) {
      if (at.start > use.start) continue;
      if (kind === "push" && isCertain && call !== null) {
        flush();
        this.elements(call.args, call);
      } else {
        const added =
          call === null ? this.#program.code(at) : call.args.map((arg) => this.#program.code(arg)).join(", ");
        unsure.push(`...[${added}]`);
      }
    }
    flush();
  }

  #opaque(node: Node, code: string, insert: Insert): void {
    const around = this.#shop.around(node, this.#resolver);
    this.words.push(new LoneWord(around, node, [{ code, words: "any" }], insert, true).word);
  }

  #isReadable(node: Node): boolean {
    return this.#sourceOf(node) !== null;
  }

  /** Where an array comes from; null when it cannot be looked into. */
  #sourceOf(node: Node): ArraySource | null {
    const inner = unwrap(node);
    const grown = inner.kind === "name" ? this.#grownFrom(inner) : null;
    if (grown !== null) return grown;
    const value = this.#resolver.value(inner);
    if (value.kind === "list") return { kind: "list", list: value };
    if (value.kind !== "call" || value.callee.kind !== "member") return null;
    const { object, property } = value.callee;
    const [first] = value.args;
    if (property === "split" && first?.kind === "text" && this.#resolver.plain(first) === " ") {
      return this.#resolver.literal(object) === null ? null : { kind: "split", text: object };
    }
    if (property === "concat" && this.#isReadable(object))
      return { kind: "concat", object, args: value.args };
    const isCopy =
      property === "filter" || property === "flat" || (property === "slice" && first === undefined);
    return isCopy ? this.#sourceOf(object) : null;
  }

  #grownFrom(name: Node): ArraySource | null {
    const binding = name.kind === "name" ? this.#program.binding(name) : null;
    const init = binding?.source.kind === "variable" ? binding.source.variable.init : null;
    if (binding === null || init === null || changesOf(binding, this.#program).length === 0) return null;
    return this.#isReadable(init) ? { kind: "grown", binding, init } : null;
  }

  #read(node: Node): { readonly place: Node; readonly value: Value; readonly isFixed: boolean } {
    const inner = unwrap(node);
    const path = this.words.length === 0 ? this.#path(inner) : null;
    if (path !== null) return { place: inner, value: path, isFixed: true };
    const parts = partsOf(inner, this.#resolver);
    const isUsual =
      this.words.length === 0 && parts.some((part) => part.kind === "gap" && part.state === "usual");
    const value = valueOf(parts, this.#program);
    const literal = this.#resolver.value(inner);
    const isElsewhere = literal !== inner && literal.kind === "text" && this.#resolver.isOnlyUse(inner);
    const isText = value.every((part) => typeof part === "string");
    const place = isElsewhere && isText ? literal : inner;
    for (const part of parts) if (part.kind === "chunk") this.used.add(part.literal.text);
    return { place, value: this.#mayVanish(inner) ? value.map(optional) : value, isFixed: isUsual };
  }

  /** An element that may be left out of the array afterwards: `all && "-A"`, `all ? "-A" : ""`. */
  #mayVanish(node: Node): boolean {
    if (node.kind === "logical") return node.operator === "&&";
    return (
      node.kind === "conditional" &&
      this.#resolver.known(node) === null &&
      [node.then, node.otherwise].some(isNothing)
    );
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

type ArraySource =
  | { readonly kind: "list"; readonly list: List }
  | { readonly kind: "grown"; readonly binding: Binding; readonly init: Node }
  | { readonly kind: "concat"; readonly object: Node; readonly args: readonly Node[] }
  | { readonly kind: "split"; readonly text: Node };

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
  return isLegal ? builder.build(() => null).text : { code: "${" + program.code(part) + "}", words: "one" };
}

function isNothing(node: Node): boolean {
  const inner = unwrap(node);
  if (inner.kind === "text") return inner.end - inner.start === 2;
  return inner.kind === "constant" || (inner.kind === "name" && inner.name === "undefined");
}

function optional(part: string | Dynamic): string | Dynamic {
  return typeof part === "string" ? part : { ...part, words: "any" };
}
