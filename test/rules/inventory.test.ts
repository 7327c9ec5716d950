import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { within } from "../../src/knowledge/releases.ts";

/*
 * The names that stand in `inventory/` were taken from upstream's releases, not from `rules/`: a row that goes missing there
 * shows here.
 */

interface Had {
  readonly flags: readonly string[];
  readonly columns: readonly string[];
  readonly json: readonly string[];
}

type Has = Readonly<Record<string, { readonly flags: readonly string[]; readonly fields: readonly string[] }>>;

const builtin = read("builtin.yaml") as Readonly<Record<string, Had>>;
const imagesHave = read("images.yaml") as Readonly<Record<string, Has>>;
const { gadgets, images, flagGroups, commonColumns, commonJsonFields, fieldGroups } = loadKnowledge();

function read(name: string): unknown {
  return parse(readFileSync(new URL(`inventory/${name}`, import.meta.url), "utf8"));
}

test("the inventory is whole", () => {
  const all = Object.values(builtin);
  expect(Object.keys(builtin)).toHaveLength(45);
  expect(all.flatMap(({ flags }) => flags)).toHaveLength(51);
  expect(all.flatMap(({ columns }) => columns)).toHaveLength(451);
  expect(all.flatMap(({ json }) => json)).toHaveLength(502);
  expect(Object.values(imagesHave).flatMap((image) => Object.values(image))).toHaveLength(79);
});

describe("every flag, column and JSON path of a built-in command is decided", () => {
  test.each(Object.entries(builtin))("%s", (command, had) => {
    const own = gadgets.filter((gadget) => gadget.command === command);
    expect(own).not.toEqual([]);
    const groups = flagGroups.filter(({ id }) => own.some((gadget) => gadget.groups.includes(id)));
    const flags = [...own, ...groups].flatMap((holder) => holder.flags).filter(({ to }) => to.length > 0);
    const columns = [...own.flatMap((gadget) => gadget.columns), ...commonColumns].filter(({ to }) => to.length > 0);
    const json = [...own.flatMap((gadget) => gadget.jsonFields), ...commonJsonFields].filter(({ to }) => to.length > 0);
    const paths = [...json.map(({ path }) => path), ...columns.flatMap((column) => column.json ?? [])];
    expect(missing(had.flags, flags.map(({ name }) => name))).toEqual([]);
    expect(missing(had.columns, columns.map(({ name }) => name))).toEqual([]);
    expect(missing(had.json, paths)).toEqual([]);
  });
});

describe("every flag and field of an image is known", () => {
  test.each(Object.entries(imagesHave))("%s", (name, releases) => {
    const image = images.find((candidate) => candidate.name === name);
    if (image === undefined) throw new Error(`no image ${name}`);
    const groups = new Set(image.dataSources.flatMap((source) => source.groups ?? []));
    for (const [release, { flags, fields }] of Object.entries(releases)) {
      const knownFields = [
        ...image.dataSources.flatMap((source) => source.fields),
        ...fieldGroups.filter(({ id }) => groups.has(id)).flatMap((group) => group.fields),
      ].filter((field) => within(field, release));
      const knownFlags = image.flags.filter((flag) => within(flag, release));
      expect({ release, missing: missing(flags, knownFlags.map((flag) => flag.name)) }).toEqual({ release, missing: [] });
      expect({ release, missing: missing(fields, knownFields.map((field) => field.name)) }).toEqual({ release, missing: [] });
    }
  });
});

function missing(wanted: readonly string[], known: readonly string[]): readonly string[] {
  const names = new Set(known);
  return wanted.filter((name) => !names.has(name));
}
