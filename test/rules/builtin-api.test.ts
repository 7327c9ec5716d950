import { describe, expect, test } from "vitest";
import { scan, type Finding } from "../../src/index.ts";
import { compareReleases, isKnownRelease } from "../../src/knowledge/releases.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";

const MODULE = "github.com/inspektor-gadget/inspektor-gadget";
const { goPackages, gadgets, apiNames, traceGadgets, releases } = loadKnowledge();

async function findingsIn(path: string, text: string, target = "v0.55.1"): Promise<readonly Finding[]> {
  const report = await scan([{ path, text }], { target });
  return report.files.flatMap(({ findings }) => findings);
}

describe("the tables", () => {
  test("have the packages that went with the built-in gadgets or before", () => {
    const gone = goPackages.filter(({ until }) => compareReleases(until ?? "v9.0.0", "v0.41.2") <= 0);
    expect(gone).toHaveLength(239);
  });

  test("have each package once", () => {
    expect(new Set(goPackages.map(({ path }) => path)).size).toBe(goPackages.length);
  });

  test("name gadgets and releases that are known", () => {
    const ids = new Set(gadgets.map(({ id }) => id));
    const named = [...goPackages, ...traceGadgets].flatMap(({ gadget }) => gadget ?? []);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
    const spans = [...goPackages, ...apiNames, ...traceGadgets];
    const tags = spans.flatMap(({ since, until }) => [since, until ?? since]);
    expect(tags.filter((tag) => !isKnownRelease(releases, tag))).toEqual([]);
    expect(spans.filter(({ since, until }) => compareReleases(since, until ?? since) > 0)).toEqual([]);
  });
});

test("every package that is gone is found by its import", async () => {
  const lines = goPackages.map(({ path }) => `\t_ "${MODULE}/${path}"\n`);
  const findings = await findingsIn("main.go", `package main\n\nimport (\n${lines.join("")})\n`);
  expect(findings.map(({ before }) => before)).toEqual(goPackages.map(({ path }) => `"${MODULE}/${path}"`));
  expect(findings.every(({ severity }) => severity === "error")).toBe(true);
});

test.each([
  ["v0.36.0", "info", "api-package-goes", "v0.42.0"],
  ["v0.41.2", "warning", "api-package-goes", "v0.42.0"],
  ["v0.42.0", "error", "api-package-removed", "v0.42.0"],
])("at %s it is %s", async (target, severity, messageId, removed) => {
  const text = `import "${MODULE}/pkg/gadgets/trace/exec/types"`;
  const findings = await findingsIn("main.go", text, target);
  expect(findings).toMatchObject([{ severity, message: { messageId, args: { removed } } }]);
});

test.each([
  ["advise", "seccomp-profile", "advise seccomp-profile"],
  ["top", "block-io", "top block-io"],
  ["", "traceloop", "traceloop"],
  ["trace", "nothing", null],
])("Get(%j, %j) is %s", async (category, name, gadget) => {
  const text = `import "${MODULE}/pkg/gadget-registry"\nvar g = gadgetregistry.Get("${category}", "${name}")\n`;
  const [, call] = await findingsIn("main.go", text);
  expect(call?.gadget).toBe(gadget);
});

test("keys that a type lists in an object are those of that object, and the object itself is none of them", async () => {
  const fields = 'K8s struct { Node string `json:"node"`; Host bool `json:"hostNetwork"` } `json:"k8s"`; Comm string `json:"comm"`';
  const run = 'exec.Command("kubectl", "gadget", "trace", "open", "-o", "json")';
  const findings = await findingsIn("main.go", `package a\ntype Event struct { ${fields} }\nvar c = ${run}\n`);
  const notes = findings.filter(({ ruleId }) => ruleId === "builtin-api").flatMap((finding) => finding.notes);
  expect(notes.map(({ args }) => `${args["path"] ?? ""} ${args["to"] ?? ""}`)).toEqual([
    "k8s.hostNetwork k8s.hostnetwork",
    "comm proc.comm",
  ]);
});

describe("no finding", () => {
  const texts: readonly (readonly [path: string, text: string])[] = [
    ["main.go", `// import "${MODULE}/pkg/gadgets/trace/exec/types"`],
    ["main.go", `import "example.com/${MODULE}/pkg/gadgets/trace/exec/types"`],
    ["main.go", `import "${MODULE}/pkg/gadgets/trace/exec"`],
    ["main.go", 'var r = schema.GroupVersionResource{Group: "gadget.kinvolk.io", Resource: "others"}'],
    ["role.py", 'rules = [{"apiGroups": ["gadget.kinvolk.io"], "resources": ["traces"]}]'],
    ["role.ts", 'const role = { apiGroups: ["gadget.kinvolk.io"], resources: ["traces"] };'],
    ["a.ts", "interface Event { pid: number; comm: string; path: string; fd: number } // kubectl gadget"],
    ["a.ts", 'interface Row { pid: number; name: string; id: string } exec("kubectl gadget trace open -o json");'],
    ["notes.md", `The package \`${MODULE}/pkg/gadgets/trace/exec/types\` went.`],
  ];

  test.each(texts)("%s: %s", async (path, text) => {
    const findings = await findingsIn(path, text);
    expect(findings.filter(({ ruleId }) => ruleId !== "builtin-gadget")).toEqual([]);
  });
});

test.each(["(((", "`${`", "{".repeat(5000), "interface A {", 'createX("gadget.kinvolk.io", "traces"', "\uFEFFconst a = ["])(
  "%.20s does not throw",
  async (text) => {
    const all = `const gadget = "gadget.kinvolk.io"; ${text}`;
    for (const path of ["a.ts", "a.go", "a.py", "a.md", "a.yaml"]) {
      await expect(findingsIn(path, all)).resolves.toBeInstanceOf(Array);
    }
  },
);
