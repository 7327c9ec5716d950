/**
 * Where the brace ends that is open at an offset, in text that may have any others in it; quotes and comments are not known.
 * @returns the offset of the closing brace, in UTF-16 code units; the length of the text where there is none
 */
export function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return text.length;
}
