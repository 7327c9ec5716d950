import { describe, expect, test, vi } from "vitest";
import * as findings from "../../src/engine/findings.ts";
import type { Report, SourceFile } from "../../src/engine/report.ts";
import { scan, type ScanOptions } from "../../src/engine/scan.ts";

const TARGET = "v0.55.1";
const ALONE = { path: "alone.sh", text: "kubectl gadget trace exec -n demo\n" };
const OTHERS: Readonly<Record<string, readonly SourceFile[]>> = {
  "what reads the output": [
    { path: "save.sh", text: "kubectl gadget trace exec -o json > out.json\n" },
    { path: "read.py", text: 'print(json.load(open("out.json"))["pid"])\n' },
  ],
  "releases that do not fit": [
    { path: "tools.sh", text: "IG_VERSION=v0.45.0\nkubectl gadget trace exec\n" },
    {
      path: "Chart.yaml",
      text: "dependencies:\n  - name: gadget\n    version: 0.55.1\n    repository: https://inspektor-gadget.github.io/charts\n",
    },
  ],
  "functions of another file": [
    { path: "calls.sh", text: "source ./lib.sh\nkg trace exec -n demo\n" },
    { path: "lib.sh", text: 'kg() { kubectl gadget "$@"; }\n' },
  ],
  "the module that a program is of": [
    {
      path: "main.go",
      text: 'package main\n\nimport _ "github.com/inspektor-gadget/inspektor-gadget/pkg/gadgets/trace/exec/types"\n',
    },
    { path: "go.mod", text: "module github.com/inspektor-gadget/inspektor-gadget\n" },
  ],
};

function look(
  files: readonly SourceFile[],
  ahead: ScanOptions["ahead"],
  baseline?: ReadonlySet<string>,
): Promise<Report> {
  return scan(files, {
    ahead,
    baseline,
    target: () => ({ version: TARGET, source: "option", evidence: [] }),
    namedPaths: (written) =>
      new Set([...written].filter((path) => files.some(({ text }) => text.includes(`"${path}"`)))),
    filesWith: (texts) => files.filter(({ text }) => [...texts].some((one) => text.includes(one))),
    repositoryWith: (texts) =>
      Promise.resolve(files.filter(({ text }) => [...texts].some((one) => text.includes(one)))),
  });
}

const forTarget =
  (tag: string): ScanOptions["ahead"] =>
  (make) => {
    make(tag);
  };

describe("findings made ahead", () => {
  test.each(Object.entries(OTHERS))("are as without, for %s", async (_, files) => {
    const all = [...files, ALONE];
    const expected = await look(all, undefined);
    expect(expected.files.length).toBeGreaterThan(0);
    for (const tag of [TARGET, "v0.36.0"]) {
      expect((await look(all, forTarget(tag))).files).toEqual(expected.files);
      expect((await look(all.toReversed(), forTarget(tag))).files).toEqual(expected.files);
    }
  });

  test("leave out what a baseline knows", async () => {
    const [first] = (await look([ALONE], undefined)).files;
    const known = new Set(first?.findings.map(({ fingerprint }) => fingerprint ?? ""));
    const report = await look([ALONE], forTarget(TARGET), known);
    expect(report.files).toEqual([]);
    expect(report.suppressed.map(({ file }) => file.path)).toEqual(["alone.sh"]);
  });

  test("are made once where the likely target is the target, and again where it is not", async () => {
    const made = vi.spyOn(findings, "findingsOf");
    await look([ALONE], forTarget(TARGET));
    expect(made).toHaveBeenCalledTimes(1);
    made.mockClear();
    await look([ALONE], forTarget("v0.45.0"));
    expect(made).toHaveBeenCalledTimes(2);
  });

  test("are made of so many files only", async () => {
    const files = Array.from({ length: 130 }, (_, i) => ({ ...ALONE, path: `${i}.sh` }));
    const made = vi.spyOn(findings, "findingsOf");
    made.mockClear();
    const report = await look(files, forTarget("v0.45.0"));
    expect(made).toHaveBeenCalledTimes(128 + 130);
    expect(report.files).toHaveLength(130);
  });
});
