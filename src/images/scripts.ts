import type { NeededImage } from "./needed.ts";

/** What fetches and copies images: `ig image`, or `skopeo`, which needs no root and no store. */
export type Tool = "ig" | "skopeo";

/** A shell script that pulls the images into the store of `ig` on the machine that it runs on. */
export function pullScript(images: readonly NeededImage[]): string {
  return script(
    [
      "Pulls the gadget images of this repository into the store of ig on this machine,",
      "/var/lib/ig/oci-store, so that `ig run` finds them there. Run it as root.",
      "It does nothing for a cluster: each gadget pod has a store of its own and pulls for its node.",
    ],
    [...loop(images), '  ig image pull "$image"', "done"],
  );
}

/**
 * A shell script that copies the images, under the same names and tags, to another registry.
 * @param to host and path of that registry
 */
export function mirrorScript(images: readonly NeededImage[], to: string, tool: Tool): string {
  const about = [
    `Copies the gadget images of this repository to ${to}.`,
    `Commands take them from there when they are written with --registry ${to}.`,
  ];
  const copy = 'copy="$registry/${image##*/}"';
  if (tool === "ig") {
    const signatures = [
      "ig pushes the image alone, not its signature: whoever runs the copy must sign it,",
      "or run it with --verify-image=false (`ig`), or say so in the agent's configuration.",
    ];
    const steps = ['  ig image pull "$image"', '  ig image tag "$image" "$copy"', '  ig image push "$copy"'];
    return script(
      [...about, ...signatures],
      [`registry=${to}`, ...loop(images), `  ${copy}`, ...steps, "done"],
    );
  }
  const signed = [
    "  # The signature that agents check; cosign keeps it under a tag made of the digest.",
    `  digest=$(skopeo inspect --format '{{.Digest}}' "docker://$image")`,
    '  signature=$(echo "$digest" | tr : -)',
    '  for tag in "$signature.sig" "$signature"; do',
    '    if skopeo inspect --raw "docker://${image%:*}:$tag" >/dev/null 2>&1; then',
    '      skopeo copy --all "docker://${image%:*}:$tag" "docker://${copy%:*}:$tag"',
    "    fi",
    "  done",
  ];
  const steps = ['  skopeo copy --all "docker://$image" "docker://$copy"'];
  return script(about, [`registry=${to}`, ...loop(images), `  ${copy}`, ...steps, ...signed, "done"]);
}

/** A shell script for a site without network: `export` where there is one, `import` where there is none. */
export function exportScript(images: readonly NeededImage[]): string {
  return script(
    [
      "Carries the gadget images of this repository to a machine without network:",
      "  sh images.sh export  where there is one: writes gadget-images.tar",
      "  sh images.sh import  over there, with that file beside: fills the store of ig. Run it as root.",
      "A cluster cannot import files: there, copy the images to a registry that its nodes reach.",
    ],
    [
      "archive=gadget-images.tar",
      'case "${1:-}" in',
      "export)",
      ...loop(images).map((line) => `  ${line}`),
      '    ig image pull "$image"',
      "  done",
      `  ig image export ${images.map(({ reference }) => `\\\n    ${reference} `).join("")}\\`,
      '    "$archive"',
      "  ;;",
      "import)",
      '  ig image import "$archive"',
      "  ;;",
      "*)",
      '  echo "usage: $0 export|import" >&2',
      "  exit 2",
      "  ;;",
      "esac",
    ],
  );
}

/** Steps of a GitHub Actions job that keep the store of `ig` between runs. */
export function githubSteps(images: readonly NeededImage[], version: string): string {
  return lines([
    "# Steps of a job that runs gadgets with ig, before the first of them.",
    "- name: Cache gadget images",
    "  id: gadget-images",
    "  uses: actions/cache@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0",
    "  with:",
    "    path: ~/gadget-images.tar",
    `    key: gadget-images-${version}-${keyOf(images)}`,
    "- name: Pull gadget images",
    "  run: |",
    "    set -eu",
    "    if [ -f ~/gadget-images.tar ]; then",
    "      sudo ig image import ~/gadget-images.tar",
    "    else",
    ...images.map(({ reference }) => `      sudo ig image pull ${reference}`),
    `      sudo ig image export ${images.map(({ reference }) => reference).join(" ")} ~/gadget-images.tar`,
    '      sudo chown "$(id -u)" ~/gadget-images.tar',
    "    fi",
  ]);
}

/** A job of GitLab CI to extend, with the store of `ig` filled before its script. */
export function gitlabJob(images: readonly NeededImage[], version: string): string {
  return lines([
    "# `extends: .gadget-images` in a job that runs gadgets with ig, on a runner that lets it be root.",
    ".gadget-images:",
    "  cache:",
    `    key: gadget-images-${version}-${keyOf(images)}`,
    "    paths: [gadget-images.tar]",
    "  before_script:",
    "    - |",
    "      if [ -f gadget-images.tar ]; then",
    "        ig image import gadget-images.tar",
    "      else",
    ...images.map(({ reference }) => `        ig image pull ${reference}`),
    `        ig image export ${images.map(({ reference }) => reference).join(" ")} gadget-images.tar`,
    "      fi",
  ]);
}

/** A DaemonSet that fills the store of `ig` on each node. */
export function daemonSet(images: readonly NeededImage[], version: string): string {
  return lines([
    "# Fills the store of ig on each node, /var/lib/ig, for those who run `ig` on the node itself or in a pod that mounts",
    "# that folder. The agent of kubectl gadget has no use for it: each of its pods has a store of its own, which is empty",
    "# when the pod starts. For the agent, keep a registry near (gadget-migrate images --format mirror).",
    "apiVersion: apps/v1",
    "kind: DaemonSet",
    "metadata:",
    "  name: gadget-images",
    "  labels: { app: gadget-images }",
    "spec:",
    "  selector:",
    "    matchLabels: { app: gadget-images }",
    "  template:",
    "    metadata:",
    "      labels: { app: gadget-images }",
    "    spec:",
    "      initContainers:",
    ...images.flatMap(({ reference }, i) => [
      `        - name: pull-${i + 1}`,
      `          image: ghcr.io/inspektor-gadget/ig:${version}`,
      "          imagePullPolicy: IfNotPresent",
      `          args: [image, pull, ${JSON.stringify(reference)}]`,
      "          resources: { limits: { cpu: 500m, memory: 256Mi }, requests: { cpu: 50m, memory: 64Mi } }",
      "          volumeMounts: [{ name: store, mountPath: /var/lib/ig }]",
    ]),
    "      containers:",
    "        - name: pause",
    "          image: registry.k8s.io/pause:3.10",
    "          resources: { limits: { cpu: 10m, memory: 16Mi }, requests: { cpu: 1m, memory: 8Mi } }",
    "      volumes:",
    "        - name: store",
    "          hostPath: { path: /var/lib/ig, type: DirectoryOrCreate }",
  ]);
}

function script(about: readonly string[], body: readonly string[]): string {
  return lines(["#!/bin/sh", ...about.map((line) => `# ${line}`), "set -eu", "", ...body]);
}

/** The head of a loop over the images. */
function loop(images: readonly NeededImage[]): readonly string[] {
  const last = images.length - 1;
  const items = images.map(({ reference }, i) => `  ${reference}${i === last ? "" : " \\"}`);
  return ["for image in \\", ...items, "do"];
}

/** Changes when the list of images does. */
function keyOf(images: readonly NeededImage[]): string {
  let hash = 0x811c9dc5;
  for (const letter of images.map(({ reference }) => reference).join("\n")) {
    hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}

function lines(all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
