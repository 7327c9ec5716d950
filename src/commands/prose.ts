import type { Range } from "../text/edits.ts";

/** Words that sentences have and commands lack. */
const SENTENCE_WORDS = new Set(
  `a an the and or but is are was were be been being has have had having does did doing not no nor of to with from for in
  on at by as that this these those it its you your we our they their he she will would should could can cannot must may
  might when while if then else because since so than via using uses used fails failed failing work works worked working
  succeeded succeeds returns returned exits exited ran running starting stopped prints printed shows showed instead now
  here there deprecated removed replaced supported unsupported please see which who what why how also only just first
  again before after during without within against into about between`.split(/\s+/),
);

/** A line of shell that has such words for another reason. */
const SHELL_KEYWORD = /(?:^|[;&|(]|\b(?:then|do|else))\s*(?:for|if|while|until|case|select)\s/;

/**
 * Whether a line is a sentence, a heading or anything else that one cannot type into a terminal, although it may mention
 * a command.
 */
export function isSentence(line: string): boolean {
  const text = line.trim();
  // List items and Markdown: a shell would take its backquotes for commands.
  if (text.startsWith("-") || text.includes("`") || text.startsWith("~~~")) return true;
  if (/^(?:\p{Lu}\p{Ll}|[^\p{ASCII}\p{Lu}])/u.test(text) && !/^\w+=/.test(text)) return true;
  if (/[\p{L}\p{N})\]"'`]\s*(?:[:,;!?…]|\.{1,3})$/u.test(text) && !/(?:;;|[;&|]\s*;)$/.test(text))
    return true;
  if (SHELL_KEYWORD.test(text)) return false;
  const words = text.replace(/'[^']*'|"[^"]*"|\s#\s.*$/g, " x ").split(/\s+/);
  return words.some((word, i) => {
    const isValue = /^-[^=]*[^=.,:;!?]$/.test(words[i - 1] ?? "");
    return !isValue && (SENTENCE_WORDS.has(word.toLowerCase()) || (i > 0 && /^\w+[,:!?]$/.test(word)));
  });
}

/** Lines of a text; one that ends with a backslash goes on. */
export function logicalLines(text: string): readonly Range[] {
  return [...text.matchAll(/(?:[^\\\n]|\\[^]|\\$)+/g)].map(({ index, 0: line }) => ({
    start: index,
    end: index + line.length,
  }));
}

/** The prompt that a line begins with, blanks included. */
export function promptOf(line: string): string {
  return /^\s*[$>]\s+/.exec(line)?.[0] ?? "";
}
