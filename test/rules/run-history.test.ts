import { describe, expect, test } from "vitest";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { fieldsOf, findImage, flagsOf, imageReleases, successorAt, type Running } from "../../src/knowledge/lookup.ts";
import { within } from "../../src/knowledge/releases.ts";
import type { Image } from "../../src/knowledge/image.ts";
import type { FlagChangeRow, MappingRow } from "../../src/knowledge/mapping.ts";
import { RUN_FLAG_VALUES } from "../../src/translate/run-flag-values.ts";
import type { ProgramId } from "../../src/translate/translation.ts";

const knowledge = loadKnowledge();
const releases = imageReleases(knowledge);
const PROGRAMS: readonly ProgramId[] = ["kubectl-gadget", "ig", "gadgetctl"];

/** A flag, field or image as one release has it, and what the tables say of it elsewhere. */
interface Known {
  readonly key: string;
  readonly since: string;
  readonly type: string;
  readonly to?: readonly MappingRow[] | undefined;
}

/** What one release has that the next has not, and that no row decides there. */
function undecided(before: readonly Known[], after: readonly Known[], next: string): readonly string[] {
  const has = (one: Known): boolean =>
    after.some(({ key, since, type }) => key === one.key && since === one.since && type === one.type);
  return before.filter((one) => !has(one) && !one.to?.some((row) => within(row, next))).map(({ key }) => key);
}

function flags(running: Running): readonly Known[] {
  return flagsOf(running).map(({ name, since, type, to }) => ({ key: `--${name}`, since, type, to }));
}

function fields({ image, ...place }: Running): readonly Known[] {
  return image.dataSources.flatMap((source) =>
    fieldsOf({ ...place, image }, source).map(({ name, since, type, to }) => ({ key: `${source.name}:${name}`, since, type, to })),
  );
}

const pairs = releases.slice(1).map((next, i) => [releases[i] ?? "", next] as const);

describe.each(pairs)("%s to %s", (before, next) => {
  test("each image that is gone has a successor", () => {
    const gone = knowledge.images.filter((image) => within(image, before) && !within(image, next));
    expect(gone.filter(({ to }) => to?.some((row) => within(row, next)) !== true)).toEqual([]);
  });

  test.each(PROGRAMS)("each flag and field that is gone on %s is decided", (program) => {
    const kept = knowledge.images.filter((image) => within(image, before) && within(image, next));
    const open = kept.flatMap((image) => {
      const [old, now] = [before, next].map((release): Running => ({ knowledge, image, program, release }));
      if (old === undefined || now === undefined) return [];
      return [...undecided(flags(old), flags(now), next), ...undecided(fields(old), fields(now), next)].map((key) => `${image.name} ${key}`);
    });
    expect(open).toEqual([]);
  });
});

describe("what rows lead to", () => {
  const targets = (row: MappingRow): readonly string[] => releases.filter((release) => within(row, release));

  test.each(knowledge.images)("fields of $name are there", (image: Image) => {
    for (const source of image.dataSources) {
      for (const field of source.fields) {
        for (const row of field.to ?? []) {
          // Of the image itself, not of the one that took its place.
          for (const release of targets(row).filter((one) => within(image, one) && successorAt(field, one) === row)) {
            if (row.field === null) continue;
            const names = fieldsOf({ knowledge, image, program: "ig", release }, source).map(({ name }) => name);
            expect(names, `${field.name} at ${release}`).toContain(row.field);
          }
        }
      }
    }
  });

  test.each(knowledge.images)("flags of $name are there", (image: Image) => {
    for (const flag of image.flags) {
      for (const row of flag.to ?? []) {
        for (const release of targets(row).filter((one) => within(image, one) && successorAt(flag, one) === row)) {
          if (row.flag === null) continue;
          const names = flagsOf({ knowledge, image, program: "ig", release }).map(({ name }) => name);
          expect(names, `--${flag.name} at ${release}`).toContain(row.flag);
        }
      }
    }
  });

  test("each successor of an image is there, with all its fields and flags, or they are decided", () => {
    const open = knowledge.images.flatMap((image) =>
      (image.to ?? []).flatMap((row) => {
        const successor = findImage(knowledge, row.image ?? "");
        const then = image.until ?? "";
        if (successor === null) return [`${image.name}: no ${row.image ?? ""}`];
        return targets(row).flatMap((release) => {
          const now: Running = { knowledge, image: successor, program: "kubectl-gadget", release };
          const old: Running = { ...now, image, release: then };
          const names = new Set([...flagsOf(now), ...successor.dataSources.flatMap((source) => fieldsOf(now, source))].map(({ name }) => name));
          const all = [...flagsOf(old), ...image.dataSources.flatMap((source) => fieldsOf(old, source))];
          return all.filter(({ name, to }) => !name.includes(`.${image.dataSources[0]?.name ?? ""}`) && !names.has(name) && !to?.some((one) => within(one, release))).map(({ name }) => `${image.name} ${name} at ${release}`);
        });
      }),
    );
    expect(open).toEqual([]);
  });

  test("functions of values exist", () => {
    const rows: readonly FlagChangeRow[] = [...knowledge.images.flatMap((image) => image.flags), ...knowledge.runFlags, ...knowledge.deployFlags].flatMap(({ to }) => to ?? []);
    expect(rows.filter(({ value = "same" }) => !Object.hasOwn(RUN_FLAG_VALUES, value))).toEqual([]);
  });

  test("each flag of deploy that is gone is decided at every later release", () => {
    const gone = knowledge.deployFlags.filter(({ until }) => until !== null);
    const open = gone.filter((flag) => releases.some((release) => !within(flag, release) && !within({ since: release }, flag.since) && !flag.to?.some((row) => within(row, release))));
    expect(open.map(({ name }) => name)).toEqual([]);
  });
});
