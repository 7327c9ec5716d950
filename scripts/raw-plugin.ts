import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

const SUFFIX = "?raw";

interface RawPlugin {
  readonly name: string;
  resolveId(id: string, importer: string | undefined): string | null;
  load(id: string): { readonly code: string; readonly moduleType: "js" } | null;
}

/** `import text from "./page.css?raw"` gives the file's text, as it does under vitest. */
export function rawPlugin(): RawPlugin {
  return {
    name: "raw",
    resolveId(id, importer) {
      if (!id.endsWith(SUFFIX) || importer === undefined) return null;
      return resolve(dirname(importer), id);
    },
    load(id) {
      if (!id.endsWith(SUFFIX)) return null;
      const text = readFileSync(id.slice(0, -SUFFIX.length), "utf8");
      return { code: `export default ${JSON.stringify(text)};`, moduleType: "js" };
    },
  };
}
