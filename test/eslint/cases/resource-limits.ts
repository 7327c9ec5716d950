import { at, type RuleCases } from "./cases.ts";

const POD = `kind: Pod
spec:
  containers:
    - name: ig
      image: ghcr.io/inspektor-gadget/ig:v0.55.1
`;
const LIMITED = `${POD}      resources: { limits: { cpu: 500m, memory: 512Mi } }\n`;
const applied = (manifest: string): string => `execSync(\`kubectl apply -f - <<EOF\n${manifest}EOF\`);`;

export const cases: RuleCases = {
  JavaScript: {
    valid: [applied(LIMITED), applied(POD.replaceAll("ig", "other"))],
    invalid: [
      {
        name: "a manifest that a program applies",
        code: applied(POD),
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 6, column: 14, endLine: 6, endColumn: 49, suggestions: [] }],
        output: null,
      },
    ],
  },
  text: {
    valid: [
      { filename: "a.yaml", code: LIMITED },
      { filename: "a.yaml", code: POD.replace("ghcr.io/inspektor-gadget/ig", "example.org/web") },
      {
        name: "what fills it in may set them",
        filename: "templates/a.yaml",
        code: `${POD}      resources: {{ toYaml .Values.resources | nindent 8 }}\n`,
      },
    ],
    invalid: [
      {
        name: "none",
        filename: "a.yaml",
        code: POD,
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 5, column: 14, endLine: 5, endColumn: 49, suggestions: [] }],
        output: null,
      },
      {
        name: "one of two",
        filename: "a.json",
        code: '{ "kind": "Pod", "spec": { "containers": [{ "image": "ghcr.io/inspektor-gadget/ig:v0.55.1", "resources": { "limits": { "cpu": 1 } } }] } }',
        options: at("v0.55.1"),
        errors: [
          { message: /^The container has no limit for memory: /, line: 1, column: 54, suggestions: [] },
        ],
        output: null,
      },
    ],
  },
};
