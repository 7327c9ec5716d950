import { isSentence, logicalLines, promptOf } from "../../commands/prose.ts";
import type { Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";

/** A command in quotes in a sentence, or at its end behind a colon. */
const QUOTED =
  /`([^`\n]+)`|(?<![\w\\])'([^'\n]+)'|(?<![\w\\])"([^"\n]+)"|(?<=[\p{L}\p{N})]:\s+)(\S[^\n]*)$/gu;

/** A text with nothing but the commands that it tells people to run; null when there are none. */
export function withoutProse(fragment: Fragment): Fragment | null {
  const { text } = fragment;
  if (text.startsWith("#!")) return fragment;
  let masked = "";
  let at = 0;
  for (const { start, end } of logicalLines(text)) {
    for (const kept of commandsIn(text.slice(start, end), start)) {
      masked += blank(text.slice(at, kept.start)) + text.slice(kept.start, kept.end);
      at = kept.end;
    }
  }
  masked += blank(text.slice(at));
  if (!/\S\s+\S/.test(masked)) return null;
  return masked === text ? fragment : fragment.remasked(masked, []);
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
