import { describe, expect, test } from "vitest";
import type { Report, SourceFile } from "../../src/engine/report.ts";
import { scan, type ScanOptions } from "../../src/engine/scan.ts";

const CHART = {
  path: "Chart.yaml",
  text: "dependencies:\n  - name: gadget\n    version: 0.55.1\n    repository: https://inspektor-gadget.github.io/charts\n",
};
const TOOLS = { path: "tools.sh", text: "IG_VERSION=v0.45.0\n" };
const DEPLOY = { path: "deploy.sh", text: "kubectl gadget deploy\n" };
const POLICY = {
  path: "policy.yaml",
  text: "kind: NetworkPolicy\nmetadata: { namespace: gadget }\nspec: { podSelector: {} }\n",
};

function look(files: readonly SourceFile[], options: Partial<ScanOptions>): Promise<Report> {
  const target = () => ({ version: "v0.55.1", source: "option", evidence: [] }) as const;
  return scan(files, { target, ...options });
}

function found({ files }: Report): readonly string[] {
  return files.flatMap(({ file, findings }) => findings.map(({ ruleId }) => `${file.path} ${ruleId}`));
}

describe("what is found in a file without commands", () => {
  test("has a fingerprint, and a baseline that knows it", async () => {
    const report = await look([CHART, TOOLS], {});
    expect(found(report)).toEqual(["tools.sh version-skew"]);
    const print = report.files[0]?.findings[0]?.fingerprint ?? "";
    expect(print).not.toBe("");
    const again = await look([CHART, TOOLS], { baseline: new Set([print]) });
    expect(found(again)).toEqual([]);
    expect(again.suppressed.map(({ file }) => file.path)).toEqual(["tools.sh"]);
  });

  test("is looked for in files that only tell releases", async () => {
    const settings = { path: "ci/.env", text: "IG_VERSION=v0.45.0\n" };
    expect(found(await look([CHART], { telling: () => [settings] }))).toEqual(["ci/.env version-skew"]);
  });
});

describe("a rule that needs the repository", () => {
  const rules = { "network-policy": "warning" } as const;
  const repositoryWith: ScanOptions["repositoryWith"] = () => Promise.resolve([DEPLOY, POLICY]);

  test.each([
    ["is off", { repositoryWith: () => Promise.resolve([]) }, []],
    ["is on", { rules, repositoryWith: () => Promise.resolve([]) }, ["deploy.sh network-policy"]],
    ["sees files that are not scanned", { rules, repositoryWith }, []],
    ["says nothing where nobody knows the repository", { rules }, []],
    [
      "is asked for by name",
      {
        selection: { rules: new Set(["network-policy"] as const) },
        repositoryWith: () => Promise.resolve([]),
      },
      ["deploy.sh network-policy"],
    ],
    [
      "is on in other files only",
      {
        repositoryWith: () => Promise.resolve([]),
        settingsOf: (path: string) => (path === "other.sh" ? { rules } : {}),
      },
      [],
    ],
  ] as const)("%s", async (_, options, expected) => {
    expect(found(await look([DEPLOY], options))).toEqual(expected);
  });

  test("knows the text that was scanned, not the one on the disk", async () => {
    const scanned = { ...POLICY, text: POLICY.text.replace("gadget", "other") };
    const report = await look([DEPLOY, scanned], { rules, repositoryWith });
    expect(found(report)).toEqual(["deploy.sh network-policy"]);
  });

  test("leaves comments about it alone where it cannot look", async () => {
    const ignored = { ...DEPLOY, text: `# gadget-migrate-ignore-next-line network-policy\n${DEPLOY.text}` };
    expect(found(await look([ignored], { rules }))).toEqual([]);
    expect(found(await look([ignored], { rules, repositoryWith }))).toEqual(["deploy.sh unused-ignore"]);
  });
});
