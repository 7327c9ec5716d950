import { Linter } from "eslint";
import { describe, expect, it, test } from "vitest";
import { applyFixes, scan } from "../../src/index.ts";
import { RULE_IDS, ruleOf } from "../../src/rules/registry.ts";
import { ESLINTS, plugin } from "../support/eslint.ts";
import { listFixtures } from "../support/fixture.ts";
import { CASES, LANGUAGES } from "./cases.ts";

const TARGET = "v0.45.0";
const OFF = RULE_IDS.filter((id) => !ruleOf(id).isOn);

/** Files without an extension are in no glob of the configurations. */
const FIXTURES = listFixtures().filter(({ input: [file, more] }) => {
  return more === undefined && !/(?:^|\/)cron\.d\/[^.]+$/.test(file?.path ?? "");
});

describe.each(ESLINTS)("%s", (_, { RuleTester }) => {
  RuleTester.describe = describe;
  RuleTester.it = it;
  RuleTester.itOnly = it.only;

  for (const { rule, language, cases } of CASES) {
    const tester = new RuleTester({ plugins: { "gadget-migrate": plugin }, ...LANGUAGES[language] });
    tester.run(`${rule} in ${language}`, plugin.rules[rule], cases);
  }
});

test.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))(
  "what is found and fixed in %s is what the command line finds and fixes",
  async (_, { input, options }) => {
    const [{ path, text } = { path: "", text: "" }] = input;
    const { target = TARGET, imageStyle, registry, defaults } = options;
    const settings = JSON.parse(JSON.stringify({ target, imageStyle, registry, defaults })) as object;
    const report = await scan([{ path, text }], settings);
    const findings = report.files[0]?.findings ?? [];
    const places = findings.map(({ range, ruleId }) => `${range.start} gadget-migrate/${ruleId}`);
    const { messages } = resultOf(text, path, settings, false);
    const starts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), (end) => end.index + end[0].length)];
    const found = messages.map(
      ({ ruleId, line, column }) => `${(starts[line - 1] ?? 0) + column - 1} ${ruleId ?? ""}`,
    );
    expect(found.sort()).toEqual(places.sort());
    const fixed = await fixedBy(text, path, settings);
    if (fixed !== text) expect(resultOf(text, path, settings, true).output).toBe(fixed);
  },
);

function resultOf(text: string, path: string, settings: object, fix: boolean): Linter.FixReport {
  return new Linter().verifyAndFix(text, configOf(settings), { filename: path, fix });
}

/** As `--fix` writes it: again until nothing is left, since ESLint does too. */
async function fixedBy(text: string, path: string, settings: object): Promise<string> {
  const report = await scan([{ path, text }], settings);
  const fixed = applyFixes(text, report.files[0]?.findings ?? []);
  return fixed === text ? text : fixedBy(fixed, path, settings);
}

function configOf(settings: object): Linter.Config[] {
  return [
    ...plugin.configs.all,
    // `all` has the rules too that report only where they are asked to.
    { rules: Object.fromEntries(OFF.map((id) => [`gadget-migrate/${id}`, "off"])) },
    { settings: { gadgetMigrate: settings } },
    {
      files: ["**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}"],
      plugins: { "gadget-migrate": plugin },
      language: "gadget-migrate/text",
    },
  ];
}

test("every rule has a case, or a fixture", () => {
  const groups = new Set(listFixtures().map(({ name }) => name.split("/")[0]));
  const cased = new Set<string>(CASES.map(({ rule }) => rule));
  expect(RULE_IDS.filter((id) => !cased.has(id) && !groups.has(id) && !OFF.includes(id))).toEqual([]);
});
