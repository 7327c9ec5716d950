import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BIN, ROOT } from "./support/console.ts";

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Manifest;

/** npm without scripts: a build in the middle of the tests would pull `dist` from under the others. */
const NPM_ENV = {
  ...process.env,
  npm_config_ignore_scripts: "true",
  npm_config_prefer_offline: "true",
  FORCE_COLOR: undefined,
};

function npm(cwd: string, ...args: readonly string[]): string {
  return execFileSync("npm", args, {
    cwd,
    env: NPM_ENV,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** The ESLint plugin under a name of its own. */
const PLUGIN = join(ROOT, "packages", "eslint-plugin-gadget-migrate");

let folder: string;
let files: readonly string[];

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "gadget-migrate-package-")));
  const [pack] = JSON.parse(npm(ROOT, "pack", "--json", "--pack-destination", folder)) as [
    { filename: string; files: { path: string }[] },
  ];
  files = pack.files.map(({ path }) => path);
  writeFileSync(join(folder, "package.json"), "{}");
  const [plugin] = JSON.parse(npm(PLUGIN, "pack", "--json", "--pack-destination", folder)) as [
    { filename: string },
  ];
  const tarballs = [`./${pack.filename}`, `./${plugin.filename}`];
  const omitted = ["--omit=dev", "--omit=optional", "--omit=peer"];
  npm(folder, "install", ...omitted, "--no-audit", "--no-fund", ...tarballs);
  cpSync(join(ROOT, "fixtures", "demo-repo"), join(folder, "demo-repo"), { recursive: true });
}, 300_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("the tarball", () => {
  test("has what is needed to run, and to read, and nothing else", () => {
    const needed = [
      "dist/bin.mjs",
      "dist/index.mjs",
      "dist/index.d.mts",
      "dist/eslint.mjs",
      "dist/eslint.d.mts",
      "dist/THIRD-PARTY-NOTICES",
    ];
    expect(files).toEqual(
      expect.arrayContaining([...needed, "docs/report.schema.json", "LICENSE", "README.md"]),
    );
    expect(
      files.filter(
        (path) =>
          !/^(?:dist\/[\w-]+\.m(?:js|d\.ts|ts)|dist\/[\w-]+\.d\.mts|dist\/THIRD-PARTY-NOTICES$|docs\/|LICENSE|README\.md|package\.json)/.test(
            path,
          ),
      ),
    ).toEqual([]);
  });

  test("has the licences of the code that was built into it", () => {
    const notices = readFileSync(
      join(folder, "node_modules", "gadget-migrate", "dist", "THIRD-PARTY-NOTICES"),
      "utf8",
    );
    expect(notices).toMatch(/^# typescript\n\nApache License/m);
    for (const name of ["ts-morph", "@ts-morph/common", "micromark", "micromark-core-commonmark"]) {
      expect(notices).toMatch(new RegExp(`^# ${name}\n\n\\(?The MIT License`, "m"));
    }
    expect(notices).toMatch(/^# unbash\n\nISC License/m);
    expect(notices).toMatch(/^# yaml\n\nCopyright Eemeli Aro/m);
  });

  test("installed in an empty folder, runs", () => {
    const { status, stdout } = spawnSync("npx", ["gadget-migrate", "demo-repo", "--format", "json"], {
      cwd: folder,
      env: NPM_ENV,
      encoding: "utf8",
    });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, target: { version: "v0.55.1" } });
  });

  test("reads the same in a thread, in none, and where none may be started", () => {
    const bin = join(folder, "node_modules", "gadget-migrate", "dist", "bin.mjs");
    const report = (...words: readonly string[]): string =>
      spawnSync("node", words, { cwd: join(folder, "demo-repo"), encoding: "utf8" }).stdout;
    const inThread = report(bin, "--format", "json");
    const paths = (JSON.parse(inThread) as { findings: { path: string }[] }).findings.map(({ path }) => path);
    expect(paths.length).toBeGreaterThan(10);
    // Files that tell the release have no findings: the target is given.
    const here = report(bin, "--format", "json", "--target", "v0.55.1", ...new Set(paths));
    const threaded = report(bin, "--format", "json", "--target", "v0.55.1");
    const findings = (text: string): unknown => (JSON.parse(text) as { findings: unknown }).findings;
    expect(findings(here)).toEqual(findings(threaded));
    const flag = process.allowedNodeEnvironmentFlags.has("--permission")
      ? "--permission"
      : "--experimental-permission";
    const alone = report(flag, "--allow-fs-read=*", "--allow-child-process", bin, "--format", "json");
    expect(alone).toBe(inThread);
  });

  test("is an API, with types", () => {
    const script = `
      import { applyFixes, scan, translate } from "gadget-migrate";
      const text = "kubectl gadget trace mount -n demo\\n";
      const report = await scan([{ path: "a.sh", text }], { target: "v0.55.1" });
      const { after } = await translate("ig trace mount", { target: "v0.55.1" });
      console.log(JSON.stringify([applyFixes(text, report.files[0].findings), after]));`;
    const output = execFileSync("node", ["--input-type=module", "-e", script], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(JSON.parse(output)).toEqual([
      "kubectl gadget run trace_mount:v0.55.1 -n demo\n",
      "ig run trace_mount:v0.55.1",
    ]);
  });

  test("is an API that loads nothing of Node, so that it runs in browsers", () => {
    const dist = join(folder, "node_modules", "gadget-migrate", "dist");
    const loaded = new Set(["./index.mjs"]);
    for (const file of loaded) {
      if (!file.startsWith("./")) continue;
      const imports = readFileSync(join(dist, file), "utf8").matchAll(/^(?:import|export) .*?"([^"]+)";$/gm);
      for (const [, name = ""] of imports) loaded.add(name);
    }
    expect([...loaded].filter((file) => !file.startsWith("./"))).toEqual([]);
    expect(loaded.size).toBeGreaterThan(1);
  });

  test("has an ESLint plugin that loads little until a file may hold a command", () => {
    const dist = join(folder, "node_modules", "gadget-migrate", "dist");
    const loaded = new Set(["./eslint.mjs"]);
    for (const file of loaded) {
      const imports = readFileSync(join(dist, file), "utf8").matchAll(
        /^(?:import|export) .*?"(\.[^"]+)";$/gm,
      );
      for (const [, name = ""] of imports) loaded.add(name);
    }
    const bytes = [...loaded].reduce((sum, file) => sum + statSync(join(dist, file)).size, 0);
    expect(bytes).toBeLessThan(120_000);
  });

  test("has an ESLint plugin that does not need ESLint to be loaded", () => {
    const script = `import plugin from "gadget-migrate/eslint"; console.log(Object.keys(plugin.rules).join());`;
    const output = execFileSync("node", ["--input-type=module", "-e", script], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(output).toContain("builtin-gadget");
  });
});

