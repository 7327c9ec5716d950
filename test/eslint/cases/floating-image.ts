import { at, type RuleCases } from "./cases.ts";

export const cases: RuleCases = {
  JavaScript: {
    valid: ['execSync("ig run trace_dns:v0.45.0")', 'execSync("ig trace dns")'],
    invalid: [
      {
        code: 'execSync("ig run trace_dns:latest")',
        options: at("v0.45.0"),
        errors: [{ messageId: "found", line: 1 }],
        output: 'execSync("ig run trace_dns:v0.45.0")',
      },
    ],
  },
  text: {
    valid: [{ filename: "Makefile", code: "a:\n\tig run trace_dns:v0.45.0\n" }],
    invalid: [
      {
        filename: "Makefile",
        code: "a:\n\tig run trace_dns\n",
        options: at("v0.45.0"),
        errors: [{ messageId: "found", line: 2, column: 2 }],
        output: "a:\n\tig run trace_dns:v0.45.0\n",
      },
    ],
  },
};
