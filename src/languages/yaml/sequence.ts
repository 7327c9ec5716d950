import {
  isAlias,
  isMap,
  isScalar,
  type Alias,
  type CST,
  type ParsedNode,
  type Scalar,
  type YAMLSeq,
} from "yaml";
import type { Dynamic, Value, Word, WordList } from "../../commands/command.ts";
import type { Edit, Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import { doubleText, isPlain, singleText } from "./encode.ts";
import { expressionsIn } from "./expressions.ts";
import type { KnownValues } from "./known.ts";
import { scalarFragment } from "./scalar.ts";

/**
 * A sequence whose items are the words of a command, one each (`["ig", "trace", "exec"]`), in flow or block style.
 * @param document the text that it was parsed from
 * @param resolve what an alias stands for
 * @param known what expressions may stand for
 * @returns null when it is written in a way that is not known; an item that is no text stands for any number of words
 */
export function sequenceWords(
  document: Fragment,
  sequence: YAMLSeq.Parsed,
  resolve: (alias: Alias.Parsed) => ParsedNode | undefined,
  known: KnownValues,
): readonly Word[] | null {
  const token = sequence.srcToken;
  if (token?.type !== "block-seq" && token?.type !== "flow-collection") return null;
  const flow = token.type === "flow-collection";
  const propsAt = new Map(token.items.map(({ start, value }) => [value?.offset, start]));
  const items: Item[] = [];
  for (const node of sequence.items) {
    const target = isAlias(node) ? resolve(node) : node;
    const props = propsAt.get(node.range[0]);
    if (props === undefined || target === undefined) return null;
    items.push(
      isText(target)
        ? itemOf(document, { node, target, props, flow, known })
        : (quotedItem(document, node, props, known) ?? unreadItem(document, node, props)),
    );
  }
  return new SequenceWords(document, items, commentsOf(token), flow).words;
}

type Style = "plain" | "single" | "double";

/** Offsets are of the document's text. */
interface Item {
  /** The dash of a block sequence's item; in flow style the item itself. */
  readonly mark: number;
  /** The whole item: tag and anchor included, the line end of a block scalar not. */
  readonly start: number;
  readonly end: number;
  /** What a new value replaces. */
  readonly word: Range;
  readonly value: Value;
  readonly inside: Fragment | null;
  readonly style: Style | null;
  /** Aliases elsewhere may need it as it is. */
  readonly anchored: boolean;
}

/** What the parser says of an item: its node, the scalar that it is or stands for, what stands before it. */
interface Parsed {
  readonly node: ParsedNode;
  readonly target: Scalar.Parsed;
  readonly props: readonly CST.SourceToken[];
  readonly flow: boolean;
  readonly known: KnownValues;
}

function itemOf(document: Fragment, { node, target, props: before, flow, known }: Parsed): Item {
  const dash = before.find(({ type }) => type === "seq-item-ind")?.offset;
  const props = before.filter(({ type }) => type === "tag" || type === "anchor");
  const isTagged = props.some(({ type, source }) => type === "tag" && !source.startsWith("!!"));
  const start = props[0]?.offset ?? node.range[0];
  const end = trimLineEnd(document.text, node.range[1]);
  const whole = { start, end };
  const inside = isTagged ? null : scalarFragment(document, target, flow && !isAlias(node));
  return {
    mark: dash ?? start,
    ...whole,
    word: isTagged ? whole : { start: node.range[0], end },
    value: isTagged
      ? [{ code: document.code(whole), words: "one" }]
      : scalarValue(document, target, inside, known),
    inside: isAlias(node) ? null : inside,
    style: styleOf(node),
    anchored: props.some(({ type }) => type === "anchor"),
  };
}

/** A mapping, a list or nothing in the place of a word. */
function unreadItem(document: Fragment, node: ParsedNode, before: readonly CST.SourceToken[]): Item {
  const dash = before.find(({ type }) => type === "seq-item-ind")?.offset;
  const props = before.filter(({ type }) => type === "tag" || type === "anchor");
  const start = props[0]?.offset ?? node.range[0];
  const word = { start, end: trimLineEnd(document.text, node.range[1]) };
  const code = document.code(word).trim().replace(/\s+/g, " ");
  const anchored = props.some(({ type }) => type === "anchor");
  return {
    mark: dash ?? start,
    ...word,
    word,
    value: [{ code, words: "any" }],
    inside: null,
    style: null,
    anchored,
  };
}

/** `{ "value": "exec", "quoting": "strong" }`, an argument of a task in an editor. */
function quotedItem(
  document: Fragment,
  node: ParsedNode,
  before: readonly CST.SourceToken[],
  known: KnownValues,
): Item | null {
  if (!isMap(node) || !node.has("quoting")) return null;
  const target = node.items.find(({ key }) => isScalar(key) && key.value === "value")?.value;
  if (target == null || !isText(target)) return null;
  const inside = scalarFragment(document, target, true);
  return {
    ...unreadItem(document, node, before),
    word: { start: target.range[0], end: target.range[1] },
    value: scalarValue(document, target, inside, known),
    inside,
    style: styleOf(target),
  };
}

/** Whether a scalar has text of its own: not the empty place behind a dash. */
function isText(node: ParsedNode): node is Scalar.Parsed {
  return isScalar(node) && node.srcToken !== undefined && (node.type !== "PLAIN" || node.source !== "");
}

function styleOf(node: ParsedNode): Style | null {
  if (!isScalar(node)) return null;
  if (node.type === "PLAIN") return "plain";
  if (node.type === "QUOTE_SINGLE") return "single";
  return node.type === "QUOTE_DOUBLE" ? "double" : null;
}

/** The value of a scalar: its text, with what is filled in later as dynamic parts. */
function scalarValue(
  document: Fragment,
  node: Scalar.Parsed,
  inside: Fragment | null,
  knownValues: KnownValues,
): Value {
  if (inside === null) {
    const [start, end] = node.range;
    if (document.holesIn({ start, end }).length > 0)
      return [{ code: document.code({ start, end }), words: "one" }];
    return node.source === "" ? [] : [node.source];
  }
  const parts: (string | Dynamic)[] = [];
  let at = 0;
  for (const { start, end, code, words, known } of expressionsIn(inside, knownValues)) {
    if (start > at) parts.push(inside.text.slice(at, start));
    const isWhole = end - start === inside.text.length;
    parts.push({ code, words: isWhole ? words : "one", ...(known === undefined ? {} : { known }) });
    at = end;
  }
  if (at < inside.text.length) parts.push(inside.text.slice(at));
  return parts;
}

class SequenceWords implements WordList {
  readonly fragment: Fragment;
  readonly words: readonly Word[];
  readonly #items: readonly Item[];
  readonly #comments: readonly Range[];
  readonly #flow: boolean;
  readonly #document: Fragment;
  /** Where the fragment begins in the document. */
  readonly #origin: number;
  readonly #lineEnd: string;

  constructor(document: Fragment, items: readonly Item[], comments: readonly Range[], flow: boolean) {
    this.#document = document;
    this.#items = items;
    this.#comments = comments;
    this.#flow = flow;
    this.#lineEnd = document.text.includes("\r\n") ? "\r\n" : "\n";
    this.#origin = items[0]?.mark ?? 0;
    const last = items.at(-1);
    const end = last === undefined ? this.#origin : this.#lineEndAfter(last.end);
    this.fragment = document.slice(this.#origin, end, (text, at) => text + this.#keptComments(text, at));
    this.words = items.map(({ word, value }) => ({ ...this.#local(word), value, list: this }));
  }

  write(value: Value, like?: Word): string | null {
    const old = like === undefined ? undefined : this.#itemOf(like);
    if (old?.anchored === true) return null;
    const codes = new Set(this.fragment.holes.map((hole) => hole.code));
    const kept: string[] = [];
    const isPart = value.length > 1;
    const isQuoted = isPart && value.some((part) => typeof part !== "string" && QUOTES.test(part.code));
    const literal = value.map((part) => {
      if (typeof part === "string") return part;
      const code = isPart ? part.code.replace(QUOTES, "") : part.code;
      return codes.has(part.code) ? standIn(kept.push(code) - 1) : part.code;
    });
    const manner = old?.style ?? this.#manner();
    // What a template prints may be a number, or have a colon: it needs quotes unless the author had none.
    const isBare = old?.value.some((part) => typeof part !== "string") ?? false;
    const style = isQuoted || (kept.length > 0 && manner === "plain" && !isBare) ? "double" : manner;
    const written = writeScalar(literal.join(""), style, this.#flow);
    return kept.reduce((text, code, i) => text.replaceAll(standIn(i), () => code), written);
  }

  insertAfter(previous: Word, written: readonly string[]): Edit {
    const item = this.#itemOf(previous);
    const end = item?.end ?? previous.end + this.#origin;
    if (!this.#flow) {
      const at = this.#commentBehind(end)?.end ?? end;
      const dash = `${this.#lineEnd}${this.#indentation(item?.mark ?? at)}- `;
      return this.#localEdit({ start: at, end: at, text: written.map((word) => dash + word).join("") });
    }
    if (item === undefined || !this.#startsLine(item.start)) {
      return this.#localEdit({ start: end, end, text: written.map((word) => `, ${word}`).join("") });
    }
    const separator = `${this.#lineEnd}${this.#indentation(item.start)}`;
    const comma = /^[ \t]*,/.exec(this.#document.text.slice(end))?.[0].length ?? 0;
    const lineEnd = this.#lineEndAfter(end + comma);
    if (comma > 0 && this.#isBlankOrComment(end + comma, lineEnd)) {
      const at = this.#commentBehind(end + comma)?.end ?? end + comma;
      return this.#localEdit({
        start: at,
        end: at,
        text: written.map((word) => `${separator}${word},`).join(""),
      });
    }
    const comment = this.#commentBehind(end);
    const at = comment?.end ?? end;
    const behind = this.#document.code({ start: end, end: at });
    const text = `,${behind}${written.map((word) => separator + word).join(",")}`;
    return this.#localEdit({ start: end, end: at, text });
  }

  cut(first: Word, last: Word): Range | null {
    const from = this.words.indexOf(first);
    const to = this.words.indexOf(last);
    const items = this.#items.slice(from, to + 1);
    const [begin] = items;
    const final = items.at(-1);
    if (from === -1 || begin === undefined || final === undefined) return null;
    if (items.length === this.#items.length || items.some(({ anchored }) => anchored)) return null;
    const before = this.#items[from - 1];
    const after = this.#items[to + 1];
    if (this.#flow) {
      if (after !== undefined) return this.#local({ start: begin.start, end: after.start });
      const behind = { start: before?.end ?? begin.start, end: final.end };
      return this.#local(
        this.#commentsIn(behind).length === 0 ? behind : { start: begin.start, end: final.end },
      );
    }
    if (before === undefined)
      return after === undefined ? null : this.#local({ start: begin.mark, end: after.mark });
    const end = this.#commentBehind(final.end)?.end ?? final.end;
    return this.#local({ start: this.#lineBreakBefore(begin.mark), end });
  }

  inside(word: Word): Fragment | null {
    return this.#itemOf(word)?.inside ?? null;
  }

  /** What stands between items, and must outlive them: `text` is empty when items are cut. */
  #keptComments(text: string, at: Range): string {
    if (text !== "") return "";
    const cut = { start: at.start + this.#origin, end: at.end + this.#origin };
    const comments = this.#commentsIn(cut).map((comment) => this.#document.code(comment));
    const next = this.#items.find(({ mark }) => mark >= cut.end);
    const startsItem = this.#items.some(({ mark }) => mark === cut.start);
    const indentation = this.#indentation(
      next !== undefined && startsItem ? next.mark : (this.#items[0]?.mark ?? 0),
    );
    return comments
      .map((comment) =>
        startsItem ? comment + this.#lineEnd + indentation : this.#lineEnd + indentation + comment,
      )
      .join("");
  }

  /** The quotes of all words of the list. */
  #manner(): Style {
    const [first = "plain", ...others] = this.#items.flatMap(({ style }) => style ?? []);
    return others.every((style) => style === first) ? first : "plain";
  }

  #itemOf(word: Word): Item | undefined {
    return this.#items[this.words.indexOf(word)];
  }

  #commentsIn({ start, end }: Range): readonly Range[] {
    return this.#comments.filter((comment) => start <= comment.start && comment.end <= end);
  }

  /** The comment that ends the line of `offset`, when only blanks stand before it. */
  #commentBehind(offset: number): Range | undefined {
    const lineEnd = this.#lineEndAfter(offset);
    const comment = this.#comments.find(({ start }) => start >= offset && start < lineEnd);
    return comment !== undefined && this.#isBlankOrComment(offset, lineEnd) ? comment : undefined;
  }

  #isBlankOrComment(start: number, end: number): boolean {
    return /^[ \t]*(?:#.*)?$/.test(this.#document.text.slice(start, end));
  }

  #startsLine(offset: number): boolean {
    return /(?:^|\n)[ \t]*$/.test(this.#document.text.slice(0, offset));
  }

  /** Blanks up to the column of `offset`. */
  #indentation(offset: number): string {
    return " ".repeat(offset - this.#document.text.lastIndexOf("\n", offset - 1) - 1);
  }

  #lineEndAfter(offset: number): number {
    const { text } = this.#document;
    const newline = text.indexOf("\n", offset);
    return newline === -1 ? text.length : text[newline - 1] === "\r" ? newline - 1 : newline;
  }

  #lineBreakBefore(offset: number): number {
    const { text } = this.#document;
    const newline = text.lastIndexOf("\n", offset);
    return text[newline - 1] === "\r" ? newline - 1 : newline;
  }

  #local({ start, end }: Range): Range {
    return { start: start - this.#origin, end: end - this.#origin };
  }

  #localEdit(edit: Edit): Edit {
    return { ...this.#local(edit), text: edit.text };
  }
}

