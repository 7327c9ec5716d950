import type { Invocation, Word } from "../../commands/command.ts";
import type { Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import { tomlComments } from "../comments.ts";
import type { Language, ReadContext } from "../language.ts";
import { withPlainLineEnds } from "../shell/mask.ts";
import { languageOf } from "../strings/read.ts";
import { arrayWords } from "../yaml/array.ts";
import { mentionsProgram } from "../yaml/mention.ts";
import { table } from "./table.ts";

const strings = languageOf(table);

/** TOML: tasks of project files, as text for a shell and as lists of words; strings that are a whole command. */
export const toml: Language = {
  id: "toml",
  comments: tomlComments,
  read(fragment, context) {
    if (!mentionsProgram(fragment.text)) return { invocations: [], problems: [] };
    const { invocations, problems } = strings.read(fragment, context);
    const file = withPlainLineEnds(fragment);
    const split = sectionsOf(file.text).flatMap((section) => splitCommand(file, section, context));
    const taken = new Set(split.flatMap(({ words }) => words.map(startOf)));
    const others = invocations.filter(
      ({ words: [first] }) => first === undefined || !taken.has(startOf(first)),
    );
    return { invocations: [...others, ...split], problems };
  },
};

/** Where a word stands in the file. */
function startOf({ start, end, list }: Word): number {
  return list.fragment.toSource({ start, end }).start;
}

/** From one header (`[tasks.trace]`) to the next. */
function sectionsOf(text: string): readonly Range[] {
  const starts = Array.from(
    text.matchAll(/^[ \t]*\[\[?[\w."' -]+\]\]?[ \t]*(?:#.*)?$/gm),
    ({ index }) => index,
  );
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? text.length }));
}

/** `command = "kubectl"` and `args = ["gadget", ...]`, which are one command. */
function splitCommand(
  fragment: Fragment,
  { start, end }: Range,
  context: ReadContext,
): readonly Invocation[] {
  const section = fragment.text.slice(start, end);
  const command = /^(?<ahead>[ \t]*command[ \t]*=[ \t]*["'])(?<program>[\w./-]+)["']/m.exec(section);
  const list =
    /^(?<ahead>[ \t]*args[ \t]*=[ \t]*)(?<array>\[(?:[^\]"'#]|#.*|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')*\])/m.exec(
      section,
    );
  const { ahead: beforeProgram = "", program = "" } = command?.groups ?? {};
  const { ahead: beforeArray = "", array = "" } = list?.groups ?? {};
  if (command === null || list === null || !mentionsProgram(program + array)) return [];
  const at = start + command.index + beforeProgram.length;
  const from = start + list.index + beforeArray.length;
  const [named] = context.read("shell", fragment.slice(at, at + program.length)).invocations;
  const words = arrayWords(fragment.slice(from, from + array.length));
  return named === undefined || words === null ? [] : [{ ...named, words: [...named.words, ...words] }];
}
