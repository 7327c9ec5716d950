import { display, type Value } from "../commands/command.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { isCertain, namesGadget } from "./command-path.ts";
import {
  choicesOf,
  isArgumentList,
  nameForm,
  nameWords,
  shownChoice,
  type Choice,
  type DynamicLine,
} from "./gadget-choices.ts";
import { writeImage } from "./image-ref.ts";
import { builtinMessage } from "./translate-gadget.ts";
import type {
  CommandLine,
  NewWord,
  Note,
  TranslateOptions,
  Translation,
  ReaderChange,
} from "./translation.ts";
import { translateSpelled } from "./spelled-command.ts";

/**
 * A line whose gadget is known only when the program runs (`trace "$1"`): the image's name can be put together, but not
 * checked. Where the file lists all values, each is checked, and the rewrite is offered if one text is right for all.
 */
export function translateDynamic(
  line: CommandLine,
  parsed: DynamicLine,
  options: TranslateOptions,
  knowledge: Knowledge,
): Translation {
  const { category, gadgetWord } = parsed;
  // `kubectl gadget <command>` in a text stays right: it tells nobody a gadget.
  if (category.length === 0 && line.role !== "run" && line.role !== "foreign") return { state: "fine" };
  const word = line.words[gadgetWord] ?? [];
  const found = {
    rule: "builtin-gadget",
    message: { ...builtinMessage(null, options.target, knowledge), messageId: "builtin-dynamic" },
    gadget: null,
  } as const;

  const isListed = options.form !== "announced";
  const spelled = isListed ? translateSpelled(line, gadgetWord, options, knowledge) : null;
  if (spelled !== null) return spelled.state === "listed" ? { ...found, ...spelled.manual } : spelled;
  const listed = isListed ? translateListed(line, parsed, options, knowledge) : null;
  if (listed !== null) return { ...found, ...listed, state: "rewrite", grade: "unsafe" };
  if (category.length === 0 && !isCertain(line) && !namesGadget(line, gadgetWord, knowledge))
    return { state: "fine" };
  if (category.length === 0 && passesOn(word)) {
    // Whatever the callers say goes through: there is nothing to change here.
    if (line.isCalled === true) return { state: "fine" };
    const notes = [{ ...callersNote(line, options, knowledge), messageId: "words-from-callers" }];
    return { ...found, state: "manual", severity: "info", image: null, nearest: null, notes };
  }
  const { nearest, notes } = nearestForm(line, parsed, options, knowledge);
  const dynamic = { messageId: "gadget-is-dynamic", args: { word: display(word) } };
  return { ...found, state: "manual", image: null, nearest, notes: [dynamic, ...notes] };
}

function passesOn(word: Value): boolean {
  const [only, more] = word;
  return typeof only === "object" && more === undefined && isArgumentList(only);
}

/** What those must say who call a function or script that hands its words on. */
function callersNote({ program }: CommandLine, { target }: TranslateOptions, knowledge: Knowledge): Note {
  const images = new Set(knowledge.images.map(({ name }) => name));
  const example = knowledge.gadgets.find(
    ({ command, kind, programs }) =>
      command.startsWith(`${kind} `) &&
      programs[program] !== undefined &&
      images.has(command.replace(" ", "_")),
  );
  const old = example?.command ?? "";
  return {
    messageId: "words-from-elsewhere",
    args: { old, now: `run ${old.replace(" ", "_")}:${target}` },
  };
}

interface Listed {
  readonly image: string;
  readonly words: readonly NewWord[];
  readonly notes: readonly Note[];
  readonly readers: readonly ReaderChange[];
}

/** The rewrite that is right for every value of a list, or null when there is no list, or no such rewrite. */
function translateListed(
  line: CommandLine,
  parsed: DynamicLine,
  options: TranslateOptions,
  knowledge: Knowledge,
): Listed | null {
  const form = nameForm(line, parsed);
  if (form === null) return null;
  // Where a default of one gadget would need a flag that the others do not have, all go without.
  for (const defaults of ["keep", "new"] as const) {
    if (options.defaults === "new" && defaults === "keep") continue;
    const choices = choicesOf(line, parsed, { ...options, defaults }, knowledge);
    const [first] = choices.all;
    if (!choices.isListed || first?.words == null) return null;
    const isOne = choices.all.every(
      ({ kind, name, shape }) => kind === "rewrite" && name === "plain" && shape === first.shape,
    );
    if (!isOne) continue;
    const images = choices.all.map(({ image }) => image ?? "").join(", ");
    const word = nameWords(line, parsed).map((index) => display(line.words[index] ?? []));
    const note = { messageId: "gadget-from-list", args: { word: word.join(" "), images } };
    const agree = choices.all.every(
      ({ readers }) => JSON.stringify(readers) === JSON.stringify(first.readers),
    );
    return {
      image: images,
      words: withImage(first, form, options),
      readers: agree ? first.readers : [],
      notes: [note, ...(agree ? [] : [READERS_DIFFER]), ...listedNotes(choices.all)],
    };
  }
  return null;
}

