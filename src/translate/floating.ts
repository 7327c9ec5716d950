import { display, type Value } from "../commands/command.ts";
import { findImage, type Running } from "../knowledge/lookup.ts";
import { within } from "../knowledge/releases.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { Composition } from "./compose.ts";
import { isFloating, readImage, withTag } from "./image-word.ts";
import { knownTexts } from "./known-texts.ts";
import type { WrittenRun } from "./run-change.ts";
import type { NewWord, Note, TranslateOptions, Translation } from "./translation.ts";
import { unpulledNotes } from "./unpulled.ts";
import { validate } from "./validate.ts";

const FINE: Translation = { state: "fine" };

/**
 * The tag of the target for an image that has none of its own; nothing for any other.
 * @param running null: an image of somebody else, of whose releases nothing is known
 */
export function pinFloating(
  written: WrittenRun,
  options: TranslateOptions,
  running: Running | null,
): Translation {
  const { line, word, imageAt } = written;
  // In a text, a name alone stands for the gadget, not for a release of it.
  if (!isFloating(word) || (line.role === "text" && word.tag === null)) return FINE;
  const value = line.words[imageAt] ?? [];
  const image = (word.isHere ? null : knownTexts(value)?.[0]) ?? display(value);
  const found = { rule: "floating-image", gadget: null, image: word.name } as const;
  const messageId = word.tag === null ? "image-without-tag" : "image-floats";
  if (running === null) {
    if (!namesRegistry(word.path) || isPlaceholder(word.path) || line.role === "text") return FINE;
    const message = { messageId: "image-of-others-floats", args: { image } };
    return { ...found, severity: "info", state: "manual", message, notes: [], nearest: null };
  }

  const message = { messageId, args: { image, tag: word.tag ?? "" } };
  const words = pinned(written, options);
  if (!word.isHere) {
    const notes = [{ messageId: "image-in-constant", args: {} }];
    return { ...found, state: "manual", message, notes, nearest: words };
  }
  const notes = [
    ...oldFaults(written, running),
    ...refusingLists(written, running.knowledge),
    ...unpulledNotes(line),
    ...(line.role === "text" ? [SHOWN] : []),
  ];
  const grade = notes.length > 0 ? "unsafe" : "safe";
  return { ...found, image: running.image.name, state: "rewrite", grade, message, words, notes };
}

const SHOWN: Note = { messageId: "shown-to-people", args: {} };

/** An image whose name is put together when the program runs (`trace_$GADGET:latest`): its tag can be set all the same. */
export function pinDynamic(
  written: WrittenRun,
  options: TranslateOptions,
  knowledge: Knowledge,
): Translation {
  const { line, word, imageAt } = written;
  const value = line.words[imageAt] ?? [];
  if (!isFloating(word) || line.role === "text" || !namesGadget(word.path, knowledge)) return FINE;
  const names = knownTexts(value)?.map((text) => readImage([text]).name ?? "") ?? [];
  const images = names.map((name) => findImage(knowledge, name));
  const isKnown =
    names.length > 0 && images.every((image) => image !== null && within(image, options.target));
  const notes: readonly Note[] = [
    ...(isKnown ? [] : [{ messageId: "gadget-is-dynamic", args: { word: display(value) } }]),
    ...unpulledNotes(line),
  ];
  return {
    rule: "floating-image",
    gadget: null,
    image: isKnown ? names.join(", ") : "",
    state: "rewrite",
    grade: notes.length === 0 ? "safe" : "unsafe",
    message: { messageId: "image-floats", args: { image: display(value), tag: word.tag ?? "" } },
    words: pinned(written, options),
    notes,
  };
}

/** Whether what is known of a name is that of a gadget: its beginning, or the place of official images. */
function namesGadget(path: string, { categories }: Knowledge): boolean {
  const isOfficial = path.startsWith("ghcr.io/inspektor-gadget/gadget/");
  return isOfficial || categories.some((category) => path.startsWith(`${category}_`));
}

/** Whether the path begins with a registry (`ghcr.io`, `localhost:5000`): a bare name may well be built on the spot. */
function namesRegistry(path: string): boolean {
  return /^(?:localhost|[^/]*[.:][^/]*)\//.test(path);
}

/** `ghcr.io/your-repo/gadget`: the reader's own. */
function isPlaceholder(path: string): boolean {
  return /(?:^|\/)(?:my|your|example)[-_]?/i.test(path);
}

function pinned({ line, imageAt }: WrittenRun, options: TranslateOptions): readonly NewWord[] {
  const composition = new Composition();
  composition.replace(imageAt, withTag(line.words[imageAt] ?? [], options));
  return composition.words(line.words.length);
}

/** Lists of images that may run name them as they are spelled (v0.55.1 pkg/oci/oci.go): those without an entry for all tags. */
function refusingLists({ line, word }: WrittenRun, { runFlags }: Knowledge): readonly Note[] {
  const path = word.isOfficial ? `ghcr.io/inspektor-gadget/gadget/${word.name ?? ""}` : word.path;
  const covers = (entry: string): boolean => entry.endsWith("*") && path.startsWith(entry.slice(0, -1));
  return runFlags
    .filter(({ listsImages }) => listsImages)
    .map(({ name }) => `--${name}`)
    .filter((flag) => valuesOf(flag, line.words).some((list) => !list.split(",").some(covers)))
    .map((flag) => ({ messageId: "images-listed", args: { flag } }));
}

/** What stands in the next word, or behind `=`, wherever the flag is given. */
function valuesOf(flag: string, words: readonly Value[]): readonly string[] {
  return words.flatMap((value, i) => {
    const text = display(value);
    if (text === flag) return [display(words[i + 1] ?? [])];
    return text.startsWith(`${flag}=`) ? [text.slice(flag.length + 1)] : [];
  });
}

/** What was wrong with the command before and after, at any release. */
function oldFaults({ line }: WrittenRun, { release, knowledge }: Running): readonly Note[] {
  const faults = validate(line.words, line.programWords, line.program, release, knowledge);
  return faults.map(({ messageId, args }) => ({ messageId, args: { ...args, release } }));
}
