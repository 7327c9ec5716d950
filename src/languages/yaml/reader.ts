import { isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import {
  display,
  literal,
  type Invocation,
  type OutputUse,
  type Problem,
  type Reading,
  type Role,
  type Word,
} from "../../commands/command.ts";
import { overlaps, type Range } from "../../text/edits.ts";
import type { Fragment, Hole } from "../../text/fragment.ts";
import type { ReadContext } from "../language.ts";
import { handedOn, isCaptured, readsLogs, setsVariable } from "./capture.ts";
import { keyText, type Fields, type YamlDocument } from "./document.ts";
import { shellConstants, variablesOf, wordConstants, wordValues } from "./environment.ts";
import { withExpressions } from "./expressions.ts";
import { languageOfInterpreter } from "./foreign.ts";
import { imageWord } from "./image-word.ts";
import { ARGV_KEYS, holdsShell, holdsWords, isCommandModule } from "./keys.ts";
import { knownIn, NOTHING_KNOWN, type KnownValues } from "./known.ts";
import { isCommand, looksLikeCommand, mentionsProgram, namesProgram } from "./mention.ts";
import { defaultInterpreter, interpreterOf, isInputOfOthers, treatmentOf, type Place } from "./place.ts";
import { readText } from "./text.ts";
import { printsMore, unreadWord } from "./unread-word.ts";

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
    const read = this.#argv(map, fields, inner);
    for (const { key, value } of map.items) {
      if (value === null || read.has(value)) continue;
      const name = this.#keyOf(keyText(key) ?? "", fields);
      const place = { ...inner, key: name };
      if (isInputOfOthers(name, fields, this.#document)) this.#visitAs("data", value, place);
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
  #argv(map: YAMLMap.Parsed, fields: Fields, inner: Place): ReadonlySet<ParsedNode> {
    const parts = ARGV_KEYS.flatMap((key) => {
      const value = fields.get(key);
      // Charts have both, for two commands.
      if (value === undefined || (key === "cmd" && fields.has("command"))) return [];
      return [{ key, value, node: this.#document.resolve(value) }];
    });
    const isOwn = map.items.some(({ value }) => parts.some((part) => part.value === value));
    const [first, ...others] = parts;
    if (first === undefined || !isOwn) return new Set();

    const image = this.#imageOf(map, fields);
    const namesProgram = first.key === "entrypoint" || (first.key === "command" && !isComposeService(inner));
    const implied = image !== null && !namesProgram ? { implied: image } : {};
    if (others.length === 0 && isScalar(first.node) && !("implied" in implied)) return new Set();
    const words: Word[] = [...(this.#wordsOf(first.node, inner) ?? [])];
    if (words.length === 0) return new Set();
    for (const { value, node } of others) {
      if (isScalar(node) && words.some(isCommandFlag)) {
        // Some split this text, and the shell runs its first word alone; others do not.
        this.#visitAs("data", value, { ...inner, key: "script" });
      } else if (isSeq(first.node) || !isMap(node)) {
        words.push(...(this.#wordsOf(node, inner) ?? [unreadWord(this.#document.fragment, rangeOf(value))]));
      }
    }
    if (isSeq(first.node)) words.push(...this.#printedInto(map, fields));
    const start = words.findIndex(({ value }) => value.length > 0);
    const program = words[start];
    if (program === undefined || (words.length === 1 && isLine(program))) return new Set();
    this.#addWords(words.slice(start), inner, implied);
    return new Set(parts.map(({ value }) => value));
  }

  /** The words of one part of a command; null when nobody knows them. */
  #wordsOf(node: ParsedNode | null, place: Place): readonly Word[] | null {
    if (isScalar(node)) return node.value === null ? [] : this.#simpleCommand(node);
    if (!isSeq(node)) return null;
    const words = this.#document.words(node, this.#knownInWords(place));
    if (words === null) return null;
    const { fragment } = this.#document;
    const places = words.map((word) => word.list.fragment.toSource(word));
    const unread = this.#printedIn(node).filter(
      (hole) => !places.some((place) => overlaps(place, fragment.toSource(hole))),
    );
    return [...words, ...unread.map((hole) => unreadWord(fragment, hole))];
  }

  /** What a template prints among the fields of a container, which may be its `args`. */
  #printedInto(map: YAMLMap.Parsed, fields: Fields): readonly Word[] {
    if (fields.has("args")) return [];
    const { fragment } = this.#document;
    const column = map.range[0] - fragment.text.lastIndexOf("\n", map.range[0] - 1) - 1;
    return this.#printedIn(map)
      .filter((hole) => {
        const indentation = /\|\s*n?indent\s+(\d+)/.exec(hole.code)?.[1];
        const isInside = map.items.some(
          ({ key, value }) => key.range[0] < hole.end && hole.start < (value ?? key).range[1],
        );
        return !isInside && (indentation === undefined || Number(indentation) === column);
      })
      .map((hole) => unreadWord(fragment, hole));
  }

  /** What a template prints between the items of a collection. */
  #printedIn({ range: [start, , end] }: ParsedNode): readonly Hole[] {
    return this.#document.fragment.holesIn({ start, end }).filter(({ code }) => printsMore(code));
  }

  #addWords(words: readonly Word[], place: Place, more: Partial<Invocation> = {}): void {
    const output = place.sink === "captured" ? outputTo("captured") : this.#log;
    const constants = wordConstants(place.variables);
    const environment = shellConstants(place.variables);
    this.invocations.push({ words, output, role: "run", constants, environment, ...more });
  }

  #knownInWords({ known, variables }: Place): KnownValues {
    const own = wordValues(variables);
    return own.size === 0 ? known : new Map([...known, ...own]);
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
    if (sequence.tag !== undefined && sequence.tag !== "tag:yaml.org,2002:seq") {
      // `!Join`, `!reference`: what the tag makes of the items is not known.
      for (const item of sequence.items)
        this.visit(item, { ...place, key: "", isItem: true, depth: place.depth + 1 });
      return;
    }
    if (this.#healthCheck(sequence, place)) return;
    const isCandidate = sequence.items.some((item) => isScalar(item) && mentionsProgram(item.source));
    const words = isCandidate ? this.#document.words(sequence, this.#knownInWords(place)) : null;
    if (words !== null && isCommandInWords(words, holdsWords(place.key))) {
      this.#addWords(words, place);
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
      const words = this.#document.words(sequence, this.#knownInWords(place));
      if (words !== null) this.#addWords(words.slice(1), place);
    } else if (text !== undefined) this.visit(text, { ...place, key: "script", depth: place.depth + 1 });
    return true;
  }

  #scalar(node: Scalar.Parsed, place: Place): void {
    const treatment = treatmentOf(node.source, place);
    const isShell = treatment.kind === "script" && treatment.interpreter === "sh";
    if (treatment.kind === "skip" || (!isShell && !mentionsProgram(node.source))) return;
    const text = this.#document.text(node);
    if (text === null) this.#unmapped(node);
    else if (treatment.kind === "script") this.#script(text, treatment.interpreter, place);
    else if (treatment.kind === "lines") this.#lines(text, treatment.role, place);
    else if (!this.#nested(text, treatment.role)) this.#lines(text, treatment.role, place);
  }

  #script(text: Fragment, interpreter: string, place: Place): void {
    if (interpreter === "sh") this.#shell(withoutArguments(text, place), place);
    else if (interpreter === "pwsh" || interpreter === "powershell" || interpreter === "cmd")
      this.#lines(text, "foreign", place);
    else if (!this.#program(text, interpreter, place)) this.#foreign(text);
  }

  #shell(text: Fragment, place: Place): void {
    const script = withExpressions(text, this.#knownInWords(place));
    const environment = shellConstants(place.variables);
    const { invocations, problems } = this.#context.read("shell", script, undefined, environment);
    const isCaptured = place.sink === "captured" || setsVariable(place.key, place.parents);
    this.invocations.push(...(isCaptured ? invocations.map(captured) : invocations));
    if (mentionsProgram(text.text)) this.#addProblems(problems);
  }

  /** A script of another language that can be read; false when it cannot, or something is filled in. */
  #program(text: Fragment, interpreter: string, place: Place): boolean {
    const language = languageOfInterpreter(interpreter, text.source);
    const isFilledIn = text.holes.length > 0 || /\$?\{\{|\$\(\w|<<\s*\w+\./.test(text.text);
    if (language === null || isFilledIn || this.#context.canRead?.(language.id) !== true) return false;
    const path = this.#context.path + language.extension;
    const { invocations, problems } = this.#context.read(language.id, text, path);
    this.invocations.push(...(place.sink === "captured" ? invocations.map(captured) : invocations));
    this.#addProblems(problems);
    return true;
  }

  /** A script of another language: what looks like a command in it is said to be unread. */
  #foreign(text: Fragment): void {
    for (const line of linesOf(text.text)) {
      const { start, end } = line;
      if (
        !looksLikeCommand(text.text.slice(start, end)) ||
        /^\s*(?:#|\/\/)/.test(text.text.slice(start, end))
      )
        continue;
      const reason = "a command in a script of another language is not read here";
      this.problems.push({ ...text.toSource(line), reason, fatal: false });
    }
  }

  #lines(text: Fragment, role: Role, place: Place): void {
    const action = place.key === "action" || place.key === "local_action" ? ACTION.exec(text.text) : null;
    if (action !== null) {
      this.#shell(
        withoutArguments(text.slice(action[0].length, text.text.length), { ...place, key: "shell" }),
        place,
      );
      return;
    }
    this.invocations.push(...readText(withExpressions(text, place.known), this.#context, role));
  }

  /** Text that is a document of its own; false when it is none, or has no command. */
  #nested(text: Fragment, role: Role): boolean {
    const { invocations, problems } = this.#context.read("yaml", text);
    if (invocations.length === 0) return false;
    const isWhole = problems.length === 0;
    if (!isWhole && role !== "run") return false;
    this.invocations.push(...invocations.map((invocation) => withRole(invocation, role)));
    this.#addProblems(problems);
    return true;
  }

  #addProblems(problems: readonly Problem[]): void {
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
  #imageOf(map: YAMLMap.Parsed, fields: Fields): NonNullable<Invocation["implied"]> | null {
    const value = fields.get("image");
    const node = this.#document.resolve(value);
    const isOwn = node !== null && node === value && map.items.some((item) => item.value === value);
    if (isScalar(node)) {
      const image = this.#codeOf(node);
      return { image, ...this.#imageWord(image, isOwn ? node : null, "reference") };
    }
    if (!isMap(node)) return null;
    const parts = this.#document.fields(node);
    const part = (name: string): string => {
      const scalar = this.#document.resolve(parts.get(name));
      return isScalar(scalar) ? this.#codeOf(scalar) : "";
    };
    const name = part("repository") || part("name");
    const registry = part("registry");
    const tag = part("tag");
    if (name === "") return null;
    const image = `${registry && `${registry}/`}${name}${tag && `:${tag}`}`;
    const holder = parts.get("tag");
    const isTagOwn = isOwn && node.anchor === undefined && isScalar(holder);
    return { image, ...this.#imageWord(image, isTagOwn ? holder : null, "tag") };
  }

  #imageWord(
    image: string,
    node: Scalar.Parsed | null,
    holds: "reference" | "tag",
  ): { readonly word?: Word } {
    const text = node === null || node.anchor !== undefined ? null : this.#document.text(node);
    return text === null || text.holes.length > 0 ? {} : { word: imageWord(image, text, holds) };
  }

  #codeOf(node: Scalar.Parsed): string {
    const inside = this.#document.text(node);
    return inside === null ? node.source : inside.code({ start: 0, end: inside.text.length });
  }
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

function rangeOf({ range: [start, end] }: ParsedNode): Range {
  return { start, end };
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
function isComposeService({ parents }: Place): boolean {
  return parents.at(-2) === "services";
}

/** `action: shell ...` of Ansible. */
const ACTION = /^(?:ansible\.(?:builtin|legacy)\.)?(?:shell|command|raw)\s+/;

/** The text of a module's command without the arguments that Ansible takes from its end. */
function withoutArguments(text: Fragment, { key }: Place): Fragment {
  if (!isCommandModule(key)) return text;
  const all = text.text;
  const last = /(?:\s+(?:chdir|creates|removes|executable|stdin|warn)=(?:"[^"]*"|'[^']*'|\S+))+\s*$/.exec(
    all,
  );
  return last === null ? text : text.slice(0, last.index);
}

function outputTo(kind: "stdout" | "captured"): OutputUse {
  return { pipe: [], sink: { kind } };
}

/** The same where something else reads what the whole script prints. */
function captured(invocation: Invocation): Invocation {
  const { pipe, sink } = invocation.output;
  return sink.kind === "stdout"
    ? { ...invocation, output: { pipe, sink: { kind: "captured" } } }
    : invocation;
}

function withRole(invocation: Invocation, role: Role): Invocation {
  return invocation.role === "run" && role !== "run" ? { ...invocation, role } : invocation;
}

function linesOf(text: string): readonly Range[] {
  return Array.from(text.matchAll(/[^\r\n]+/g), ({ index, 0: line }) => ({
    start: index,
    end: index + line.length,
  }));
}
