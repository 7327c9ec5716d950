import { readFileSync } from "node:fs";
import { join } from "node:path";
import { systemReason } from "./reasons.ts";
import { presentAt, writeNew } from "./write-new.ts";

/** Digests by full reference, kept in the repository so that later runs need no registry and write the same. */
const LOCK_NAME = "gadget-images.lock.yaml";

const HEAD =
  "# Digests of gadget images, kept by gadget-migrate --pin digest. Delete a line to have it asked for again.\n";

/** What is wrong with the lock file; the message is one sentence for users. */
export class LockFault extends Error {}

/**
 * The digests that the lock file of a project holds; none when it has no such file.
 * @param root the project's root, absolute
 * @throws LockFault when the file cannot be read or says something else
 */
export async function readLock(root: string): Promise<ReadonlyMap<string, string>> {
  const text = readOrNull(join(root, LOCK_NAME));
  if (text === null) return new Map();
  const { parse } = await import("yaml");
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
    throw new LockFault(`${LOCK_NAME} is not valid YAML: ${why.replace(/[.:]$/, "")}.`);
  }
  const { version, images } = (content ?? {}) as { readonly version?: unknown; readonly images?: unknown };
  if (version !== 1) throw new LockFault(`${LOCK_NAME} must say \`version: 1\`.`);
  const entries = Object.entries(images ?? {});
  for (const [image, digest] of entries) {
    if (typeof digest !== "string" || !/^sha256:[0-9a-f]{64}$/.test(digest))
      throw new LockFault(
        `${LOCK_NAME} has no digest for ${image}: it must be sha256: and 64 hexadecimal digits.`,
      );
  }
  return new Map(entries as [string, string][]);
}

/**
 * Writes the lock file, its entries sorted, whole or not at all.
 * @returns why it could not be written, in one sentence; null when it is as it should be
 */
export function writeLock(root: string, digests: ReadonlyMap<string, string>): string | null {
  const entries = [...digests].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = `${HEAD}version: 1\nimages:\n${entries.map(([image, digest]) => `  ${image}: ${digest}\n`).join("")}`;
  const file = { folder: root, name: LOCK_NAME, text };
  return presentAt(file) === "same" ? null : writeNew(file, true);
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new LockFault(`${LOCK_NAME} cannot be read: ${systemReason(error)}.`);
  }
}
