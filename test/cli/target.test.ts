import { describe, expect, test } from "vitest";
import { LikelyTarget } from "../../src/cli/target.ts";
import type { SourceFile } from "../../src/engine/report.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { newestRelease } from "../../src/knowledge/releases.ts";

const knowledge = loadKnowledge();

describe("the likely target", () => {
  test("follows the files as they come", () => {
    const telling: SourceFile[] = [];
    const likely = new LikelyTarget({ telling, places: [""] });
    expect(likely.version(knowledge)).toBe(newestRelease(knowledge.releases));
    telling.push({ path: "test/run.sh", text: "IG_VERSION=v0.44.0\n" });
    expect(likely.version(knowledge)).toBe("v0.44.0");
    telling.push({ path: "run.sh", text: "IG_VERSION=v0.45.0\n" }, { path: "a.sh", text: "echo\n" });
    expect(likely.version(knowledge)).toBe("v0.45.0");
    telling.push({ path: "pod.yaml", text: "image: ghcr.io/inspektor-gadget/inspektor-gadget:v0.43.0\n" });
    expect(likely.version(knowledge)).toBe("v0.43.0");
    expect(likely.version(knowledge)).toBe("v0.43.0");
  });
});
