import { fileURLToPath } from "node:url";

interface CompilerPlugin {
  readonly name: string;
  resolveId(id: string): string | null;
  load(id: string): string | null;
}

/** For Rolldown (tsdown): of `ts-morph` only the compiler in it is loaded, in the way that `src/files/compiler.ts` tells. */
export function compilerPlugin(): CompilerPlugin {
  const resolved = "\0ts-morph";
  const loader = fileURLToPath(new URL("../src/files/compiler.ts", import.meta.url));
  return {
    name: "compiler",
    resolveId: (id) => (id === "ts-morph" ? resolved : null),
    load(id) {
      if (id !== resolved) return null;
      return `import { loadCompiler } from ${JSON.stringify(loader)};\nexport const ts = loadCompiler();\n`;
    },
  };
}
