import { imageReleases } from "../knowledge/lookup.ts";
import { compareReleases, newestRelease } from "../knowledge/releases.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { languageOfName } from "../languages/detect.ts";
import type { Evidence, Target } from "./report.ts";

/** An explicit target, checked. Where it is unknown, `known` has the tags that may be given, oldest first. */
export type ParsedTarget =
  { readonly ok: true; readonly tag: string } | { readonly ok: false; readonly known: readonly string[] };

/** @param text as typed behind `--target` or in a configuration; the `v` may be missing */
export function parseTarget(text: string, knowledge: Knowledge): ParsedTarget {
  const known = knownTargets(knowledge);
  const tag = known.find((release) => release === text || release === `v${text}`);
  return tag === undefined ? { ok: false, known } : { ok: true, tag };
}

/** The releases that commands can be written for: those whose images are known. Oldest first. */
export function knownTargets(knowledge: Knowledge): readonly string[] {
  return [...imageReleases(knowledge)].sort(compareReleases);
}

/** The target of a run that names one, or whose configuration does. */
export function givenTarget(tag: string, source: "option" | "configuration" = "option"): Target {
  return { version: tag, source, evidence: [] };
}

/**
 * The target that the evidence speaks for: the agent's version before those of the command line tools, these before tags of
 * gadget images; within one kind the highest. What programs are built with decides nothing. Without evidence, or where it names a release that is not known, the newest known.
 * @returns the target with all evidence, the one that decides first
 */
export function chooseTarget(evidence: readonly Evidence[], knowledge: Knowledge): Target {
  const known = knownTargets(knowledge);
  const sorted = [...evidence].sort(byWeight);
  const [first] = sorted.filter(({ kind }) => kind !== "library");
  const found = first === undefined ? undefined : tagOf(first.version);
  if (found !== undefined && known.includes(found))
    return { version: found, source: "evidence", evidence: sorted };
  const newest = known.at(-1) ?? newestRelease(knowledge.releases);
  if (newest === null) throw new Error("the knowledge has no releases");
  return { version: newest, source: "default", evidence: first === undefined ? [] : sorted };
}

const WEIGHT: Readonly<Record<Evidence["kind"], number>> = { agent: 0, cli: 1, image: 2, library: 3 };

function byWeight(a: Evidence, b: Evidence): number {
  const byPlace = a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line;
  const byUse = Number(isDocument(a)) - Number(isDocument(b));
  return WEIGHT[a.kind] - WEIGHT[b.kind] || compareReleases(b.version, a.version) || byUse || byPlace;
}

/** What is deployed is named before what only tells people of it. */
function isDocument({ path }: Evidence): boolean {
  const language = languageOfName(path);
  return language !== null && DOCUMENTS.has(language);
}

const DOCUMENTS: ReadonlySet<string> = new Set(["markdown", "rst", "asciidoc", "html", "text"]);

/** `0.45.0` (as charts have it) and `v0.45.0` are the same release. */
function tagOf(version: string): string {
  return `v${version.replace(/^v/, "")}`;
}
