import type { LanguageId } from "../language.ts";

/*
 * Scripts of other languages than shell in a document. Their parsers are loaded only where the whole file has a sign of
 * them, so that what a file says never depends on the files read before it.
 */

/** Whether a file may hold a script for node: a step of `github-script`, a file by name, an interpreter. */
export const JAVASCRIPT_SIGN =
  /github-script@|\.(?:[cm]?js|ts)["']?[ \t]*:|(?:shell|command|#!).*\b(?:node|deno|bun)\b/im;

/** Whether a file may hold a script for python. */
export const PYTHON_SIGN = /python|\.py\b/im;

/** The language of a script by its interpreter, with what to take for its file's name; null when it is not read. */
export function languageOfInterpreter(
  interpreter: string,
  source: string,
): { readonly id: LanguageId; readonly extension: string } | null {
  if (interpreter === "python" && PYTHON_SIGN.test(source)) return { id: "python", extension: ".py" };
  const isNode = ["node", "deno", "bun"].includes(interpreter);
  return isNode && JAVASCRIPT_SIGN.test(source) ? { id: "javascript", extension: ".ts" } : null;
}
