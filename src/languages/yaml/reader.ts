import { isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import {
  display,
  literal,
  type Invocation,
  type OutputUse,
  type Problem,
  type Reading,
  type Word,
} from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { ReadContext } from "../language.ts";
import { keyText, type Fields, type YamlDocument } from "./document.ts";
import { shellConstants, variablesOf, wordConstants, type Variable } from "./environment.ts";
import {
  ARGV_KEYS,
  holdsProse,
  holdsShell,
  holdsWords,
  isForeignInterpreter,
  isScriptName,
  isShell,
  isYamlName,
} from "./keys.ts";
import { isCommand, mentionsProgram, namesProgram } from "./mention.ts";
import { readText } from "./text.ts";

/** What is around a node. */
interface Place {
  /** The key that it, or the sequence it is in, stands under; "" at the root. */
  readonly key: string;
  /** The key that the mapping around it stands under. */
  readonly outerKey: string;
  readonly variables: readonly Variable[];
  /** The mapping around it names an interpreter, which is no shell. */
  readonly foreign: boolean;
  readonly depth: number;
}

const ROOT: Place = { key: "", outerKey: "", variables: [], foreign: false, depth: 0 };

/** A container's words go to its standard output, the log. */
const TO_LOG: OutputUse = { pipe: [], sink: { kind: "stdout" } };

const MAX_DEPTH = 200;

/** Every invocation in one document, each from a part that the parser accepted. */
export function readDocument(document: YamlDocument, context: ReadContext): Reading {
  const reader = new Reader(document, context);
  reader.visit(document.root, ROOT);
  return { invocations: reader.invocations, problems: reader.problems };
}

class Reader {
  readonly invocations: Invocation[] = [];
  readonly problems: Problem[] = [];
  readonly #document: YamlDocument;
  readonly #context: ReadContext;
  readonly #aliased = new Set<YAMLSeq.Parsed>();

  constructor(document: YamlDocument, context: ReadContext) {
    this.#document = document;
    this.#context = context;
  }

  visit(node: ParsedNode | null, place: Place): void {
    if (place.depth > MAX_DEPTH) return;
    const target = this.#document.resolve(node);
    if (isScalar(target)) this.#scalar(target, place);
    else if (isSeq(target)) {
      if (target === node || this.#isNewAlias(target, place)) this.#sequence(target, place);
    } else if (isMap(target) && target === node) this.#map(target, place);
  }

  /** What an alias of a list of commands stands for may have been passed over where the anchor is. */
  #isNewAlias(target: YAMLSeq.Parsed, place: Place): boolean {
    if (!holdsShell(place.key) || this.#aliased.has(target)) return false;
    this.#aliased.add(target);
    return true;
  }

  #map(map: YAMLMap.Parsed, place: Place): void {
    const fields = this.#document.fields(map);
    const inner: Place = {
      key: "",
      outerKey: place.key,
      variables: [...place.variables, ...variablesOf(fields, this.#document)],
      foreign: this.#namesForeignInterpreter(fields),
      depth: place.depth + 1,
    };
    const read = this.#argv(map, fields, inner, place);
    for (const { key, value } of map.items) {
      if (value !== null && !read.has(value)) this.visit(value, { ...inner, key: keyText(key) ?? "" });
    }
  }

  /** Reads the fields of a mapping that make up one command; returns those that need no other look. */
  #argv(map: YAMLMap.Parsed, fields: Fields, inner: Place, place: Place): ReadonlySet<ParsedNode> {
    const parts = ARGV_KEYS.flatMap((key) => {
      const value = fields.get(key);
      const node = this.#document.resolve(value);
      return value !== undefined && (isSeq(node) || isScalar(node)) ? [{ key, value, node }] : [];
    });
    const isOwn = map.items.some(({ value }) => parts.some((part) => part.value === value));
    const [first] = parts;
    if (first === undefined || !isOwn) return new Set();

    const image = this.#imageOf(fields);
    const namesProgram = first.key === "entrypoint" || (first.key === "command" && !isComposeService(place));
    const implied = image !== null && !namesProgram ? { implied: { image } } : {};
    if (parts.length === 1 && isScalar(first.node) && !("implied" in implied)) return new Set();
    const words: Word[] = [];
    for (const { node } of parts) {
      const more = isSeq(node)
        ? this.#document.words(node)
        : isScalar(node)
          ? this.#simpleCommand(node)
          : null;
      if (more === null) return new Set();
      words.push(...more);
    }
    const start = words.findIndex(({ value }) => value.length > 0);
    const program = words[start];
    if (program === undefined || (parts.length === 1 && isLine(program))) return new Set();
    const constants = wordConstants(inner.variables);
    this.invocations.push({ words: words.slice(start), output: TO_LOG, role: "run", constants, ...implied });
    return new Set(parts.map(({ value }) => value));
  }

  /** The words of a string that is split as a shell splits it, when that is all there is to it. */
  #simpleCommand(node: Scalar.Parsed): readonly Word[] | null {
    const text = this.#document.text(node);
    if (text === null) return null;
    const { invocations, problems } = this.#context.read("shell", text);
    const [only, more] = invocations;
    const isSimple = more === undefined && problems.length === 0 && only?.output.pipe.length === 0;
    return isSimple && only.output.sink.kind === "stdout" ? only.words : null;
  }

  #sequence(sequence: YAMLSeq.Parsed, place: Place): void {
    if (sequence.tag !== undefined && sequence.tag !== "tag:yaml.org,2002:seq") return;
    const isCandidate = sequence.items.some((item) => isScalar(item) && mentionsProgram(item.source));
    const words = isCandidate ? this.#document.words(sequence) : null;
    if (words !== null && isCommandInWords(words, holdsWords(place.key))) {
      const constants = wordConstants(place.variables);
      this.invocations.push({ words, output: TO_LOG, role: "run", constants });
      return;
    }
    const isSound = this.#document.isSound(sequence);
    for (const item of sequence.items) {
      // In a list that broke off, a single word may be a part of a command in words.
      if (!isSound && isScalar(item) && !/\s/.test(item.source)) continue;
      this.visit(item, { ...place, depth: place.depth + 1 });
    }
  }

  #scalar(node: Scalar.Parsed, place: Place): void {
    const isScript = runsInShell(node.source, place);
    if (!isScript && !mentionsProgram(node.source)) return;
    const text = this.#document.text(node);
    if (text === null) this.#unmapped(node);
    else if (isScript) this.#shell(text, place);
    else if (isYamlName(place.key) && node.source.includes("\n")) this.#nested(text);
    else if (!holdsProse(place.key)) this.invocations.push(...readText(text, this.#context));
  }

  #shell(text: Fragment, place: Place): void {
    const { invocations, problems } = this.#context.read("shell", text);
    const around = shellConstants(place.variables, text.text);
    for (const invocation of invocations) {
      const own = new Set(invocation.constants.map(({ name }) => name));
      const constants = [...invocation.constants, ...around.filter(({ name }) => !own.has(name))];
      this.invocations.push({ ...invocation, constants });
    }
    if (mentionsProgram(text.text))
      this.problems.push(...problems.map((problem) => ({ ...problem, fatal: false })));
  }

  #nested(text: Fragment): void {
    const { invocations, problems } = this.#context.read("yaml", text);
    this.invocations.push(...invocations);
    this.problems.push(...problems.map((problem) => ({ ...problem, fatal: false })));
  }

  /** A scalar that the parser accepted, though its text could not be traced to the source. */
  #unmapped(node: Scalar.Parsed): void {
    if (!this.#document.isSound(node) || !isCommand(node.source)) return;
    const [start, end] = node.range;
    const place = this.#document.fragment.toSource({ start, end });
    this.problems.push({ ...place, reason: "this scalar could not be decoded exactly", fatal: false });
  }

  /** The image of a container: one text, or its parts as values files have them. */
  #imageOf(fields: Fields): string | null {
    const node = this.#document.resolve(fields.get("image"));
    if (isScalar(node)) return this.#codeOf(node);
    if (!isMap(node)) return null;
    const parts = this.#document.fields(node);
    const part = (name: string): string => {
      const value = this.#document.resolve(parts.get(name));
      return isScalar(value) ? this.#codeOf(value) : "";
    };
    const name = part("repository") || part("name");
    const registry = part("registry");
    const tag = part("tag");
    if (name === "") return null;
    return `${registry && `${registry}/`}${name}${tag && `:${tag}`}`;
  }

  #codeOf(node: Scalar.Parsed): string {
    const inside = this.#document.text(node);
    return inside === null ? node.source : inside.code({ start: 0, end: inside.text.length });
  }

  #namesForeignInterpreter(fields: Fields): boolean {
    return ["shell", "command", "interpreter"].some((key) => {
      const node = this.#document.resolve(fields.get(key));
      const first = isSeq(node) ? this.#document.resolve(node.items[0]) : node;
      if (!isScalar(first) || (key === "command" && /\s/.test(first.source))) return false;
      return isForeignInterpreter(first.source);
    });
  }
}

