import type { Fragment } from "../../text/fragment.ts";
import { Mask } from "../../text/mask.ts";

/** `[flags]`, `[-n NAMESPACE]`, `[args...]`; `[ -f file ]` is a test, `[ab]*` a pattern. */
const OPTION = /(?<=[ \t])\[(?:[\p{L}-][^\s[\]]*(?:[ \t]+[^\s[\]]+)*)\](?:\.{3})?(?=[ \t]|$)/gmu;

/**
 * A script as documents show it: what a reader may add or leave out is no word of the command. Behind a flag it is the
 * value that the reader gives (`-n [namespace]`).
 */
export function withoutOptions(script: Fragment): Fragment {
  const { text } = script;
  if (!text.includes("[")) return script;
  const mask = new Mask(script);
  for (const { index, 0: option } of text.matchAll(OPTION)) {
    const range = { start: index, end: index + option.length };
    if (script.holesIn(range).length > 0) continue;
    if (/(?:^|\s)--?\w[\w-]*[ \t]+$/.test(text.slice(0, index))) mask.fill(range, "one");
    else mask.blank(range);
  }
  return mask.apply();
}
