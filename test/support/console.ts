import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const BIN = join(ROOT, "dist", "bin.mjs");

/** One `$ command` of a `console` fence, with the output below it. */
export interface Step {
  readonly command: string;
  readonly output: string;
}

/** A `console` fence of a document. */
export interface Example {
  /** Of the fence, from 1. */
  readonly line: number;
  readonly steps: readonly Step[];
}

/** @throws Error when a fence begins with something else than a command */
export function examplesIn(markdown: string): readonly Example[] {
  return [...markdown.matchAll(/^```console\n(.*?)^```$/gms)].map(({ index, 1: body = "" }) => {
    const line = markdown.slice(0, index).split("\n").length;
    const [ahead, ...steps] = `\n${body}`.split("\n$ ");
    if (ahead !== "") throw new Error(`line ${line}: a console example begins with a command`);
    return { line, steps: steps.map((step, i) => toStep(i === steps.length - 1 ? step : `${step}\n`)) };
  });
}

/** The fence that holds these steps. */
export function fenceOf(steps: readonly Step[]): string {
  return `\`\`\`console\n${steps.map(({ command, output }) => `$ ${command}\n${output}`).join("")}\`\`\`\n`;
}

function toStep(text: string): Step {
  const lineEnd = text.indexOf("\n");
  return { command: text.slice(0, lineEnd), output: text.slice(lineEnd + 1) };
}

/** A folder of its own for one example: the demo repository at its usual place, and the built program on the path. */
export class Sandbox {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "gadget-migrate-")));
  readonly #bin = join(this.folder, ".bin");

  constructor() {
    cpSync(join(ROOT, "fixtures", "demo-repo"), join(this.folder, "fixtures", "demo-repo"), {
      recursive: true,
    });
    mkdirSync(this.#bin);
    spawnSync("git", ["init", "--quiet", this.folder]);
    const start = `exec "${process.execPath}" "${BIN}" "$@"`;
    writeFileSync(join(this.#bin, "gadget-migrate"), `#!/bin/sh\n${start}\n`, { mode: 0o755 });
    // What npx sets for the programs that it starts; a test of the package runs the real one.
    writeFileSync(join(this.#bin, "npx"), `#!/bin/sh\nshift\nnpm_command=exec ${start}\n`, { mode: 0o755 });
  }

  /** Standard output and standard error together, in the order written. */
  run(command: string): string {
    const path = `${this.#bin}:${process.env["PATH"] ?? ""}`;
    const env = { ...process.env, PATH: path, FORCE_COLOR: undefined, npm_command: undefined };
    const options = { cwd: this.folder, env, encoding: "utf8" } as const;
    return spawnSync("bash", ["-c", `exec 2>&1; ${command}`], options).stdout;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
