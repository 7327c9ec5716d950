/*
 * Names that a configuration adds to those of the programs. Languages look for programs cheaply before they look closely,
 * and know only the names that everybody has.
 */

interface Patterns {
  /** A name, anywhere in a text. */
  readonly mention: RegExp;
  /** A name where a command or a part of one begins. */
  readonly command: RegExp;
  /** A word that is one of the names. */
  readonly word: RegExp;
}

let patterns: Patterns | null = null;

/** Takes further names of programs into account, in place of those of an earlier call, for all that is read from now on. */
export function takeOwnNames(names: readonly string[]): void {
  patterns = names.length === 0 ? null : patternsOf(names);
}

/** Whether a text has one of the names. */
export function mentionsOwn(text: string): boolean {
  return patterns?.mention.test(text) === true;
}

/** Whether a line of source may hold a command of one of them. */
export function looksLikeOwnCommand(line: string): boolean {
  return patterns?.command.test(line) === true;
}

/** Whether a word alone is one of them, with or without its folders. */
export function isOwnName(word: string): boolean {
  return patterns?.word.test(word) === true;
}

function patternsOf(names: readonly string[]): Patterns {
  const name = names.map((one) => one.replace(/[.+]/g, "\\$&").replace(" ", "[ \\t]+")).join("|");
  const alone = String.raw`(?<![\w.$-])(?:${name})`;
  const item = String.raw`["']?(?:\S*/)?(?:${name})["']?\s*`;
  const command = String.raw`${alone}["']?[ \t]+["']?[\w$-]|[[,]\s*${item},|^\s*-[ \t]+${item}(?:#.*)?$`;
  return {
    mention: new RegExp(String.raw`${alone}(?![\w.-])`),
    command: new RegExp(command),
    word: new RegExp(String.raw`^(?:\S*/)?(?:${name})$`),
  };
}
