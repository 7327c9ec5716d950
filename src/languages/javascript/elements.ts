import type { Value, Word, WordList } from "../../commands/command.ts";
import type { Edit, Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import { expressionOf } from "./chain.ts";
import { encode, write, type Style } from "./literals.ts";
import { SAFE_WORD } from "../../commands/plain-words.ts";
import { unwrap } from "./resolve.ts";
import type { Node } from "./model.ts";

/** What a list of words needs to know of the file around it. */
export interface Surroundings {
  /** The whole file; refuses all edits where the list belongs to other commands too. */
  readonly fragment: Fragment;
  /** The quotes to use where the list itself shows none. */
  readonly quote: Style["quote"];
  /** The text that a word stands for. */
  readonly inside: (node: Node) => Fragment | null;
  /** Whether the words are joined with blanks for a shell to read: then none is written that would need its quotes. */
  readonly isJoined: boolean;
}

/** Makes the edit that puts written words at one place. */
export type Insert = (written: readonly string[]) => Edit;

interface Element {
  readonly index: number;
  /** What the word is read from: the element, or the literal that it names. */
  readonly node: Node;
}

/** Words that are elements of an array, or arguments of a call. */
export class ElementList implements WordList {
  readonly #elements: readonly Node[];
  readonly #around: Surroundings;
  readonly #of = new Map<Word, Element>();

  constructor(elements: readonly Node[], around: Surroundings) {
    this.#elements = elements;
    this.#around = around;
  }

  get fragment(): Fragment {
    return this.#around.fragment;
  }

  /**
   * The word of one element.
   * @param place what is replaced with it: the element, or the literal that it names
   */
  add(index: number, place: Node, value: Value, isFixed = false): Word {
    const { start, end } = place;
    const word: Word = { start, end, value, list: this, isFixed };
    this.#of.set(word, { index, node: place });
    return word;
  }

  write(value: Value, like?: Word): string | null {
    const model = like === undefined ? undefined : this.#of.get(like);
    const isSafe = value.every((part) => typeof part !== "string" || SAFE_WORD.test(part));
    if (this.#around.isJoined && (!isSafe || value.length === 0)) return null;
    return writeElement(value, this.#quote(model?.node));
  }

  insertAfter(previous: Word, written: readonly string[]): Edit {
    return this.insertBehind(this.#of.get(previous)?.index ?? this.#elements.length - 1, written);
  }

  /** Puts written words behind an element. */
  insertBehind(index: number, written: readonly string[]): Edit {
    const at = this.#elements[index]?.end ?? 0;
    const separator = this.#separator(index);
    return { start: at, end: at, text: written.map((word) => separator + word).join("") };
  }

  cut(first: Word, last: Word): Range | null {
    const from = this.#of.get(first)?.index;
    const to = this.#of.get(last)?.index;
    const start = from === undefined ? undefined : this.#elements[from];
    const end = to === undefined ? undefined : this.#elements[to];
    if (from === undefined || to === undefined || start === undefined || end === undefined) return null;
    const next = this.#elements[to + 1];
    if (next !== undefined && this.#isPlain(end.end, next.start)) {
      return { start: start.start, end: next.start };
    }
    const before = this.#elements[from - 1];
    if (next === undefined && before !== undefined && this.#isPlain(before.end, start.start)) {
      return { start: before.end, end: end.end };
    }
    return { start: start.start, end: this.#behindComma(end.end) };
  }

  inside(word: Word): Fragment | null {
    const element = this.#of.get(word);
    return element === undefined ? null : this.#around.inside(element.node);
  }

  dashless(code: string): string | null {
    return dashless(code);
  }

  /** What stands between two elements here: on one line or on lines of their own. */
  #separator(index: number): string {
    const element = this.#elements[index];
    const neighbour = this.#elements[index + 1] ?? this.#elements[index - 1];
    const indent = element === undefined ? null : this.#indent(element);
    const isAlone = neighbour === undefined || this.#indent(neighbour) !== null;
    if (indent === null || !isAlone) return ", ";
    return `,${this.#source.includes("\r\n") ? "\r\n" : "\n"}${indent}`;
  }

  /** The blanks before the first thing on a line; null when more stands there. */
  #indent({ start }: Node): string | null {
    const lineFeed = this.#source.lastIndexOf("\n", start - 1);
    const line = this.#source.slice(Math.max(lineFeed, this.#source.lastIndexOf("\r", start - 1)) + 1, start);
    return /^[ \t]*$/.test(line) ? line : null;
  }

  /** Whether nothing but blanks and the comma stands there. */
  #isPlain(start: number, end: number): boolean {
    return /^\s*,?\s*$/.test(this.#source.slice(start, end));
  }

  /** The offset behind the comma (and blanks) that follows, if one does. */
  #behindComma(offset: number): number {
    const comma = /^\s*,[ \t]*/.exec(this.#source.slice(offset, offset + 1000))?.[0] ?? "";
    return offset + comma.length;
  }

  /** The quotes of the literal to follow, else those of its neighbours. */
  #quote(model: Node | undefined): Style["quote"] {
    const own = model === undefined ? "" : quoteOf(model);
    if (own !== "") return own;
    for (const element of this.#elements) {
      const quote = quoteOf(element);
      if (quote === "'" || quote === '"') return quote;
    }
    return this.#around.quote;
  }

  get #source(): string {
    return this.#around.fragment.text;
  }
}

/** A word that stands alone: a program in front of its array, or an expression that nobody can look into. */
export class LoneWord implements WordList {
  readonly word: Word;
  readonly #around: Surroundings;
  readonly #node: Node;
  readonly #insert: Insert;

  /** @param insert puts words right behind it */
  constructor(around: Surroundings, node: Node, value: Value, insert: Insert, isFixed: boolean) {
    this.#around = around;
    this.#node = node;
    this.#insert = insert;
    this.word = { start: node.start, end: node.end, value, list: this, isFixed };
  }

  get fragment(): Fragment {
    return this.#around.fragment;
  }

  write(value: Value): string | null {
    const own = quoteOf(this.#node);
    return writeElement(value, own === "" ? this.#around.quote : own);
  }

  insertAfter(_previous: Word, written: readonly string[]): Edit {
    return this.#insert(written);
  }

  cut(): null {
    return null;
  }

  dashless(code: string): string | null {
    return dashless(code);
  }

  inside(): Fragment | null {
    return this.word.isFixed === true ? null : this.#around.inside(this.#node);
  }
}

/** A word as an expression: a literal, a name, or a template of both. */
function writeElement(value: Value, quote: Style["quote"]): string | null {
  const style: Style = { quote, escapes: "cooked" };
  const [only, more] = value;
  if (only === undefined) return write("", style);
  if (more === undefined) return typeof only === "string" ? write(only, style) : elementOf(only.code);
  const template: Style = { quote: "`", escapes: "cooked" };
  const parts = value.map((part) => {
    if (typeof part === "string") return encode(part, template);
    return expressionOf(part.code) === null ? null : part.code;
  });
  return parts.includes(null) ? null : `\`${parts.join("")}\``;
}

/** `${x.replaceAll("-", "")}` for `${x}`. */
function dashless(code: string): string | null {
  const expression = /^\$\{(.+)\}$/s.exec(code)?.[1]?.trim();
  if (expression === undefined) return null;
  const isPlain = /^[\w$.?![\]"']+$/.test(expression);
  return `\${${isPlain ? expression : `(${expression})`}.replaceAll("-", "")}`;
}

/** `${x}` is the element `x`; a spread is an element as it stands. */
function elementOf(code: string): string | null {
  return code.startsWith("...") ? code : expressionOf(code);
}

function quoteOf(element: Node): Style["quote"] {
  const inner = unwrap(element);
  return inner.kind === "text" && inner.parts.length === 1 ? inner.quote : "";
}
