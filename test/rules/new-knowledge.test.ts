import { describe, expect, test } from "vitest";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { defaultColumns, flagsOf, modesOf, type Running } from "../../src/knowledge/lookup.ts";
import { compareReleases, isKnownRelease, spansMeet, within } from "../../src/knowledge/releases.ts";
import type { Span } from "../../src/knowledge/releases.ts";
import type { ProgramId } from "../../src/translate/translation.ts";

const knowledge = loadKnowledge();
const { images, runFlags, releases, fieldGroups, commonOperators, outputModes } = knowledge;
const PROGRAMS: readonly ProgramId[] = ["kubectl-gadget", "ig", "gadgetctl"];
const targets = releases.map(({ tag }) => tag).filter((tag) => compareReleases(tag, "v0.36.0") >= 0);

/** Pairs of rows of one name that are both there at some release. */
function clashes(rows: readonly (Span & { readonly name: string })[]): readonly string[] {
  return rows
    .filter((row, i) => rows.slice(i + 1).some((other) => other.name === row.name && spansMeet(row, other)))
    .map(({ name }) => name);
}

function isOrdered({ since, until }: Span): boolean {
  return until === null || compareReleases(since, until) <= 0;
}

test("how many images each release has", () => {
  const counts = targets.map((tag) => [tag, images.filter((image) => within(image, tag)).length]);
  expect(Object.fromEntries(counts)).toMatchObject({
    "v0.36.0": 28,
    "v0.36.1": 28,
    "v0.37.0": 27,
    "v0.38.0": 28,
    "v0.39.0": 29,
    "v0.40.0": 31,
    "v0.41.0": 34,
    "v0.41.2": 34,
    "v0.42.0": 34,
    "v0.43.0": 34,
    "v0.44.0": 35,
    "v0.45.0": 36,
    "v0.48.0": 37,
    "v0.50.0": 38,
    "v0.51.0": 41,
    "v0.53.0": 42,
    "v0.55.0": 45,
    "v0.55.1": 45,
  });
});

describe.each(images)("$name", (image) => {
  const fields = image.dataSources.flatMap((source) => source.fields);

  test("spans are known releases, in order, inside that of the image", () => {
    for (const span of [image, ...image.flags, ...fields]) {
      expect(isOrdered(span)).toBe(true);
      expect(isKnownRelease(releases, span.since)).toBe(true);
      expect(span.until === null || isKnownRelease(releases, span.until)).toBe(true);
      expect(within(image, span.since)).toBe(true);
      expect(image.until === null || (span.until !== null && within(image, span.until))).toBe(true);
    }
    expect(compareReleases(image.firstRelease, image.since)).toBeLessThanOrEqual(0);
  });

  test("no name stands for two things at one release", () => {
    expect(clashes(image.flags)).toEqual([]);
    for (const source of image.dataSources) expect(clashes(source.fields)).toEqual([]);
  });

  test("the name of a field leads through structs", () => {
    for (const source of image.dataSources) {
      const structs = new Set(source.fields.filter(({ type }) => type === "struct").map(({ name }) => name));
      const parents = source.fields.map(({ name }) => name.split(".").slice(0, -1).join(".")).filter((name) => name !== "");
      const added = new Set(["k8s", ...[...structs].map((name) => `${name}.k8s`)]);
      expect(parents.filter((name) => !structs.has(name) && !added.has(name))).toEqual([]);
    }
  });

  test("it has something to print by default, in a mode it has, at each of its releases", () => {
    const [mode = ""] = image.outputs;
    for (const release of targets.filter((tag) => within(image, tag))) {
      const modes = image.dataSources.map((source) => modesOf({ knowledge, release }, source)[0]);
      expect(modes).toContain(mode);
      for (const program of image.programs) {
        const running: Running = { knowledge, image, program, release };
        expect(image.dataSources.some((source) => defaultColumns(running, source).length > 0)).toBe(true);
      }
    }
  });

  test("its defaults are values that the flags take", () => {
    for (const { type, default: value, min = -Infinity, max = Infinity } of image.flags) {
      if (type === "bool") expect(value).toMatch(/^(true|false)$/);
      if (type === "int" || type === "uint") expect(Number(value)).toSatisfy((n: number) => n >= min && n <= max);
    }
  });

  test.each(PROGRAMS)("no two flags share a letter on %s", (program) => {
    for (const release of targets.filter((tag) => within(image, tag))) {
      const flags = flagsOf({ knowledge, image, program, release });
      const letters = new Map<string, Set<string>>();
      for (const { name, shorthand } of flags) {
        if (shorthand == null) continue;
        letters.set(shorthand, (letters.get(shorthand) ?? new Set()).add(name));
      }
      expect([...letters].filter(([, names]) => names.size > 1)).toEqual([]);
    }
  });
});

describe("flags of run", () => {
  test("operators are those of images, or common", () => {
    const known = new Set([...commonOperators, ...images.flatMap((image) => image.operators)]);
    expect(runFlags.filter(({ operator }) => !known.has(operator))).toEqual([]);
    const used = new Set(runFlags.map(({ operator }) => operator));
    expect([...known].filter((operator) => !used.has(operator))).toEqual([]);
  });

  test("spans are known releases", () => {
    for (const span of [...runFlags, ...outputModes, ...fieldGroups, ...fieldGroups.flatMap(({ fields }) => fields)]) {
      expect(isKnownRelease(releases, span.since)).toBe(true);
      expect(span.until === null || isKnownRelease(releases, span.until)).toBe(true);
    }
  });

  test.each(PROGRAMS)("one row per operator and name on %s", (program) => {
    const rows = runFlags.filter(({ programs }) => programs.includes(program));
    const named = rows.map((row) => ({ ...row, name: `${row.operator} ${row.name} ${row.dataSources ?? ""}` }));
    expect(clashes(named)).toEqual([]);
  });

  test("containers are chosen where an image knows containers", () => {
    for (const { name, containers, operators } of images) {
      expect([name, operators.includes("containers")]).toEqual([name, containers]);
    }
  });
});
