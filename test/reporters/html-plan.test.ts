import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium, type Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { makeTree } from "../support/tree.ts";

const BROWSER = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

const LONG = `${"deploy/production-eu-central-1/".repeat(4)}${"x".repeat(100)}.sh`;

const REPOSITORIES: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["nothing", { "a.sh": "echo\n" }],
  [
    "long names and many releases",
    {
      CODEOWNERS: `* @${"organisation".repeat(5)}/${"team".repeat(10)}\n`,
      [LONG]:
        "kubectl gadget trace exec | awk '{ print $2 }'\nkubectl gadget advise network-policy monitor\n",
      ...Object.fromEntries([40, 41, 43, 44, 45, 46].map((n) => [`v${n}.sh`, `IG_VERSION=v0.${n}.0\n`])),
    },
  ],
];

describe.skipIf(BROWSER === undefined)("the plan in Chromium", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: BROWSER ?? "", args: ["--no-sandbox"] });
  });

  afterAll(async () => {
    await browser.close();
  });

  test.each(REPOSITORIES)("of %s is accessible, and fits a narrow screen", async (_, files) => {
    const { stdout } = await runCli(makeTree(files), ["assess", "--format", "html"]);
    for (const [width, colorScheme] of [
      [1280, "light"],
      [390, "dark"],
    ] as const) {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
      await page.setContent(stdout);
      await page.evaluate(AXE);
      const found = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run: () => Promise<{ violations: { id: string }[] }> };
        };
        const { violations } = await axe.run();
        return violations.map(({ id }) => id);
      });
      expect(found).toEqual([]);
      const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await page.evaluate(overflow)).toBe(0);
      await page.close();
    }
  });
});
