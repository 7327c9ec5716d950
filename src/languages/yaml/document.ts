import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Alias,
  type Document,
  type ParsedNode,
  type Scalar,
  type ScalarTag,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { KnownValues } from "./known.ts";
import { scalarFragment } from "./scalar.ts";
import { sequenceWords } from "./sequence.ts";
import type { Word } from "../../commands/command.ts";

/** Something that the parser did not accept, at an offset of the text. */
export interface Fault extends Range {
  readonly message: string;
}

/** Values of a mapping by the text of their keys. */
export type Fields = ReadonlyMap<string, ParsedNode>;

/** Collections nested deeper than this are not looked into. */
const MAX_DEPTH = 200;

/** One document of a file: its tree, what its aliases stand for, and where it is broken. */
export class YamlDocument {
  readonly range: Range;
  readonly root: ParsedNode | null;
  readonly faults: readonly Fault[];
  readonly #targets = new Map<Alias, ParsedNode>();
  readonly #inFlow = new Set<ParsedNode>();
  readonly #fields = new Map<YAMLMap.Parsed, Fields>();

  constructor(
    readonly fragment: Fragment,
    document: Document.Parsed,
  ) {
    const [start, , end] = document.range;
    this.range = { start, end };
    this.root = document.contents;
    const last = fragment.text.length;
    this.faults = document.errors.map(({ pos, message }) => ({
      start: Math.min(pos[0], last),
      end: Math.min(pos[1], last),
      message,
    }));
    this.#index(this.root, new Map(), false, 0);
  }

  /** The node itself, or what it is an alias of. */
  resolve(node: ParsedNode | null | undefined): ParsedNode | null {
    if (node == null) return null;
    return isAlias(node) ? (this.#targets.get(node) ?? null) : node;
  }

  /** The text of a scalar; null where it cannot be edited, or is not sure to be read right. */
  text(node: Scalar.Parsed): Fragment | null {
    return this.isSound(node) ? scalarFragment(this.fragment, node, this.#inFlow.has(node)) : null;
  }

  /** The items of a sequence as words; null when it is no list of words, or is not sure to be read right. */
  words(node: YAMLSeq.Parsed, known: KnownValues): readonly Word[] | null {
    if (!this.isSound(node) || node.tag !== undefined) return null;
    return sequenceWords(this.fragment, node, (alias) => this.resolve(alias) ?? undefined, known);
  }

  /** Whether the parser accepted all of a node. */
  isSound(node: ParsedNode): boolean {
    const [start, end] = node.range;
    return !this.faults.some((fault) => fault.start <= end && start <= fault.end);
  }

  /** The fields of a mapping by the text of their keys, those of `<<` included where it has none of its own. */
  fields(map: YAMLMap.Parsed): Fields {
    const known = this.#fields.get(map);
    if (known !== undefined) return known;
    const fields = new Map<string, ParsedNode>();
    this.#fields.set(map, fields);
    for (const { key, value } of map.items) {
      const name = keyText(key);
      if (name !== null && name !== "<<" && value !== null) fields.set(name, value);
    }
    for (const base of this.#bases(map)) {
      for (const [name, value] of this.fields(base)) {
        if (!fields.has(name)) fields.set(name, value);
      }
    }
    return fields;
  }

  /** The mappings that `<<` merges into this one. */
  #bases(map: YAMLMap.Parsed): readonly YAMLMap.Parsed[] {
    const bases = map.items.flatMap(({ key, value }) => (keyText(key) === "<<" ? [this.resolve(value)] : []));
    return bases
      .flatMap((base) => (isSeq(base) ? base.items.map((item) => this.resolve(item)) : [base]))
      .filter((base) => isMap(base));
  }

  #index(node: ParsedNode | null, anchors: Map<string, ParsedNode>, flow: boolean, depth: number): void {
    if (node === null || depth > MAX_DEPTH) return;
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target !== undefined) this.#targets.set(node, target);
      return;
    }
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (flow) this.#inFlow.add(node);
    if (!isCollection(node)) return;
    const isFlow = flow || node.srcToken?.type === "flow-collection";
    for (const child of childrenOf(node)) this.#index(child, anchors, isFlow, depth + 1);
  }
}

/** All documents of a text; never throws. Checks ask for those that commands were found in: they are kept while memory allows. */
export function parseDocuments(fragment: Fragment): readonly YamlDocument[] {
  const known = documentsOf.get(fragment)?.deref();
  if (known !== undefined) return known;
  const documents = parseAll(fragment);
  documentsOf.set(fragment, new WeakRef(documents));
  return documents;
}

const documentsOf = new WeakMap<Fragment, WeakRef<readonly YamlDocument[]>>();

function parseAll(fragment: Fragment): readonly YamlDocument[] {
  const parsed = parseAllDocuments(fragment.text, {
    keepSourceTokens: true,
    prettyErrors: false,
    strict: false,
    uniqueKeys: false,
    logLevel: "silent",
    customTags: (tags) => [BINARY, ...tags],
  });
  return Array.from(parsed, (document) => new YamlDocument(fragment, document));
}

/** What base64 stands for is not looked at; where a template fills it in, that it is none now is no fault. */
const BINARY: ScalarTag = { tag: "tag:yaml.org,2002:binary", resolve: () => new Uint8Array() };

/** Keys and values of a mapping, items of a sequence. */
function childrenOf(node: YAMLMap.Parsed | YAMLSeq.Parsed): readonly (ParsedNode | null)[] {
  if (isSeq(node)) return node.items.flatMap((item: ParsedNode) => (isPair(item) ? [] : [item]));
  return isMap(node) ? node.items.flatMap(({ key, value }) => [key, value]) : [];
}

/** The text of a key that is a scalar. */
export function keyText(key: ParsedNode | null): string | null {
  return isScalar(key) ? key.source : null;
}
