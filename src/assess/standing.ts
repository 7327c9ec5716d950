import type { Evidence } from "../engine/report.ts";
import { compareReleases } from "../knowledge/releases.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Release } from "../knowledge/releases.ts";

/** What a release does with a built-in gadget: runs it, runs it with a warning, or has none. */
export type Stage = "runs" | "warns" | "gone";

/** A sign of the release in use, and what that release does. */
export interface Sign extends Evidence {
  readonly stage: Stage;
}

/** A release that is named too: where first, and how often. */
export interface OtherRelease extends Sign {
  readonly count: number;
}

/** A release that matters: the first that warns, the last with built-in gadgets, the first without. */
export interface Milestone extends Release {
  readonly what: "warns" | "last" | "removed";
}

/** How much time is left: what the release in use does with built-in gadgets, and the dates that matter. */
export interface Standing {
  /** The sign that decides; null when nothing tells the release in use. */
  readonly inUse: Sign | null;
  /** The other releases that are named, the weightiest first. */
  readonly others: readonly OtherRelease[];
  readonly milestones: readonly Milestone[];
}

/** @param evidence the weightiest first, as a target has it */
export function standingOf(evidence: readonly Evidence[], knowledge: Knowledge): Standing {
  const { releases, milestones } = knowledge;
  const [inUse = null, ...others] = byRelease(evidence, knowledge);
  const dateOf = (tag: string): string => releases.find((release) => release.tag === tag)?.date ?? "";
  const last = releases.findLast(({ tag }) => compareReleases(tag, milestones.removed) < 0);
  return {
    inUse: inUse === null ? null : signOf(inUse),
    others,
    milestones: [
      { tag: milestones.deprecated, date: dateOf(milestones.deprecated), what: "warns" },
      ...(last === undefined ? [] : [{ ...last, what: "last" as const }]),
      { tag: milestones.removed, date: dateOf(milestones.removed), what: "removed" },
    ],
  };
}

function byRelease(evidence: readonly Evidence[], knowledge: Knowledge): readonly OtherRelease[] {
  const releases = new Map<string, OtherRelease>();
  for (const one of evidence) {
    const version = `v${one.version.replace(/^v/, "")}`;
    const known = releases.get(version) ?? { ...one, version, stage: stageOf(version, knowledge), count: 0 };
    releases.set(version, { ...known, count: known.count + 1 });
  }
  return [...releases.values()];
}

function signOf({ kind, version, path, line, what, stage }: Sign): Sign {
  return { kind, version, path, line, what, stage };
}

function stageOf(release: string, { milestones }: Knowledge): Stage {
  if (compareReleases(release, milestones.removed) >= 0) return "gone";
  return compareReleases(release, milestones.deprecated) >= 0 ? "warns" : "runs";
}
