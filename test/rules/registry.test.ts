import { expect, test } from "vitest";
import { RULE_IDS, ruleOf } from "../../src/rules/registry.ts";

test("rules are sorted by name, which is short and in small letters", () => {
  expect(RULE_IDS).toEqual([...RULE_IDS].sort());
  for (const id of RULE_IDS) expect(id).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
});

test.each(RULE_IDS)("%s says what it is about in whole sentences", (id) => {
  const { what, why, fix } = ruleOf(id);
  for (const text of [what, why, fix]) expect(text).toMatch(/^[A-Z].*[.]$/);
});
