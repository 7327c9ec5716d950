/**
 * Of `ts-morph` we use the TypeScript compiler that it carries and re-exports as `ts`. Loaded by itself that takes half the
 * time and 20 MB less than with the wrappers around it; and by `require`, since for `import` Node would first search nine
 * megabytes for the names that they export. See docs/performance.md.
 */
const LOAD_COMPILER = `
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

function loadCompiler() {
  try {
    const common = createRequire(require.resolve("ts-morph")).resolve("@ts-morph/common");
    return require(join(dirname(common), "typescript.js"));
  } catch {
    return require("ts-morph").ts;
  }
}

export const ts = loadCompiler();
`;

interface CompilerPlugin {
  readonly name: string;
  resolveId(id: string): string | null;
  load(id: string): string | null;
}

/** For Rolldown (tsdown): `ts-morph` becomes its compiler, found where it is installed when the program runs. */
export function compilerPlugin(): CompilerPlugin {
  const resolved = "\0ts-morph";
  return {
    name: "compiler",
    resolveId: (id) => (id === "ts-morph" ? resolved : null),
    load: (id) => (id === resolved ? LOAD_COMPILER : null),
  };
}
