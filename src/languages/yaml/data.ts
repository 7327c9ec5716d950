import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import { stretchValue } from "../../commands/stretch-value.ts";
import type { Datum, Field } from "../../data/datum.ts";
import type { Fragment } from "../../text/fragment.ts";
import { keyText, parseDocuments, type YamlDocument } from "./document.ts";

/** Values nested deeper than this are left out. */
const MAX_DEPTH = 100;

/**
 * A text of YAML as data; parsed when it is asked for, once. Never throws: what the parser cannot bear holds nothing.
 */
export class YamlText {
  #documents: readonly YamlDocument[] | null = null;
  #data: readonly Datum[] | null = null;
  #inner: readonly YamlText[] | null = null;

  constructor(readonly fragment: Fragment) {}

  /** One for each document that holds something. Text in block scalars that is YAML itself is not looked into. */
  get data(): readonly Datum[] {
    return (this.#data ??= this.#parsed().flatMap((document) => datumOf(document, document.root, 0) ?? []));
  }

  /** The texts of scalars over several lines, which may be documents of their own (a ConfigMap's files). */
  get inner(): readonly YamlText[] {
    return (this.#inner ??= this.#parsed().flatMap((document) => {
      return textsBelow(document, document.root, 0).map((text) => new YamlText(text));
    }));
  }

  #parsed(): readonly YamlDocument[] {
    return (this.#documents ??= documentsIn(this.fragment));
  }
}

function textsBelow(document: YamlDocument, node: ParsedNode | null, depth: number): readonly Fragment[] {
  if (depth > MAX_DEPTH || node === null) return [];
  if (isScalar(node)) {
    const text = /[\r\n]/.test(node.source) ? document.text(node) : null;
    return text === null ? [] : [text];
  }
  if (isSeq(node)) return node.items.flatMap((item) => textsBelow(document, item, depth + 1));
  return isMap(node) ? node.items.flatMap(({ value }) => textsBelow(document, value, depth + 1)) : [];
}

function documentsIn(fragment: Fragment): readonly YamlDocument[] {
  const { text } = fragment;
  try {
    // The parser takes a byte order mark for indentation when a dash follows.
    return parseDocuments(text.startsWith("\uFEFF") ? fragment.slice(1, text.length) : fragment);
  } catch {
    // A stack that overflows on thousands of brackets.
    return [];
  }
}

function datumOf(document: YamlDocument, node: ParsedNode | null, depth: number): Datum | null {
  const target = document.resolve(node);
  if (target === null || node === null || depth > MAX_DEPTH) return null;
  const place = placeOf(document.fragment, node);
  if (isScalar(target)) {
    const text = document.text(target);
    if (text !== null)
      return { kind: "scalar", place, value: stretchValue(text, { start: 0, end: text.text.length }) };
    const [start, end] = target.range;
    const [hole] = document.fragment.holesIn({ start, end });
    if (hole !== undefined) return { kind: "scalar", place, value: [{ code: hole.code, words: hole.words }] };
    return {
      kind: "scalar",
      place,
      value: target.value === null || target.source === "" ? [] : [target.source],
    };
  }
  if (isSeq(target)) {
    const items = target.items.flatMap((item) => datumOf(document, item, depth + 1) ?? []);
    return { kind: "sequence", place, items };
  }
  if (!isMap(target)) return null;
  const fields = new Map<string, Field>();
  for (const [name, value] of document.fields(target)) {
    const datum = datumOf(document, value, depth + 1);
    const pair = target.items.findLast(({ key }) => keyText(key) === name);
    if (datum !== null)
      fields.set(name, { key: placeOf(document.fragment, pair?.key ?? value), value: datum });
  }
  return { kind: "mapping", place, fields };
}

function placeOf(fragment: Fragment, { range: [start, end] }: ParsedNode): { start: number; end: number } {
  const { start: from, end: to } = fragment.toSource({ start, end });
  return { start: from, end: to };
}
