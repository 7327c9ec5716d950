import { at, type RuleCases } from "./cases.ts";

export const cases: RuleCases = {
  JavaScript: {
    valid: [
      'execSync("kubectl gadget deploy");',
      'execSync("kubectl gadget run trace_exec:v0.55.1");',
      'execSync("kubectl get pods");',
      "// kubectl gadget trace exec",
      'it("kubectl gadget trace exec works", () => {});',
      "const ig = instagram.trace;",
      '// gadget-migrate-ignore-next-line builtin-gadget -- later\nexecSync("kubectl gadget trace exec");',
      'execSync("kubectl gadget trace exec"); /* gadget-migrate-ignore-line */',
    ],
    invalid: [
      {
        name: "a safe fix is a fix",
        code: 'execSync("kubectl gadget trace exec -n demo");',
        options: at("v0.45.0"),
        errors: [
          {
            message:
              "`trace exec` is a built-in gadget, and v0.42.0 removed those. Becomes `kubectl gadget run trace_exec:v0.45.0 --ignore-failed=false -n demo`.",
            line: 1,
            column: 11,
            endLine: 1,
            endColumn: 44,
          },
        ],
        output: 'execSync("kubectl gadget run trace_exec:v0.45.0 --ignore-failed=false -n demo");',
      },
      {
        name: "an unsafe fix is a suggestion",
        code: 'const out = execSync("kubectl gadget trace exec -o json");',
        options: at("v0.45.0"),
        errors: [
          {
            messageId: "found",
            suggestions: [
              {
                messageId: "rewrite",
                output:
                  'const out = execSync("kubectl gadget run trace_exec:v0.45.0 --ignore-failed=false -o json");',
              },
            ],
          },
        ],
        output: null,
      },
      {
        name: "what cannot be rewritten is told",
        code: "execSync(`kubectl gadget trace ${gadget}`);",
        errors: [{ messageId: "found", suggestions: [] }],
        output: null,
      },
      {
        name: "a fix in several places",
        code: 'const args = ["gadget", "trace", "exec"];\nspawn("kubectl", args, { stdio: "inherit" });',
        options: at("v0.45.0"),
        errors: [{ messageId: "found" }],
        output:
          'const args = ["gadget", "run", "trace_exec:v0.45.0", "--ignore-failed=false"];\nspawn("kubectl", args, { stdio: "inherit" });',
      },
      {
        name: "all options",
        code: "execSync('kubectl gadget trace dns')",
        options: at("v0.45.0", { defaults: "new", imageStyle: "full", registry: "example.org/gadgets" }),
        errors: [{ messageId: "found" }],
        output: "execSync('kubectl gadget run example.org/gadgets/trace_dns:v0.45.0')",
      },
      {
        name: "the newest release by default, and the release that the file names",
        code: 'const IG_VERSION = "v0.55.1";\n$`kubectl gadget trace dns`;',
        errors: [{ messageId: "found" }],
        output: 'const IG_VERSION = "v0.55.1";\n$`kubectl gadget run "trace_dns:${IG_VERSION}"`;',
      },
      {
        name: "behind a byte order mark, other letters and Windows line ends",
        code: '\uFEFFconst a = "日本 😀";\r\nexecSync("kubectl gadget trace dns");',
        options: at("v0.45.0"),
        errors: [{ messageId: "found", line: 2, column: 11 }],
        output: '\uFEFFconst a = "日本 😀";\r\nexecSync("kubectl gadget run trace_dns:v0.45.0");',
      },
    ],
  },
  TypeScript: {
    valid: ['type Command = "kubectl gadget trace exec";'],
    invalid: [
      {
        code: 'const run = (a: readonly string[]) => spawn("kubectl", [...a] as string[]);\nrun(["gadget", "trace", "dns"] as const);',
        filename: "file.ts",
        options: at("v0.45.0"),
        errors: [{ messageId: "found" }],
        output:
          'const run = (a: readonly string[]) => spawn("kubectl", [...a] as string[]);\nrun(["gadget", "run", "trace_dns:v0.45.0"] as const);',
      },
    ],
  },
  text: {
    valid: [
      { filename: "a.sh", code: "kubectl gadget run trace_exec:v0.55.1" },
      { filename: "a.sh", code: "kubectl get pods # gadget" },
      { name: "in no language that is read", filename: "a.css", code: "kubectl gadget trace exec" },
      {
        name: "disabled",
        filename: "a.sh",
        code: "# eslint-disable-next-line -- later\nig trace dns",
      },
      {
        name: "disabled in Markdown",
        filename: "a.md",
        code: "<!-- eslint-disable -->\n\n```sh\nig trace dns\n```\n",
      },
    ],
    invalid: [
      {
        name: "a safe fix is a fix",
        filename: "a.sh",
        code: "set -e\nkubectl gadget trace exec -n demo\n",
        options: at("v0.45.0"),
        errors: [
          {
            message:
              "`trace exec` is a built-in gadget, and v0.42.0 removed those. Becomes `kubectl gadget run trace_exec:v0.45.0 --ignore-failed=false -n demo`.",
            line: 2,
            column: 1,
            endLine: 2,
            endColumn: 34,
          },
        ],
        output: "set -e\nkubectl gadget run trace_exec:v0.45.0 --ignore-failed=false -n demo\n",
      },
      {
        name: "an unsafe fix is a suggestion",
        filename: "a.sh",
        code: "kubectl gadget trace dns | awk '{ print $3 }'",
        options: at("v0.45.0"),
        errors: [
          {
            messageId: "found",
            suggestions: [
              {
                messageId: "rewrite",
                output: "kubectl gadget run trace_dns:v0.45.0 | awk '{ print $3 }'",
              },
            ],
          },
        ],
        output: null,
      },
      {
        name: "what cannot be rewritten is told",
        filename: "a.sh",
        code: 'ig trace "$1"',
        errors: [{ messageId: "found", suggestions: [] }],
        output: null,
      },
      {
        name: "YAML, and the release that it speaks of",
        filename: "job.yaml",
        code: "env:\n  IG_VERSION: v0.45.0\nscript:\n  - ig trace dns\n",
        errors: [{ messageId: "found", line: 4, column: 5 }],
        output: 'env:\n  IG_VERSION: v0.45.0\nscript:\n  - ig run "trace_dns:$IG_VERSION"\n',
      },
      {
        name: "a Helm template is told by its folder",
        filename: "charts/a/templates/job.yaml",
        code: "- run: |\n    ig trace dns -n {{ .Release.Namespace }}\n",
        options: at("v0.45.0"),
        errors: [{ messageId: "found", suggestions: 1 }],
        output: null,
      },
      {
        name: "a program in Markdown",
        filename: "a.md",
        code: '```ts\nexecSync("ig trace dns");\n```\n',
        options: at("v0.45.0"),
        errors: [{ messageId: "found", line: 2, column: 11 }],
        output: '```ts\nexecSync("ig run trace_dns:v0.45.0");\n```\n',
      },
      {
        name: "behind a byte order mark, other letters and Windows line ends",
        filename: "a.sh",
        code: "\uFEFFecho 日本 😀\r\nkubectl gadget trace dns\r\n",
        options: at("v0.45.0"),
        errors: [{ messageId: "found", line: 2, column: 1 }],
        output: "\uFEFFecho 日本 😀\r\nkubectl gadget run trace_dns:v0.45.0\r\n",
      },
    ],
  },
};
