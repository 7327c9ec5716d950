import type { Value } from "../commands/command.ts";
import type { FoundCommand } from "../commands/find.ts";
import { newValue } from "../commands/rewrite.ts";
import type { NewWord } from "../translate/translation.ts";

/** What is compared when the fixed text is read again: the words, and the image that they are given to. */
export function provenValues({ words, image }: FoundCommand): readonly Value[] {
  return [...words, ...(image === null ? [] : [image])].map(({ value }) => value);
}

/** The words that a command has once it is rewritten. */
export function valuesOf(command: FoundCommand, next: readonly NewWord[]): readonly Value[] {
  return next.map((word) => newValue(command.words, word));
}
