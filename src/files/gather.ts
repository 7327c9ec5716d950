import type { Prefilter } from "../engine/prefilter.ts";
import { type Discovery, type DiscoverOptions, discoverInParts, sortedOnce } from "./discover.ts";
import { type Contents, readFiles } from "./read.ts";

/** Finds files and reads them, the first ones while git still looks for more. See `discover` and `readFiles`. */
export async function discoverAndRead(
  paths: readonly string[],
  options: DiscoverOptions,
  prefilter: Prefilter,
): Promise<Discovery & Contents> {
  const shares: Contents[] = [];
  const parts = discoverInParts(paths, options);
  for (;;) {
    const part = await parts.next();
    if (part.done === true) return { ...part.value, ...joined(shares) };
    shares.push(readFiles(part.value, options.root, prefilter));
  }
}

function joined(shares: readonly Contents[]): Contents {
  return {
    candidates: sorted(shares.flatMap(({ candidates }) => candidates)),
    telling: sorted(shares.flatMap(({ telling }) => telling)),
  };
}

function sorted<T extends { readonly path: string }>(entries: readonly T[]): readonly T[] {
  return sortedOnce(entries, ({ path }) => path);
}
