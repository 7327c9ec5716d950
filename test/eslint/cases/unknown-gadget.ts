import type { RuleCases } from "./cases.ts";

export const cases: RuleCases = {
  JavaScript: {
    valid: ['execSync("ig trace dns")'],
    invalid: [{ code: 'execSync("ig trace dnss")', errors: [{ messageId: "found" }], output: null }],
  },
  text: {
    valid: [{ filename: "Dockerfile", code: "FROM a\nRUN ig trace dns\n" }],
    invalid: [
      {
        filename: "Dockerfile",
        code: "FROM a\nRUN ig trace dnss\n",
        errors: [{ messageId: "found", line: 2, column: 5 }],
        output: null,
      },
    ],
  },
};
