import { MAX_BYTES, openFile } from "./open.ts";

/**
 * Of some texts, those that at least two of the files contain. Files that are too large, cannot be read or are gone count as
 * not containing any.
 * @param paths with `/`, relative to the root
 */
export function inSeveralFiles(
  texts: ReadonlySet<string>,
  paths: readonly string[],
  root: string,
): ReadonlySet<string> {
  const once = new Set<string>();
  const several = new Set<string>();
  let wanted = Array.from(texts, (text) => ({ text, bytes: Buffer.from(text) }));
  for (const path of paths) {
    if (wanted.length === 0) break;
    const searched = wanted;
    const found =
      read(`${root}/${path}`, (bytes) => searched.filter((one) => bytes.includes(one.bytes))) ?? [];
    for (const { text } of found) (once.has(text) ? several : once).add(text);
    if (found.length > 0) wanted = wanted.filter(({ text }) => !several.has(text));
  }
  return several;
}

function read<T>(absolute: string, use: (bytes: Buffer) => T): T | null {
  try {
    return openFile(absolute, ({ bytes }) => (bytes.length > MAX_BYTES ? null : use(bytes)));
  } catch {
    return null;
  }
}
