import type { Range } from "../text/edits.ts";
import type { Fragment } from "../text/fragment.ts";

/** A value that a program puts around words to colour them: `{bold}`, `${colors.green}`, `{Style.RESET_ALL}`. */
const STYLE =
  /(?:^|[^A-Za-z])(?:bold|dim|italic|underlined?|bright|reset(?:_?all)?|nc|no_?colou?r|end_?c(?:olou?r)?|colou?r|red|green|yellow|blue|magenta|purple|cyan|white|gr[ae]y|orange)[^A-Za-z]*$/i;
/** Control sequences of terminals. */
const SEQUENCE = /\u001B\[[\d;]*[A-Za-z]/g;

/** A text as people see it: with blanks for what only colours it, so that it is no part of the words beside it. */
export function withoutStyles(fragment: Fragment): Fragment {
  const { text } = fragment;
  const sequences = [...text.matchAll(SEQUENCE)].map(({ index, 0: all }): Range => {
    return { start: index, end: index + all.length };
  });
  const values = fragment.holes.filter((hole) => STYLE.test(hole.code) && isAround(text, hole));
  const hidden = [...sequences, ...values];
  if (hidden.length === 0) return fragment;
  const units = text.split("");
  for (const { start, end } of hidden) units.fill(" ", start, end);
  return fragment.remasked(units.join(""), []);
}

/** Whether a value touches a word, or stands at an end of its line, and is no flag's value. */
function isAround(text: string, { start, end }: Range): boolean {
  const before = /\S*[ \t]*$/.exec(text.slice(Math.max(0, start - 200), start))?.[0] ?? "";
  if (/^-\S*\s/.test(before)) return false;
  const isAlone = /(?:^|\s)$/.test(before) && /^\s/.test(text.slice(end, end + 1));
  return !isAlone || /(?:^|\n)[ \t]*$/.test(text.slice(0, start)) || /^[ \t]*(?:\n|$)/.test(text.slice(end));
}
