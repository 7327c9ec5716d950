import { expect, test } from "vitest";
import { applyFixes, scan } from "../../../src/index.ts";
import { parseTypeScript } from "../../../src/languages/javascript/from-typescript.ts";
import { sources } from "./sources.ts";

const TARGET = "v0.55.1";

async function fix(text: string): Promise<string> {
  const report = await scan([{ path: "file.tsx", text }], { target: TARGET });
  return applyFixes(text, report.files[0]?.findings ?? [], true);
}

const all = Object.values(sources)
  .flat()
  .map(([source]) => source);

test.each(all)("fixed once, and no less a program: %s", async (source) => {
  const fixed = await fix(source);
  expect(await fix(fixed)).toBe(fixed);
  const [before, after] = [source, fixed].map((text) => parseTypeScript("file.tsx", text).faults);
  expect(after).toHaveLength(before?.length ?? 0);
});

test("what stands around a command stays", async () => {
  const fixed = await fix(
    '// kubectl gadget trace dns\nrun("é😀"); execSync("kubectl gadget trace dns -n demo"); // done\r\n',
  );
  expect(fixed).toBe(
    `// kubectl gadget trace dns\nrun("é😀"); execSync("kubectl gadget run trace_dns:${TARGET} -n demo"); // done\r\n`,
  );
});
