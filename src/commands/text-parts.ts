import { isSentence, logicalLines, promptOf } from "./prose.ts";
import type { Range } from "../text/edits.ts";
import type { Fragment } from "../text/fragment.ts";

/** A command in quotes in a sentence, or at its end behind a colon. */
const QUOTED =
  /`([^`\n]+)`|(?<![\w\\])'([^'\n]+)'|(?<![\w\\])"([^"\n]+)"|(?<=[\p{L}\p{N})]:\s+)(\S[^\n]*)$/gu;

/** What a text holds; null for what is not in it. Each part has blanks for the other. */
export interface Parts {
  /** The commands that can be typed into a terminal. */
  readonly script: Fragment | null;
  /** Sentences. */
  readonly prose: Fragment | null;
}

/** Tells the commands of a text from its sentences. */
export function partsOfText(fragment: Fragment): Parts {
  const { text } = fragment;
  const margin = hasMargin(text) ? MARGIN : null;
  if (text.startsWith("#!")) return { script: fragment, prose: null };
  let script = "";
  let prose = "";
  let at = 0;
  for (const { start, end } of logicalLines(text)) {
    const edge = margin?.exec(text.slice(start, end))?.[0].length ?? 0;
    for (const kept of commandsIn(text.slice(start + edge, end), start + edge)) {
      script += blank(text.slice(at, kept.start)) + text.slice(kept.start, kept.end);
      prose += text.slice(at, kept.start) + blank(text.slice(kept.start, kept.end));
      at = kept.end;
    }
  }
  return {
    script: partOf(fragment, script + blank(text.slice(at))),
    prose: partOf(fragment, prose + text.slice(at)),
  };
}

/** What stands before each line of a text whose margin the program takes away (`"""|...""".trimMargin()`). */
const MARGIN = /^\s*\|/;

function hasMargin(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length > 0 && lines.every((line) => MARGIN.test(line));
}

/** @param masked what is left of the text; less than two words are no command */
function partOf(fragment: Fragment, masked: string): Fragment | null {
  if (!/\S\s+\S/.test(masked)) return null;
  return masked === fragment.text ? fragment : fragment.remasked(masked, []);
}

/** The stretches of a line that can be typed into a terminal. */
function commandsIn(line: string, start: number): readonly Range[] {
  const prompt = promptOf(line).length;
  if (!isSentence(line.slice(prompt))) return [{ start: start + prompt, end: start + line.length }];
  return [...line.matchAll(QUOTED)].flatMap(({ index, 0: all, 1: a, 2: b, 3: c, 4: d }): readonly Range[] => {
    const command = a ?? b ?? c ?? d ?? "";
    const from = start + index + all.indexOf(command);
    return /\S\s+\S/.test(command) && !isSentence(command)
      ? [{ start: from, end: from + command.length }]
      : [];
  });
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}
