import { words } from "virtual:prefilter";
import type { PrefilterWords } from "../knowledge/prefilter-words.ts";

/**
 * What the bytes of a file may hold. `command`: something that a rule could flag; `mention`: the name of a setting that may
 * tell the release in use, but no command; `none`: nothing of interest.
 */
export type Relevance = "command" | "mention" | "none";

/**
 * Tells, from bytes alone, which files are worth decoding and parsing. It errs on the side of reading: what it does not call
 * `command` holds none that could be found, spelled with escapes (`\x69g`) or cut in two (`gad""get`) excepted.
 *
 * `gadget` anywhere is enough. A short name such as `ig` stands inside half of all files, and is a variable of every second
 * minified bundle: it must stand where a command, a path, a list or a shell variable can hold it. Measured on 17,684 shell,
 * YAML, JavaScript and TypeScript files without `gadget`, 9 passed that way.
 */
export class Prefilter {
  /**
   * Regular expressions, in Perl's grammar and, with the flag `m`, in JavaScript's: in each file that `look` does not call
   * `none` one of them matches some line, read as bytes. They match in UTF-16 too.
   */
  readonly patterns: readonly string[];
  readonly #searches: readonly Search[];
  readonly #program: RegExp;
  readonly #variable: RegExp;
  readonly #command: RegExp;

  constructor({ programs, commands }: PrefilterWords = words) {
    const names = programs.flatMap((name) => [needle(name, "word"), needle(name.toUpperCase(), "word")]);
    const needles = [needle("gadget", "proof"), needle("GADGET", "anywhere"), INSTANCE, ...names];
    this.patterns = [...new Set(needles.map(patternOf)), needles.map(widePatternOf).join("|")];
    this.#searches = searchesFor(needles);
    this.#command = new RegExp(`${START}(?:${commands.join("|")})(?![A-Za-z0-9])`);
    const spelled = programs.map((name) => name.replace(/[.+]/g, "\\$&")).join("|");
    this.#program = programPattern(spelled, this.#command.source);
    this.#variable = variablePattern(spelled.toUpperCase());
  }

