import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check } from "../../src/config/check.ts";
import { CONFIG_SCHEMA } from "../../src/config/schema.ts";
import { RULE_IDS } from "../../src/rules/registry.ts";
import { ROOT } from "../support/console.ts";

const PUBLISHED = join(ROOT, "docs", "config.schema.json");

test("docs/config.schema.json is the schema that configurations are held against", () => {
  const text = `${JSON.stringify(CONFIG_SCHEMA, null, 2)}\n`;
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(PUBLISHED, text);
  expect(JSON.parse(readFileSync(PUBLISHED, "utf8"))).toEqual(JSON.parse(text));
});

const ajv = new Ajv2020({ strict: true, allErrors: true, strictTypes: false, strictRequired: false });
const valid = ajv.compile(CONFIG_SCHEMA);

describe("what is held against the schema", () => {
  test.each<[value: unknown]>([
    [{}],
    [{ $schema: "./node_modules/gadget-migrate/docs/config.schema.json" }],
    [{ extends: "./a.yaml", include: "src", exclude: ["vendor/", "**/*.md"], failOn: "never" }],
    [{ extends: ["@acme/gadgets", "../b.json"], target: "0.55.1", requireReason: true }],
    [{ rules: { "builtin-gadget": "off", "floating-image": { severity: "error", thirdParty: "off" } } }],
    [{ programs: { kg: "kubectl gadget", "k gadget": "kubectl gadget", my_ig: "ig" } }],
    [
      {
        overrides: [
          { files: "*.md", defaults: "new" },
          { files: ["a", "b"], rules: {}, imageStyle: "full" },
        ],
      },
    ],
    [{ registry: "localhost:5000/team/gadgets", baseline: "known.json" }],
  ])("%j is right", (value) => {
    expect(check(value, CONFIG_SCHEMA)).toEqual([]);
    expect(valid(value)).toBe(true);
  });

  test.each<[value: unknown, path: string, what: string]>([
    [[], "", "takes a mapping, not a list"],
    [{ exlude: [] }, "exlude", "is unknown; did you mean exclude?"],
    [
      { nothing: 1 },
      "nothing",
      expect.stringMatching(/^is unknown; known are \$schema, extends, target, /) as string,
    ],
    [{ target: 45 }, "target", "takes a text, not 45"],
    [{ target: "latest" }, "target", 'takes a release such as v0.55.1, not "latest"'],
    [{ include: "" }, "include", "must not be empty"],
    [{ exclude: [1] }, "exclude/0", "takes a text, not 1"],
    [{ exclude: { a: 1 } }, "exclude", "takes a text or a list, not a mapping"],
    [
      { rules: { "builtin-gadgets": "off" } },
      "rules/builtin-gadgets",
      "is unknown; did you mean builtin-gadget?",
    ],
    [
      { rules: { "builtin-gadget": "warn" } },
      "rules/builtin-gadget",
      'takes off, info, warning or error, not "warn"',
    ],
    [{ rules: { "builtin-gadget": 2 } }, "rules/builtin-gadget", "takes off, info, warning or error, not 2"],
    [
      { rules: { "builtin-gadget": { thirdParty: "off" } } },
      "rules/builtin-gadget/thirdParty",
      "is unknown; known are severity",
    ],
    [
      { rules: { "floating-image": { thirdParty: "of" } } },
      "rules/floating-image/thirdParty",
      'takes off, info, warning or error, not "of"; did you mean off?',
    ],
    [{ requireReason: "yes" }, "requireReason", 'takes true or false, not "yes"'],
    [
      { registry: "https://example.com" },
      "registry",
      'takes a host and a path without scheme or tag, such as example.com/mirror, not "https://example.com"',
    ],
    [{ failOn: null }, "failOn", "takes error, warning, info or never, not nothing"],
    [{ overrides: {} }, "overrides", "takes a list, not a mapping"],
    [{ overrides: [{ defaults: "new" }] }, "overrides/0", "lacks the key files"],
    [
      { overrides: [{ files: "a", target: "v0.45.0" }] },
      "overrides/0/target",
      expect.stringMatching(/^is unknown/) as string,
    ],
    [
      { programs: { kg: "kubectl gadgets" } },
      "programs/kg",
      'takes kubectl gadget, ig, gadgetctl or local-gadget, not "kubectl gadgets"; did you mean kubectl gadget?',
    ],
    [
      { programs: { "a/kg": "ig" } },
      "programs/a/kg",
      `takes a program's file name, and for a plugin the word behind it, not "a/kg"`,
    ],
    [{ constructor: 1 }, "constructor", expect.stringMatching(/^is unknown/) as string],
  ])("%j is not", (value, path, what) => {
    expect(
      check(value, CONFIG_SCHEMA).map((fault) => ({ path: fault.path.join("/"), what: fault.what })),
    ).toEqual([{ path, what }]);
    expect(valid(value)).toBe(false);
  });

  test("every rule can be set", () => {
    for (const id of RULE_IDS) expect(check({ rules: { [id]: "info" } }, CONFIG_SCHEMA)).toEqual([]);
  });

  test("what it finds is what a full validator finds", () => {
    const text = fc.constantFrom("", "off", "error", "full", "new", "v0.45.0", "ig", "a/b", "x");
    const leaf = fc.oneof(
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(text, { maxLength: 2 }),
    );
    const key = fc.constantFrom(
      ...Object.keys(CONFIG_SCHEMA.properties ?? {}),
      ...RULE_IDS,
      "files",
      "severity",
      "thirdParty",
      "kg",
      "__proto__",
    );
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie("node"), { maxLength: 2 }),
        fc.dictionary(key, tie("node"), { maxKeys: 3 }),
      ),
    })).node;
    fc.assert(
      fc.property(fc.dictionary(key, value, { maxKeys: 3 }), (config) => {
        expect(check(config, CONFIG_SCHEMA).length === 0).toBe(valid(config));
      }),
    );
  });
});
