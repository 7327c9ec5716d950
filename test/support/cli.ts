import { join } from "node:path";
import { main } from "../../src/cli/main.ts";

export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in a folder, without a process; the working directory is `cwd` in it. */
export async function runCli(folder: string, argv: readonly string[], cwd = "."): Promise<CliRun> {
  let stdout = "";
  let stderr = "";
  const code = await main(argv, {
    stdout: (text) => Promise.resolve(void (stdout += text)),
    stderr: (text) => Promise.resolve(void (stderr += text)),
    stdin: () => Promise.resolve(new Uint8Array()),
    cwd: join(folder, cwd),
    env: {},
    isTTY: false,
  });
  return { code, stdout, stderr };
}

/** One line for each finding: `path:line severity grade rule: what it becomes`. */
export async function findingsOf(
  folder: string,
  argv: readonly string[] = [],
  cwd = ".",
): Promise<readonly string[]> {
  const { code, stdout, stderr } = await runCli(folder, [...argv, "--format", "json"], cwd);
  if (code > 1) throw new Error(stderr);
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly WireFinding[] };
  return findings.map(
    ({ path, range, severity, fix, ruleId, after }) =>
      `${path}:${range.start.line} ${severity} ${fix?.grade ?? "manual"} ${ruleId}: ${after ?? ""}`,
  );
}

interface WireFinding {
  readonly path: string;
  readonly range: { readonly start: { readonly line: number } };
  readonly severity: string;
  readonly fix: { readonly grade: string } | null;
  readonly ruleId: string;
  readonly after: string | null;
}
