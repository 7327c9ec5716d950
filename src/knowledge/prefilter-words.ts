import type { Knowledge } from "./knowledge.ts";

/** What the prefilter needs of the knowledge, small enough to be at hand before the rest is loaded. */
export interface PrefilterWords {
  /** File names of programs that do not contain `gadget`. */
  readonly programs: readonly string[];
  /** Words that commands begin with, behind the program (`trace`, `run`). */
  readonly commands: readonly string[];
}

/** Commands that take gadget images. */
const IMAGE_COMMANDS = ["run", "image"];

export function prefilterWords({ programs, categories, gadgets }: Knowledge): PrefilterWords {
  const short = programs.flatMap((program) => program.spellings).filter(isShort);
  const spelled = gadgets.flatMap(({ command, spellings }) => [
    command,
    ...spellings.map(({ words }) => words),
  ]);
  return {
    // `ig-linux-amd64` is found as `ig`.
    programs: unique(short.map((spelling) => spelling.split("-")[0] ?? spelling)),
    commands: unique([...IMAGE_COMMANDS, ...categories, ...spelled.map(firstWord)]),
  };
}

function isShort(spelling: string): boolean {
  return !spelling.includes("gadget");
}

function firstWord(command: string): string {
  return command.split(" ")[0] ?? command;
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort();
}
