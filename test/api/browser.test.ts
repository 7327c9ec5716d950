import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { build } from "tsdown";
import { describe, expect, test } from "vitest";
import type * as api from "../../src/index.ts";
import { scan } from "../../src/index.ts";
import { compilerPlugin } from "../../scripts/compiler-plugin.ts";
import { rawPlugin } from "../../scripts/raw-plugin.ts";
import { rulesPlugin } from "../../scripts/rules-plugin.ts";
import { yamlAlias } from "../../scripts/yaml-alias.ts";
import type { SourceFile } from "../../src/engine/report.ts";
import { listFixtures } from "../support/fixture.ts";
import { makeTree } from "../support/tree.ts";

const BROWSER = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TARGET = { target: "v0.55.1" };

/** A file of each language and rule that has fixtures. */
function oneOfEachGroup(): readonly SourceFile[] {
  const byGroup = new Map(listFixtures().map((fixture) => [fixture.name.split("/")[0] ?? "", fixture.input]));
  return Array.from(byGroup).flatMap(([group, input]) =>
    input.map(({ path, text }) => ({ path: `${group}/${path}`, text })),
  );
}

/** The API for a browser: everything that it needs, in files that load each other. @returns their folder */
async function bundle(): Promise<string> {
  const outDir = makeTree();
  await build({
    config: false,
    cwd: ROOT,
    entry: { index: "src/index.ts" },
    plugins: [
      rulesPlugin(join(ROOT, "rules")),
      compilerPlugin(join(ROOT, "src", "languages", "javascript")),
      rawPlugin(),
    ],
    alias: yamlAlias,
    deps: { alwaysBundle: [/.*/] },
    format: "esm",
    platform: "browser",
    outDir,
    dts: false,
    logLevel: "silent",
  });
  return outDir;
}

/** A page of an origin that exists only here, with the bundle below it, that hands the API to the test. */
async function open(page: Page, folder: string, entry: string): Promise<void> {
  const script = `import * as api from "/${entry}"; globalThis.api = api;`;
  await page.route("**/*", (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === "/")
      return route.fulfill({
        contentType: "text/html",
        body: `<!doctype html><script type="module">${script}</script>`,
      });
    return route.fulfill({ contentType: "text/javascript", body: readFileSync(join(folder, path)) });
  });
  await page.goto("https://example.org/");
  await page.waitForFunction(() => "api" in globalThis, null, { timeout: 20_000 });
}

describe.skipIf(BROWSER === undefined)("in Chromium", () => {
  test("the API finds what it finds in Node", async () => {
    const folder = await bundle();
    const names = readdirSync(folder);
    const texts = names.map((name) => readFileSync(join(folder, name), "utf8"));
    const code = texts.join("\n").replace(/^\s*(?:\/?\*|\/\/).*$/gm, "");
    const imported = Array.from(
      code.matchAll(/^import\b(?:[^"'\n()]*\bfrom)?\s*["']([^"'\n]+)["'];$|\bimport\("([^"]+)"\)/gm),
    );
    expect(
      imported.map(([, one, other]) => one ?? other).filter((path) => path?.startsWith("./") !== true),
    ).toEqual([]);

    const browser = await chromium.launch({ executablePath: BROWSER ?? "", args: ["--no-sandbox"] });
    try {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
      await open(page, folder, names.find((name) => /^index\.m?js$/.test(name)) ?? "");
      expect(errors).toEqual([]);
      const files = oneOfEachGroup();
      const inBrowser = await page.evaluate(
        async ([all, options]) => {
          const { scan, translate, explain } = (globalThis as unknown as { api: typeof api }).api;
          const finding = await translate("ig trace dns", options);
          const [explained] = await explain("trace exec", options);
          return { report: await scan(all, options), after: finding?.after, image: explained?.becomes.image };
        },
        [files, TARGET] as const,
      );
      expect(inBrowser).toMatchObject({ after: "ig run trace_dns:v0.55.1", image: "trace_exec" });
      const inNode = JSON.parse(JSON.stringify(await scan(files, TARGET))) as unknown;
      expect(JSON.parse(JSON.stringify(inBrowser.report))).toEqual(inNode);
    } finally {
      await browser.close();
    }
  }, 180_000);
});
