import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { imageReleases } from "../../src/knowledge/lookup.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { within } from "../../src/knowledge/releases.ts";
import { allFlags } from "../../src/translate/old-flags.ts";
import type { ProgramId } from "../../src/translate/translation.ts";

/*
 * The names that stand in `inventory/groups.yaml` were taken from upstream's releases, not from `rules/`: a flag that a
 * command shares with others, and that goes missing there, shows here.
 */

type Had = Readonly<Partial<Record<ProgramId, readonly string[]>>>;

const text = readFileSync(new URL("inventory/groups.yaml", import.meta.url), "utf8");
const inventory = parse(text) as Readonly<Record<string, Had>>;
const knowledge = loadKnowledge();
const releases = imageReleases(knowledge);

test("the inventory is whole", () => {
  const lists = Object.values(inventory).flatMap((had) => Object.values(had));
  expect(Object.keys(inventory)).toHaveLength(42);
  expect(lists).toHaveLength(117);
  expect(lists.flat()).toHaveLength(2775);
});

const cases = Object.entries(inventory).flatMap(([command, had]) =>
  Object.entries(had).map(([program, names]) => [command, program as ProgramId, names] as const),
);

test.each(cases)("every shared flag of %s on %s is decided for every release", (command, program, names) => {
  const own = knowledge.gadgets.filter(
    (gadget) => gadget.command === command && gadget.programs[program] !== undefined,
  );
  expect(own).not.toEqual([]);
  const specs = own.flatMap((gadget) => allFlags(gadget, program, knowledge));
  const isDecided = (name: string): boolean =>
    specs.some(
      ({ name: known, row }) =>
        known === name && row !== null && releases.every((release) => row.to.some((to) => within(to, release))),
    );
  expect(names.filter((name) => !isDecided(name))).toEqual([]);
});
