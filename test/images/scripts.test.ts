import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { neededImages, type MigratedFile } from "../../src/images/needed.ts";
import {
  daemonSet,
  exportScript,
  githubSteps,
  gitlabJob,
  mirrorScript,
  pullScript,
} from "../../src/images/scripts.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";

const OFFICIAL = "ghcr.io/inspektor-gadget/gadget";

function needed(text: string, images: MigratedFile["images"] = [], registry?: string): readonly string[] {
  const files = [{ path: "a.sh", text, images }];
  return neededImages(files, { target: "v0.55.1", registry }, loadKnowledge()).map(
    ({ reference }) => reference,
  );
}

describe("neededImages", () => {
  test.each([
    ["a short name", "kubectl gadget run trace_exec:v0.45.0 -n demo", [`${OFFICIAL}/trace_exec:v0.45.0`]],
    ["in full", `ig run ${OFFICIAL}/trace_dns:v0.55.1`, [`${OFFICIAL}/trace_dns:v0.55.1`]],
    [
      "of a mirror",
      '["run", "reg.example.com:5000/g/trace_dns:v0.55.1"]',
      ["reg.example.com:5000/g/trace_dns:v0.55.1"],
    ],
    [
      "with a digest",
      `ig run top_tcp:v0.55.1@sha256:${"0".repeat(64)}`,
      [`${OFFICIAL}/top_tcp:v0.55.1@sha256:${"0".repeat(64)}`],
    ],
    ["a tag in a variable", 'ig run "trace_open:$IG_VERSION"', [`${OFFICIAL}/trace_open:v0.55.1`]],
    ["a tag in a template", "ig run trace_open:{{ .Values.tag }}", [`${OFFICIAL}/trace_open:v0.55.1`]],
    ["in a sentence", "Run trace_open:v0.55.1.", [`${OFFICIAL}/trace_open:v0.55.1`]],
    [
      "the same twice, others sorted",
      "trace_open:v0.55.1 trace_exec:v0.55.1 trace_open:v0.55.1",
      [`${OFFICIAL}/trace_exec:v0.55.1`, `${OFFICIAL}/trace_open:v0.55.1`],
    ],
    ["no tag is no image", "the gadget trace_open: it traces", []],
    ["a longer word", "my_trace_open:v1.0 trace_opens:v1.0", []],
  ])("%s", (_, text, expected) => {
    expect(needed(text)).toEqual(expected);
  });

  test("what findings without a fix need is there, names that are none are not", () => {
    expect(needed("", ["advise_seccomp", "nothing_known"])).toEqual([`${OFFICIAL}/advise_seccomp:v0.55.1`]);
  });

  test("a registry stands for the official place", () => {
    expect(needed("ig run trace_exec:v0.45.0", [], "r.example.com/g")).toEqual([
      "r.example.com/g/trace_exec:v0.45.0",
    ]);
  });
});

const IMAGES = neededImages(
  [{ path: "a.sh", text: "trace_exec:v0.55.1 top_tcp:v0.55.1", images: [] }],
  { target: "v0.55.1" },
  loadKnowledge(),
);
const REFERENCES = IMAGES.map(({ reference }) => reference);

/** Runs a script with programs that only tell how they were called. */
function called(script: string, ...args: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "gadget-migrate-images-"));
  try {
    const tell = `#!/bin/sh\necho "$(basename "$0") $*" >>"${folder}/calls"\ncase "$*" in *Digest*) echo sha256:abc ;; esac\n`;
    for (const name of ["ig", "skopeo"]) writeFileSync(join(folder, name), tell, { mode: 0o755 });
    writeFileSync(join(folder, "script"), script);
    const env = { PATH: `${folder}:${process.env["PATH"] ?? ""}` };
    const { status, stderr } = spawnSync("sh", [join(folder, "script"), ...args], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    const calls = status === 0 ? readFileSync(join(folder, "calls"), "utf8").trimEnd().split("\n") : [];
    return { status, stderr, calls };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("scripts", () => {
  test.each([
    ["script", pullScript(IMAGES)],
    ["mirror with skopeo", mirrorScript(IMAGES, "r.example.com/g", "skopeo")],
    ["mirror with ig", mirrorScript(IMAGES, "r.example.com/g", "ig")],
    ["export", exportScript(IMAGES)],
  ])("shellcheck has nothing to say of %s", (_, script) => {
    const { stdout, status, error } = spawnSync("shellcheck", ["-"], { input: script, encoding: "utf8" });
    expect({ stdout, status, error }).toEqual({ stdout: "", status: 0, error: undefined });
  });

  test("script pulls each image", () => {
    expect(called(pullScript(IMAGES)).calls).toEqual(REFERENCES.map((image) => `ig image pull ${image}`));
  });

  test("mirror with ig pulls, tags and pushes", () => {
    const [first = ""] = REFERENCES;
    const copy = `r.example.com/g/${first.split("/").at(-1) ?? ""}`;
    expect(called(mirrorScript(IMAGES, "r.example.com/g", "ig")).calls.slice(0, 3)).toEqual([
      `ig image pull ${first}`,
      `ig image tag ${first} ${copy}`,
      `ig image push ${copy}`,
    ]);
  });

  test("mirror with skopeo copies the signature too", () => {
    const { calls } = called(mirrorScript(IMAGES, "r.example.com/g", "skopeo"));
    expect(calls).toContain(
      `skopeo copy --all docker://${OFFICIAL}/top_tcp:sha256-abc.sig docker://r.example.com/g/top_tcp:sha256-abc.sig`,
    );
  });

  test("export and import, and a word for any other use", () => {
    expect(called(exportScript(IMAGES), "export").calls.at(-1)).toBe(
      `ig image export ${REFERENCES.join(" ")} gadget-images.tar`,
    );
    expect(called(exportScript(IMAGES), "import").calls).toEqual(["ig image import gadget-images.tar"]);
    expect(called(exportScript(IMAGES))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("export|import") as string,
    });
  });

  test("steps, job and DaemonSet are YAML that names each image", () => {
    for (const text of [
      githubSteps(IMAGES, "v0.55.1"),
      gitlabJob(IMAGES, "v0.55.1"),
      daemonSet(IMAGES, "v0.55.1"),
    ]) {
      const content = JSON.stringify(parse(text));
      for (const reference of REFERENCES) expect(content).toContain(reference);
    }
  });
});
