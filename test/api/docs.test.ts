import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../support/console.ts";
import { makeTree } from "../support/tree.ts";

const PAGE = join(ROOT, "docs", "api.md");

/** A program, and what it prints. */
const EXAMPLE = /^```js\n(.*?)^```\n\n```text\n(.*?)^```$/gms;

describe("an example of docs/api.md prints what it says", () => {
  const examples = [...readFileSync(PAGE, "utf8").matchAll(EXAMPLE)];
  test.each(examples.map(([, program = "", output = ""]) => [[program, output] as const]))(
    "%#",
    ([program, output]) => {
      const folder = makeTree({ "example.mjs": program, "node_modules/gadget-migrate": { link: ROOT } });
      const { stdout, stderr } = spawnSync("node", ["example.mjs"], { cwd: folder, encoding: "utf8" });
      expect(stderr).toBe("");
      if (process.env["UPDATE_DOCS"] === "1") {
        const page = readFileSync(PAGE, "utf8");
        const fences = (text: string): string => `${program}\`\`\`\n\n\`\`\`text\n${text}\`\`\``;
        writeFileSync(
          PAGE,
          page.replace(fences(output), () => fences(stdout)),
        );
      } else expect(stdout).toBe(output);
    },
  );
});
