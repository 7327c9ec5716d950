import type { ESLint, Linter, Rule } from "eslint";
import manifest from "../../package.json" with { type: "json" };
import { createRule } from "./rule.ts";

export type { RuleOptions } from "./rule.ts";

const NAMESPACE = "gadget-migrate";

/** What ESLint loads; said in full, so that declarations can be written without the type checker. */
interface GadgetMigratePlugin extends ESLint.Plugin {
  readonly rules: { readonly "builtin-gadget": Rule.RuleModule };
  readonly configs: { readonly recommended: Linter.Config };
}

/** The ESLint plugin; `export default [gadgetMigrate.configs.recommended]` is a whole flat configuration. */
const plugin: GadgetMigratePlugin = {
  meta: { name: manifest.name, version: manifest.version, namespace: NAMESPACE },
  rules: {
    "builtin-gadget": createRule("builtin-gadget"),
  },
  configs: {
    get recommended(): Linter.Config {
      return {
        name: `${NAMESPACE}/recommended`,
        plugins: { [NAMESPACE]: plugin },
        rules: { [`${NAMESPACE}/builtin-gadget`]: "error" },
      };
    },
  },
};

export default plugin;
