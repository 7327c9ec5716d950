import { isScalar, isSeq, parseDocument } from "yaml";

/** Text between single quotes, the quotes not included; null when this style cannot hold it. */
export function singleText(text: string): string | null {
  return isPrintable(text) && !text.includes("\n") ? text.replaceAll("'", "''") : null;
}

/** Text between double quotes, the quotes not included. The escapes are those that JSON has too. */
export function doubleText(text: string): string {
  return text.replace(/["\\]/g, "\\$&").replace(NOT_PRINTABLE, (char) => ESCAPES[char] ?? codeEscape(char));
}

/**
 * Text in the place of a part of a block scalar, its line ends followed by the indentation; null when this style cannot
 * hold it.
 * @param atEnd whether the scalar ends behind it
 */
export function blockText(
  text: string,
  {
    folded,
    indent,
    lineEnd,
  }: { readonly folded: boolean; readonly indent: number; readonly lineEnd: string },
  atEnd: boolean,
): string | null {
  if (!isPrintable(text)) return null;
  const lines = text.split("\n").map((line, i, all) => {
    const isBlank = line === "" && (atEnd || i < all.length - 1);
    return i === 0 || isBlank ? line : " ".repeat(indent) + line;
  });
  return lines.join(folded ? lineEnd + lineEnd : lineEnd);
}

/**
 * Whether `written` is a plain scalar with the value `value`, and a string for readers of YAML 1.1 and 1.2: no `no`, no
 * `10`, no `a: b`.
 */
export function isPlain(written: string, value: string, flow: boolean): boolean {
  if (!isPrintable(written) || written === "") return false;
  if (written === value && isSurelyPlain(written)) return true;
  const probe = flow ? `[${written}]\n` : `- ${written}\n`;
  return (["1.1", "1.2"] as const).every((version) => {
    const { contents, errors, warnings } = parseDocument(probe, { version, logLevel: "silent" });
    if (errors.length > 0 || warnings.length > 0 || !isSeq(contents) || contents.items.length !== 1)
      return false;
    const [item] = contents.items;
    return isScalar(item) && item.type === "PLAIN" && item.tag === undefined && item.value === value;
  });
}

/**
 * Whether a word begins with two letters, so that it is no number (`e3` is one for some), has nothing that means anything in
 * YAML, and is none of the words that YAML 1.1 takes for another value (yaml.org/type). To parse all that is written takes
 * longer than to write it.
 */
function isSurelyPlain(word: string): boolean {
  return (
    /^-{0,2}[A-Za-z]{2}[\w./]*(?:[:=-][\w./]+)*$/.test(word) &&
    !/^(?:yes|no|true|false|on|off|null)$/i.test(word)
  );
}

/** What stands for no character, breaks lines for readers of YAML 1.1, or is no half of a pair. */
const NOT_PRINTABLE =
  /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function isPrintable(text: string): boolean {
  return text.replace(/[\t\n]/g, "").search(NOT_PRINTABLE) === -1;
}

const ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\t": "\\t", "\r": "\\r" };

function codeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
