import { RULE_IDS, type RuleId, ruleOf } from "../rules/registry.ts";
import type { Schema } from "./check.ts";
import { RULE_DEFINITIONS } from "./rules-schema.ts";
import { DEFAULTS, FAIL_ON, IMAGE_STYLES, PINS, REGISTRY_PATTERN, RULE_SEVERITIES } from "./values.ts";

/** What the commands of a program of one's own are those of. */
const PROGRAMS = ["kubectl gadget", "ig", "gadgetctl", "local-gadget"] as const;

const GLOBS: Schema = {
  description:
    "Globs with /; one without a slash matches at any depth, one that names a folder all that is in it.",
  type: ["string", "array"],
  items: { type: "string", minLength: 1 },
  minLength: 1,
};

const RULES: Schema = {
  description: "The severity of rules, by name; off silences a rule.",
  type: "object",
  additionalProperties: false,
  properties: Object.fromEntries(
    RULE_IDS.map((id) => [id, { description: ruleOf(id).what, ...ruleSetting(id) }]),
  ),
};

function ruleSetting(id: RuleId): Schema {
  const parts = Object.entries(ruleOf(id).parts ?? {}).map(([key, { what }]): readonly [string, Schema] => [
    key,
    { description: what, $ref: "#/$defs/severity" },
  ]);
  return {
    anyOf: [
      { $ref: "#/$defs/severity" },
      {
        type: "object",
        additionalProperties: false,
        properties: { severity: { $ref: "#/$defs/severity" }, ...Object.fromEntries(parts) },
      },
    ],
  };
}

/** What may differ from file to file. */
const PER_FILE: Readonly<Record<string, Schema>> = {
  rules: { $ref: "#/$defs/rules" },
  imageStyle: {
    description: "How images are written: trace_exec:V, or with ghcr.io/inspektor-gadget/gadget in front.",
    enum: IMAGE_STYLES,
  },
  registry: {
    description: "What images are pulled from instead of ghcr.io/inspektor-gadget/gadget.",
    $comment: "a host and a path without scheme or tag, such as example.com/mirror",
    type: "string",
    pattern: REGISTRY_PATTERN,
  },
  defaults: {
    description: "Whether flags are added that keep the old defaults, or the short command is written.",
    enum: DEFAULTS,
  },
};

/** The JSON schema of a configuration; `docs/config.schema.json` is this, written down. */
export const CONFIG_SCHEMA: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Configuration of gadget-migrate",
  description:
    "gadget-migrate.config.yaml, gadget-migrate.config.json, or the key gadgetMigrate of package.json. Data only; options of the command line win over it.",
  type: "object",
  additionalProperties: false,
  properties: {
    $schema: { description: "Where editors find this schema.", type: "string" },
    extends: {
      description:
        "Configurations that this one builds on: files (./shared.yaml) or packages (@acme/gadget-config). Later ones win, and this one over all.",
      type: ["string", "array"],
      items: { type: "string", minLength: 1 },
      minLength: 1,
    },
    target: {
      description: "The Inspektor Gadget release that the commands must work on.",
      $comment: "a release such as v0.55.1",
      type: "string",
      pattern: "^v?\\d+\\.\\d+\\.\\d+$",
    },
    include: { $ref: "#/$defs/globs" },
    exclude: { $ref: "#/$defs/globs" },
    ...PER_FILE,
    pin: {
      description: "Whether images are pinned by tag, or by the digest that their registry tells too.",
      enum: PINS,
    },
    failOn: { description: "The severity from which on findings give exit code 1.", enum: FAIL_ON },
    baseline: {
      description: "The file with findings that are known and not reported.",
      type: "string",
      minLength: 1,
    },
    requireReason: {
      description: "Whether comments that ignore findings must say why, behind --.",
      type: "boolean",
    },
    programs: {
      description: "Further names of the programs: kg for kubectl gadget.",
      type: "object",
      propertyNames: {
        $comment: "a program's file name, and for a plugin the word behind it",
        pattern: "^[A-Za-z0-9_][\\w.+-]*(?: [\\w.+-]+)?$",
      },
      additionalProperties: { enum: PROGRAMS },
    },
    gadgets: {
      description:
        "Built-in gadgets of one's own, and the images that take their place; rows as those of rules/gadgets, with defaults for most keys.",
      type: "array",
      items: { $ref: "#/$defs/gadget" },
    },
    images: {
      description: "What is known of images of one's own; rows as those of rules/images.",
      type: "array",
      items: { $ref: "#/$defs/image" },
    },
    overrides: {
      description: "Other settings for some files. Of several that match, later ones win.",
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["files"],
        properties: { files: { $ref: "#/$defs/globs" }, ...PER_FILE },
      },
    },
  },
  $defs: {
    globs: GLOBS,
    rules: RULES,
    severity: { enum: RULE_SEVERITIES },
    ...RULE_DEFINITIONS,
  },
};
