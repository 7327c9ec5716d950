import { dirname, isAbsolute, resolve } from "node:path";
import type { Report, Skipped } from "../engine/report.ts";
import { writeFix } from "../files/write.ts";
import type { Outcome } from "../reporters/reporter.ts";
import type { Scope } from "./gather.ts";
import type { Migration } from "./migrate.ts";

/** Fixes that were made, and files that kept their fixes from being made. */
export interface Fixes {
  readonly done: readonly Migration[];
  readonly refused: readonly Skipped[];
}

/** Writes the files that changed. */
export function writeFixes(migrations: readonly Migration[], scope: Pick<Scope, "root" | "places">): Fixes {
  const { root } = scope;
  const done: Migration[] = [];
  const refused: Skipped[] = [];
  for (const migration of migrations) {
    const { path, text: before } = migration.before;
    const written = writeFix({
      absolute: resolve(root, path),
      root: homeOf(path, scope),
      before,
      after: migration.after.text,
    });
    if (written.ok) done.push(migration);
    else refused.push({ path, reason: written.reason });
  }
  return { done, refused };
}

/** The folder that a file must lie in: the root, or outside of it the folder that was given, or that of the file itself. */
function homeOf(path: string, { root, places }: Pick<Scope, "root" | "places">): string {
  if (!path.startsWith("../") && !isAbsolute(path)) return root;
  const folder = places.find((place) => path.startsWith(`${place}/`));
  return folder === undefined ? dirname(resolve(root, path)) : resolve(root, folder);
}

/** What a report comes to when some of its fixes were made. */
export function outcomeOf(report: Report, { done, refused }: Fixes): Outcome {
  const changed = new Map(done.map((migration) => [migration.before.path, migration]));
  const files = report.files.flatMap((entry) => {
    const migration = changed.get(entry.file.path);
    if (migration === undefined) return [entry];
    return migration.left.length > 0 ? [{ file: migration.after, findings: migration.left }] : [];
  });
  const skipped = [
    ...report.skipped.filter(({ path }) => !changed.has(path)),
    ...done.flatMap((migration) => migration.skipped),
    ...refused,
  ];
  const suppressed = [
    ...report.suppressed.filter(({ file }) => !changed.has(file.path)),
    ...done.flatMap((migration) => migration.suppressed),
  ].sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
  return {
    report: {
      ...report,
      files,
      suppressed,
      skipped: skipped.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
    },
    fixed: done.map(({ before, fixed }) => ({ file: before, findings: fixed })),
  };
}