function runsInShell(text: string, { key, outerKey, foreign }: Place): boolean {
  const interpreter = /^\s*#!\s*([^\r\n]+)/.exec(text)?.[1];
  if (interpreter !== undefined) return isShell(interpreter);
  if (isScriptName(key)) return true;
  return !foreign && (holdsShell(key) || (outerKey === "scripts" && !key.startsWith("//")));
}

/**
 * Whether a sequence is one command, a word an item, rather than a list of commands or of anything else.
 * @param expected whether its key says that it holds commands; else a list of names (`[ig, linux]`) is not taken for one
 */
function isCommandInWords(words: readonly Word[], expected: boolean): boolean {
  const texts = words.map(({ value }) => display(value));
  if (words.length < 2) return false;
  if (words.some(isCommandFlag)) return true;
  const isFlagged = texts.some((text) => text.startsWith("-"));
  return texts.some((text, i) => {
    const isPlugin = text === "gadget" && i > 0 && i < texts.length - 1;
    return isPlugin || (namesProgram(text) && (expected || isFlagged));
  });
}

/** `-c` of a shell: its next word is text to run. */
function isCommandFlag({ value }: Word): boolean {
  return /^-[a-z]*c$/.test(literal(value) ?? "");
}

/** Whether a word is a line of shell rather than a program. */
function isLine({ value }: Word): boolean {
  return /\S\s+\S/.test(display(value));
}

/** Services of compose files: `command` is what the image's entry point gets. */
function isComposeService({ outerKey }: Place): boolean {
  return outerKey === "services";
}
