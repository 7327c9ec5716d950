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
  readonly #names: readonly Needle[];
  readonly #program: RegExp;
  readonly #variable: RegExp;
  readonly #command: RegExp;

  constructor({ programs, commands }: PrefilterWords = words) {
    this.#names = programs.flatMap((name) => [needle(name), needle(name.toUpperCase())]);
    this.#command = new RegExp(`${START}(?:${commands.join("|")})(?![A-Za-z0-9])`);
    this.#program = programPattern(programs.join("|"), this.#command.source);
    this.#variable = variablePattern(programs.join("|").toUpperCase());
  }

  /** @param bytes text in UTF-8 or any other encoding that keeps ASCII as it is */
  look(bytes: Uint8Array): Relevance {
    if (occurs(bytes, GADGET)) return "command";
    const isNamed = occurs(bytes, UPPER_GADGET) || this.#names.some((name) => occursAsWord(bytes, name));
    if (!isNamed) return "none";
    const text = new TextDecoder("latin1").decode(bytes);
    if (this.#program.test(text)) return "command";
    // The value comes from elsewhere, so the command must be here; it may be far away, since lists are built apart.
    if (this.#variable.test(text) && this.#command.test(text)) return "command";
    return VERSION_SETTING.test(text) ? "mention" : "none";
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

/** ASCII text to search for by its rarest byte: searching that alone is a native loop, far faster than comparing each place. */
interface Needle {
  readonly bytes: Uint8Array;
  readonly anchor: number;
  /** Which bytes may not follow: an upper-case letter may follow `ig` (`igPath`), not `IG`. */
  readonly isGlue: (byte: number | undefined) => boolean;
}

const FREQUENT_FIRST = "etaoinsrhdlucmfywgpbvkxqjz";

function needle(name: string): Needle {
  const rareness = Array.from(name.toLowerCase(), (letter) => FREQUENT_FIRST.indexOf(letter));
  const isLower = name === name.toLowerCase();
  return {
    bytes: new TextEncoder().encode(name),
    anchor: rareness.indexOf(Math.max(...rareness)),
    isGlue: isLower ? (byte) => isAlphanumeric(byte) && !isUpperCase(byte) : isAlphanumeric,
  };
}

const GADGET = needle("gadget");
const UPPER_GADGET = needle("GADGET");

function occurs(bytes: Uint8Array, searched: Needle): boolean {
  return next(bytes, searched, 0) >= 0;
}

/** Whether the needle stands somewhere that is not inside of another word. */
function occursAsWord(bytes: Uint8Array, searched: Needle): boolean {
  for (let at = next(bytes, searched, 0); at >= 0; at = next(bytes, searched, at + 1)) {
    if (!searched.isGlue(bytes[at + searched.bytes.length]) && isWordStart(bytes, at)) return true;
  }
  return false;
}

/** Where the needle stands at `from` or later, or -1. */
function next(bytes: Uint8Array, { bytes: searched, anchor }: Needle, from: number): number {
  const rare = searched[anchor] ?? 0;
  let at = bytes.indexOf(rare, from + anchor);
  while (at >= 0 && !isAt(bytes, at - anchor, searched)) at = bytes.indexOf(rare, at + 1);
  return at < 0 ? -1 : at - anchor;
}

function isAt(bytes: Uint8Array, at: number, searched: Uint8Array): boolean {
  for (let i = 0; i < searched.length; i++) {
    if (bytes[at + i] !== searched[i]) return false;
  }
  return true;
}

/** No letter or digit before it, or one that belongs to an escape. */
function isWordStart(bytes: Uint8Array, at: number): boolean {
  return !isAlphanumeric(bytes[at - 1]) || bytes[at - 2] === BACKSLASH;
}

const BACKSLASH = 0x5c;

/** `undefined`: beyond either end. */
function isAlphanumeric(byte: number | undefined): boolean {
  return isUpperCase(byte) || isBetween(byte, "a", "z") || isBetween(byte, "0", "9");
}

function isUpperCase(byte: number | undefined): boolean {
  return isBetween(byte, "A", "Z");
}

function isBetween(byte: number | undefined, first: string, last: string): boolean {
  return byte !== undefined && byte >= first.charCodeAt(0) && byte <= last.charCodeAt(0);
}
