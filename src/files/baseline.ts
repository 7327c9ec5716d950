import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { systemReason } from "./reasons.ts";

/** A finding that is known: its fingerprint, and what a reader wants to see of it. */
export interface KnownFinding {
  readonly path: string;
  readonly rule: string;
  readonly command: string;
  readonly fingerprint: string;
}

/** The entries of a baseline file, or one sentence (without its end) on what is wrong with it. */
export type ReadBaseline =
  | { readonly ok: true; readonly entries: readonly KnownFinding[] }
  | { readonly ok: false; readonly what: string };

/** @param path absolute */
export function readBaseline(path: string): ReadBaseline {
  if (!existsSync(path)) return { ok: false, what: "there is no such baseline; --update-baseline writes it" };
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
    const entries = entriesOf(content);
    if (entries !== null) return { ok: true, entries };
    return { ok: false, what: "it is no baseline of gadget-migrate, version 1" };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, what: "it is no JSON, so no baseline" };
    return { ok: false, what: `it cannot be read: ${systemReason(error)}` };
  }
}

function entriesOf(content: unknown): readonly KnownFinding[] | null {
  if (typeof content !== "object" || content === null) return null;
  if (!("version" in content) || content.version !== 1 || !("findings" in content)) return null;
  const { findings } = content;
  return Array.isArray(findings) && findings.every(isEntry) ? findings : null;
}

function isEntry(entry: unknown): entry is KnownFinding {
  if (typeof entry !== "object" || entry === null) return false;
  const row: Readonly<Record<string, unknown>> = { ...entry };
  return ["path", "rule", "command", "fingerprint"].every((key) => typeof row[key] === "string");
}

/**
 * The text of a baseline: sorted, one line for each finding, no line numbers.
 * @param before entries that are kept where this run did not look: their file was not scanned and is still there
 */
export function baselineText(
  found: readonly KnownFinding[],
  before: readonly KnownFinding[],
  { root, files }: { readonly root: string; readonly files: readonly string[] },
): string {
  const scanned = new Set(files);
  const kept = before.filter(({ path }) => !scanned.has(path) && existsSync(resolve(root, path)));
  const key = ({ path, rule, command, fingerprint }: KnownFinding): string =>
    [path, rule, command, fingerprint].join("\0");
  const rows = [...found, ...kept].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const lines = rows.map(({ path, rule, command, fingerprint }) =>
    JSON.stringify({ path, rule, command, fingerprint }),
  );
  return `{\n  "version": 1,\n  "findings": [${lines.map((line) => `\n    ${line}`).join(",")}${lines.length > 0 ? "\n  " : ""}]\n}\n`;
}