describe("eslint-plugin-gadget-migrate", () => {
  test("is the plugin of the package, and works where it is installed", () => {
    const script = `
      import own from "eslint-plugin-gadget-migrate";
      import plugin from "gadget-migrate/eslint";
      import { Linter } from ${JSON.stringify(import.meta.resolve("eslint"))};
      const [message] = new Linter().verify("ig trace dns", plugin.configs.recommended, "a.sh");
      console.log(own === plugin, message.ruleId);`;
    const options = { cwd: folder, encoding: "utf8" } as const;
    const output = execFileSync("node", ["--input-type=module", "-e", script], options);
    expect(output).toBe("true gadget-migrate/builtin-gadget\n");
  });

  test("has the version of the package, and needs just that", () => {
    const own = JSON.parse(readFileSync(join(PLUGIN, "package.json"), "utf8")) as Manifest;
    expect(own.version).toBe(manifest.version);
    expect(own.dependencies).toEqual({ "gadget-migrate": manifest.version });
  });
});

/** A configuration as people write one, and commands in the languages that the plugin is for. */
const SAMPLE = {
  "package.json": '{ "type": "module" }',
  "eslint.config.js": `import { defineConfig } from "eslint/config";
import { parser } from "typescript-eslint";
import gadgetMigrate from "eslint-plugin-gadget-migrate";

export default defineConfig([
  {
    plugins: { "gadget-migrate": gadgetMigrate },
    extends: [process.env.ALL ? "gadget-migrate/all" : "gadget-migrate/recommended"],
    settings: { gadgetMigrate: { target: "v0.45.0" } },
  },
  { files: ["**/*.ts", "**/*.mts"], languageOptions: { parser } },
]);
`,
  "a.ts": 'execSync("ig trace exec" as string);\n',
  "scripts/a.sh": "ig trace exec\n",
  "ci.yaml": "jobs:\n  a:\n    steps:\n      - run: ig trace exec\n",
  "charts/a/templates/a.yaml": "{{- if .Values.a }}\nargs: [sh, -c, ig trace exec]\n{{- end }}\n",
  "agent.yaml": "kind: Pod\nspec:\n  containers:\n    - image: ghcr.io/inspektor-gadget/ig:v0.45.0\n",
  Dockerfile: "FROM a\nRUN ig trace exec\n",
  Makefile: "a:\n\tig trace exec\n",
  "README.md": "\`\`\`sh\nig trace exec\n\`\`\`\n",
};

