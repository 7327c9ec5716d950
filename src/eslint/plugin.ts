import type { ESLint, Linter, Rule } from "eslint";
import manifest from "../../package.json" with { type: "json" };
import { FILE_RULE_IDS, type FileRuleId, type RuleId, ruleOf } from "../rules/registry.ts";
import { LOCK_FILES, TEXT_FILES } from "./files.ts";
import { createRule } from "./rule.ts";
import { textLanguage } from "./text/language.ts";
import { EngineThread } from "./thread.ts";

const NAMESPACE = "gadget-migrate";

/** What ESLint loads; said in full, so that declarations can be written without the type checker. */
export interface GadgetMigratePlugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Readonly<Record<FileRuleId, Rule.RuleModule>>;
  readonly languages: NonNullable<ESLint.Plugin["languages"]>;
  readonly configs: {
    /** The rules that report without being asked to, for every file that ESLint reads, and which those are besides programs. */
    readonly recommended: Linter.Config[];
    /** All rules; those that need the whole repository are the command line's alone. */
    readonly all: Linter.Config[];
  };
}

/**
 * The ESLint plugin.
 * @param script where the thread of the engine begins
 * @param home the folder of the installed package, with a slash at its end
 */
export function createPlugin(script: URL, home: URL): GadgetMigratePlugin {
  const environment = { engine: new EngineThread(script), home };
  const rules = Object.fromEntries(FILE_RULE_IDS.map((id) => [id, createRule(id, environment)]));
  const plugin: GadgetMigratePlugin = {
    meta: { name: manifest.name, version: manifest.version, namespace: NAMESPACE },
    rules: rules as GadgetMigratePlugin["rules"],
    languages: { text: textLanguage },
    configs: {
      get recommended(): Linter.Config[] {
        return configsOf(plugin, "recommended", (id) => ruleOf(id).isOn);
      },
      get all(): Linter.Config[] {
        return configsOf(plugin, "all", () => true);
      },
    },
  };
  return plugin;
}

function configsOf(
  plugin: GadgetMigratePlugin,
  name: string,
  isWanted: (id: RuleId) => boolean,
): Linter.Config[] {
  const plugins = { [NAMESPACE]: plugin };
  const wanted = FILE_RULE_IDS.filter(isWanted);
  return [
    {
      name: `${NAMESPACE}/${name}`,
      plugins,
      rules: Object.fromEntries(wanted.map((id) => [`${NAMESPACE}/${id}`, severityOf(id)])),
    },
    {
      name: `${NAMESPACE}/${name}/text`,
      plugins,
      files: [...TEXT_FILES],
      ignores: [...LOCK_FILES],
      language: `${NAMESPACE}/text`,
    },
  ];
}

/** ESLint knows no severity of a finding, only of a rule. */
function severityOf(id: RuleId): Linter.StringSeverity {
  const { severity } = ruleOf(id);
  return severity === "error" || severity === "by-target" ? "error" : "warn";
}
