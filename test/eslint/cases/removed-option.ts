import { at, type RuleCases } from "./cases.ts";

export const cases: RuleCases = {
  JavaScript: {
    valid: ['execSync("ig run trace_fsslower:v0.55.1 --min 10000")'],
    invalid: [
      {
        code: 'execSync("ig run trace_fsslower:v0.45.0 --min 10")',
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 1, column: 11 }],
        output: 'execSync("ig run trace_fsslower:v0.55.1 --min 10000")',
      },
    ],
  },
  text: {
    valid: [{ filename: "a.bats", code: "ig run trace_fsslower:v0.55.1 --min 10000" }],
    invalid: [
      {
        filename: "a.bats",
        code: "ig run trace_fsslower:v0.45.0 --min 10",
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 1, column: 1 }],
        output: "ig run trace_fsslower:v0.55.1 --min 10000",
      },
    ],
  },
};
