import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { instanceFaults } from "../../src/translate/check-instance.ts";
import { runCli, type CliRun } from "../support/cli.ts";
import { addToTree, makeTree } from "../support/tree.ts";

function trace(name: string, gadget = "execsnoop", namespace = "demo"): string {
  return `apiVersion: gadget.kinvolk.io/v1alpha1
kind: Trace
metadata: { name: ${name} }
spec: { node: worker-1, gadget: ${gadget}, filter: { namespace: ${namespace} }, runMode: Manual, outputMode: Stream }
`;
}

const MANIFEST = `apiVersion: 1
kind: instance-spec
image: trace_exec:v0.55.1
name: watch
nodes:
  - worker-1
paramValues:
  operator.KubeManager.namespace: demo
  operator.oci.ebpf.ignore-failed: "false"
`;

function run(cwd: string, ...words: readonly string[]): Promise<CliRun> {
  return runCli(cwd, ["manifests", ...words]);
}

test("each Trace becomes a file, and a second run changes nothing", async () => {
  const root = makeTree({ "deploy/trace.yaml": trace("watch") });
  expect(await run(root, "--out", "new/gadgets", "--target", "v0.55.1")).toEqual({
    code: 0,
    stdout:
      "new/gadgets/watch.yaml written\n\nRun it with:\n  kubectl gadget run -f new/gadgets/watch.yaml --detach\n",
    stderr: "",
  });
  expect(readFileSync(join(root, "new/gadgets/watch.yaml"), "utf8")).toBe(MANIFEST);
  const again = await run(root, "--out", "new/gadgets", "--target", "v0.55.1");
  expect(again.stdout).toContain("new/gadgets/watch.yaml is as it should be\n");
  expect(readdirSync(join(root, "new/gadgets"))).toEqual(["watch.yaml"]);
});

test("of one name, the same text is one file, and others get numbers", async () => {
  const root = makeTree({
    "a.yaml": trace("watch"),
    "b.yaml": trace("watch"),
    "c.yaml": trace("watch", "opensnoop"),
  });
  const { stdout } = await run(root, "--out", "out", "a.yaml", "b.yaml", "c.yaml");
  expect(stdout).toContain("  kubectl gadget run -f out/watch-2.yaml --detach\n");
  expect(readdirSync(join(root, "out")).sort()).toEqual(["watch-2.yaml", "watch.yaml"]);
});

test("a name leads nowhere but into the folder", async () => {
  const root = makeTree({ "a.yaml": trace('"../../up"'), "b.yaml": trace('"..."', "opensnoop") });
  expect(await run(root, "--out", "out", "a.yaml", "b.yaml")).toMatchObject({ code: 0 });
  expect(readdirSync(join(root, "out")).sort()).toEqual(["trace_open.yaml", "up.yaml"]);
});

describe("what stands there already", () => {
  test("is not replaced, and nothing else is written either", async () => {
    const root = makeTree({ "a.yaml": trace("first"), "b.yaml": trace("watch"), "out/watch.yaml": "mine\n" });
    const { code, stderr } = await run(root, "--out", "out", "a.yaml", "b.yaml");
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        "gadget-migrate: out/watch.yaml is there and says something else; --force replaces it. Nothing was written.\n",
    });
    expect(readdirSync(join(root, "out"))).toEqual(["watch.yaml"]);
    expect(readFileSync(join(root, "out/watch.yaml"), "utf8")).toBe("mine\n");
  });

  test("is replaced with --force", async () => {
    const root = makeTree({ "a.yaml": trace("watch"), "out/watch.yaml": "mine\n" });
    expect(await run(root, "--out", "out", "--force", "--target=v0.55.1", "a.yaml")).toMatchObject({
      code: 0,
    });
    expect(readFileSync(join(root, "out/watch.yaml"), "utf8")).toBe(MANIFEST);
  });

  test("is left alone where it is a link, with --force too", async () => {
    const root = makeTree({ "a.yaml": trace("watch"), "secret.txt": "mine\n" });
    addToTree(root, { "out/watch.yaml": { link: "../secret.txt" } });
    for (const force of [[], ["--force"]]) {
      expect(await run(root, "--out", "out", ...force, "a.yaml")).toMatchObject({ code: 2 });
      expect(lstatSync(join(root, "out/watch.yaml")).isSymbolicLink()).toBe(true);
      expect(readFileSync(join(root, "secret.txt"), "utf8")).toBe("mine\n");
    }
  });
});

test("a Trace that only a person can replace is named, and the others are written", async () => {
  const root = makeTree({
    "a.yaml": trace("watch", "network-graph"),
    "b.yaml": trace("ok"),
    "c.sh": `kubectl apply -f - <<EOF\n${trace("dynamic", "execsnoop", "$NS")}EOF\n`,
  });
  const { code, stderr } = await run(root, "--out", "out");
  expect(code).toBe(1);
  expect(stderr).toBe(
    "gadget-migrate: a.yaml:1: no manifest is written; the report says why.\n" +
      "gadget-migrate: c.sh:2: no manifest is written; the report says why.\n",
  );
  expect(readdirSync(join(root, "out"))).toEqual(["ok.yaml"]);
});

test("without a Trace there is no folder", async () => {
  const root = makeTree({ "a.yaml": "kind: ConfigMap\ndata: { group: gadget.kinvolk.io }\n" });
  expect(await run(root, "--out", "out")).toEqual({
    code: 0,
    stdout: "There is no Trace resource.\n",
    stderr: "",
  });
  expect(existsSync(join(root, "out"))).toBe(false);
});

test.each([
  [[], "manifests needs a folder to write to: --out DIR."],
  [["--out="], "manifests needs a folder to write to: --out DIR."],
  [["--fix", "--out", "x"], "Unknown option '--fix'"],
  [["--out", "x", "--defaults", "none"], "--defaults takes keep or new"],
])("%j is refused", async (words, expected) => {
  const { code, stderr } = await run(makeTree({ "a.yaml": "" }), ...words);
  expect(code).toBe(2);
  expect(stderr).toContain(expected);
});

describe("a manifest is held against what the target takes", () => {
  const faults = (text: string, release = "v0.55.1"): readonly string[] =>
    instanceFaults(text, "kubectl-gadget", release, loadKnowledge());

  test("as it should be", () => {
    expect(faults(MANIFEST)).toEqual([]);
  });

  test.each([
    ["two documents", `${MANIFEST}---\n${MANIFEST}`],
    ["no YAML", "a: b: c: ["],
    ["another kind", MANIFEST.replace("instance-spec", "instance")],
    ["no image", MANIFEST.replace(/image.*\n/, "")],
    ["a name with a dot", MANIFEST.replace("watch", "watch.exec")],
    ["nodes that are no list", MANIFEST.replace("nodes:\n  - worker-1", "nodes: worker-1")],
    ["an unknown key", `${MANIFEST}timeout: 5\n`],
    ["an unknown image", MANIFEST.replace("trace_exec", "trace_exce")],
    ["a short key", MANIFEST.replace("operator.KubeManager.namespace", "namespace")],
    ["a value of another type", MANIFEST.replace('"false"', '"never"')],
    ["a value that is no text", MANIFEST.replace('"false"', "false")],
  ])("%s", (_, text) => {
    expect(faults(text)).not.toEqual([]);
  });

  test("an image that the release does not have", () => {
    expect(faults(MANIFEST.replace("trace_exec", "gpu_top"), "v0.42.0")).not.toEqual([]);
  });
});
