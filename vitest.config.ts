import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { rulesPlugin } from "./scripts/rules-plugin.ts";
import { yamlAlias } from "./scripts/yaml-alias.ts";
import { isFuzz } from "./test/support/property-runs.ts";

export default defineConfig({
  plugins: [rulesPlugin(fileURLToPath(new URL("rules", import.meta.url)))],
  resolve: { alias: yamlAlias },
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/property-setup.ts"],
    isolate: false,
    // By default one processor is left to others; of two, tests that wait for programs of their own can well use both.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Else the pages of the HTML report would be tested without their style.
    css: true,
    testTimeout: isFuzz ? 3_600_000 : 60_000,
  },
});
