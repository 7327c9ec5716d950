import { expect, test } from "vitest";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { VALUE_CHANGES } from "../../src/translate/values.ts";

const { flagGroups, gadgets } = loadKnowledge();
const flags = [...flagGroups, ...gadgets].flatMap((holder) => holder.flags);
const names = flags.flatMap(({ to }) => to.flatMap(({ value }) => value ?? []));

test("the rules name functions", () => {
  expect(names.length).toBeGreaterThan(10);
});

test.each([...new Set(names)])("%s, which the rules name, is a function", (name) => {
  expect(Object.keys(VALUE_CHANGES)).toContain(name);
});
