import { relative, resolve, sep } from "node:path";
import type { Prefilter } from "../engine/prefilter.ts";
import { type Discovery, type DiscoverOptions, discoverInParts } from "./discover.ts";
import { type Contents, readFiles } from "./read.ts";

/** Files are handed on after so many were read: what parses them need not wait for the rest. */
const SHARE = 256;

/**
 * Finds files and reads them, the first ones while git still looks for more. See `discover` and `readFiles`.
 * @returns what was read, in shares as it comes, and at the end what was found
 */
export async function* readInShares(
  paths: readonly string[],
  options: DiscoverOptions,
  prefilter: Prefilter,
): AsyncGenerator<Contents, Discovery> {
  const parts = discoverInParts(paths, options, prefilter.patterns);
  const named = new Set(
    paths.map((path) => relative(options.root, resolve(options.cwd, path)).replaceAll(sep, "/")),
  );
  for (;;) {
    const part = await parts.next();
    if (part.done === true) return part.value;
    for (let at = 0; at < part.value.length; at += SHARE) {
      const share = readFiles(part.value.slice(at, at + SHARE), options.root, prefilter, named);
      if (share.candidates.length + share.telling.length > 0) yield share;
    }
  }
}

/** As `readInShares`, all at once; in no order. */
export async function discoverAndRead(
  paths: readonly string[],
  options: DiscoverOptions,
  prefilter: Prefilter,
): Promise<Discovery & Contents> {
  const shares: Contents[] = [];
  const reading = readInShares(paths, options, prefilter);
  for (;;) {
    const share = await reading.next();
    if (share.done !== true) shares.push(share.value);
    else {
      return {
        ...share.value,
        candidates: shares.flatMap(({ candidates }) => candidates),
        telling: shares.flatMap(({ telling }) => telling),
      };
    }
  }
}
