import type { Value } from "../commands/command.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { within } from "../knowledge/releases.ts";
import { writeImage } from "./image-ref.ts";
import { commandsBelow, commandTree, type CommandNode } from "./old-commands.ts";
import type { CommandLine, NewWord, Note, ProgramId, TranslateOptions } from "./translation.ts";
import { validate } from "./validate.ts";

/** A line with `run` and an image in the place of some of its words. */
export interface RunInstead {
  readonly image: string;
  readonly words: readonly NewWord[];
  /** What the target does not take of it; nothing where it can be written. */
  readonly faults: readonly Note[];
}

/**
 * `kubectl gadget trace_exec -n demo`: the image is known to its writer, `run` is not. Null where the target has no image of
 * that name.
 * @param path indexes of the words that the image takes the place of
 */
export function runInstead(
  line: CommandLine,
  path: readonly number[],
  name: string,
  options: TranslateOptions,
  knowledge: Knowledge,
): RunInstead | null {
  const { target } = options;
  const image = knowledge.images.find((known) => known.name === name && within(known, target));
  const program = knowledge.programs.find(({ id }) => id === line.program);
  const [first, ...others] = path;
  if (image === undefined || image.reference !== undefined || program === undefined || first === undefined)
    return null;
  const words: readonly NewWord[] = line.words.flatMap((_, i): readonly NewWord[] => {
    if (i === first) return [{ write: ["run"], replaces: i }, { write: writeImage([name], options) }];
    return others.includes(i) ? [] : [{ keep: i }];
  });
  const values = words.map((word): Value => ("keep" in word ? (line.words[word.keep] ?? []) : word.write));
  const isRenamed = program.now.id !== program.id;
  const found = validate(values, line.programWords, program.now.id, target, knowledge);
  const faults = found.map(({ messageId, args }) => ({ messageId, args: { ...args, release: target } }));
  const renamed = { messageId: "program-renamed", args: { program: program.id, now: program.now.id } };
  return { image: name, words, faults: isRenamed ? [...faults, renamed] : faults };
}

/** The one image that takes the place of all commands below some words (`traceloop`); null where there are several, or none. */
export function onlyImageBelow(
  category: string,
  program: ProgramId,
  target: string,
  knowledge: Knowledge,
): string | null {
  let node: CommandNode | undefined = commandTree(program, knowledge);
  for (const word of category.split(" ")) node = node?.children.get(word);
  if (node === undefined) return null;
  const images = [...commandsBelow(node)].flatMap(({ node: { gadgets } }) =>
    gadgets.map(({ gadget }) => gadget.to.find((row) => within(row, target))?.image ?? null),
  );
  const [only = null, ...more] = new Set(images);
  return more.length === 0 ? only : null;
}