const READERS_DIFFER: Note = { messageId: "readers-differ", args: {} };

/** The notes of all choices; what holds for some of them only says so. */
function listedNotes(choices: readonly Choice[]): readonly Note[] {
  const all = new Map(choices.flatMap(({ notes }) => notes).map((note) => [JSON.stringify(note), note]));
  return [...all].map(([key, note]) => {
    const holders = choices.filter(({ notes }) => notes.some((own) => JSON.stringify(own) === key));
    if (note.messageId !== "default-differs" || holders.length === choices.length) return note;
    const gadgets = holders.map(({ gadget }) => gadget).join(", ");
    return { messageId: "default-differs-for", args: { ...note.args, gadgets } };
  });
}

/** The line that is right for most gadgets which may stand there, and what the others need. */
function nearestForm(
  line: CommandLine,
  parsed: DynamicLine,
  options: TranslateOptions,
  knowledge: Knowledge,
): { readonly nearest: readonly NewWord[] | null; readonly notes: readonly Note[] } {
  const form = nameForm(line, parsed);
  if (form === null && parsed.category.length === 0) {
    return { nearest: null, notes: [callersNote(line, options, knowledge)] };
  }
  const { all, isListed } = choicesOf(line, parsed, options, knowledge);
  if (form === null && !isListed && all.some(({ name }) => name !== "other"))
    return { nearest: null, notes: [] };
  const regular = all.filter(({ name, kind }) => name !== "other" && kind === "rewrite");
  const usual = mostUsual(form === null ? [] : regular);
  if (usual === null || form === null) return { nearest: null, notes: exceptions(line, all, null) };
  const dashes = regular.flatMap((choice) => (choice.name === "dashless" ? choice.dashes : []));
  const named = nameForm(line, parsed, dashes) ?? form;
  return { nearest: withImage(usual, named, options), notes: exceptions(line, all, usual) };
}

/** One of those choices whose new line is the most usual one. */
function mostUsual(choices: readonly Choice[]): Choice | null {
  const counts = new Map<string, number>();
  for (const { shape } of choices) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return choices.find(({ shape }) => counts.get(shape) === most) ?? null;
}

/** The words of a choice with an image whose name is put together. */
function withImage({ words, image }: Choice, form: Value, options: TranslateOptions): readonly NewWord[] {
  const written = JSON.stringify(writeImage([image ?? ""], options));
  return (words ?? []).map((word) =>
    "write" in word && JSON.stringify(word.write) === written
      ? { ...word, write: writeImage(form, options) }
      : word,
  );
}

/** The gadgets for which the usual line is wrong, and theirs. */
function exceptions(line: CommandLine, choices: readonly Choice[], usual: Choice | null): readonly Note[] {
  const notes: Note[] = [];
  const group = (messageId: string, members: readonly Choice[], args: Note["args"] = {}): void => {
    const gadgets = members.map(({ gadget }) => gadget).join(", ");
    if (members.length > 0) notes.push({ messageId, args: { gadgets, ...args } });
  };
  group(
    "choice-unknown",
    choices.filter(({ kind }) => kind === "unknown"),
  );
  group(
    "choice-without-image",
    choices.filter(({ kind }) => kind === "no-image"),
  );
  group(
    "choice-manual",
    choices.filter(({ kind }) => kind === "manual"),
  );
  const others = choices.filter(
    ({ kind, name, shape }) => kind === "rewrite" && (name === "other" || shape !== usual?.shape),
  );
  const byFlags = new Map<string, Choice[]>();
  for (const choice of others) {
    const flags = choice.name === "other" || usual === null ? null : flagsMore(line, choice, usual);
    if (flags !== null) byFlags.set(flags, [...(byFlags.get(flags) ?? []), choice]);
    else group("choice-differs", [choice], { line: shownChoice(line, choice.words ?? []) });
  }
  for (const [flags, members] of byFlags) group("choice-needs-flags", members, { flags });
  return notes;
}

/** What the line of a choice has more than the usual one, where that is all. */
function flagsMore(line: CommandLine, choice: Choice, usual: Choice): string | null {
  const words = choice.words ?? [];
  const shared = new Set((usual.words ?? []).map((word) => JSON.stringify(word)));
  const more = words.filter((word) => "write" in word && word.replaces === undefined && !isIn(shared, word));
  const rest = words.filter((word) => !more.includes(word));
  if (more.length === 0 || rest.length !== (usual.words ?? []).length) return null;
  return shownChoice({ ...line, programWords: 0 }, more);
}

function isIn(shared: ReadonlySet<string>, word: NewWord): boolean {
  return shared.has(JSON.stringify(word));
}
