import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import json from "@eslint/json";
import markdown from "@eslint/markdown";
import { ESLint, Linter } from "eslint";
import { defineConfig } from "eslint/config";
import yml from "eslint-plugin-yml";
import tseslint, { parser } from "typescript-eslint";
import { describe, expect, test } from "vitest";
import { LOCK_FILES, TEXT_FILES } from "../../src/eslint/files.ts";
import { detectLanguage } from "../../src/languages/detect.ts";
import { EXTENSIONS, TEMPLATE_EXTENSIONS } from "../../src/languages/names.ts";
import { FILE_RULE_IDS, ruleOf } from "../../src/rules/registry.ts";
import { BIN } from "../support/console.ts";
import { ESLINTS, plugin } from "../support/eslint.ts";
import { git, makeTree } from "../support/tree.ts";

const COMMAND = "kubectl gadget trace exec -n demo";
const FIXED = "kubectl gadget run trace_exec:v0.45.0 --ignore-failed=false -n demo";
const SETTINGS = { settings: { gadgetMigrate: { target: "v0.45.0" } } };

/** One command in each, where only its own language finds it. */
const FILES = {
  "a.sh": `${COMMAND}\n`,
  "b.yaml": `jobs:\n  a:\n    steps:\n      - run: ${COMMAND}\n`,
  "c.md": `# Use\n\n\`\`\`sh\n${COMMAND}\n\`\`\`\n`,
  "d.json": `{ "scripts": { "trace": "${COMMAND}" } }\n`,
  "e.ts": `execSync("${COMMAND}" as string);\n`,
  "f.js": `execSync("${COMMAND}");\n`,
  Dockerfile: `FROM a\nRUN ${COMMAND}\n`,
  Makefile: `a:\n\t${COMMAND}\n`,
  "g.py": `subprocess.run("${COMMAND}", shell=True)\n`,
  "h.go": `package a\n\nfunc a() { exec.Command("sh", "-c", "${COMMAND}").Run() }\n`,
  "charts/a/templates/i.yaml": `args:\n- sh\n- -c\n- |\n  ${COMMAND}\n`,
} as const;

const NEXT = ["eslint-disable-next-line gadget-migrate/builtin-gadget", "gadget-migrate-ignore-next-line"];

/** Each command behind a comment that ignores it, once as ESLint wants it and once as we do. */
const IGNORED = Object.fromEntries(
  Object.entries({
    "a.sh": (said: string) => `# ${said}\n${COMMAND}\n`,
    "b.yaml": (said: string) => `a:\n  # ${said}\n  - run: ${COMMAND}\n`,
    "c.md": (said: string) => `<!-- ${said} -->\n    ${COMMAND}\n`,
    "e.ts": (said: string) => `// ${said}\nexecSync("${COMMAND}" as string);\n`,
    "f.js": (said: string) => `/* ${said} */\nexecSync("${COMMAND}");\n`,
    "Dockerfile.x": (said: string) => `FROM a\n# ${said}\nRUN ${COMMAND}\n`,
    "x.mk": (said: string) => `a:\n# ${said}\n\t${COMMAND}\n`,
    "g.py": (said: string) => `# ${said}\nsubprocess.run("${COMMAND}", shell=True)\n`,
    "h.go": (said: string) =>
      `package a\n\n// ${said}\nvar _ = exec.Command("sh", "-c", "${COMMAND}").Run()\n`,
    "charts/a/templates/i.yaml": (said: string) => `# ${said}\nargs: [sh, -c, "${COMMAND}"]\n`,
  }).flatMap(([path, text]) => NEXT.map((said, at) => [path.replace(/(?=[^/]*$)/, `${at}/`), text(said)])),
) as Readonly<Record<string, string>>;

const TYPESCRIPT: Linter.Config = { files: ["**/*.ts"], languageOptions: { parser } };

const OTHERS = {
  "no other plugin": [],
  "the languages of other plugins": [
    { files: ["**/*.md"], plugins: { markdown }, language: "markdown/gfm" },
    { files: ["**/*.json"], plugins: { json }, language: "json/json" },
    { files: ["**/*.yaml"], plugins: { yml }, language: "yml/yaml" },
  ],
  "the processor of Markdown": [
    { files: ["**/*.md"], plugins: { markdown }, processor: "markdown/markdown" },
  ],
  "the parser of YAML": [...yml.configs["flat/base"]],
} as unknown as Readonly<Record<string, Linter.Config[]>>;

