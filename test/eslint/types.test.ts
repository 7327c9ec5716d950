import { defineConfig } from "eslint/config";
import { expect, test } from "vitest";
import { type GadgetMigratePlugin, type RuleOptions } from "../../src/eslint/index.ts";
import { plugin } from "../support/eslint.ts";

/** What the compiler says of a configuration; that it runs is no more than a side effect. */
test("a configuration is typed", () => {
  const options: RuleOptions = {
    target: "v0.55.1",
    imageStyle: "full",
    defaults: "new",
    registry: "example.org/x",
  };
  const config = defineConfig([
    plugin.configs.recommended,
    plugin.configs.all,
    { extends: [plugin.configs.recommended], settings: { gadgetMigrate: options } },
    { plugins: { "gadget-migrate": plugin }, rules: { "gadget-migrate/builtin-gadget": ["warn", options] } },
    { files: ["bin/*"], language: "gadget-migrate/text" },
  ]);
  expect(config.length).toBeGreaterThan(4);

  // @ts-expect-error there is no such choice
  const wrong: RuleOptions = { imageStyle: "long" };
  // @ts-expect-error there is no such rule
  const missing: unknown = (plugin satisfies GadgetMigratePlugin).rules["no-such-rule"];
  expect([wrong, missing]).toEqual([{ imageStyle: "long" }, undefined]);
});
