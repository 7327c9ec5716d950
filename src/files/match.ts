import { escape, Glob, hasMagic, Ignore } from "glob";

/**
 * @param patterns globs with `/`, relative to the folder; a folder that matches stands for all that is below it
 * @param folder an absolute path; only for patterns that are absolute themselves
 * @returns whether one of the patterns matches a path relative to the folder
 */
export function globMatcher(patterns: readonly string[], folder: string): (path: string) => boolean {
  const below = patterns.map((pattern) => pattern.replace(/\/+$/, ""));
  const { scurry } = new Glob("*", { cwd: folder });
  // The package matches paths only against patterns to be ignored; those are ordinary globs that match hidden names too.
  const matching = new Ignore([...below, ...below.map((pattern) => `${pattern}/**`)], {}, scurry.cwd);
  return (path) => matching.ignored(scurry.cwd.resolve(path));
}

/** A pattern without a slash matches at any depth, as in ignore files. */
export function anywhere(pattern: string): string {
  const plain = pattern.replace(/^(?:\.?\/)+/, "");
  return plain !== pattern || plain.slice(0, -1).includes("/") ? plain : `**/${plain}`;
}

/** A path as a glob that matches it alone. */
export function escaped(path: string): string {
  return escape(path);
}

/** Cuts a glob in front of its first segment with a special character; null when there is none. */
export function splitGlob(pattern: string): { readonly folder: string; readonly rest: string } | null {
  const segments = pattern.split("/");
  const first = segments.findIndex((segment) => hasMagic(segment, { magicalBraces: true }));
  if (first < 0) return null;
  return { folder: segments.slice(0, first).join("/"), rest: segments.slice(first).join("/") };
}
