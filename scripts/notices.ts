import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Packages whose code is in the built files: the compiler, and the package that it is taken from. */
const BUNDLED = ["typescript", "ts-morph", "@ts-morph/common"];

/**
 * Writes the licences and notices of the code that the built files carry, as the installed packages have them.
 * @param file where to
 */
export function writeNotices(file: string): void {
  const parts = BUNDLED.map((name) => {
    const folder = folderOf(name);
    const texts = readdirSync(folder)
      .filter((one) => /^(?:licen[cs]e|notice|thirdpartynotice)/i.test(one))
      .sort()
      .map((one) => readFileSync(join(folder, one), "utf8").replace(/\r\n/g, "\n").trim());
    if (texts.length === 0) throw new Error(`the package ${name} has no licence file`);
    return [`# ${name}`, ...texts].join("\n\n");
  });
  writeFileSync(
    file,
    `The files of this folder contain code of these packages, under their licences.\n\n${parts.join("\n\n")}\n`,
  );
}

/** What a package exports may leave its own files out, so that the way to it is up from its main module. */
function folderOf(name: string): string {
  const fromHere = createRequire(import.meta.url);
  const from = name === "@ts-morph/common" ? createRequire(fromHere.resolve("ts-morph")) : fromHere;
  let folder = dirname(from.resolve(name));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
}
