import { isScalar, isSeq } from "yaml";
import type { Word } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import { parseDocuments } from "./document.ts";

/**
 * The words of an array of strings between brackets, as JSON, TOML and others have it: what they allow there, YAML reads
 * the same. Null when it is none, or has something else in it.
 */
export function arrayWords(fragment: Fragment): readonly Word[] | null {
  if (!/^\s*\[[^]*\]\s*$/.test(fragment.text)) return null;
  const [document, more] = parseDocuments(fragment);
  if (document === undefined || more !== undefined || document.faults.length > 0) return null;
  const { root } = document;
  if (!isSeq(root) || !root.items.every((item) => isScalar(item))) return null;
  return document.words(root, new Map());
}
