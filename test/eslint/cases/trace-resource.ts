import { at, type RuleCases } from "./cases.ts";

const SPEC = '{ node: "worker-1", gadget: "opensnoop", runMode: "Manual", outputMode: "Stream" }';
const TRACE = `{ apiVersion: "gadget.kinvolk.io/v1alpha1", kind: "Trace", metadata: { name: "files" }, spec: ${SPEC} }`;
const MANIFEST = `apiVersion: gadget.kinvolk.io/v1alpha1
kind: Trace
metadata: { name: dns, namespace: gadget }
spec: { node: worker-1, gadget: dns, runMode: Manual, outputMode: Stream }
`;
const ROLE = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
rules: [{ apiGroups: [gadget.kinvolk.io], resources: [traces] }]
`;

export const cases: RuleCases = {
  JavaScript: {
    valid: [
      { name: "another kind of the group", code: `const role = ${TRACE.replace('"Trace"', '"Other"')};` },
      'execSync("kubectl get -n gadget pods");',
      "/* kubectl get traces.gadget.kinvolk.io */",
    ],
    invalid: [
      {
        name: "an object that is a resource",
        code: `const trace = ${TRACE};`,
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 1, column: 15, suggestions: [] }],
        output: null,
      },
      {
        name: "a command on one",
        code: 'execSync("kubectl annotate -n gadget trace/dns gadget.kinvolk.io/operation=start");',
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 1, column: 11, endLine: 1, endColumn: 81, suggestions: [] }],
        output: null,
      },
    ],
  },
  text: {
    valid: [
      { name: "the right to use them is left alone", filename: "a.yaml", code: ROLE },
      { filename: "a.sh", code: "kubectl get -n gadget pods # traces.gadget.kinvolk.io\n" },
    ],
    invalid: [
      {
        name: "a manifest",
        filename: "a.yaml",
        code: MANIFEST,
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 1, column: 1, endLine: 4, endColumn: 75, suggestions: [] }],
        output: null,
      },
      {
        name: "one in a Helm template",
        filename: "charts/a/templates/trace.yaml",
        code: MANIFEST.replace("worker-1", "{{ .Values.node }}"),
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 1, column: 1 }],
        output: null,
      },
      {
        name: "a command",
        filename: "a.sh",
        code: "kubectl get -n gadget traces.gadget.kinvolk.io\n",
        options: at("v0.55.1"),
        errors: [{ messageId: "found", line: 1, column: 1, suggestions: [] }],
        output: null,
      },
    ],
  },
};
