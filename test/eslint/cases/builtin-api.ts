import { at, type RuleCases } from "./cases.ts";

const CALL = 'api.deleteNamespacedCustomObject("gadget.kinvolk.io", "v1alpha1", "gadget", "traces", "tcp")';
const TYPE = `export interface OpenEvent {
  readonly timestamp: number;
  readonly comm: string;
  readonly pid: number;
  readonly path: string;
  readonly mountnsid: number;
}
`;
const READS = 'const open = () => execa("kubectl", ["gadget", "trace", "open", "-o", "json"]);\n';
const IMPORT = "github.com/inspektor-gadget/inspektor-gadget/pkg";

export const cases: RuleCases = {
  JavaScript: {
    valid: [
      {
        name: "another resource of the group",
        code: `const stop = () => ${CALL.replace("traces", "others")};`,
      },
      { name: "in a comment", code: `const a = 1; // ${CALL}` },
      `// gadget-migrate-ignore-next-line builtin-api -- later\nconst stop = () => ${CALL};`,
    ],
    invalid: [
      {
        name: "a call of the Kubernetes API",
        code: `const stop = () => ${CALL};`,
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 1, column: 20, endLine: 1, endColumn: 112, suggestions: [] }],
        output: null,
      },
      {
        name: "before the removal too",
        code: `const stop = () => ${CALL};`,
        options: at("v0.38.0"),
        errors: [{ messageId: "found" }],
        output: null,
      },
    ],
  },
  TypeScript: {
    valid: [
      {
        name: "a type that lists something else",
        code: `interface A { a: string }\n${READS}`,
        filename: "a.ts",
      },
    ],
    invalid: [
      {
        name: "a type that lists the keys of the old JSON",
        code: `${TYPE}${READS}`,
        filename: "a.ts",
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 1, column: 8, suggestions: [] }],
        output: null,
      },
    ],
  },
  text: {
    valid: [
      { filename: "a.go", code: `package a\n\nimport "${IMPORT}/operators"\n` },
      { filename: "a.go", code: `package a\n\n// import "${IMPORT}/gadgets/trace/exec/types"\n` },
    ],
    invalid: [
      {
        name: "a package that is gone",
        filename: "a.go",
        code: `package a\n\nimport "${IMPORT}/gadgets/trace/exec/types"\n`,
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 3, column: 8, endLine: 3, endColumn: 83, suggestions: [] }],
        output: null,
      },
      {
        name: "a call in Python",
        filename: "a.py",
        code: 'api.delete_namespaced_custom_object("gadget.kinvolk.io", "v1alpha1", "gadget", "traces", "tcp")\n',
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 1, column: 1 }],
        output: null,
      },
    ],
  },
};
