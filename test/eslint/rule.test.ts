import { Linter } from "eslint";
import { parser } from "typescript-eslint";
import { describe, expect, it, test } from "vitest";
import { applyFixes, scan } from "../../src/index.ts";
import { FILE_RULE_IDS, type FileRuleId, ruleOf } from "../../src/rules/registry.ts";
import { ESLINTS, plugin } from "../support/eslint.ts";
import { type Fixture, listFixtures } from "../support/fixture.ts";
import { LANGUAGES, type RuleCases } from "./cases/cases.ts";

/** No parser of ESLint's takes them. */
const BROKEN = new Set(["javascript/broken-call", "javascript/broken-jsx", "javascript/broken-string"]);

const TARGET = "v0.45.0";
const OFF = FILE_RULE_IDS.filter((id) => !ruleOf(id).isOn);

/** The table of each rule. A rule that has none fails here. */
const TABLES = await Promise.all(
  FILE_RULE_IDS.map(async (id): Promise<readonly [FileRuleId, RuleCases]> => {
    const { cases } = (await import(`./cases/${id}.ts`)) as { readonly cases: RuleCases };
    return [id, cases];
  }),
);

const KINDS = ["JavaScript", "TypeScript", "text"] as const;

/** Files without an extension are in no glob of the configurations. */
const FIXTURES = listFixtures().filter(({ input: [file, more] }) => {
  return more === undefined && !/(?:^|\/)cron\.d\/[^.]+$/.test(file?.path ?? "");
});

describe.each(ESLINTS)("%s", (_, { RuleTester }) => {
  RuleTester.describe = describe;
  RuleTester.it = it;
  RuleTester.itOnly = it.only;

  for (const [rule, tables] of TABLES) {
    for (const language of KINDS) {
      const tester = new RuleTester({ plugins: { "gadget-migrate": plugin }, ...LANGUAGES[language] });
      const { [language]: cases } = tables;
      if (cases !== undefined) tester.run(`${rule} in ${language}`, plugin.rules[rule], cases);
    }
  }
});

const PROGRAM = /\.[cm]?[jt]sx?$/;

/** Programs both ways: as text, and on the tree of ESLint's parser. */
const READ: readonly (readonly [name: string, as: "text" | "program", Fixture])[] = FIXTURES.flatMap(
  (fixture) => {
    const isProgram = PROGRAM.test(fixture.input[0]?.path ?? "") && !BROKEN.has(fixture.name);
    const asText = [fixture.name, "text", fixture] as const;
    return isProgram ? [asText, [fixture.name, "program", fixture]] : [asText];
  },
);

test.each(READ)(
  "what is found and fixed in %s, read as %s, is what the command line finds and fixes",
  async (_, as, { input, options }) => {
    const [{ path, text } = { path: "", text: "" }] = input;
    const { target = TARGET, imageStyle, registry, defaults, form } = options;
    const settings = JSON.parse(JSON.stringify({ target, imageStyle, registry, defaults, form })) as object;
    const report = await scan([{ path, text }], settings);
    const findings = report.files[0]?.findings ?? [];
    const places = findings.map(({ range, ruleId }) => `${range.start} gadget-migrate/${ruleId}`);
    const { messages } = resultOf(text, path, configOf(settings, as), false);
    const starts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), (end) => end.index + end[0].length)];
    const found = messages.map(
      ({ ruleId, line, column }) => `${(starts[line - 1] ?? 0) + column - 1} ${ruleId ?? ""}`,
    );
    expect(found.sort()).toEqual(places.sort());
    const fixed = await fixedBy(text, path, settings);
    if (fixed !== text) expect(resultOf(text, path, configOf(settings, as), true).output).toBe(fixed);
  },
);

function resultOf(text: string, path: string, config: Linter.Config[], fix: boolean): Linter.FixReport {
  return new Linter().verifyAndFix(text, config, { filename: path, fix });
}

/** As `--fix` writes it: again until nothing is left, since ESLint does too. */
async function fixedBy(text: string, path: string, settings: object): Promise<string> {
  const report = await scan([{ path, text }], settings);
  const fixed = applyFixes(text, report.files[0]?.findings ?? []);
  return fixed === text ? text : fixedBy(fixed, path, settings);
}

function configOf(settings: object, as: "text" | "program"): Linter.Config[] {
  return [
    ...plugin.configs.all,
    // `all` has the rules too that report only where they are asked to.
    { rules: Object.fromEntries(OFF.map((id) => [`gadget-migrate/${id}`, "off"])) },
    { settings: { gadgetMigrate: settings } },
    {
      files: ["**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}"],
      plugins: { "gadget-migrate": plugin },
      ...(as === "text"
        ? { language: "gadget-migrate/text" }
        : { languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } } }),
    },
  ];
}

test.each(TABLES)("the table of %s has something to find and something to leave alone", (_, tables) => {
  for (const { valid, invalid } of [tables.JavaScript, tables.text]) {
    expect(valid.length).toBeGreaterThan(0);
    expect(invalid.length).toBeGreaterThan(0);
  }
});
