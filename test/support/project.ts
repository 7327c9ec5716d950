import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { ROOT } from "./console.ts";
import { addToTree, GIT_ENVIRONMENT } from "./tree.ts";

export interface Ran {
  readonly status: number | null;
  /** Standard output and standard error together, in the order written. */
  readonly output: string;
}

/** Runs a command line of a shell as a developer would, untouched by the settings of whoever runs the tests. */
export function run(
  cwd: string,
  command: string,
  env: Readonly<Record<string, string | undefined>> = {},
): Ran {
  const { status, stdout } = spawnSync("bash", ["-c", `exec 2>&1; ${command}`], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...GIT_ENVIRONMENT, ...AUTHOR, FORCE_COLOR: undefined, CI: undefined, ...env },
  });
  return { status, output: stdout };
}

const AUTHOR = {
  GIT_AUTHOR_NAME: "t",
  GIT_AUTHOR_EMAIL: "t@example.com",
  GIT_COMMITTER_NAME: "t",
  GIT_COMMITTER_EMAIL: "t@example.com",
};

/** What npm would install of this package, without a network: its own files, and the packages that it depends on. */
function installedPackage(folder: string): void {
  const options = { cwd: ROOT, encoding: "utf8" } as const;
  const pack = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", "--silent"], options);
  const [{ files }] = JSON.parse(pack) as [{ files: { path: string }[] }];
  for (const { path } of files) cpSync(join(ROOT, path), join(folder, path));
  const listed = execFileSync(
    "npm",
    ["ls", "--omit=dev", "--omit=peer", "--all", "--parseable", "--silent"],
    options,
  );
  const packages = listed.trim().split("\n").slice(1);
  for (const path of packages) cpSync(path, join(folder, relative(ROOT, path)), { recursive: true });
}

/** The same with its dependencies bundled and nothing to build, so that npm needs no network to install it. */
export function bundledPackage(folder: string): void {
  installedPackage(folder);
  const path = join(folder, "package.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as { dependencies: Record<string, string> };
  const bundled = Object.keys(manifest.dependencies);
  const plain = { ...manifest, scripts: {}, devDependencies: {}, bundleDependencies: bundled };
  writeFileSync(path, JSON.stringify(plain));
}

/** Programs of packages, as npm links them into a project. @param programs name, and the file that it starts */
export function linkPrograms(root: string, programs: Readonly<Record<string, string>>): void {
  const folder = join(root, "node_modules", ".bin");
  mkdirSync(folder, { recursive: true });
  for (const [name, file] of Object.entries(programs)) {
    addToTree(folder, { [name]: `#!/bin/sh\nexec "${process.execPath}" "${file}" "$@"\n` });
    chmodSync(join(folder, name), 0o755);
  }
}
