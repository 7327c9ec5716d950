import type { Rule } from "eslint";

/** The options of a rule: those of the command line with the same names. `settings.gadgetMigrate` has the same, for all rules. */
export interface RuleOptions {
  /** The Inspektor Gadget release that commands must work on (`v0.55.1`); that of the configuration, or that which the project speaks of, when absent. */
  readonly target?: string;
  readonly defaults?: "keep" | "new";
  readonly form?: "run" | "announced";
  readonly imageStyle?: "short" | "full";
  readonly registry?: string;
  /** `digest`: those that the project's lock file has; no registry is asked. */
  readonly pin?: "tag" | "digest";
}

/** JSON schema of the options of every rule. */
export const SCHEMA = {
  type: "object",
  additionalProperties: false,
  properties: {
    target: { type: "string", description: "Inspektor Gadget release that commands must work on (vX.Y.Z)." },
    defaults: { enum: ["keep", "new"], description: "Whether to add the flags that restore old defaults." },
    form: { enum: ["run", "announced"], description: "Whether commands become `run` (the default)." },
    imageStyle: { enum: ["short", "full"], description: "Whether images are written with their registry." },
    registry: { type: "string", description: "What replaces ghcr.io/inspektor-gadget/gadget." },
    pin: { enum: ["tag", "digest"], description: "Whether images get the digests of the lock file too." },
  },
} as const;

type OptionName = keyof typeof SCHEMA.properties;

/**
 * A rule's own options, and for what they leave open the settings.
 * @throws TypeError when the settings have something else than the options' schema allows: ESLint checks options only
 */
export function optionsOf({
  options,
  settings,
}: Pick<Rule.RuleContext, "options" | "settings">): RuleOptions {
  const shared: unknown = settings["gadgetMigrate"] ?? {};
  if (!isSettings(shared)) throw new TypeError("settings.gadgetMigrate must be an object of options.");
  for (const [name, value] of Object.entries(shared)) checkSetting(name, value);
  const [own = {}] = options as readonly RuleOptions[];
  return { ...(shared as RuleOptions), ...own };
}

function isSettings(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkSetting(name: string, value: unknown): void {
  if (!isOptionName(name)) {
    const known = Object.keys(SCHEMA.properties).join(", ");
    throw new TypeError(`settings.gadgetMigrate has no option "${name}"; known options: ${known}.`);
  }
  const property = SCHEMA.properties[name];
  const choices: readonly string[] | null = "enum" in property ? property.enum : null;
  const isFine = typeof value === "string" && (choices?.includes(value) ?? true);
  if (isFine) return;
  throw new TypeError(`settings.gadgetMigrate.${name} must be ${choices?.join(" or ") ?? "a text"}.`);
}

function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(SCHEMA.properties, name);
}
