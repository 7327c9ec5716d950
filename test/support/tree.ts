import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** What stands at a path: a file's content, or a link to another path. */
type Node = string | Uint8Array | { readonly link: string };

/** A temporary folder with these files, removed after the test. @returns its absolute path */
export function makeTree(nodes: Readonly<Record<string, Node>> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "gadget-migrate-test-")));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  addToTree(root, nodes);
  return root;
}

export function addToTree(root: string, nodes: Readonly<Record<string, Node>>): void {
  for (const [path, node] of Object.entries(nodes)) {
    const absolute = join(root, path);
    mkdirSync(dirname(absolute), { recursive: true });
    if (typeof node === "string" || node instanceof Uint8Array) writeFileSync(absolute, node);
    else symlinkSync(node.link, absolute);
  }
}

/** Runs git in a folder, untouched by the settings of whoever runs the tests. @returns its standard output */
export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
    env: { ...process.env, ...GIT_ENVIRONMENT },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** For the tests' own process too, where the code under test starts git. */
export const GIT_ENVIRONMENT = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" } as const;