function writeScalar(text: string, style: Style, flow: boolean): string {
  const single = style === "single" ? singleText(text) : null;
  if (single !== null) return `'${single}'`;
  return style === "plain" && isPlain(text, text, flow) ? text : `"${doubleText(text)}"`;
}

/** Letters for a code while the text around it is quoted. */
function standIn(index: number): string {
  return `codeOfHole${"i".repeat(index + 1)}x`;
}

/** An action that prints quotes around what it fills in: inside of a word they would be part of it. */
const QUOTES = /[ \t]*\|[ \t]*(?:s?quote|toJson)(?=[ \t]*-?\}\}$)/;

function trimLineEnd(text: string, end: number): number {
  const { length } = /\r?\n$/.exec(text.slice(Math.max(0, end - 2), end))?.[0] ?? "";
  return end - length;
}

/** All comments between the items of a sequence. */
function commentsOf(sequence: CST.BlockSequence | CST.FlowCollection): readonly Range[] {
  const tokens: CST.SourceToken[] = [];
  for (const { start, value } of sequence.items) {
    tokens.push(...start);
    if (value?.type === "document") continue;
    if (value != null && "end" in value) tokens.push(...(value.end ?? []));
  }
  if (sequence.type === "flow-collection") tokens.push(...sequence.end);
  return tokens
    .filter(({ type }) => type === "comment")
    .map(({ offset, source }) => ({ start: offset, end: offset + source.length }));
}