const TYPED = `import { defineConfig } from "eslint/config";
import type { ESLint } from "eslint";
import own from "eslint-plugin-gadget-migrate";
import plugin, { type RuleOptions } from "gadget-migrate/eslint";
import { explain, scan, translate, type Explanation, type Finding, type Report } from "gadget-migrate";

const options: RuleOptions = { target: "v0.55.1", form: "run", pin: "digest" };
const asPlugin: ESLint.Plugin = own;
export default defineConfig([
  { plugins: { "gadget-migrate": plugin }, extends: ["gadget-migrate/recommended"] },
  plugin.configs.all,
  { rules: { "gadget-migrate/builtin-gadget": ["warn", options] }, language: "gadget-migrate/text" },
]);
const report: Report = await scan([{ path: "a.sh", text: "ls" }], { target: "v0.55.1" });
const finding: Finding | null = await translate("ls");
const explanations: readonly Explanation[] = await explain("trace dns");
// @ts-expect-error there is no such choice
const wrong: RuleOptions = { form: "old" };
console.log(asPlugin, report, finding, explanations, wrong);
`;

describe.each([
  ["ESLint 9", "eslint-v9"],
  ["ESLint 10", "eslint"],
])("installed beside %s", (name, eslint) => {
  let project: string;

  beforeAll(() => {
    project = join(folder, eslint);
    const modules = join(project, "node_modules");
    for (const own of ["gadget-migrate", "eslint-plugin-gadget-migrate", "diff", "glob"]) {
      if (existsSync(join(folder, "node_modules", own)))
        cpSync(join(folder, "node_modules", own), join(modules, own), { recursive: true });
    }
    symlinkSync(join(ROOT, "node_modules", eslint), join(modules, "eslint"));
    symlinkSync(join(ROOT, "node_modules", "typescript-eslint"), join(modules, "typescript-eslint"));
    for (const [path, text] of Object.entries({ ...SAMPLE, "typed.mts": TYPED })) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), text);
    }
  });

  interface Result {
    readonly filePath: string;
    readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
  }

  function lint(words: readonly string[], more: { input?: string; env?: object } = {}): readonly Result[] {
    const bin = join(project, "node_modules", "eslint", "bin", "eslint.js");
    const { stdout, stderr } = spawnSync("node", [bin, "--format", "json", ...words], {
      cwd: project,
      env: { ...process.env, ...more.env },
      input: more.input,
      encoding: "utf8",
    });
    expect({
      name,
      stderr: stderr.replace(/^.*ESLint(?:Poor)?Concurrency.*$|^\(Use .*$|^\s*$/gm, "").trim(),
    }).toEqual({
      name,
      stderr: "",
    });
    return JSON.parse(stdout) as readonly Result[];
  }

  /** By path, what was found in each file where something was. */
  const found = (results: readonly Result[]): Readonly<Record<string, readonly (string | null)[]>> =>
    Object.fromEntries(
      results
        .filter(({ messages }) => messages.length > 0)
        .map(({ filePath, messages }) => [
          relative(realpathSync(project), realpathSync(filePath)),
          messages.map(({ ruleId }) => ruleId),
        ]),
    );

  const COMMANDS = Object.fromEntries(
    Object.keys(SAMPLE)
      .filter((path) => !/^(?:package\.json|eslint\.config\.js|agent\.yaml)$/.test(path))
      .map((path) => [path, ["gadget-migrate/builtin-gadget"]]),
  );

  test("finds the commands of all languages, with a cache and in threads too", () => {
    expect(found(lint(["."]))).toEqual(COMMANDS);
    expect(found(lint(["--cache", "."]))).toEqual(COMMANDS);
    expect(found(lint(["--cache", "."]))).toEqual(COMMANDS);
    expect(found(lint(["--concurrency", "2", "."]))).toEqual(COMMANDS);
  });

  test("has all rules on request", () => {
    const rules = ["gadget-migrate/resource-limits"];
    expect(found(lint(["."], { env: { ALL: "1" } }))).toEqual({ ...COMMANDS, "agent.yaml": rules });
  });

  test.each(["new.sh", "new.ts", "new/Dockerfile"])("reads %s from standard input", (path) => {
    const text = { sh: "ig trace dns", ts: 'execSync("ig trace dns")' }[path.slice(4)] ?? "RUN ig trace dns";
    const [result] = lint(["--stdin", "--stdin-filename", path], { input: text });
    expect(result?.messages.map(({ message }) => message)).toEqual([
      expect.stringContaining("Becomes `ig run trace_dns:v0.45.0`."),
    ]);
  });

  test.each([
    ["node16", "node16"],
    ["esnext", "bundler"],
  ])("has types for module %s, resolved as by %s", (module, resolution) => {
    const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--target", "es2022"];
    const words = [...options, "--module", module, "--moduleResolution", resolution, "typed.mts"];
    const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    const { stdout } = spawnSync("node", [tsc, ...words], { cwd: project, encoding: "utf8" });
    expect(stdout).toBe("");
  });

  test("fixes all of them", () => {
    expect(found(lint(["--fix", "."]))).toEqual({});
    for (const path of Object.keys(COMMANDS)) {
      const text = readFileSync(join(project, path), "utf8");
      expect(text.replace("ig run trace_exec:v0.45.0 --ignore-failed=false", "ig trace exec")).toBe(
        SAMPLE[path as keyof typeof SAMPLE],
      );
    }
  });
});

