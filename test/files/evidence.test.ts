import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Prefilter } from "../../src/engine/prefilter.ts";
import type { DiscoverOptions } from "../../src/files/discover.ts";
import { projectEvidence } from "../../src/files/evidence.ts";
import { discoverAndRead } from "../../src/files/gather.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { makeTree } from "../support/tree.ts";

const TREE = {
  "a/run.sh": "kubectl gadget trace exec\n",
  "b/deploy.sh": "kubectl gadget deploy --image ghcr.io/inspektor-gadget/inspektor-gadget:v0.45.0\n",
  "old/run.sh": "kubectl gadget run trace_exec:v0.40.0\n",
  Makefile: "IG_VERSION = v0.44.0\n",
  ".env": "IG_TAG=v0.43.0\n",
};

async function evidence(
  root: string,
  paths: readonly string[],
  options: Partial<DiscoverOptions> = {},
  meanwhile?: () => void,
): Promise<readonly string[]> {
  const all = { root, cwd: root, ...options };
  const prefilter = new Prefilter();
  const scanned = await discoverAndRead(paths, all, prefilter);
  meanwhile?.();
  const found = await projectEvidence(scanned, all, loadKnowledge());
  return found.map(({ path, version }) => `${path} ${version}`).sort();
}

const ALL = [".env v0.43.0", "Makefile v0.44.0", "b/deploy.sh v0.45.0", "old/run.sh v0.40.0"];

test.each([
  ["the whole project", ["."], {}, ALL],
  ["a part of it", ["a"], {}, ALL],
  ["a file", ["b/deploy.sh"], {}, ALL],
  ["some kinds of files", ["."], { include: ["*.ts"] }, ALL],
  ["without a folder that is excluded", ["a"], { exclude: ["old"] }, ALL.slice(0, 3)],
])("evidence comes from everywhere when the scan is of %s", async (_, paths, options, found) => {
  expect(await evidence(makeTree(TREE), paths, options)).toEqual(found);
});

test("of what the scan has read, the text that it read counts", async () => {
  const root = makeTree(TREE);
  const change = (): void => {
    for (const path of Object.keys(TREE)) writeFileSync(join(root, path), "IG_VERSION=v0.50.0\n");
  };
  expect(await evidence(root, ["."], {}, change)).toEqual(ALL);
});
