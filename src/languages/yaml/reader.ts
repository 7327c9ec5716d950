import { isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import type { Implied, Invocation, OutputUse, Problem, Reading, Role, Word } from "../../commands/command.ts";
import type { ReadContext } from "../language.ts";
import { argsOfOthers, commandOfFields, isCommandInWords } from "./argv.ts";
import { handedOn, isCaptured, readsLogs } from "./capture.ts";
import { keyText, type Fields, type YamlDocument } from "./document.ts";
import { shellConstants, variablesOf, wordConstants } from "./environment.ts";
import { holdsShell, holdsWords } from "./keys.ts";
import { knownIn, NOTHING_KNOWN } from "./known.ts";
import { mentionsProgram } from "./mention.ts";
import {
  defaultInterpreter,
  interpreterOf,
  isInputOfOthers,
  knownInWords,
  withRole,
  type Place,
} from "./place.ts";
import { readScalar } from "./read-scalar.ts";

const ROOT: Place = {
  key: "",
  parents: [],
  variables: [],
  known: NOTHING_KNOWN,
  interpreter: null,
  defaultInterpreter: "sh",
  sink: "stdout",
  fileName: "",
  isItem: false,
  isInItem: false,
  depth: 0,
};

const MAX_DEPTH = 200;

/** Every invocation in one document, each from a part that the parser accepted. */
export function readDocument(document: YamlDocument, context: ReadContext): Reading {
  const reader = new Reader(document, context);
  reader.visit(document.root, ROOT);
  return { invocations: reader.invocations.map(handedOn), problems: reader.problems };
}

class Reader {
  readonly invocations: Invocation[] = [];
  readonly problems: Problem[] = [];
  readonly #document: YamlDocument;
  readonly #context: ReadContext;
  readonly #aliased = new Set<YAMLSeq.Parsed>();
  /** What a container prints goes to its log, which the file may read. */
  readonly #log: OutputUse;

  constructor(document: YamlDocument, context: ReadContext) {
    this.#document = document;
    this.#context = context;
    this.#log = outputTo(readsLogs(document.fragment.source) ? "captured" : "stdout");
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
    const inner = this.#placeIn(map, fields, place);
    const read = this.#argv(map, inner);
    for (const { key, value } of map.items) {
      if (value === null || read.has(value)) continue;
      const name = this.#keyOf(keyText(key) ?? "", fields);
      const place = { ...inner, key: name };
      const isPatch = fields.has("op") && name === "command" && isSeq(value);
      if (isInputOfOthers(name, fields, this.#document)) this.#visitAs("data", value, place);
      else if (isPatch) this.#sequence(value, place, [argsOfOthers(map, this.#document)]);
      else this.visit(value, place);
    }
  }

  /** Visits a node whose commands are run by something that is not known, if at all. */
  #visitAs(role: Role, node: ParsedNode, place: Place): void {
    const count = this.invocations.length;
    this.visit(node, place);
    const found = this.invocations.splice(count);
    this.invocations.push(...found.map((invocation) => withRole(invocation, role)));
  }

  #placeIn(map: YAMLMap.Parsed, fields: Fields, place: Place): Place {
    const document = this.#document;
    const file = ["path", "dest", "filename", "fileName"].map((key) => document.resolve(fields.get(key)));
    const named = file.find((node) => isScalar(node));
    return {
      key: "",
      parents: place.parents.length === 0 && place.key === "" ? [] : [...place.parents, place.key],
      variables: [...place.variables, ...variablesOf(fields, document)],
      known: knownIn(fields, document, place.known),
      interpreter: interpreterOf(fields, document),
      defaultInterpreter: defaultInterpreter(fields, document) ?? place.defaultInterpreter,
      sink: isCaptured(fields, document) ? "captured" : place.sink,
      fileName: isScalar(named) ? named.source : "",
      isInItem: place.isItem,
      isItem: false,
      depth: place.depth + 1,
    };
  }

  /** The key that a value stands under; `value` of a JSON patch stands under the last part of its path. */
  #keyOf(key: string, fields: Fields): string {
    const path = key === "value" && fields.has("op") ? this.#document.resolve(fields.get("path")) : null;
    if (!isScalar(path)) return key;
    const [last = "", before = ""] = path.source.split("/").reverse();
    return /^(?:-|\d+)$/.test(last) ? `${before}[]` : last;
  }

  /** Reads the fields of a mapping that make up one command; returns those that need no other look. */
  #argv(map: YAMLMap.Parsed, inner: Place): ReadonlySet<ParsedNode> {
    const command = commandOfFields(map, inner, this.#document, this.#context);
    if (command === null) return new Set();
    const { words, implied, values, scripts } = command;
    for (const script of scripts) this.#visitAs("data", script, { ...inner, key: "script" });
    this.#addWords(words, inner, implied);
    return new Set(values);
  }

  #addWords(words: readonly Word[], place: Place, implied?: Implied): void {
    const output = place.sink === "captured" ? outputTo("captured") : this.#log;
    const constants = wordConstants(place.variables);
    const environment = shellConstants(place.variables);
    const runs = implied === undefined ? {} : { implied };
    this.invocations.push({ words, output, role: "run", constants, environment, ...runs });
  }

  /** @param more words that follow those of a command in the list */
  #sequence(sequence: YAMLSeq.Parsed, place: Place, more: readonly Word[] = []): void {
    if (sequence.tag !== undefined && sequence.tag !== "tag:yaml.org,2002:seq") {
      // `!Join`, `!reference`: what the tag makes of the items is not known.
      for (const item of sequence.items)
        this.visit(item, { ...place, key: "", isItem: true, depth: place.depth + 1 });
      return;
    }
    if (this.#healthCheck(sequence, place)) return;
    const isCandidate = sequence.items.some((item) => isScalar(item) && mentionsProgram(item.source));
    const words = isCandidate ? this.#document.words(sequence, knownInWords(place)) : null;
    if (words !== null && isCommandInWords(words, holdsWords(place.key))) {
      this.#addWords([...words, ...more], place);
      return;
    }
    const isSound = this.#document.isSound(sequence);
    for (const item of sequence.items) {
      // In a list that broke off, a single word may be a part of a command in words.
      if (!isSound && isScalar(item) && !/\s/.test(item.source)) continue;
      this.visit(item, { ...place, isItem: true, depth: place.depth + 1 });
    }
  }

  /** `["CMD", ...]` and `["CMD-SHELL", "..."]` of compose files. */
  #healthCheck(sequence: YAMLSeq.Parsed, place: Place): boolean {
    const [mark, text] = sequence.items;
    if (place.key !== "test" || !isScalar(mark) || !/^CMD(?:-SHELL)?$/.test(mark.source)) return false;
    if (mark.source === "CMD") {
      const words = this.#document.words(sequence, knownInWords(place));
      if (words !== null) this.#addWords(words.slice(1), place);
    } else if (text !== undefined) this.visit(text, { ...place, key: "script", depth: place.depth + 1 });
    return true;
  }

  #scalar(node: Scalar.Parsed, place: Place): void {
    const { invocations, problems } = readScalar(node, place, this.#document, this.#context);
    this.invocations.push(...invocations);
    this.problems.push(...problems);
  }
}

function outputTo(kind: "stdout" | "captured"): OutputUse {
  return { pipe: [], sink: { kind } };
}
