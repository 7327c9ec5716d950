import { isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap } from "yaml";
import { display, literal, type Implied, type Word } from "../../commands/command.ts";
import { overlaps, type Range } from "../../text/edits.ts";
import type { Hole } from "../../text/fragment.ts";
import type { ReadContext } from "../language.ts";
import { imageOf } from "./container-image.ts";
import type { Fields, YamlDocument } from "./document.ts";
import { ARGV_KEYS } from "./keys.ts";
import { namesProgram } from "./mention.ts";
import { knownInWords, type Place } from "./place.ts";
import { printsMore, unreadWord } from "./unread-word.ts";

/** One command that fields of a mapping make together (`command` and `args`, `entrypoint` and `command`). */
export interface FieldsCommand {
  readonly words: readonly Word[];
  readonly implied?: Implied;
  /** The values that make it: they need no other look. */
  readonly values: readonly ParsedNode[];
  /** Those of them that are a script, which its words may run. */
  readonly scripts: readonly ParsedNode[];
}

/** One of the fields, as it stands and as what it is an alias of. */
interface Part {
  readonly key: string;
  readonly value: ParsedNode;
  readonly node: ParsedNode | null;
}

/**
 * The command that fields of a mapping make together; null when they make none, or each is to be read by itself.
 * @param place what is around the fields
 */
export function commandOfFields(
  map: YAMLMap.Parsed,
  place: Place,
  document: YamlDocument,
  context: ReadContext,
): FieldsCommand | null {
  const fields = document.fields(map);
  const parts = partsOf(fields, document);
  const isOwn = map.items.some(({ value }) => parts.some((part) => part.value === value));
  const [first, ...others] = parts;
  if (first === undefined || !isOwn) return null;

  const reader = new WordReader(place, document, context);
  const words: Word[] = [...(reader.words(first.node) ?? [])];
  if (words.length === 0) return null;
  const isReplaced = startsProgram(first, place);
  const image = imageOf(map, fields, document);
  const host: Implied | null = !isReplaced && startsWithPlugin(words) ? KUBECTL : image;
  if (others.length === 0 && isScalar(first.node) && (isReplaced || host === null)) return null;
  const implied = isReplaced && image !== null ? { ...image, isReplaced } : host;
  const scripts: ParsedNode[] = [];
  for (const { value, node } of others) {
    // Some split this text, and the shell runs its first word alone; others do not.
    if (isScalar(node) && words.some(isCommandFlag)) scripts.push(value);
    else if (isSeq(first.node) || !isMap(node)) {
      words.push(...(reader.words(node) ?? [unreadWord(document.fragment, rangeOf(value))]));
    }
  }
  if (isSeq(first.node)) words.push(...reader.printedInto(map, fields));
  if (isPatch(fields, place, document)) words.push(argsOfOthers(map, document));
  const start = words.findIndex(({ value }) => value.length > 0);
  const program = words[start];
  if (program === undefined || (words.length === 1 && isLine(program))) return null;
  return {
    words: words.slice(start),
    ...(implied === null ? {} : { implied }),
    values: parts.map(({ value }) => value),
    scripts,
  };
}

function partsOf(fields: Fields, document: YamlDocument): readonly Part[] {
  return ARGV_KEYS.flatMap((key) => {
    const value = fields.get(key);
    // Charts have both, for two commands.
    if (value === undefined || (key === "cmd" && fields.has("command"))) return [];
    return [{ key, value, node: document.resolve(value) }];
  });
}

/** Whether the words of a field begin with the program; else the entry point of the image runs them. */
function startsProgram({ key }: Part, place: Place): boolean {
  return key === "entrypoint" || (key === "command" && !isComposeService(place));
}

/** Services of compose files: `command` is what the image's entry point gets. */
function isComposeService({ parents }: Place): boolean {
  return parents.at(-2) === "services";
}

const KUBECTL: Implied = { program: "kubectl" };

/** `args: [gadget, trace, exec]`: the entry point of the image, whatever its name, is kubectl. */
function startsWithPlugin([first]: readonly Word[]): boolean {
  return first !== undefined && literal(first.value) === "gadget";
}

/**
 * A container with a name and no image only changes that one where it stands, which may have `args` of its own. In a
 * template the image may come from anywhere.
 */
function isPatch(fields: Fields, { parents }: Place, { fragment }: YamlDocument): boolean {
  const isContainer = /^(?:init|ephemeral)?[cC]ontainers$/.test(parents.at(-1) ?? "");
  const isWhole = fields.has("image") || fields.has("args") || !fields.has("name");
  return isContainer && fields.has("command") && !isWhole && fragment.holes.length === 0;
}

/** The words that come from the container which a patch changes. */
export function argsOfOthers({ range: [start] }: ParsedNode, { fragment }: YamlDocument): Word {
  return { ...unreadWord(fragment, { start, end: start }), value: [{ code: "...args", words: "any" }] };
}

/** Reads the fields of one mapping as words. */
class WordReader {
  constructor(
    private readonly place: Place,
    private readonly document: YamlDocument,
    private readonly context: ReadContext,
  ) {}

  /** The words of one field; null when nobody knows them. */
  words(node: ParsedNode | null): readonly Word[] | null {
    if (isScalar(node)) return node.value === null ? [] : this.#simpleCommand(node);
    if (!isSeq(node)) return null;
    const words = this.document.words(node, knownInWords(this.place));
    if (words === null) return null;
    const { fragment } = this.document;
    const places = words.map((word) => word.list.fragment.toSource(word));
    const unread = this.#printedIn(node).filter(
      (hole) => !places.some((place) => overlaps(place, fragment.toSource(hole))),
    );
    return [...words, ...unread.map((hole) => unreadWord(fragment, hole))];
  }

  /** What a template prints among the fields of a container, which may be its `args`. */
  printedInto(map: YAMLMap.Parsed, fields: Fields): readonly Word[] {
    if (fields.has("args")) return [];
    const { fragment } = this.document;
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
    return this.document.fragment.holesIn({ start, end }).filter(({ code }) => printsMore(code));
  }

  /** The words of a string that is split as a shell splits it, when that is all there is to it. */
  #simpleCommand(node: Scalar.Parsed): readonly Word[] | null {
    const text = this.document.text(node);
    if (text === null) return null;
    const { invocations, problems } = this.context.read("shell", text);
    const [only, more] = invocations;
    const isSimple = more === undefined && problems.length === 0 && only?.output.pipe.length === 0;
    return isSimple && only.output.sink.kind === "stdout" ? only.words : null;
  }
}

/**
 * Whether a sequence is one command, a word an item, rather than a list of commands or of anything else.
 * @param expected whether its key says that it holds commands; else a list of names (`[ig, linux]`) is not taken for one
 */
export function isCommandInWords(words: readonly Word[], expected: boolean): boolean {
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
