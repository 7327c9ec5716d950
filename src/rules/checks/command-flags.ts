import { literal, type Value, type Word } from "../../commands/command.ts";

/**
 * The value that a command gives to one of some flags, the last time that it does (`-n demo`, `--namespace=demo`, `-ndemo`);
 * null where it gives none.
 * @param names with their dashes
 */
export function flagValue(words: readonly Pick<Word, "value">[], names: readonly string[]): Value | null {
  let found: Value | null = null;
  for (const [i, { value }] of words.entries()) {
    const text = literal(value);
    const next = words[i + 1]?.value;
    if (text !== null && names.includes(text) && next !== undefined) found = next;
    for (const name of names) found = inlineValue(value, name) ?? found;
  }
  return found;
}

function inlineValue([head, ...rest]: Value, name: string): Value | null {
  if (typeof head !== "string") return null;
  if (head.startsWith(`${name}=`)) return [head.slice(name.length + 1), ...rest].filter((part) => part !== "");
  const isAttached = /^-\w$/.test(name) && head.startsWith(name) && head.length > name.length;
  return isAttached ? [head.slice(name.length), ...rest] : null;
}
