import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/**
 * Puts the built program where npm puts those of dependencies. `npx gadget-migrate` in this folder goes through a copy of
 * the package in npm's cache; where that copy was made before the first build, it has no program, and never gets one.
 * @param root the package's folder
 */
export function linkBin(root: string): void {
  if (process.platform === "win32") return;
  const folder = join(root, "node_modules", ".bin");
  const link = join(folder, "gadget-migrate");
  mkdirSync(folder, { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(join("..", "..", "dist", "bin.mjs"), link);
}
