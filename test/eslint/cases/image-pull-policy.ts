import { at, type RuleCases } from "./cases.ts";

const POD = `kind: Pod
spec:
  containers:
    - name: ig
      image: ghcr.io/inspektor-gadget/ig:v0.55.1
      imagePullPolicy: Always
`;
const KEPT = POD.replace("Always", "IfNotPresent");
const FLOATING = POD.replace("v0.55.1", "latest");
const applied = (manifest: string): string => `execSync(\`kubectl apply -f - <<EOF\n${manifest}EOF\`);`;

export const cases: RuleCases = {
  JavaScript: {
    valid: [applied(KEPT), applied(POD.replaceAll("ig", "other"))],
    invalid: [
      {
        name: "a manifest that a program applies",
        code: applied(POD),
        options: at("v0.55.1"),
        errors: [
          {
            messageId: "found",
            line: 7,
            column: 24,
            suggestions: [{ messageId: "rewrite", output: applied(KEPT) }],
          },
        ],
        output: null,
      },
    ],
  },
  text: {
    valid: [
      { filename: "a.yaml", code: KEPT },
      { filename: "a.yaml", code: POD.replace("ghcr.io/inspektor-gadget/ig", "example.org/web") },
      { filename: "a.yaml", code: POD.replace("Always", "Always # gadget-migrate-ignore-line") },
    ],
    invalid: [
      {
        name: "a pinned image, unsafe since a tag may be pushed again",
        filename: "a.yaml",
        code: POD,
        options: at("v0.55.1"),
        errors: [
          {
            messageId: "found",
            line: 6,
            column: 24,
            endLine: 6,
            endColumn: 30,
            suggestions: [{ messageId: "rewrite", output: KEPT }],
          },
        ],
        output: null,
      },
      {
        name: "an image without a fixed tag is for another rule to pin",
        filename: "a.yaml",
        code: FLOATING,
        options: at("v0.55.1"),
        errors: [{ messageId: "found", suggestions: [] }],
        output: null,
      },
    ],
  },
};
