import { Prefilter } from "../engine/prefilter.ts";

let prefilter: Prefilter | undefined;
const looked = new WeakMap<object, boolean>();

/**
 * Whether a file is worth reading, told from its bytes; looked at once, however many rules ask.
 * @param sourceCode what ESLint has of the file; all rules get the same
 */
export function mayHoldCommand(sourceCode: { readonly text: string }): boolean {
  const known = looked.get(sourceCode);
  if (known !== undefined) return known;
  prefilter ??= new Prefilter();
  const may = prefilter.look(new TextEncoder().encode(sourceCode.text)) === "command";
  looked.set(sourceCode, may);
  return may;
}
