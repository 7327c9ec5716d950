import type { CheckEntry, FileCheck } from "./check.ts";
import type { RuleId } from "./registry.ts";

/** What is looked for besides commands. */
const CHECKS: readonly CheckEntry[] = [
  {
    rules: ["floating-image"],
    sign: /inspektor-gadget\/|gadgetImage|instance-spec/,
    load: async () => (await import("./checks/floating-image.ts")).floatingImages,
  },
  {
    rules: ["trace-resource"],
    sign: /gadget\.kinvolk\.io/,
    load: async () => (await import("./checks/trace-resource.ts")).traceResources,
  },
];

/** The checks that may find something in a text. */
export async function checksFor(text: string): Promise<readonly FileCheck[]> {
  return Promise.all(CHECKS.filter(({ sign }) => sign.test(text)).map(({ load }) => load()));
}

/** The rules whose checks may find something in a text. */
export function checkedRules(text: string): ReadonlySet<RuleId> {
  return new Set(CHECKS.filter(({ sign }) => sign.test(text)).flatMap(({ rules }) => rules));
}