describe.each(ESLINTS)("%s", (_, { ESLint: Eslint }) => {
  describe.each(Object.entries(OTHERS))("with %s", (_name, others) => {
    const configs = [...plugin.configs.recommended, TYPESCRIPT, SETTINGS, ...others];

    test("finds each command once, and fixes it", async () => {
      const cwd = makeTree(FILES);
      const eslint = new Eslint({ cwd, overrideConfigFile: true, overrideConfig: configs, fix: true });
      const results = await eslint.lintFiles(["."]);
      const fixed = results.map(({ filePath, output, messages }) => [
        filePath.slice(cwd.length + 1),
        output?.includes(FIXED) === true ? output.replace(FIXED, COMMAND) : null,
        messages,
      ]);
      expect(fixed.sort()).toEqual(
        Object.entries(FILES)
          .map(([path, text]) => [path, text, []])
          .sort(),
      );
    });

    test("keeps silent where a comment says so, in ESLint's words and in ours", async () => {
      const cwd = makeTree(IGNORED);
      const eslint = new Eslint({ cwd, overrideConfigFile: true, overrideConfig: configs });
      const results = await eslint.lintFiles(["."]);
      const ours = results.flatMap(({ filePath, messages }) =>
        messages.map(({ ruleId, message }) => `${filePath.slice(cwd.length + 1)} ${ruleId ?? message}`),
      );
      expect(ours).toEqual([]);
      expect(results).toHaveLength(Object.keys(IGNORED).length);
    });

    test("says it in one message", async () => {
      const cwd = makeTree(FILES);
      const eslint = new Eslint({ cwd, overrideConfigFile: true, overrideConfig: configs });
      const results = await eslint.lintFiles(["."]);
      expect(results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))).toEqual(
        Object.keys(FILES).map(() => "gadget-migrate/builtin-gadget"),
      );
    });
  });
});

describe("beside other configurations", () => {
  const OURS = ["gadget-migrate/builtin-gadget"];
  const rules = (config: Linter.Config[], path: string, text: string): readonly (string | null)[] =>
    new Linter().verify(text, config, path).map(({ ruleId }) => ruleId);

  test("those for JavaScript that name no files do no harm", () => {
    const everywhere: Linter.Config = { rules: { "no-irregular-whitespace": "error", "no-undef": "error" } };
    const config = [
      everywhere,
      ...(tseslint.configs.strict as Linter.Config[]),
      ...plugin.configs.recommended,
    ];
    expect(rules(config, "a.sh", "ig trace dns")).toEqual(OURS);
    expect(rules(config, "a.md", "```sh\nig trace dns\n```\n")).toEqual(OURS);
  });

  test("it is extended by its name", () => {
    const named = { plugins: { "gadget-migrate": plugin }, extends: ["gadget-migrate/recommended"] };
    expect(rules(defineConfig([named]), "a.sh", "ig trace dns")).toEqual(OURS);
    expect(
      rules(defineConfig([{ ...named, files: ["scripts/**"] }]), "scripts/a.sh", "ig trace dns"),
    ).toEqual(OURS);
  });

  test("scripts without an extension are read where the configuration names their folder", () => {
    const scripts: Linter.Config = { files: ["bin/!(*.*)"], language: "gadget-migrate/text" };
    const config = [...plugin.configs.recommended, scripts];
    expect(rules(config, "bin/watch", "#!/bin/sh\nig trace dns\n")).toEqual(OURS);
    expect(rules(config, "bin/watch", "\u0000ELF ig trace dns\n")).toEqual([]);
  });
});

