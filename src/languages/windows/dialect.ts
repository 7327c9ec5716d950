import type { Value } from "../../commands/command.ts";

/** What tells PowerShell and cmd apart, as far as command lines go. */
export interface Dialect {
  /** At an offset: a comment, a prompt, or a line end that does not end the line; all of it is passed over. */
  readonly skipped: RegExp;
  /** Takes the next unit as it is. */
  readonly escape: string;
  readonly quotes: string;
  /** A value that is known only at run time; in quotes too, single ones excepted. */
  readonly variable: RegExp;
  /** What may stand in a word without quotes. */
  readonly plain: RegExp;
  /** What cannot be written even between quotes. */
  readonly unwritable: RegExp;
  readonly quote: (text: string) => string;
  /** A word of several parts, each plain text or the code of a variable. */
  readonly compose: (parts: Value) => string;
  /** The code of a variable without the dashes of its value. */
  readonly dashless: (code: string) => string | null;
}

export const POWERSHELL: Dialect = {
  skipped:
    /<#[^]*?#>|(?<=^|[\s;{}()])#[^\n]*|`\r?\n|(?<=^|\n)[ \t]*PS(?: [^>\n]*)?>+[ \t]+|@(["'])\r?\n[^]*?\n\1@/y,
  escape: "`",
  quotes: `"'`,
  variable: /\$(?:\((?:[^()\n]|\([^()\n]*\))*\)|\{[^}\n]*\}|[A-Za-z_?]\w*(?::\w+)?(?:\.\w+|\[[^\]\n]*\])*)/y,
  plain: /^[\w%+=:./\\-]+$/,
  // What becomes of a double quote on the way to a program differs between releases.
  unwritable: /["\n]|\\$/,
  quote: (text) => `'${text.replaceAll("'", "''")}'`,
  compose: (parts) =>
    `"${parts.map((part) => (typeof part === "string" ? part : apart(part.code))).join("")}"`,
  dashless: (code) => {
    const name = /^\$\{?(\w+(?::\w+)?)\}?$/.exec(code)?.[1];
    return name === undefined ? null : `$($${name}.Replace('-', ''))`;
  },
};

/** A variable that letters may follow. */
function apart(code: string): string {
  if (/^\$\w+(?::\w+)?$/.test(code)) return `\${${code.slice(1)}}`;
  return /^\$\w/.test(code) ? `$(${code})` : code;
}

export const CMD: Dialect = {
  skipped:
    /(?<=^|\n)[ \t]*(?:@?rem(?=[ \t\r\n])|:)[^\n]*|(?<=^|\n)[ \t]*@|\^\r?\n|(?<=^|\n)[ \t]*[A-Za-z]:\\[^>\n]*>[ \t]*|(?<=\bin[ \t]*\([ \t]*)['`]|['`](?=[ \t]*\)[ \t]*do\b)/iy,
  escape: "^",
  quotes: '"',
  variable: /%(?:%~?\w|~?\w*\d|\*|[A-Za-z_]\w*(?::[^%\n]*)?%)|![A-Za-z_]\w*!/y,
  plain: /^[\w+=:./\\@,-]+$/,
  unwritable: /["%!\n]|\\$/,
  quote: (text) => `"${text}"`,
  compose: (parts) => parts.map((part) => (typeof part === "string" ? part : part.code)).join(""),
  dashless: (code) => (/^%\w+%$/.test(code) ? `%${code.slice(1, -1)}:-=%` : null),
};
