import { closeSync, constants, openSync, readSync } from "node:fs";
import { mayTellRelease } from "../engine/evidence.ts";
import type { Prefilter, Relevance } from "../engine/prefilter.ts";
import type { Skipped, SourceFile } from "../engine/report.ts";
import { detectLanguage, languageOfName } from "../languages/detect.ts";
import type { FoundFile } from "./discover.ts";
import { systemCode, systemReason } from "./reasons.ts";

/** A file that may hold commands, in a language that can be read. */
export interface Candidate extends SourceFile {
  readonly absolute: string;
}

/** What reading many files came to, in their order. */
export interface Contents {
  /** Files that may hold commands, and those that may but are not to be read. */
  readonly candidates: readonly (Candidate | Skipped)[];
  /** Files that name a program or image, and so may tell the release in use. */
  readonly telling: readonly SourceFile[];
}

/**
 * Reads files and keeps those that matter, with their text; a BOM is kept. All are read before the first is analysed: any
 * may tell the release that the others are to work on, and reading them twice would double the time of a run. What is no
 * text (has NUL bytes), or has vanished, is passed over without a word.
 */
export function readFiles(files: readonly FoundFile[], prefilter: Prefilter): Contents {
  const candidates: (Candidate | Skipped)[] = [];
  const telling: SourceFile[] = [];
  for (const file of files) {
    const { path } = file;
    if (languageOfName(path) === null && !mayTellRelease(path)) continue;
    const content = readOne(file, prefilter);
    if (content === null) continue;
    if (!("text" in content)) candidates.push(content);
    else {
      const { text, relevance } = content;
      telling.push({ path, text });
      if (relevance === "command" && detectLanguage(path, text) !== null)
        candidates.push({ path, absolute: file.absolute, text });
    }
  }
  return { candidates, telling };
}

interface Content {
  readonly text: string;
  readonly relevance: Relevance;
}

/** Larger files are not written by hand, and take seconds to parse. */
const MAX_BYTES = 2 * 1024 * 1024;

/** One buffer for all files; a file that fills it is too large. */
const buffer = Buffer.allocUnsafeSlow(MAX_BYTES + 1);

/** A link or a pipe in the place of a file is not opened. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Deleted since it was listed, or no longer a file. */
const GONE: ReadonlySet<string | null> = new Set(["ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "ENXIO"]);

function readOne({ absolute, path }: FoundFile, prefilter: Prefilter): Content | Skipped | null {
  try {
    const fd = openSync(absolute, OPEN_FLAGS);
    try {
      const bytes = buffer.subarray(0, readSync(fd, buffer));
      return bytes.length > MAX_BYTES ? refuseLarge(fd, path, prefilter) : inspect(bytes, path, prefilter);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (GONE.has(systemCode(error))) return null;
    return { path, reason: `The file cannot be read: ${systemReason(error)}.` };
  }
}

function inspect(bytes: Buffer, path: string, prefilter: Prefilter): Content | Skipped | null {
  const wide = decodeUtf16(bytes);
  const relevance = prefilter.look(wide === null ? bytes : new TextEncoder().encode(wide));
  if (relevance === "none") return null;
  const refuse = (reason: string): Skipped | null =>
    mayBeRead(relevance, path, bytes) ? { path, reason } : null;
  if (wide !== null) return refuse("The file is in UTF-16; convert it to UTF-8 to have it read.");
  if (bytes.includes(0)) return null;
  try {
    return { text: UTF8.decode(bytes), relevance };
  } catch {
    return refuse("The file is not valid UTF-8; convert it to have it read.");
  }
}

/** `bytes`: at least the beginning of the file. */
function mayBeRead(relevance: Relevance, path: string, bytes: Buffer): boolean {
  return relevance === "command" && detectLanguage(path, bytes.toString("latin1", 0, 200)) !== null;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text, when a BOM says that this is UTF-16; else null. */
function decodeUtf16(bytes: Buffer): string | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return null;
}

/** What is said about a file whose first bytes fill the buffer; it is searched to its end, a buffer at a time. */
function refuseLarge(fd: number, path: string, prefilter: Prefilter): Skipped | null {
  if (detectLanguage(path, buffer.toString("latin1", 0, 200)) === null) return null;
  for (let bytes: Buffer = buffer; bytes.length > OVERLAP; bytes = readNext(fd, bytes)) {
    if (bytes.includes(0)) return null;
    if (prefilter.look(bytes) === "command") return { path, reason: "The file is larger than 2 MB." };
  }
  return null;
}

/** Stretches of a long file share some bytes, so that nothing is cut in two. */
const OVERLAP = 1024;

function readNext(fd: number, bytes: Buffer): Buffer {
  bytes.copy(buffer, 0, bytes.length - OVERLAP);
  return buffer.subarray(0, OVERLAP + readSync(fd, buffer, OVERLAP, buffer.length - OVERLAP, null));
}
