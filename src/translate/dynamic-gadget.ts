import { display, type Value } from "../commands/command.ts";
import { within } from "../knowledge/releases.ts";
import type { Knowledge } from "../knowledge/types.ts";
import { isCertain } from "./command-path.ts";
import { Composition } from "./compose.ts";
import { writeImage } from "./image-ref.ts";
import { knownTexts } from "./known-texts.ts";
import { commandTree } from "./old-commands.ts";
import { parseLine, type ParsedLine } from "./parse.ts";
import { builtinMessage, translateGadget } from "./translate-gadget.ts";
import type { CommandLine, NewWord, Note, TranslateOptions, Translation } from "./translation.ts";

type DynamicLine = ParsedLine & { readonly kind: "dynamic-gadget" };

/**
 * A line whose gadget is known only when the program runs (`trace "$1"`): the image's name can be put together, but not
 * checked. Where the file lists all values, each is checked, and the rewrite is offered.
 */
export function translateDynamic(
  line: CommandLine,
  parsed: DynamicLine,
  options: TranslateOptions,
  knowledge: Knowledge,
): Translation {
  // `kubectl gadget <command>` in a text stays right: it tells nobody a gadget.
  if (parsed.category.length === 0 && line.role !== "run") return { state: "fine" };
  const word = display(line.words[parsed.gadgetWord] ?? []);
  const found = {
    rule: "builtin-gadget",
    message: { ...builtinMessage(null, options.target, knowledge), messageId: "builtin-dynamic" },
    gadget: null,
  } as const;

  const listed = translateListed(line, parsed, options, knowledge);
  if (listed !== null) return { ...found, ...listed, state: "rewrite", grade: "unsafe" };
  const constant = spelledOut(line, parsed.gadgetWord, options, knowledge);
  if (constant !== null) return constant;
  if (parsed.category.length === 0 && !isCertain(line)) return { state: "fine" };
  const notes: Note[] = [{ messageId: "gadget-is-dynamic", args: { word } }];
  const exceptions =
    parsed.category.length === 0 ? [] : irregularImages(parsed.category, line, options, knowledge);
  if (exceptions.length > 0) {
    notes.push({ messageId: "image-name-irregular", args: { gadgets: exceptions.join(", ") } });
  }
  return { ...found, state: "manual", image: null, nearest: nearestWords(line, parsed, options), notes };
}

/** The rewrite that is right for every value of a list, or null when there is no list, or no such rewrite. */
function translateListed(
  line: CommandLine,
  { category, gadgetWord }: DynamicLine,
  options: TranslateOptions,
  knowledge: Knowledge,
): { readonly image: string; readonly words: readonly NewWord[]; readonly notes: readonly Note[] } | null {
  const word = line.words[gadgetWord] ?? [];
  const names = knownTexts(word) ?? [];
  if (!names.every((name) => /^[\w-]+$/.test(name))) return null;
  const images: string[] = [];
  const notes: Note[] = [];
  let shape: string | null = null;
  let words: readonly NewWord[] = [];
  for (const name of names) {
    const concrete = { ...line, words: line.words.with(gadgetWord, [name]) };
    const parsed = parseLine(concrete, knowledge);
    if (parsed.kind !== "gadget") return null;
    const result = translateGadget(concrete, parsed, options, knowledge);
    if (result.state !== "rewrite" || result.image !== [...category, name].join("_")) return null;
    const written = JSON.stringify(writeImage([result.image], options));
    const thisShape = JSON.stringify(result.words).replace(written, '"IMAGE"');
    if (shape !== null && shape !== thisShape) return null;
    shape = thisShape;
    images.push(result.image);
    notes.push(...result.notes.filter((note) => !notes.some((known) => isSameNote(known, note))));
    const image = writeImage([`${category.join("_")}_`, ...word], options);
    words = result.words.map((next) =>
      "write" in next && JSON.stringify(next.write) === written ? { ...next, write: image } : next,
    );
  }
  if (images.length === 0 || category.length === 0) return null;
  const args = { word: display(word), images: images.join(", ") };
  return { image: images.join(", "), words, notes: [{ messageId: "gadget-from-list", args }, ...notes] };
}

/** The finding about the command that a constant of several words stands for (`CMD="trace exec -A"`), which no fix reaches. */
function spelledOut(
  line: CommandLine,
  at: number,
  options: TranslateOptions,
  knowledge: Knowledge,
): Translation | null {
  const [part, more] = line.words[at] ?? [];
  if (typeof part !== "object" || part.words === "one" || more !== undefined) return null;
  const [text, other] = part.known ?? [];
  if (text === undefined || other !== undefined) return null;
  const texts = text.trim().split(/\s+/);
  const words = line.words.toSpliced(at, 1, ...texts.map((word) => [word]));
  const concrete = { ...line, words };
  const parsed = parseLine(concrete, knowledge);
  if (parsed.kind !== "gadget") return null;
  const note = { messageId: "gadget-in-constant", args: { word: part.code, text } };
  const result = translateGadget(concrete, parsed, options, knowledge, [note]);
  if (result.state !== "manual" || result.nearest === null) return result;
  return { ...result, nearest: backInLine(result.nearest, words, at, texts.length) };
}

/** New words of a line in which word `at` was spelled out as `count` words, as new words of that line. */
function backInLine(
  next: readonly NewWord[],
  words: readonly Value[],
  at: number,
  count: number,
): readonly NewWord[] {
  let isPlaced = false;
  return next.map((word) => {
    const index = "keep" in word ? word.keep : word.replaces;
    if (index === undefined || index < at) return word;
    if (index >= at + count) {
      const moved = index - count + 1;
      return "keep" in word ? { keep: moved } : { ...word, replaces: moved };
    }
    const write = "keep" in word ? (words[index] ?? []) : word.write;
    if (isPlaced) return { write };
    isPlaced = true;
    return { write, replaces: at };
  });
}

/** Gadgets whose image is not called after their words, so that a name put together from them is wrong. */
function irregularImages(
  category: readonly string[],
  { program }: CommandLine,
  { target }: TranslateOptions,
  knowledge: Knowledge,
): readonly string[] {
  let node = commandTree(program, knowledge);
  for (const word of category) node = node.children.get(word) ?? node;
  const gadgets = [...node.children.values()].flatMap((leaf) => leaf.gadgets);
  const irregular = gadgets.filter(({ gadget }) => {
    const row = gadget.to.find((candidate) => within(candidate, target));
    return row?.image !== gadget.command.replaceAll(" ", "_");
  });
  return [...new Set(irregular.map(({ gadget }) => gadget.command))];
}

/** The line with an image whose name is put together where the gadget was. */
function nearestWords(
  line: CommandLine,
  { category, path, gadgetWord }: DynamicLine,
  options: TranslateOptions,
): readonly NewWord[] | null {
  const word = line.words[gadgetWord] ?? [];
  const next = line.words[gadgetWord + 1];
  const composition = new Composition();
  const [runAt = gadgetWord] = path;
  composition.replace(runAt, ["run"]);
  if (category.length === 1) {
    composition.replace(gadgetWord, writeImage([`${category[0] ?? ""}_`, ...word], options));
  } else if (category.length === 0 && next !== undefined && !startsLikeFlag(next)) {
    composition.replace(gadgetWord + 1, writeImage([...word, "_", ...next], options));
  } else {
    return null;
  }
  return composition.words(line.words.length);
}

function startsLikeFlag(word: Value): boolean {
  const [first] = word;
  return typeof first === "string" && first.startsWith("-");
}

function isSameNote(a: Note, b: Note): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
