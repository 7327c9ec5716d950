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
    // Else the pages of the HTML report would be tested without their style.
    css: true,
    testTimeout: isFuzz ? 3_600_000 : 60_000,
  },
});
