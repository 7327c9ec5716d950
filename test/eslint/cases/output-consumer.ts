import { at, type RuleCases } from "./cases.ts";

export const cases: RuleCases = {
  JavaScript: {
    valid: [
      'execSync("kubectl gadget trace exec -A | head -n 3");',
      {
        name: "the names of the image",
        code: 'execSync("kubectl gadget run trace_exec:v0.55.1 -o json | jq .proc.comm");',
        options: at("v0.55.1"),
      },
      'const event = JSON.parse(readFileSync("events.json"));\nconsole.log(event.comm, "gadget");',
    ],
    invalid: [
      {
        name: "a program that reads the old names",
        code: 'const out = execSync("kubectl gadget trace open -o json").toString();\nconst event = JSON.parse(out);\nconsole.log(event.comm);',
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 3, column: 13, endLine: 3, endColumn: 23, suggestions: [] }],
        output: null,
      },
      {
        name: "a column that moved",
        code: "execSync(\"kubectl gadget trace exec -A | awk '{print $5}'\");",
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 1, column: 42, suggestions: [] }],
        output: null,
      },
      {
        name: "old names behind an image are rewritten",
        code: 'execSync("kubectl gadget run trace_exec:v0.55.1 -o json | jq .comm");',
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 1, column: 59 }],
        output: 'execSync("kubectl gadget run trace_exec:v0.55.1 -o json | jq .proc.comm");',
      },
    ],
  },
  text: {
    valid: [
      { filename: "a.sh", code: "kubectl gadget trace exec -A | head -n 3\n" },
      {
        filename: "a.sh",
        code: "kubectl gadget run trace_exec:v0.55.1 -o json | jq .proc.comm\n",
        options: at("v0.55.1"),
      },
    ],
    invalid: [
      {
        name: "a column that moved",
        filename: "a.sh",
        code: "kubectl gadget trace exec -A | awk '{print $5}'\n",
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 1, column: 32, endLine: 1, endColumn: 48, suggestions: [] }],
        output: null,
      },
      {
        name: "old names behind an image are rewritten",
        filename: "Makefile",
        code: "look:\n\tkubectl gadget run trace_open:v0.55.1 -o json | jq -r '.comm'\n",
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 2, column: 50 }],
        output: "look:\n\tkubectl gadget run trace_open:v0.55.1 -o json | jq -r '.proc.comm'\n",
      },
    ],
  },
};
