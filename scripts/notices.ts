import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The compiler, which no module of its own stands for; see compiler-plugin.ts. */
const COMPILER = ["typescript", "ts-morph", "@ts-morph/common"];

interface NoticesPlugin {
  readonly name: string;
  generateBundle(
    this: { emitFile(file: { type: "asset"; fileName: string; source: string }): unknown },
    options: unknown,
    bundle: Readonly<Record<string, { readonly moduleIds?: readonly string[] }>>,
  ): void;
}

/**
 * Writes the licences and notices of the code that the built files carry, as the installed packages have them. For Rolldown
 * (tsdown), which tells the modules that it took.
 * @param fileName where to, relative to the built files
 */
export function noticesPlugin(fileName: string): NoticesPlugin {
  return {
    name: "notices",
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap(({ moduleIds = [] }) => moduleIds);
      const folders = new Set([...COMPILER.map(folderOf), ...modules.flatMap((id) => packageOf(id) ?? [])]);
      this.emitFile({ type: "asset", fileName, source: notices([...folders]) });
    },
  };
}

/** @param folders of packages */
function notices(folders: readonly string[]): string {
  const parts = folders.map((folder) => {
    const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name: string };
    const texts = readdirSync(folder)
      .filter((one) => /^(?:licen[cs]e|notice|thirdpartynotice)/i.test(one))
      .sort()
      .map((one) => readFileSync(join(folder, one), "utf8").replace(/\r\n/g, "\n").trim());
    if (texts.length === 0) throw new Error(`the package ${name} has no licence file`);
    return { name, text: [`# ${name}`, ...texts].join("\n\n") };
  });
  const sorted = parts.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ text }) => text);
  return `The files of this folder contain code of these packages, under their licences.\n\n${sorted.join("\n\n")}\n`;
}

/** The folder of the package that a module is of; null for our own. */
function packageOf(module: string): string | null {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module.replaceAll("\\", "/"))?.[0] ?? null;
}

/** What a package exports may leave its own files out, so that the way to it is up from its main module. */
function folderOf(name: string): string {
  const fromHere = createRequire(import.meta.url);
  const from = name === "@ts-morph/common" ? createRequire(fromHere.resolve("ts-morph")) : fromHere;
  let folder = dirname(from.resolve(name));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
}
