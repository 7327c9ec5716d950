import { describe, expect, test } from "vitest";
import { evidenceIn, mayTellRelease } from "../../src/engine/evidence.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";

const knowledge = loadKnowledge();

/** Each sign as `kind version what :line`. */
function signs(text: string): readonly string[] {
  const evidence = evidenceIn({ path: "x", text }, knowledge);
  return evidence.map(({ kind, version, what, line }) => `${kind} ${version} ${what} :${line}`);
}

const cases: readonly { name: string; text: string; found: string[] }[] = [
  {
    name: "chart dependency",
    text: "apiVersion: v2\nname: mine\nversion: 1.2.3\ndependencies:\n  - name: redis\n    version: 18.0.0\n  - name: gadget\n    version: 0.45.0\n    repository: https://inspektor-gadget.github.io/charts\n",
    found: ["agent 0.45.0 Helm chart :8"],
  },
  {
    name: "requirements of Go modules",
    text: "require github.com/kinvolk/inspektor-gadget v0.5.1\nrequire (\n\tgithub.com/inspektor-gadget/inspektor-gadget v0.38.0 // indirect\n)\n",
    found: ["library v0.5.1 Go module :1", "library v0.38.0 Go module :3"],
  },
  {
    name: "a Go module that is replaced by a folder, so that its version says nothing",
    text: "require github.com/inspektor-gadget/inspektor-gadget v0.0.0\nreplace github.com/inspektor-gadget/inspektor-gadget => ../../\n",
    found: [],
  },
  {
    name: "other Go modules, and what is between two releases",
    text: "\tgithub.com/inspektor-gadget/inspektor-gadget v0.41.1-0.20250601000000-abcdef012345\n\tgithub.com/acme/inspektor-gadget v1.2.3\n",
    found: [],
  },
  {
    name: "chart dependency in another order, quoted, by OCI",
    text: "dependencies:\n- repository: oci://ghcr.io/inspektor-gadget/inspektor-gadget/charts\n  version: \"v0.45.0\" # pinned\n  name: 'gadget'\n",
    found: ["agent v0.45.0 Helm chart :3"],
  },
  {
    name: "another chart of that name",
    text: "dependencies:\n- name: gadget\n  version: 1.2.3\n  repository: https://example.com/charts\n",
    found: [],
  },
  {
    name: "a range names no release",
    text: "- name: gadget\n  version: ^0.45.0\n  repository: https://inspektor-gadget.github.io/charts\n",
    found: [],
  },
  {
    name: "Flux",
    text: "spec:\n  chart:\n    spec:\n      chart: gadget\n      version: 0.45.0\n      sourceRef:\n        kind: HelmRepository\n",
    found: ["agent 0.45.0 Helm chart :5"],
  },
  {
    name: "Argo CD",
    text: "  source:\n    repoURL: https://inspektor-gadget.github.io/charts\n    chart: gadget\n    targetRevision: 0.45.0\n",
    found: ["agent 0.45.0 Helm chart :4"],
  },
  {
    name: "helmfile",
    text: "releases:\n- name: gadget\n  chart: gadget/gadget\n  version: 0.45.0\n",
    found: ["agent 0.45.0 Helm chart :4"],
  },
  {
    name: "Terraform",
    text: 'resource "helm_release" "gadget" {\n  name    = "gadget"\n  chart   = "gadget"\n  version = "0.45.0"\n}\n',
    found: ["agent 0.45.0 Helm chart :4"],
  },
  {
    name: "helm command",
    text: "helm upgrade --install gadget gadget/gadget \\\n  -n gadget --version=0.45.0\n",
    found: ["agent 0.45.0 Helm chart :1"],
  },
  {
    name: "helm command by OCI",
    text: "x && helm install g oci://ghcr.io/inspektor-gadget/inspektor-gadget/charts/gadget --version 0.45.0",
    found: ["agent 0.45.0 Helm chart :1"],
  },
  {
    name: "helm command for another chart",
    text: "helm install gadget redis/redis --version 18.0.0\nhelm install a gadget/gadget\n",
    found: [],
  },
  {
    name: "deploy",
    text: "kubectl gadget deploy --image ghcr.io/inspektor-gadget/inspektor-gadget:v0.45.0\n",
    found: ["agent v0.45.0 agent image :1"],
  },
  {
    name: "DaemonSet",
    text: "containers:\n- name: gadget\n  image: ghcr.io/inspektor-gadget/inspektor-gadget:v0.45.0@sha256:00\n",
    found: ["agent v0.45.0 agent image :3"],
  },
  {
    name: "mirror",
    text: "image: registry.example.com:5000/inspektor-gadget/inspektor-gadget:v0.45.0",
    found: ["agent v0.45.0 agent image :1"],
  },
  {
    name: "older homes of the agent",
    text: "ghcr.io/kinvolk/inspektor-gadget:v0.8.0\ndocker.io/kinvolk/gadget:v0.4.0\n",
    found: ["agent v0.8.0 agent image :1", "agent v0.4.0 agent image :2"],
  },
  {
    name: "values split over keys",
    text: "gadget:\n  image:\n    repository: ghcr.io/inspektor-gadget/inspektor-gadget\n    pullPolicy: IfNotPresent\n    tag: v0.45.0\n",
    found: ["agent v0.45.0 agent image :5"],
  },
  {
    name: "kustomize",
    text: "images:\n- name: other\n  newTag: v1.0.0\n- name: ghcr.io/inspektor-gadget/ig\n  newTag: v0.45.0\n",
    found: ["cli v0.45.0 ig image :5"],
  },
  {
    name: "ig image",
    text: "docker run --rm ghcr.io/inspektor-gadget/ig:v0.45.0 trace exec",
    found: ["cli v0.45.0 ig image :1"],
  },
  { name: "shell variable", text: "export IG_VERSION=v0.45.0\n", found: ["cli v0.45.0 IG_VERSION :1"] },
  {
    name: "quoted, with a default",
    text: 'V="${INSPEKTOR_GADGET_VERSION:-v0.45.0}"',
    found: ["cli v0.45.0 INSPEKTOR_GADGET_VERSION :1"],
  },
  {
    name: "make",
    text: "IG_VERSION ?= 0.45.0\nIG_TAG := v0.44.0\n",
    found: ["cli 0.45.0 IG_VERSION :1", "cli v0.44.0 IG_TAG :2"],
  },
  { name: "YAML", text: 'env:\n  ig-version: "v0.45.0"\n', found: ["cli v0.45.0 ig-version :2"] },
  {
    name: "Dockerfile",
    text: "ARG IG_VERSION=v0.45.0\nENV KUBECTL_GADGET_VERSION v0.45.0\n",
    found: ["cli v0.45.0 IG_VERSION :1", "cli v0.45.0 KUBECTL_GADGET_VERSION :2"],
  },
  { name: "TypeScript", text: 'const igVersion: string = "v0.45.0";', found: ["cli v0.45.0 igVersion :1"] },
  {
    name: "download",
    text: "curl -L https://github.com/inspektor-gadget/inspektor-gadget/releases/download/v0.45.0/ig-linux-amd64-v0.45.0.tar.gz",
    found: ["cli v0.45.0 release download :1"],
  },
  {
    name: "download of the manifest",
    text: "kubectl apply -f https://github.com/inspektor-gadget/inspektor-gadget/releases/download/v0.45.0/inspektor-gadget-v0.45.0.yaml",
    found: ["agent v0.45.0 release download :1"],
  },
  {
    name: "gadget images",
    text: "kubectl gadget run trace_exec:v0.45.0\nig run ghcr.io/inspektor-gadget/gadget/top_file:v0.44.0\nimage: mirror.example.com/gadgets/trace_dns:v0.43.0\n",
    found: [
      "image v0.45.0 gadget image trace_exec :1",
      "image v0.44.0 gadget image top_file :2",
      "image v0.43.0 gadget image trace_dns :3",
    ],
  },
  {
    name: "somebody else's image",
    text: "run ttl.sh/me/trace_exec:v1.0.0\nrun trace_mine:v1.0.0\nimage: nginx:v1.2.3\nimage: example.com/ig:v1.2.3",
    found: [],
  },
  {
    name: "floating and dynamic tags",
    text: "trace_exec:latest trace_exec:$IG_VERSION ig:v0.45 IG_VERSION=main ghcr.io/inspektor-gadget/ig:v0.45.0-rc1",
    found: [],
  },
  {
    name: "the same sign once, at its first place",
    text: "trace_exec:v0.45.0\ntrace_exec:v0.45.0\ntrace_exec:v0.44.0\n",
    found: ["image v0.45.0 gadget image trace_exec :1", "image v0.44.0 gadget image trace_exec :3"],
  },
  {
    name: "versions of other things",
    text: "VERSION=1.2.3\nRIG_VERSION_X=1.2.3\nconfig_version: 1.2.3\nDIG_VERSION=1.2.3\n",
    found: [],
  },
  {
    name: "CRLF",
    text: "a: b\r\nimage:\r\n  repository: ghcr.io/inspektor-gadget/ig\r\n  tag: v0.45.0\r\n",
    found: ["cli v0.45.0 ig image :4"],
  },
];

test.each(cases)("$name", ({ text, found }) => {
  expect(signs(text)).toEqual(found);
});

// With a pattern that goes back and forth it would take hours.
test("long lines are looked through once", () => {
  const line = (length: number): string =>
    "a:".repeat(length) + "gadget".repeat(length) + " helm " + "x-".repeat(length) + "--version 1.2.3";
  expect(signs(line(200_000))).toEqual(signs(line(2)));
});

describe("files outside of all languages that may tell", () => {
  test.each([
    "Chart.lock",
    "cmd/x/go.mod",
    "charts/x/requirements.lock",
    "ci/versions.mk",
    "Dockerfile.dev",
    ".env.local",
    "prod.env",
    "main.tf",
    "x.tfvars",
  ])("%s", (path) => {
    expect(mayTellRelease(path)).toBe(true);
  });
  test.each(["a.png", "package-lock.json", "yarn.lock", "README.md"])("not %s", (path) => {
    expect(mayTellRelease(path)).toBe(false);
  });
});
