import type { Finding, Fix } from "../rules/finding.ts";
import { normalizeEdits, overlaps } from "../text/edits.ts";

/**
 * Fixes that touch the same place (the word `trace` of two commands that share a list) are right only together, but ESLint
 * makes one fix at a time: each becomes all of them, and is safe if they all are.
 */
export function joinSharedEdits(findings: readonly Finding[]): readonly Finding[] {
  const fixes = findings.flatMap(({ fix }) => fix ?? []);
  return findings.map((finding) => {
    if (finding.fix === null) return finding;
    const group = groupOf(finding.fix, fixes);
    if (group.size === 1) return finding;
    const grade = Array.from(group).every((fix) => fix.grade === "safe") ? "safe" : "unsafe";
    return {
      ...finding,
      fix: { grade, edits: normalizeEdits(Array.from(group).flatMap(({ edits }) => edits)) },
    };
  });
}

/** A fix, those that overlap it, those that overlap these, and so on. */
function groupOf(start: Fix, all: readonly Fix[]): ReadonlySet<Fix> {
  const group = new Set([start]);
  for (const one of group) {
    for (const other of all) if (isShared(one, other)) group.add(other);
  }
  return group;
}

function isShared(one: Fix, other: Fix): boolean {
  return one.edits.some((edit) => other.edits.some((its) => overlaps(edit, its)));
}
