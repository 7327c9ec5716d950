import type { SourceFile } from "../engine/report.ts";
import { languageOfName } from "../languages/detect.ts";
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

/**
 * The files in a known language that have one of some texts, in the order of their paths. Files that are too large, are not
 * UTF-8, cannot be read or are gone are left out.
 * @param paths with `/`, relative to the root
 */
export function filesWith(
  texts: ReadonlySet<string>,
  paths: readonly string[],
  root: string,
): readonly SourceFile[] {
  const wanted = Array.from(texts, (text) => Buffer.from(text));
  return [...paths].sort().flatMap((path) => {
    if (languageOfName(path) === null) return [];
    const text = read(`${root}/${path}`, (bytes) => {
      return wanted.some((one) => bytes.includes(one)) && !bytes.includes(0) ? decode(bytes) : null;
    });
    return text === null ? [] : [{ path, text }];
  });
}

function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function read<T>(absolute: string, use: (bytes: Buffer) => T): T | null {
  try {
    return openFile(absolute, ({ bytes }) => (bytes.length > MAX_BYTES ? null : use(bytes)));
  } catch {
    return null;
  }
}
