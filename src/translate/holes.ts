import type { Dynamic, Value } from "../commands/command.ts";

/** Stands for what is known only when the program runs. */
export const HOLE = "\uFFFC";

/** The text of a value, with `HOLE` where it is dynamic. */
export function withHoles(value: Value): string {
  return value.map((part) => (typeof part === "string" ? part : HOLE)).join("");
}

/** The value of a text with `HOLE` for each of `dynamics`, in order. */
export function fromHoles(text: string, dynamics: readonly Dynamic[]): Value {
  return text.split(HOLE).flatMap((piece, i) => {
    const dynamic = dynamics[i - 1];
    return [...(i === 0 || dynamic === undefined ? [] : [dynamic]), ...(piece === "" ? [] : [piece])];
  });
}

/** Whether a part of the text is known only when the program runs. */
export function isOpen(text: string | null): boolean {
  return text?.includes(HOLE) ?? false;
}
