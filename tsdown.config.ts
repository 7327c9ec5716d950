import { fileURLToPath } from "node:url";
import { defineConfig } from "tsdown";
import { compilerPlugin } from "./scripts/compiler-plugin.ts";
import { linkBin } from "./scripts/link-bin.ts";
import { noticesPlugin } from "./scripts/notices.ts";
import { rawPlugin } from "./scripts/raw-plugin.ts";
import { rulesPlugin } from "./scripts/rules-plugin.ts";
import { yamlAlias } from "./scripts/yaml-alias.ts";

/**
 * Our own code in few files, split where it is loaded lazily. The parsers are built into them, since to find and load their
 * hundreds of modules takes longer than to run them; what few runs need stays outside and is installed.
 */
export default defineConfig({
  entry: {
    index: "src/index.ts",
    bin: "src/cli/bin.ts",
    reader: "src/files/reader.ts",
    eslint: "src/eslint/index.ts",
    "eslint-worker": "src/eslint/worker.ts",
  },
  plugins: [
    rulesPlugin(fileURLToPath(new URL("rules", import.meta.url))),
    compilerPlugin(fileURLToPath(new URL("src/languages/javascript", import.meta.url))),
    rawPlugin(),
    noticesPlugin("THIRD-PARTY-NOTICES"),
  ],
  deps: {
    onlyBundle: [
      "ts-morph",
      "unbash",
      "yaml",
      "ignore",
      /^micromark/,
      "decode-named-character-reference",
      "character-entities",
    ],
  },
  alias: yamlAlias,
  // To find and open a file takes Node longer than to compile it: what every run loads is in few of them. With each module
  // come those that it needs and that are in no group above.
  outputOptions: {
    codeSplitting: {
      groups: [
        // These two have no `node:` modules, since the API has them too.
        {
          name: "first",
          test: /src\/(?:engine\/(?:prefilter|evidence)|languages\/detect|knowledge\/own-(?:programs|rules)|rules\/registry|text\/nearest)\.ts$|\/package\.json$/,
        },
        // The ESLint plugin has this too, and nothing else of what starts the command line.
        { name: "find-config", test: /src\/files\/find-config\.ts$/ },
        {
          name: "core",
          test: /src\/(?:engine\/(?:scan|target)|rules\/messages|commands\/[a-z-]+|languages\/yaml\/(?:keys|mention|text))\.ts$/,
        },
        { name: "reading", test: /src\/files\/(?:gather|root)\.ts$/ },
        { name: "start", test: /src\/cli\/main\.ts$/ },
        { name: "run", test: /src\/cli\/run\.ts$|src\/reporters\/(?:json|text)\.ts$/ },
        { name: "shell", test: /src\/languages\/shell\/index\.ts$/ },
        {
          name: "yaml",
          test: /src\/(?:languages\/(?:yaml|helm|json|windows)\/index|data\/manifests|rules\/checks\/floating-image)\.ts$/,
        },
        { name: "javascript", test: /src\/languages\/javascript\/index\.ts$/ },
      ],
    },
  },
  format: "esm",
  platform: "node",
  target: "node20",
  // By oxc, since the compiler itself would take two thirds of the build.
  dts: { oxc: true },
  clean: true,
  onSuccess: () => {
    linkBin(fileURLToPath(new URL(".", import.meta.url)));
  },
});
