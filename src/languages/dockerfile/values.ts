import type { Range } from "../../text/edits.ts";
import type { Encoder } from "../../text/fragment.ts";
import type { Part } from "./lines.ts";

/** A value that `ARG` or `ENV` gives a name: where it stands in the file's text, without its quotes. */
export interface GivenValue extends Range {
  readonly name: string;
  readonly instruction: "ARG" | "ENV";
  readonly isQuoted: boolean;
}

const PAIR = /([A-Za-z_]\w*)=(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|((?:[^\s\\"']|\\.)+))/g;
/** `ENV NAME all of the line` */
const OLD_FORM = /^([A-Za-z_]\w*)[ \t]+([^\s=][^=]*?|[^\s=]+[ \t][^]*?)[ \t]*$/;

/** The values of one instruction; one that is written over several lines is left out. */
export function valuesIn(
  text: string,
  parts: readonly Part[],
  instruction: "ARG" | "ENV",
): readonly GivenValue[] {
  return parts.flatMap(({ start, end, continues }, i) => {
    const line = text.slice(start, continues ?? end);
    const old = instruction === "ENV" && parts.length === 1 && i === 0 ? OLD_FORM.exec(line) : null;
    const found = old === null ? [...line.matchAll(PAIR)] : [old];
    return found.map((match): GivenValue => {
      const [all, name = ""] = match;
      const value = match.slice(2).join("");
      const isQuoted = old === null && /["']$/.test(all);
      const to = start + match.index + all.trimEnd().length - (isQuoted ? 1 : 0);
      return { name, instruction, isQuoted, start: to - value.length, end: to };
    });
  });
}

/** Writes words into a value: names of other variables are filled in there, everything special else is refused. */
export function intoValue({ isQuoted }: GivenValue): Encoder {
  return (written) => {
    const plain = written.replace(/\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})/g, "x");
    return /["'\\$\n]/.test(plain) || (!isQuoted && /\s/.test(plain) && plain.includes("=")) ? null : written;
  };
}
