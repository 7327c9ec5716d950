import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The key of a package.json that holds a configuration. */
export const PACKAGE_KEY = "gadgetMigrate";

const NAMES = [
  "gadget-migrate.config.yaml",
  "gadget-migrate.config.yml",
  "gadget-migrate.config.json",
] as const;

/**
 * The configuration files of the nearest folder upwards that has one, `folder` included: up to the top of its git work tree,
 * else of the file system. Several are one too many.
 * @returns absolute paths, none when there is no configuration
 */
export function findConfig(folder: string): readonly string[] {
  for (let at = folder; ; at = dirname(at)) {
    const found = configsIn(at);
    if (found.length > 0 || existsSync(join(at, ".git")) || dirname(at) === at) return found;
  }
}

/** The configuration files that a folder itself has. */
export function configsIn(folder: string): readonly string[] {
  const named = NAMES.map((name) => join(folder, name)).filter((path) => existsSync(path));
  const manifest = join(folder, "package.json");
  return holdsConfig(manifest) ? [...named, manifest] : named;
}

/** Whether a package.json has the key; parsed only where its name is in the text. */
function holdsConfig(path: string): boolean {
  try {
    const text = readFileSync(path, "utf8");
    if (!text.includes(`"${PACKAGE_KEY}"`)) return false;
    const content: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return typeof content === "object" && content !== null && Object.hasOwn(content, PACKAGE_KEY);
  } catch {
    // There is none, or it is broken, which is for its own tools to say.
    return false;
  }
}
