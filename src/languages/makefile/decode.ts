import type { Range } from "../../text/edits.ts";
import { type Encoder, type Fragment, PieceBuilder } from "../../text/fragment.ts";
import { type Reference, referencesIn } from "./references.ts";
import type { Variables } from "./variables.ts";

/** What the text is for: it decides what new text may not hold. */
export type Role = "recipe" | "value" | "function";

/**
 * Text as make hands it to the shell: `$$` is `$`, references are values that are filled in.
 * @param parts logical lines; between two of them stands a line end
 * @param prefix what continued lines of a recipe begin with, which make takes away
 */
export function shellTextOf(
  fragment: Fragment,
  parts: readonly Range[],
  role: Role,
  { variables, prefix }: { readonly variables: Variables; readonly prefix: string },
): Fragment {
  const { text } = fragment;
  const builder = new PieceBuilder();
  for (const [i, part] of parts.entries()) {
    const before = parts[i - 1];
    if (before !== undefined) builder.escape("\n", before.end, part.start);
    const marks =
      role === "recipe" ? (/^[ \t]*(?:[@+-][ \t]*)*/.exec(text.slice(part.start, part.end))?.[0] ?? "") : "";
    decode(builder, text, { start: part.start + marks.length, end: part.end }, { variables, prefix });
  }
  return fragment.child(builder.build(encoderFor(role, variables)));
}

function decode(
  builder: PieceBuilder,
  text: string,
  range: Range,
  { variables, prefix }: { readonly variables: Variables; readonly prefix: string },
): void {
  let at = range.start;
  for (const reference of referencesIn(text, range)) {
    copyLines(builder, text, { start: at, end: reference.start }, prefix);
    addReference(builder, text, reference, variables);
    at = reference.end;
  }
  copyLines(builder, text, { start: at, end: range.end }, prefix);
}

function addReference(builder: PieceBuilder, text: string, reference: Reference, variables: Variables): void {
  const { start, end, body } = reference;
  if (body === "$") {
    builder.escape("$", start, end);
    return;
  }
  const known = variables.known(body);
  const isOne = known !== undefined || body === "@" || body === "<";
  const code = text.slice(start, end);
  builder.hole({ code, words: isOne ? "one" : "any", ...(known === undefined ? {} : { known }) }, start, end);
}

/** A line that goes on has the prefix of its recipe, and make takes it away. */
function copyLines(builder: PieceBuilder, text: string, { start, end }: Range, prefix: string): void {
  let at = start;
  for (let next = text.indexOf("\n", at); next >= 0 && next < end; next = text.indexOf("\n", at)) {
    builder.copy(text, at, next + 1);
    at = text.startsWith(prefix, next + 1) && next + 1 < end ? next + 1 + prefix.length : next + 1;
  }
  builder.copy(text, at, end);
}

/** A dollar sign is two, unless make is to fill in one of its variables. A line end would end the recipe. */
function encoderFor(role: Role, variables: Variables): Encoder {
  return (written) => {
    if (written.includes("\n") || (role === "value" && written.includes("#"))) return null;
    if (role === "function" && /[()]/.test(written.replace(/\$\([\w.-]+\)/g, ""))) return null;
    return written.replace(/\$(?:\(([\w.-]+)\))?/g, (code, name?: string) => {
      return name !== undefined && variables.isSet(name) ? code : `$${code}`;
    });
  };
}
