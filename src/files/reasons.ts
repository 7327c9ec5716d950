/** Words for what the operating system refused, to stand behind a colon in a sentence. */
export function systemReason(error: unknown): string {
  const code = systemCode(error);
  return REASONS[code ?? ""] ?? code ?? String(error);
}

/** The code of an error of `node:fs` (`ENOENT`), or null when it is something else. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOENT: "it is no longer there",
  ENOSPC: "no space is left",
  EDQUOT: "no space is left for this user",
  EFBIG: "it would be too large",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long",
  EISDIR: "it is a folder",
  EIO: "the disk reports an error",
};
