import type { Knowledge } from "../knowledge/knowledge.ts";
import { nearest } from "../text/nearest.ts";
import { isCertain } from "./command-path.ts";
import type { WrittenRun } from "./run-change.ts";
import type { Translation } from "./translation.ts";

/**
 * An official image that no release had. A bare name may be an image that was built on the spot: it counts only where it is
 * near to a gadget's name, looks like one, or has the tag of a release.
 */
export function unknownImage({ line, word }: WrittenRun, knowledge: Knowledge): Translation {
  const name = word.name ?? "";
  if (!/^[a-z][a-z0-9_-]*$/.test(name) || isPlaceholder(name)) return { state: "fine" };
  const isBare = word.path === name;
  const names = knowledge.images.map((image) => image.name);
  const near = nearest(name, names) ?? nearest(name.replaceAll("-", "_"), names);
  const looksOfficial =
    !isBare || knowledge.releases.some(({ tag }) => tag === word.tag) || startsLikeGadget(name, knowledge);
  const isSure = isCertain(line) || !isBare;
  if (!looksOfficial && near === null) return { state: "fine" };
  if (!isSure && near === null && !startsLikeGadget(name, knowledge)) return { state: "fine" };
  const args = { gadget: name, nearest: near ?? "" };
  const message = { messageId: "unknown-gadget", args };
  return {
    state: "manual",
    rule: "unknown-gadget",
    message,
    gadget: null,
    notes: [],
    image: null,
    nearest: null,
  };
}

/** Names that documents give to the reader's own gadget. */
function isPlaceholder(name: string): boolean {
  return /^(?:my|your|some|example|custom)[_-]?|^(?:image|gadget)(?:[_-]?(?:image|name))?$/.test(name);
}

function startsLikeGadget(name: string, { categories, images }: Knowledge): boolean {
  const prefixes = new Set([...categories, ...images.map((image) => image.name.replace(/_.*/, ""))]);
  return name.includes("_") && prefixes.has(name.replace(/_.*/, ""));
}
