import type { CheckEntry, FileCheck } from "./check.ts";
import type { RuleId } from "./registry.ts";

/** What is looked for besides commands. */
const CHECKS: readonly CheckEntry[] = [
  {
    rules: ["floating-image"],
    sign: /inspektor-gadget\/|gadgetImage|instance-spec|["'`]\w+_\w+:(?:latest|main)["'`]/,
    load: async () => (await import("./checks/floating-image.ts")).floatingImages,
  },
  {
    rules: ["trace-resource"],
    sign: /gadget\.kinvolk\.io/,
    load: async () => (await import("./checks/trace-resource.ts")).traceResources,
  },
  {
    rules: ["builtin-gadget"],
    sign: /metrics_name/,
    load: async () => (await import("./checks/metrics-config.ts")).metricsConfigs,
  },
  {
    rules: ["image-pull-policy", "resource-limits"],
    sign: { test: (text) => text.includes("inspektor-gadget") && /ontainers["']?:/.test(text) },
    load: async () => (await import("./checks/workloads.ts")).workloads,
  },
  {
    rules: ["removed-option"],
    sign: { test: (text) => text.includes("gadget") && HELM_VALUES.test(text) },
    load: async () => (await import("./checks/helm-values.ts")).helmValues,
  },
  {
    rules: ["builtin-api", "trace-resource"],
    sign: {
      test: (text) =>
        API.test(text) || STRUCT.test(text) || /(?:kinvolk|inspektor-gadget)\/inspektor-gadget\/[a-z]/.test(text),
    },
    load: async () => (await import("./checks/program-api.ts")).programApi,
  },
  {
    rules: ["builtin-api", "trace-resource"],
    sign: { test: (text) => SCRIPT.test(text) && (API.test(text) || FIELDS.test(text)) },
    load: async () => (await import("./checks/javascript-api.ts")).javascriptApi,
  },
];

/** What holds values of a Helm chart, or sets them. */
const HELM_VALUES = /HelmRelease|\bchart["']?:|--set|^\uFEFF? *["']?config["']?:/m;
/** Names of the API in any language. */
const API = /gadget\.kinvolk\.io|BuiltInGadget|TracerManager/;
/** JavaScript, which it takes long to load the compiler for. */
const SCRIPT = /\bawait\s+[\w.]+\(|\b(?:const|let|var)\s+[\w{[]|=>|\brequire\(|\bimport\s[^\n]*\sfrom\s|\binterface\s/;
/** A type of TypeScript that may list the keys of events, in a file that may run the gadget. */
const FIELDS = /\b(?:interface\s+\w[^{}\n]*|type\s+\w+(?:<[^<>\n]*>)?\s*=\s*)\{/;

/** A struct of Go that JSON fills, in a file that may run the gadget. */
const STRUCT = { test: (text: string): boolean => text.includes('json:"') && /\bstruct\s*\{/.test(text) };

/** The checks that may find something in a text that is reported. */
export async function checksFor(
  text: string,
  isReported: (rule: RuleId) => boolean,
): Promise<readonly FileCheck[]> {
  const wanted = CHECKS.filter(({ rules, sign }) => rules.some(isReported) && sign.test(text));
  return Promise.all(wanted.map(({ load }) => load()));
}