describe("the program", () => {
  test("is started by npx in its own folder", () => {
    const args = ["gadget-migrate", "fixtures/demo-repo"];
    const { status, stdout } = spawnSync("npx", args, { cwd: ROOT, env: NPM_ENV, encoding: "utf8" });
    expect(status).toBe(1);
    expect(stdout).toContain("fixtures/demo-repo/scripts/watch-exec.sh:8:1 error builtin-gadget: ");
    expect(stdout).toContain("npx gadget-migrate --fix fixtures/demo-repo");
  });

  test("may be executed", () => {
    expect(statSync(BIN).mode & 0o111).toBe(0o111);
    expect(execFileSync(BIN, ["--version"], { encoding: "utf8" })).toBe(`${manifest.version}\n`);
  });

  test("does not mind that its reader goes away", () => {
    const script = `"${BIN}" --format json fixtures | head -c 1 >/dev/null; exit "\${PIPESTATUS[0]}"`;
    const { status, stderr } = spawnSync("bash", ["-c", script], { cwd: ROOT, encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  });

  test("says so when its output cannot be written", () => {
    const script = `"${BIN}" fixtures/demo-repo > /dev/full`;
    const { status, stderr } = spawnSync("bash", ["-c", script], { cwd: ROOT, encoding: "utf8" });
    expect(status).toBe(2);
    expect(stderr).toBe("gadget-migrate: Cannot write the output: no space is left.\n");
  });
});

test("dependencies are pinned exactly, and none runs a script at installation", () => {
  const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(
    versions.filter((version) => !/^(?:npm:[@\w/-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)),
  ).toEqual([]);
  const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
    packages: Readonly<Record<string, { hasInstallScript?: boolean; optional?: boolean; resolved?: string }>>;
  };
  const packages = Object.entries(lock.packages);
  expect(
    packages.filter(([, { hasInstallScript, optional }]) => hasInstallScript === true && optional !== true),
  ).toEqual([]);
  expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});
