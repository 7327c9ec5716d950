import { Argv } from "./argv.ts";
import { joinedPartsOf } from "./chain.ts";
import type { Node } from "./model.ts";
import { SAFE_WORD } from "../../commands/plain-words.ts";
import type { Resolver } from "./resolve.ts";
import type { Workshop } from "./workshop.ts";

/** What a shell takes as words and nothing else. */
const SAFE_STRETCH = /^[\w@%+=:,./~ -]*$/;

/**
 * The words of a command that is joined from arrays (`` `kubectl ${args.join(" ")}` ``), each where it stands in its array;
 * null where a shell is needed to tell the words.
 */
export function joinedWords(node: Node, shop: Workshop, resolver: Resolver): Argv | null {
  const { parts, joins } = joinedPartsOf(node, resolver);
  if (joins.length === 0) return null;
  const argv = new Argv(shop, resolver, true);
  let at = 0;
  for (const [i, end] of [...joins.map(({ before }) => before), parts.length].entries()) {
    const stretch = parts.slice(at, end);
    const string = stretch.length === 0 ? null : shop.stretch(stretch, resolver);
    const text = string?.fragment.text ?? "";
    const isCut = (i === 0 || /^(?: |$)/.test(text)) && (i === joins.length || /(?:^| )$/.test(text));
    const isBetween = text === "" && i > 0 && i < joins.length;
    if ((string === null && stretch.length > 0) || !isCut || isBetween || !SAFE_STRETCH.test(text))
      return null;
    if (string !== null) argv.string(string);
    const join = joins[i];
    if (join !== undefined) argv.array(join.list);
    at = end;
  }
  const isSafe = argv.words.every(({ value }) =>
    value.every((part) => typeof part !== "string" || SAFE_WORD.test(part)),
  );
  return isSafe ? argv : null;
}
