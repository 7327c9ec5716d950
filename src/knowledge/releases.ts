export interface Release {
  readonly tag: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
}

/** Release tags, both included; `until` null: still there in the newest known release. YAML may leave that out. */
export interface Span {
  readonly since: string;
  readonly until: string | null;
}

/**
 * The order of two tags (`v0.9.0` before `v0.10.0`; `v` may be missing; a pre-release comes before its release), negative
 * when `a` is older. What is no version is older than any version.
 */
export function compareReleases(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  for (let i = 0; i < 3; i++) {
    const difference = (left.numbers[i] ?? -1) - (right.numbers[i] ?? -1);
    if (difference !== 0) return difference;
  }
  if (left.suffix === right.suffix) return 0;
  if (left.suffix === "") return 1;
  if (right.suffix === "") return -1;
  return left.suffix < right.suffix ? -1 : 1;
}

/** Whether a release lies between `since` and `until`, both included; a missing bound is open. */
export function within(
  span: { readonly since?: string; readonly until?: string | null },
  release: string,
): boolean {
  if (span.since !== undefined && compareReleases(release, span.since) < 0) return false;
  return span.until == null || compareReleases(release, span.until) <= 0;
}

/** Whether two spans share a release. */
export function spansMeet(a: Span, b: Span): boolean {
  return within(a, b.since) || within(b, a.since);
}

export function isKnownRelease(releases: readonly Release[], tag: string): boolean {
  return releases.some((release) => release.tag === tag);
}

/**
 * The newest known release; of the same minor version as `tag` when that is given (`v0.41.0` gives `v0.41.2`), or null when
 * none is known.
 */
export function newestRelease(releases: readonly Release[], tag?: string): string | null {
  const minor = tag === undefined ? undefined : minorOf(tag);
  const tags = releases
    .map((release) => release.tag)
    .filter((known) => minor === undefined || minorOf(known) === minor);
  return tags.sort(compareReleases).at(-1) ?? null;
}

function minorOf(tag: string): string {
  return parse(tag).numbers.slice(0, 2).join(".");
}

const VERSION = /^v?(\d+)\.(\d+)\.(\d+)(?:-([\w.-]+))?(?:\+[\w.-]+)?$/;

interface Version {
  readonly numbers: readonly number[];
  readonly suffix: string;
}

/** The tables compare the same few tags over and over. */
const parsed = new Map<string, Version>();

function parse(tag: string): Version {
  const known = parsed.get(tag);
  if (known !== undefined) return known;
  const match = VERSION.exec(tag);
  const version =
    match === null
      ? { numbers: [], suffix: tag }
      : { numbers: match.slice(1, 4).map(Number), suffix: match[4] ?? "" };
  parsed.set(tag, version);
  return version;
}
