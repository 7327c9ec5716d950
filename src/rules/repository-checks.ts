import type { RepositoryCheckEntry } from "./check.ts";

/** What is looked for in all files together. */
export const REPOSITORY_CHECKS: readonly RepositoryCheckEntry[] = [
  {
    rules: ["image-prepull"],
    sign: /(?:^|[\s"'/])(?:ig|gadget|kubectl-gadget)["']?\s/m,
    alsoWith: ["image pull", "image import"],
    load: async () => (await import("./checks/image-prepull.ts")).imagePrepull,
  },
  {
    rules: ["network-policy"],
    sign: /gadget/,
    alsoWith: ["NetworkPolicy"],
    load: async () => (await import("./checks/network-policy.ts")).networkPolicy,
  },
  {
    rules: ["registry-access"],
    sign: /gadget|(?:^|[\s"'/])ig["']?\s/m,
    alsoWith: ["imagePullSecrets", "dockerconfigjson", " login "],
    load: async () => (await import("./checks/registry-access.ts")).registryAccess,
  },
];