  /** @param bytes text in UTF-8 or any other encoding that keeps ASCII as it is */
  look(bytes: Uint8Array): Relevance {
    const found = this.#search(bytes);
    if (found !== "name") return found === "proof" ? "command" : "none";
    const text = new TextDecoder("latin1").decode(bytes);
    if (this.#program.test(text)) return "command";
    // The value comes from elsewhere, so the command must be here; it may be far away, since lists are built apart.
    if (this.#variable.test(text) && this.#command.test(text)) return "command";
    return VERSION_SETTING.test(text) ? "mention" : "none";
  }

  #search(bytes: Uint8Array): "proof" | "name" | "none" {
    let found: "name" | "none" = "none";
    for (const search of this.#searches) {
      const one = searchOne(bytes, search);
      if (one === "proof") return "proof";
      if (one === "name") found = "name";
    }
    return found;
  }
}

/** A letter that belongs to an escape is no part of a name: "set -e\nig trace exec". */
const START = String.raw`(?:(?<![A-Za-z0-9.])|(?<=\\[a-z]))`;

/** Where the name of a program may stand. */
function programPattern(programs: string, command: string): RegExp {
  const name = `(?:${programs})`;
  const ways = [
    // ig trace, "ig", ig \, at the end of a line
    String.raw`${START}${name}(?=[\s"'\x60\\]|$)`,
    // ig-linux-amd64, ig_v0.30.0, ig.exe
    String.raw`${START}${name}(?:[-_](?:[a-z]{2}|v?\d+\.\d)|\.exe)`,
    // [ig,trace], [sudo, ig]
    String.raw`(?<=[[,\s/])${name}\s*,\s*["']?(?:-|${command})`,
    String.raw`(?<=[\s/,]|[\s:]\[)${name}\s*\]`,
    // ${IG:-ig}, ${ig}, $(ig)
    String.raw`(?<=[-=/])${name}\}`,
    String.raw`(?<=\$[({])${name}[)}]`,
  ];
  return new RegExp(ways.join("|"));
}

/** A variable that holds a program: $IG, ${IG_BIN}, %IG%, env.IG, environ["KUBECTL_GADGET"]. */
function variablePattern(programs: string): RegExp {
  return new RegExp(String.raw`(?:\$[({]?|%|env[.:]|["'])(?:\w*GADGET|(?:${programs})(?![A-Za-z0-9]))`);
}

/** A release kept under a name of its own, in a file that need not hold a command: `IG_VERSION=v0.45.0`. */
const VERSION_SETTING =
  /(?<![A-Za-z0-9])(?:IG|GADGETS?)[-_]?(?:IMAGE[-_]?)?(?:VERSION|TAG|RELEASE)(?![A-Za-z])/i;

/** ASCII text to search for. */
interface Needle {
  readonly bytes: Uint8Array;
  /** Where its rarest letter stands in it. */
  readonly anchor: number;
  /** Where it counts: `anywhere`, or only as a `word` of its own; `proof`: anywhere, and nothing more needs to be known. */
  readonly counts: "proof" | "anywhere" | "word";
  /** An upper-case letter may follow `ig` (`igPath`), not `IG`. */
  readonly isUpper: boolean;
}

/**
 * Needles that share their rarest letter, searched for in one go. To find one letter is a native loop; what stands beside it
 * then rules out nearly every place. As fast as anything tried that looks at four bytes at a time.
 */
interface Search {
  readonly letter: number;
  readonly needles: readonly Needle[];
  /** By byte: 1 where some needle has it right before, or right behind, the letter. */
  readonly before: Uint8Array;
  readonly behind: Uint8Array;
}

const FREQUENT_FIRST = "etaoinsrhdlucmfywgpbvkxqjz";

function needle(name: string, counts: Needle["counts"]): Needle {
  const rareness = Array.from(name.toLowerCase(), (letter) => FREQUENT_FIRST.indexOf(letter));
  const anchor = rareness.indexOf(Math.max(...rareness));
  return { bytes: new TextEncoder().encode(name), anchor, counts, isUpper: name !== name.toLowerCase() };
}

/** A gadget instance need not say anything else. Its dash is rarer than any letter of it; by those it costs twice as much. */
const INSTANCE: Needle = { ...needle("instance-spec", "proof"), anchor: "instance".length };

/**
 * One for both cases, since engines find the two letters that a pattern begins with in one native loop, of whatever case; so
 * what must stand before comes behind, and every name has a pattern of its own.
 */
function patternOf({ bytes, anchor, counts }: Needle): string {
  const letters = Array.from(bytes, eitherCase);
  if (counts !== "word") {
    // The dash of an instance is rarer than what stands before it.
    const rare = bytes[anchor] === DASH ? anchor : 0;
    const head = rare === 0 ? "" : `(?<=${letters.slice(0, rare + 1).join("")})`;
    return `${letters[rare] ?? ""}${head}${letters.slice(rare + 1).join("")}`;
  }
  const name = ".".repeat(letters.length);
  return String.raw`${letters.join("")}(?<=^${name}|[^A-Za-z0-9]${name}|\\.${name})(?![a-z0-9])`;
}

/** The first two letters in UTF-16, with the NUL between them that texts have nowhere else. */
function widePatternOf({ bytes }: Needle): string {
  const [first = "", second = ""] = Array.from(bytes, eitherCase);
  return String.raw`\x00(?<=${first}\x00)${second}`;
}

function eitherCase(byte: number): string {
  const letter = String.fromCharCode(byte);
  const cases = new Set([letter.toLowerCase(), letter.toUpperCase()]);
  const spelled = Array.from(cases, (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, "0")}`);
  return spelled.length === 1 ? spelled.join("") : `[${spelled.join("")}]`;
}

function searchesFor(needles: readonly Needle[]): readonly Search[] {
  const letters = new Set(needles.map(({ bytes, anchor }) => bytes[anchor] ?? 0));
  return Array.from(letters, (letter) => {
    const sharing = needles.filter(({ bytes, anchor }) => bytes[anchor] === letter);
    const table = (step: number): Uint8Array => {
      const found = sharing.flatMap(({ bytes, anchor }) => bytes[anchor + step] ?? []);
      const isAny = sharing.some(({ bytes }) => bytes.length === 1);
      return Uint8Array.from({ length: 256 }, (_, byte) => (isAny || found.includes(byte) ? 1 : 0));
    };
    return { letter, needles: sharing, before: table(-1), behind: table(1) };
  });
}

/** Every byte of every file comes by here; the rest of this module sees one file in a hundred. */
function searchOne(
  bytes: Uint8Array,
  { letter, needles, before, behind }: Search,
): "proof" | "name" | "none" {
  let found: "name" | "none" = "none";
  for (let at = bytes.indexOf(letter); at >= 0; at = bytes.indexOf(letter, at + 1)) {
    if (before[bytes[at - 1] ?? 0] === 0 && behind[bytes[at + 1] ?? 0] === 0) continue;
    for (const one of needles) {
      if (!isAt(bytes, at - one.anchor, one)) continue;
      if (one.counts === "proof") return "proof";
      found = "name";
    }
  }
  return found;
}

function isAt(bytes: Uint8Array, at: number, { bytes: searched, counts, isUpper }: Needle): boolean {
  for (let i = 0; i < searched.length; i++) {
    if (bytes[at + i] !== searched[i]) return false;
  }
  if (counts !== "word") return true;
  const after = bytes[at + searched.length];
  const isGlued = isAlphanumeric(after) && (isUpper || !isBetween(after, "A", "Z"));
  return !isGlued && (!isAlphanumeric(bytes[at - 1]) || bytes[at - 2] === BACKSLASH);
}

const BACKSLASH = 0x5c;
const DASH = 0x2d;

/** `undefined`: beyond either end. */
function isAlphanumeric(byte: number | undefined): boolean {
  return isBetween(byte, "a", "z") || isBetween(byte, "A", "Z") || isBetween(byte, "0", "9");
}

function isBetween(byte: number | undefined, first: string, last: string): boolean {
  return byte !== undefined && byte >= first.charCodeAt(0) && byte <= last.charCodeAt(0);
}
