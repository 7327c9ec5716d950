import { Linter, type Rule, RuleTester } from "eslint";
import { parser } from "typescript-eslint";
import { describe, expect, it, test } from "vitest";
import plugin from "../../src/eslint/index.ts";
import { scan } from "../../src/index.ts";

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;

const rule = plugin.rules["builtin-gadget"];
const at = (target: string, others = {}): [object] => [{ target, ...others }];

new RuleTester().run("builtin-gadget", rule, {
  valid: [
    'execSync("kubectl gadget deploy");',
    'execSync("kubectl gadget run trace_exec:v0.55.1");',
    'execSync("kubectl get pods");',
    "// kubectl gadget trace exec",
    'it("kubectl gadget trace exec works", () => {});',
    "const ig = instagram.trace;",
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
});

new RuleTester({ languageOptions: { parser } }).run("builtin-gadget in TypeScript", rule, {
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
});

test("the recommended configuration is all that is needed", () => {
  const linter = new Linter();
  const code = 'execSync("kubectl gadget trace dns");';
  expect(linter.verifyAndFix(code, [plugin.configs.recommended])).toMatchObject({
    fixed: true,
    messages: [],
    output: expect.stringContaining("kubectl gadget run trace_dns:v") as string,
  });
});

test("a release that there never was is a fault of the configuration", () => {
  const config = [
    plugin.configs.recommended,
    { rules: { "gadget-migrate/builtin-gadget": ["error", { target: "v9.9.9" }] } },
  ] as Linter.Config[];
  expect(() => new Linter().verify('execSync("kubectl gadget trace dns");', config)).toThrow(
    /There is no release "v9\.9\.9"\. Known: .*v0\.55\.1/s,
  );
});

test("ESLint's fix is the command line's", async () => {
  const code = `
    const base = ["gadget", "top", "tcp"];
    export const top = (ns) => spawn("kubectl", [...base, "-n", ns], { stdio: "inherit" });
    execSync(\`kubectl gadget trace open -n \${ns} --timeout 10\`);
    const help = "kubectl-gadget snapshot process -A";`;
  const report = await scan([{ path: "file.ts", text: code }], { target: "v0.45.0" });
  const fixes = report.files[0]?.findings.map(({ fix, range }) => ({ range, grade: fix?.grade }));
  const messages = new Linter().verify(code, [
    plugin.configs.recommended,
    { rules: { "gadget-migrate/builtin-gadget": ["error", { target: "v0.45.0" }] } },
  ]);
  expect(
    messages.map(({ fix, suggestions }) =>
      fix !== undefined ? "safe" : suggestions?.length === 1 ? "unsafe" : undefined,
    ),
  ).toEqual(fixes?.map(({ grade }) => grade));
  expect(messages).toHaveLength(3);
});

test("the tree of a file without the words is not even looked at", () => {
  const text = Array.from({ length: 1000 }, (_, i) => `export const value${i} = right("design", ${i});`).join(
    "\n",
  );
  const sourceCode = {
    text,
    get ast() {
      throw new Error("looked at");
    },
  };
  const listener = rule.create({ sourceCode } as unknown as Rule.RuleContext);
  expect(listener.Program).not.toThrow();
});
