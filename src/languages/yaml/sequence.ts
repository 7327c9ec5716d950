import { isAlias, type Alias, type ParsedNode, type YAMLSeq } from "yaml";
import type { Value, Word, WordList } from "../../commands/command.ts";
import type { Edit, Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import { doubleText, isPlain, singleText } from "./encode.ts";
import type { KnownValues } from "./known.ts";
import { type Item, itemOf, type Quoting } from "./sequence-items.ts";
import { SequenceLayout } from "./sequence-layout.ts";

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
    items.push(itemOf(document, { node, target, props, flow, known }));
  }
  return new SequenceWords(document, items, new SequenceLayout(document.text, token), flow).words;
}

class SequenceWords implements WordList {
  readonly fragment: Fragment;
  readonly words: readonly Word[];
  readonly #items: readonly Item[];
  readonly #layout: SequenceLayout;
  readonly #flow: boolean;
  readonly #document: Fragment;
  /** Where the fragment begins in the document. */
  readonly #origin: number;

  constructor(document: Fragment, items: readonly Item[], layout: SequenceLayout, flow: boolean) {
    this.#document = document;
    this.#items = items;
    this.#layout = layout;
    this.#flow = flow;
    this.#origin = items[0]?.mark ?? 0;
    const last = items.at(-1);
    const end = last === undefined ? this.#origin : this.#layout.lineEndAfter(last.end);
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
      const at = this.#layout.commentBehind(end)?.end ?? end;
      const dash = `${this.#layout.lineEnd}${this.#layout.indentation(item?.mark ?? at)}- `;
      return this.#localEdit({ start: at, end: at, text: written.map((word) => dash + word).join("") });
    }
    if (item === undefined || !this.#layout.startsLine(item.start)) {
      return this.#localEdit({ start: end, end, text: written.map((word) => `, ${word}`).join("") });
    }
    const separator = `${this.#layout.lineEnd}${this.#layout.indentation(item.start)}`;
    const comma = /^[ \t]*,/.exec(this.#document.text.slice(end))?.[0].length ?? 0;
    const lineEnd = this.#layout.lineEndAfter(end + comma);
    if (comma > 0 && this.#layout.isBlankOrComment(end + comma, lineEnd)) {
      const at = this.#layout.commentBehind(end + comma)?.end ?? end + comma;
      return this.#localEdit({
        start: at,
        end: at,
        text: written.map((word) => `${separator}${word},`).join(""),
      });
    }
    const comment = this.#layout.commentBehind(end);
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
        this.#layout.commentsIn(behind).length === 0 ? behind : { start: begin.start, end: final.end },
      );
    }
    if (before === undefined)
      return after === undefined ? null : this.#local({ start: begin.mark, end: after.mark });
    const end = this.#layout.commentBehind(final.end)?.end ?? final.end;
    return this.#local({ start: this.#layout.lineBreakBefore(begin.mark), end });
  }

  inside(word: Word): Fragment | null {
    return this.#itemOf(word)?.inside ?? null;
  }

  /** What stands between items, and must outlive them: `text` is empty when items are cut. */
  #keptComments(text: string, at: Range): string {
    if (text !== "") return "";
    const cut = { start: at.start + this.#origin, end: at.end + this.#origin };
    const comments = this.#layout.commentsIn(cut).map((comment) => this.#document.code(comment));
    const next = this.#items.find(({ mark }) => mark >= cut.end);
    const startsItem = this.#items.some(({ mark }) => mark === cut.start);
    const indentation = this.#layout.indentation(
      next !== undefined && startsItem ? next.mark : (this.#items[0]?.mark ?? 0),
    );
    return comments
      .map((comment) =>
        startsItem
          ? comment + this.#layout.lineEnd + indentation
          : this.#layout.lineEnd + indentation + comment,
      )
      .join("");
  }

  /** The quotes of all words of the list. */
  #manner(): Quoting {
    const [first = "plain", ...others] = this.#items.flatMap(({ style }) => style ?? []);
    return others.every((style) => style === first) ? first : "plain";
  }

  #itemOf(word: Word): Item | undefined {
    return this.#items[this.words.indexOf(word)];
  }

  #local({ start, end }: Range): Range {
    return { start: start - this.#origin, end: end - this.#origin };
  }

  #localEdit(edit: Edit): Edit {
    return { ...this.#local(edit), text: edit.text };
  }
}

function writeScalar(text: string, style: Quoting, flow: boolean): string {
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
