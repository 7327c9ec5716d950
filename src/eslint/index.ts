import { createPlugin, type GadgetMigratePlugin } from "./plugin.ts";

export type { RuleOptions } from "./options.ts";
export type { GadgetMigratePlugin } from "./plugin.ts";

/**
 * The ESLint plugin; `export default defineConfig(gadgetMigrate.configs.recommended)` is a whole flat configuration. What it
 * needs besides is told from where the built file is.
 */
const plugin: GadgetMigratePlugin = createPlugin(
  new URL("./eslint-worker.mjs", import.meta.url),
  new URL("../", import.meta.url),
);

export default plugin;
