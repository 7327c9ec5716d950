/*
 * What one line of YAML says of the lines behind it.
 */

/** A line whose value begins with a quote; group 1 is the value. */
export const QUOTED_VALUE = /^\s*(?:-\s+)*(?:[^\s"'#][^:"']*:\s+)?(["'].*)$/;
/** A line that begins a block scalar. */
export const BLOCK_HEADER = /(?::|(?:^|\s)-)\s+(?:[!&]\S*\s+)*[|>][-+0-9]*\s*(?:#.*)?$/;

/** Column of the key of a line, or of its last dash when an item without a key follows. */
export function keyColumn(line: string): number {
  const dashes = /^\s*(?:-\s+)*/.exec(line)?.[0].length ?? 0;
  const isItem = /^(?:[!&]\S*\s+)*[|>][-+0-9]*\s*(?:#.*)?$/.test(line.slice(dashes));
  return isItem ? line.lastIndexOf("-", dashes) : dashes;
}

/** The quote that text which begins with one leaves open. */
export function openQuote(text: string): string | null {
  if (text.startsWith("'")) return /^'(?:[^']|'')*'(?!')/.test(text) ? null : "'";
  if (text.startsWith('"')) return /^"(?:[^"\\]|\\.)*"/.test(text) ? null : '"';
  return null;
}
