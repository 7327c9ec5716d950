import type { Value } from "../commands/command.ts";

/** Every text that a value may have, as far as the file gives them; null when one of its parts may be anything. */
export function knownTexts(value: Value): readonly string[] | null {
  let texts: readonly string[] = [""];
  for (const part of value) {
    const ends = typeof part === "string" ? [part] : part.known;
    if (ends === undefined) return null;
    texts = texts.flatMap((text) => ends.map((end) => text + end));
  }
  return texts;
}
