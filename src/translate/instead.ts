import type { Value } from "../commands/command.ts";
import { shownLine } from "../commands/shown.ts";
import type { InsteadLine } from "../knowledge/mapping.ts";
import type { CommandLine, Note, TranslateOptions } from "./translation.ts";

/** A flag as the old command gave it; null where it stands alone. */
export interface GivenFlag {
  readonly name: string;
  readonly value: Value | null;
}

/** What the lines that take the place of a command are filled in with. */
export interface Filling {
  readonly line: Pick<CommandLine, "program" | "words" | "programWords">;
  readonly flags: readonly GivenFlag[];
  /** Other words of the command that go into the new ones as they are. */
  readonly rest?: readonly Value[];
  readonly tag: TranslateOptions["tag"];
}

/** The shell lines that a person needs in place of a command, as a note; none where there are no such lines. */
export function insteadNotes(lines: readonly InsteadLine[] | undefined, filling: Filling): readonly Note[] {
  const own = insteadLines(lines, filling);
  return own.length === 0 ? [] : [{ messageId: "commands-instead", args: { lines: own.join("\n") } }];
}

/** The same, one by one. */
export function insteadLines(lines: readonly InsteadLine[] = [], filling: Filling): readonly string[] {
  const { program } = filling.line;
  const given = (name: string | undefined): boolean => filling.flags.some((flag) => flag.name === name);
  return lines
    .filter(
      ({ programs = [program], given: asked, absent }) =>
        programs.includes(program) && (asked === undefined || given(asked)) && !given(absent),
    )
    .map(({ text }) => filled(text, filling));
}

/**
 * `{program}`, `{tag}`, `{rest}`: what they say. `{--node}`: the flag with its value, as it was given. `{=node,host|NODE}`: the
 * value of the first of these flags that was given, else the text behind the bar. `{@config|FILE}`: the same for a flag whose
 * value `@FILE` stands for the text of a file.
 */
const PLACE = / ?\{(?:(program|tag|rest)|--([\w-]+)|([=@])([\w,-]+)\|([^{}]*))\}/g;

function filled(text: string, { line, flags, rest = [], tag }: Filling): string {
  const valueOf = (name: string): Value | null => flags.findLast((flag) => flag.name === name)?.value ?? null;
  return text.replace(PLACE, (place: string, ...groups: (string | undefined)[]) => {
    const [word, flag, sign, names = "", other = ""] = groups;
    const blank = place.startsWith(" ") ? " " : "";
    const words = (values: readonly Value[]): string =>
      values.length === 0 ? "" : `${blank}${shownLine(values)}`;
    if (word === "program") return words(line.words.slice(0, line.programWords));
    if (word === "tag") return words([tag]);
    if (word === "rest") return words(rest);
    if (flag !== undefined) {
      const value = valueOf(flag);
      return value === null ? "" : words([[`--${flag}`], value]);
    }
    const value = names.split(",").flatMap((name) => valueOf(name) ?? []);
    if (value.length === 0) return `${blank}${other}`;
    return words([sign === "@" ? withoutAt(value) : value]);
  });
}

/** `@FILE` stands for the text of a file. */
function withoutAt([first, ...rest]: Value): Value {
  return typeof first === "string" ? [first.replace(/^@/, ""), ...rest] : [first ?? "", ...rest];
}
