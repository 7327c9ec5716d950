import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ROOT } from "./console.ts";

/** Programs that tests start, with a `package.json` of their own; CONTRIBUTING.md says how they are installed. */
export const TOOLS = join(ROOT, "test", "tools", "node_modules");

/**
 * Whether tests that need a program must be skipped: never in CI, where what is missing is a failure.
 * @param path absolute, or the name of a program on the path
 */
export function isMissing(path: string): boolean {
  if (process.env["CI"] !== undefined) return false;
  if (path.includes("/")) return !existsSync(path);
  return !(process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, path)));
}
