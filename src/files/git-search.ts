import { on } from "node:events";
import { type End, endOf, start } from "./git.ts";

/**
 * Begins to search the work tree's version of tracked files, on all processors.
 * @param patterns in Perl's grammar; matched against the bytes of one line at a time
 * @returns the paths of files with a match, in shares as they are found, the `unseen` ones left out; throws where git cannot
 *   search all of the others: it is too old, knows no such patterns, or some file cannot be read
 */
export function searchTracked(
  folder: string,
  patterns: readonly string[],
): AsyncGenerator<readonly string[]> {
  const settings = ["-c", "grep.fullName=false", "-c", "submodule.recurse=false"];
  const flags = ["-l", "-z", "--text", "--no-textconv", "--no-color", "--perl-regexp"];
  const child = start(folder, [
    ...settings,
    "grep",
    ...flags,
    ...patterns.flatMap((pattern) => ["-e", pattern]),
  ]);
  // All of it is heard from the first moment: what comes before somebody listens is lost once the program has ended.
  const texts = on(child.stdout.setEncoding("utf8"), "data", { close: ["end"] });
  const end = endOf(child);
  return namesFrom(texts as AsyncIterable<[string]>, end);
}

async function* namesFrom(
  texts: AsyncIterable<[string]>,
  end: Promise<End>,
): AsyncGenerator<readonly string[]> {
  let rest = "";
  for await (const [text] of texts) {
    const names = (rest + text).split("\0");
    rest = names.pop() ?? "";
    if (names.length > 0) yield names;
  }
  const { code, stderr } = await end;
  if (stderr !== "" || code === null || code > NOTHING_FOUND) throw new Error(`git cannot search: ${stderr}`);
}

/** The exit code of `git grep` when no file has a match. */
const NOTHING_FOUND = 1;