describe("the release", () => {
  const messages = async (cwd: string, path: string): Promise<readonly string[]> => {
    const overrideConfig = [...plugin.configs.recommended, TYPESCRIPT];
    const [result] = await new ESLint({ cwd, overrideConfigFile: true, overrideConfig }).lintFiles([path]);
    return result?.messages.map(({ message }) => /trace_dns:(\S+?)`/.exec(message)?.[1] ?? message) ?? [];
  };

  test("is that of the project, for programs and for other files", async () => {
    const cwd = makeTree({
      "charts/a/Chart.yaml":
        "dependencies:\n- name: gadget\n  version: 0.44.1\n  repository: oci://ghcr.io/inspektor-gadget/charts\n",
      "a.sh": "ig trace dns\n",
      "deep/b.ts": 'execSync("ig trace dns");\n',
    });
    git(cwd, "init", "--quiet");
    expect(await messages(cwd, "a.sh")).toEqual(["v0.44.1"]);
    expect(await messages(cwd, "deep/b.ts")).toEqual(["v0.44.1"]);
  });

  test("is the newest known where nothing tells it", async () => {
    const cwd = makeTree({ "a.sh": "ig trace dns\n" });
    expect(await messages(cwd, "a.sh")).toEqual([expect.stringMatching(/^v0\.\d+\.\d+$/)]);
  });
});

describe("the configuration of the project", () => {
  const CONFIG = `target: v0.44.1
programs: { kg: kubectl gadget }
gadgets: [{ command: acme watch, to: [{ image: trace_exec, state: same }] }]
overrides: [{ files: old/**, rules: { builtin-gadget: off } }]
`;
  const found = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const cwd = makeTree({ "gadget-migrate.config.yaml": CONFIG, ...files });
    const overrideConfig = [...plugin.configs.recommended, TYPESCRIPT];
    const results = await new ESLint({ cwd, overrideConfigFile: true, overrideConfig }).lintFiles(
      Object.keys(files),
    );
    return results.flatMap(({ messages }) =>
      messages.map(({ message }) => /Becomes `(.*?)`/.exec(message)?.[1] ?? message),
    );
  };

  test.each([
    ["a.sh", "kg trace dns\n", ["kg run trace_dns:v0.44.1"]],
    ["a.ts", 'execSync("kg trace dns");\n', ["kg run trace_dns:v0.44.1"]],
    ["b.sh", "ig acme watch\n", ["ig run trace_exec:v0.44.1"]],
    ["b.ts", 'execSync("ig acme watch");\n', ["ig run trace_exec:v0.44.1"]],
    ["old/a.sh", "ig trace dns\n", []],
    ["old/a.ts", 'execSync("ig trace dns");\n', []],
  ])("holds for %s", async (path, text, expected) => {
    expect(await found({ [path]: text })).toEqual(expected);
  });
});

describe("what the project says of its files", () => {
  const DIGEST = `sha256:${"ab".repeat(32)}`;
  const DNS = "ghcr.io/inspektor-gadget/gadget/trace_dns:v0.45.0";
  const FILES_OF_PROJECT = { "a.sh": "ig trace dns\n", "old/b.sh": "ig trace dns\n" };
  const linted = async (
    files: Readonly<Record<string, string>>,
    options = {},
  ): Promise<readonly string[]> => {
    const cwd = makeTree({ ...FILES_OF_PROJECT, ...files });
    const overrideConfig = [...plugin.configs.recommended, { settings: { gadgetMigrate: options } }];
    const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig });
    const results = await eslint.lintFiles(["a.sh", "old/b.sh"]);
    return results.flatMap(({ messages }) =>
      messages.map(({ message }) => /Becomes `(.*?)`/.exec(message)?.[1] ?? message),
    );
  };

  test("those that it does not scan have no findings", async () => {
    const config = { "gadget-migrate.config.yaml": "target: v0.45.0\nexclude: old\n" };
    expect(await linted(config)).toEqual(["ig run trace_dns:v0.45.0"]);
  });

  test("what its baseline knows is not reported", async () => {
    const cwd = makeTree({ ...FILES_OF_PROJECT, "gadget-migrate.config.yaml": "target: v0.45.0\n" });
    const baseline = spawnSync("node", [BIN, "--baseline", "known.json", "--update-baseline", "old"], {
      cwd,
    });
    expect(baseline.status).toBe(0);
    const known = readFileSync(join(cwd, "known.json"), "utf8");
    const config = { "gadget-migrate.config.yaml": "target: v0.45.0\nbaseline: known.json\n" };
    expect(await linted({ ...config, "known.json": known })).toEqual(["ig run trace_dns:v0.45.0"]);
  });

  test("images get the digests of its lock file, and none is asked for", async () => {
    const locked = { "gadget-images.lock.yaml": `version: 1\nimages:\n  ${DNS}: ${DIGEST}\n` };
    const byDigest = [`ig run trace_dns:v0.45.0@${DIGEST}`, `ig run trace_dns:v0.45.0@${DIGEST}`];
    const config = { "gadget-migrate.config.yaml": "target: v0.45.0\npin: digest\n" };
    expect(await linted({ ...config, ...locked })).toEqual(byDigest);
    const empty = { "gadget-migrate.config.yaml": "target: v0.45.0\n" };
    expect(await linted({ ...empty, ...locked }, { pin: "digest" })).toEqual(byDigest);
    expect(await linted(config)).toEqual(["ig run trace_dns:v0.45.0", "ig run trace_dns:v0.45.0"]);
  });

  test("comments must have a reason where it wants one", async () => {
    const config = { "gadget-migrate.config.yaml": "target: v0.45.0\nrequireReason: true\nexclude: old\n" };
    const comment = { "a.sh": "# gadget-migrate-ignore-next-line\nig trace dns\n" };
    expect(await linted({ ...config, ...comment })).toEqual([expect.stringContaining("reason")]);
  });
});

describe("settings", () => {
  const verify = (gadgetMigrate: unknown): Linter.LintMessage[] =>
    new Linter().verify(
      'execSync("ig trace dns")',
      [...plugin.configs.recommended, { settings: { gadgetMigrate } }],
      "a.js",
    );

  test("are for all rules", () => {
    const [message] = verify({ target: "v0.45.0", imageStyle: "full" });
    expect(message?.message).toContain("`ig run ghcr.io/inspektor-gadget/gadget/trace_dns:v0.45.0`");
  });

  test.each([
    ["a text", "v0.45.0", "settings.gadgetMigrate must be an object of options."],
    ["another option", { tag: "x" }, 'settings.gadgetMigrate has no option "tag"; known options: target, '],
    ["another choice", { imageStyle: "long" }, "settings.gadgetMigrate.imageStyle must be short or full."],
    ["a number", { target: 45 }, "settings.gadgetMigrate.target must be a text."],
    ["no release", { target: "v0.45.9" }, 'There is no release "v0.45.9"; did you mean v0.45.0? Known: '],
  ])("are refused: %s", (_, settings, message) => {
    expect(() => verify(settings)).toThrow(message);
  });
});

describe("the configurations", () => {
  test("have the rules that are on, or all, by their severity", () => {
    const on = FILE_RULE_IDS.filter((id) => ruleOf(id).isOn).map((id) => `gadget-migrate/${id}`);
    expect(Object.keys(plugin.configs.recommended[0]?.rules ?? {})).toEqual(on);
    expect(Object.keys(plugin.configs.all[0]?.rules ?? {})).toEqual(
      FILE_RULE_IDS.map((id) => `gadget-migrate/${id}`),
    );
    expect(plugin.configs.all[0]?.rules).toMatchObject({
      "gadget-migrate/builtin-gadget": "error",
      "gadget-migrate/floating-image": "warn",
    });
  });

  const isText = async (path: string): Promise<boolean> => {
    const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: plugin.configs.recommended });
    const config: unknown = await eslint.calculateConfigForFile(path);
    return JSON.stringify(config ?? "").includes('"language":"gadget-migrate/text"');
  };

  const named = [
    "a/Makefile",
    "GNUmakefile",
    "Makefile.am",
    "Dockerfile",
    "Containerfile.dev",
    "Dockerfile-x",
    "Jenkinsfile",
    ".bashrc",
    ".profile",
    ".envrc",
    "justfile",
    ".justfile",
    "Tiltfile",
    "Rakefile",
    "README",
    "x/.github/a.yml",
    ...Array.from(TEMPLATE_EXTENSIONS.keys(), (extension) => `a.yaml.${extension}`),
    ...Array.from(EXTENSIONS).flatMap(([extension, language]) =>
      language === "javascript" ? [] : [`a.${extension}`],
    ),
  ];

  test.each(named)("read %s as text, since it is in a language", async (path) => {
    expect(detectLanguage(path, "")).not.toBeNull();
    expect(await isText(path)).toBe(true);
  });

  test.each(["a.js", "a.ts", "a.css", "package-lock.json", "a/pnpm-lock.yaml", "bin/tool"])(
    "leave %s alone",
    async (path) => {
      expect(await isText(path)).toBe(false);
    },
  );

  test("know no name twice", () => {
    const all = [...TEXT_FILES, ...LOCK_FILES];
    expect(new Set(all).size).toBe(all.length);
  });
});

test("every rule has its page, on the disk of whoever installed it", () => {
  for (const id of FILE_RULE_IDS) {
    const { docs, schema, fixable, hasSuggestions } = plugin.rules[id].meta ?? {};
    expect(docs?.url).toMatch(new RegExp(`^file:///.*/docs/rules/${id}\\.md$`));
    expect(docs?.description).toBe(ruleOf(id).what);
    expect({ schemas: Array.isArray(schema) && schema.length, fixable, hasSuggestions }).toEqual({
      schemas: 1,
      fixable: "code",
      hasSuggestions: true,
    });
  }
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
  const file = { filename: "a.js", physicalFilename: "a.js", cwd: "/" };
  for (const id of FILE_RULE_IDS)
    expect(plugin.rules[id].create({ ...file, sourceCode } as never)).toEqual({});
});
