import type { Range } from "../../text/edits.ts";

/** What a variable of a program holds: output of a command as text, or what a parser of JSON made of it. */
export type Held = "text" | "json" | "words";

/** Variables of a program that hold what a command prints, as far as plain assignments, loops and callbacks tell. */
export type Names = ReadonlyMap<string, Held>;

/** Rounds of following one name to the next. */
const MAX_ROUNDS = 6;

/** `const x =`, `x =`, `x := `, `for x in`, `for (const x of`, `for _, x := range` */
const BINDING =
  /(?:\b(?:const|let|var)\s+)?(?<name>[A-Za-z_$][\w$]*)(?:\s*,\s*(?<second>[A-Za-z_]\w*))?(?:\s*:\s*[\w<>[\]. |]+)?\s*(?<via>:=\s*range\b|:=|=(?![=>])|\bin\b|\bof\b)\s*(?<value>[^\n;]+)/g;

/** `.on("data", (line) => `, `.split("\n").map((line) => ` */
const CALLBACK =
  /\.(?:on\([^,\n]+,|map\(|forEach\(|filter\(|flatMap\()\s*(?:async\s+)?(?:function\s*)?\(?\s*(?<name>[A-Za-z_$][\w$]*)[\w\s,:<>[\]]*\)?\s*(?:=>|\{)/g;

/** Where the value of a command is given to a variable, and all that is made of it. @param command place of its words */
export function namesOf(text: string, command: Range): Names {
  const names = new Map<string, Held>();
  const statement = text.slice(Math.max(0, command.start - 400), command.start);
  const first =
    /(?:^|[\n;{(]\s*)(?:(?:const|let|var)\s+)?\{?\s*(?<name>[A-Za-z_$][\w$]*)(?:\s*,\s*\w+|\s*\})*(?:\s*:\s*[\w<>[\]. |]+)?\s*:?=\s*[^;=\n]*(?:\n\s+[^;=\n]*){0,4}$/.exec(
      statement,
    )?.groups?.["name"];
  if (first === undefined) return names;
  names.set(first, "text");
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = names.size;
    follow(text, names);
    if (names.size === before) break;
  }
  return names;
}

function follow(text: string, names: Map<string, Held>): void {
  for (const { groups = {}, index } of text.matchAll(BINDING)) {
    const { name = "", second, via = "", value = "" } = groups;
    const target = via.includes("range") && second !== undefined ? second : name;
    const held = heldBy(value, names);
    if (held !== null && index >= 0 && !names.has(target)) names.set(target, held);
  }
  for (const { groups = {}, index } of text.matchAll(CALLBACK)) {
    const { name = "" } = groups;
    const line = text.slice(text.lastIndexOf("\n", index) + 1, index);
    const source = [...names].find(([known]) => mentions(line, known));
    if (source === undefined || source[0] === name || names.has(name)) continue;
    names.set(name, source[1] === "words" ? "text" : source[1]);
  }
}

function mentions(code: string, name: string): boolean {
  return new RegExp(`(?<![\\w$.])${name.replace("$", "\\$")}(?![\\w$])`).test(code);
}

/** What an expression gives; null where none of the names stands in it, or a part of a value is taken. */
export function heldBy(value: string, names: Names): Held | null {
  for (const [name, held] of names) {
    if (!mentions(value, name)) continue;
    if (held === "text") {
      if (PARSES_JSON.test(value)) return READS_KEY.test(value) ? null : "json";
      return SPLITS.test(value) ? (/\[\s*-?\d+\s*\]\s*$/.test(value) ? null : "words") : "text";
    }
    if (held === "json") return new RegExp(`${name}\\s*(?:\\)|:|\\{|$)`).test(value) ? "json" : null;
    return null;
  }
  return null;
}

export const PARSES_JSON = /\bjson\.loads?\(|\bJSON\.parse\(/;
const READS_KEY = /\)\s*(?:\?\.|\.(?!\s*(?:map|forEach|filter|flatMap)\b)|\[)\s*["'\w]/;
/** At any run of blanks. */
export const SPLITS =
  /\.split\(\s*(?:None)?\s*\)|\.split\(\s*\/(?:\\s|\[ \\t\]| )\+\/\s*\)|\bstrings\.Fields\(/;
