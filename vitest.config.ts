import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { rulesPlugin } from "./scripts/rules-plugin.ts";
import { yamlAlias } from "./scripts/yaml-alias.ts";

export default defineConfig({
  plugins: [rulesPlugin(fileURLToPath(new URL("rules", import.meta.url)))],
  resolve: { alias: yamlAlias },
  test: {
    include: ["test/**/*.test.ts"],
    isolate: false,
    testTimeout: 60_000,
  },
});
