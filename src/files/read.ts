import { isUtf8 } from "node:buffer";
import { mayTellRelease } from "../engine/evidence.ts";
import type { Prefilter, Relevance } from "../engine/prefilter.ts";
import type { Skipped, SourceFile } from "../engine/report.ts";
import { detectLanguage, languageOfName } from "../languages/detect.ts";
import { MAX_BYTES, openFile, type OpenFile } from "./open.ts";
import { isOwnOutput } from "./own-output.ts";
import { systemReason } from "./reasons.ts";

/** What reading some files came to, in their order. */
export interface Contents {
  /** Files that may hold commands, and those that may but are not to be read. */
  readonly candidates: readonly (SourceFile | Skipped)[];
  /** Files that name a program or image, and so may tell the release in use. */
  readonly telling: readonly SourceFile[];
}

/**
 * Reads files and keeps those that matter, with their text; a BOM is kept. What is no
 * text (has NUL bytes), or has vanished, is passed over without a word.
 * @param paths with `/`, relative to the root
 * @param root absolute
 * @param named those that somebody asked for by name: that they are in no known language is said of them
 */
export function readFiles(
  paths: readonly string[],
  root: string,
  prefilter: Prefilter,
  named: ReadonlySet<string> = NOTHING,
): Contents {
  return kept(paths, named, (path) => readOne(path, root, prefilter));
}

/**
 * As `readFiles`, of contents that need not be those of the files.
 * @param contents by path
 */
export function readContents(contents: ReadonlyMap<string, Buffer>, prefilter: Prefilter): Contents {
  return kept([...contents.keys()], NOTHING, (path) => {
    const bytes = contents.get(path) ?? Buffer.alloc(0);
    if (bytes.length <= MAX_BYTES) return inspect(bytes, path, prefilter);
    const isWanted = isCode(path, bytes) && prefilter.look(bytes) === "command" && !bytes.includes(0);
    return isWanted ? { path, reason: TOO_LARGE } : null;
  });
}

function kept(
  paths: readonly string[],
  named: ReadonlySet<string>,
  read: (path: string) => Content | Skipped | null,
): Contents {
  const candidates: (SourceFile | Skipped)[] = [];
  const telling: SourceFile[] = [];
  for (const path of paths) {
    const isNamed = named.has(path);
    if (languageOfName(path) === null && !mayTellRelease(path) && !isNamed) continue;
    const content = read(path);
    if (content === null) continue;
    if (!("text" in content)) candidates.push(content);
    else {
      const { text, relevance } = content;
      if (isOwnOutput(text)) {
        if (isNamed) candidates.push({ path, reason: OWN_OUTPUT });
        continue;
      }
      const file = { path, text };
      telling.push(file);
      if (relevance !== "command") continue;
      if (detectLanguage(path, text) !== null) candidates.push(file);
      else if (isNamed) candidates.push({ path, reason: NO_LANGUAGE });
    }
  }
  return { candidates, telling };
}

const NOTHING: ReadonlySet<string> = new Set();

const TOO_LARGE = "The file is larger than 2 MB.";

const OWN_OUTPUT = "It is a report or a baseline that gadget-migrate wrote: what it names is in other files.";

const NO_LANGUAGE =
  "It mentions gadgets, but by its name and first line it is in no language that is read; check it by hand.";

interface Content {
  readonly text: string;
  readonly relevance: Relevance;
}

function readOne(path: string, root: string, prefilter: Prefilter): Content | Skipped | null {
  try {
    return openFile(`${root}/${path}`, (file) =>
      file.bytes.length > MAX_BYTES
        ? refuseLarge(file, path, prefilter)
        : inspect(file.bytes, path, prefilter),
    );
  } catch (error) {
    return { path, reason: `The file cannot be read: ${systemReason(error)}.` };
  }
}

function inspect(bytes: Buffer, path: string, prefilter: Prefilter): Content | Skipped | null {
  const wide = decodeUtf16(bytes);
  const relevance = prefilter.look(wide === null ? bytes : new TextEncoder().encode(wide));
  if (relevance === "none") return null;
  const refuse = (reason: string): Skipped | null => {
    return relevance === "command" && isCode(path, bytes) ? { path, reason } : null;
  };
  if (wide !== null) return refuse("The file is in UTF-16; convert it to UTF-8 to have it read.");
  if (bytes.includes(0)) return null;
  return isUtf8(bytes)
    ? { text: bytes.toString(), relevance }
    : refuse("The file is not valid UTF-8; convert it to have it read.");
}

/** Whether it is in a language that is read; its first line is enough to tell. */
function isCode(path: string, bytes: Buffer): boolean {
  return detectLanguage(path, bytes.toString("latin1", 0, 200)) !== null;
}

/** The text of UTF-16, told by a BOM or by where its NUL bytes stand; else null. */
function decodeUtf16(bytes: Buffer): string | null {
  const [first, second] = [bytes[0], bytes[1]];
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const head = bytes.subarray(0, 128);
  if (!head.includes(0)) return null;
  const odd = head.filter((byte, at) => byte === 0 && at % 2 === 1).length;
  const even = head.filter((byte, at) => byte === 0 && at % 2 === 0).length;
  const text = new TextDecoder(odd > even ? "utf-16le" : "utf-16be").decode(bytes);
  return text.includes("\0") ? null : text;
}

/** What is said about a file that is too large; it is searched to its end. */
function refuseLarge(file: OpenFile, path: string, prefilter: Prefilter): Skipped | null {
  if (!isCode(path, file.bytes)) return null;
  for (const bytes of file.stretches()) {
    if (bytes.includes(0)) return null;
    if (prefilter.look(bytes) === "command") return { path, reason: TOO_LARGE };
  }
  return null;
}
