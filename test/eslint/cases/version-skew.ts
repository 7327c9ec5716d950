import type { RuleCases } from "./cases.ts";

const DEPLOY = "kubectl gadget deploy --image ghcr.io/inspektor-gadget/inspektor-gadget:v0.50.1";

export const cases: RuleCases = {
  JavaScript: {
    valid: [
      { name: "patch numbers only", code: `execSync("${DEPLOY}");\nexecSync("ig run trace_dns:v0.50.0");` },
      'execSync("ig run trace_dns:v0.50.0");',
    ],
    invalid: [
      {
        name: "an image of another release than the agent",
        code: `execSync("${DEPLOY}");\nexecSync("kubectl gadget run trace_dns:v0.42.0");`,
        errors: [
          {
            message:
              /^This says v0\.42\.0 \(gadget image trace_dns\), while \S+:1 says v0\.50\.1 \(agent image\)\./,
            line: 2,
            column: 40,
            endLine: 2,
            endColumn: 47,
            suggestions: [],
          },
        ],
        output: null,
      },
    ],
  },
  text: {
    valid: [{ filename: "a.sh", code: `${DEPLOY}\nkubectl gadget run trace_dns:v0.50.3\n` }],
    invalid: [
      {
        filename: "a.sh",
        code: `${DEPLOY}\nkubectl gadget run trace_dns:v0.42.0\n`,
        errors: [{ messageId: "found", line: 2, column: 30, endLine: 2, endColumn: 37, suggestions: [] }],
        output: null,
      },
    ],
  },
};
