import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { cutOut } from "./compiler-cut.ts";

interface CompilerPlugin {
  readonly name: string;
  resolveId(id: string): string | null;
  load(id: string): string | null;
}

/**
 * Of `ts-morph` we use the parser of the TypeScript compiler that it carries and re-exports as `ts`. For Rolldown (tsdown):
 * `ts-morph` becomes just that, with what the modules that import it call, a ninth of the compiler, which loads in a ninth
 * of the time. See docs/performance.md.
 * @param sources the folder of those modules; all are looked at, since a bundler asks for this one when it has seen the first
 */
export function compilerPlugin(sources: string): CompilerPlugin {
  const resolved = "\0ts-morph";
  return {
    name: "compiler",
    resolveId: (id) => (id === "ts-morph" ? resolved : null),
    load: (id) => (id === resolved ? parserModule(usedIn(sources)) : null),
  };
}

/** The members of `ts` that modules name; those of types are among them. */
function usedIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .filter((code) => code.includes('from "ts-morph"'))
    .flatMap((code) => Array.from(code.matchAll(/\bts\.(\w+)/g), ([, name = ""]) => name));
}

/**
 * A module that exports `ts` with some of its members.
 * @param names those that are only types are left out
 */
export function parserModule(names: readonly string[]): string {
  const { licence, program, exported } = readCompiler();
  const members = [...new Set(names)].filter((name) => exported.has(name)).sort();
  const locals = members.map((name) => exported.get(name) ?? name);
  const list = members.map((name, i) => `${name}: ${locals[i] ?? name}`);
  const code = cutOut(program, [...locals, ...NEEDED_BY_METHODS]);
  return [licence, code, METHODS, `export const ts = { ${list.join(", ")} };`].join("\n");
}

/** The compiler gives its nodes methods only together with all that an editor asks of them. These are the ones in use. */
const NEEDED_BY_METHODS = ["getTokenPosOfNode", "idText", "setObjectAllocator"];
const METHODS = `{
const { getNodeConstructor, getTokenConstructor, getIdentifierConstructor, getPrivateIdentifierConstructor } = objectAllocator;
for (const constructorOf of [getNodeConstructor, getTokenConstructor, getIdentifierConstructor]) {
  Object.assign(constructorOf().prototype, {
    getStart(file) { return getTokenPosOfNode(this, file); },
    getText(file) { return file.text.slice(getTokenPosOfNode(this, file), this.end); },
  });
}
const named = (Constructor) => class extends Constructor { get text() { return idText(this); } };
const [Identifier, PrivateIdentifier] = [getIdentifierConstructor(), getPrivateIdentifierConstructor()].map(named);
setObjectAllocator({
  getIdentifierConstructor: () => Identifier,
  getPrivateIdentifierConstructor: () => PrivateIdentifier,
});
}`;

interface Compiler {
  readonly licence: string;
  /** Its declarations. */
  readonly program: string;
  /** The local name of each name that it exports. */
  readonly exported: ReadonlyMap<string, string>;
}

/** The compiler is one file: a licence, then a function around everything, in which a call lists what is exported. */
function readCompiler(): Compiler {
  const fromHere = createRequire(import.meta.url);
  const common = createRequire(fromHere.resolve("ts-morph")).resolve("@ts-morph/common");
  const text = readFileSync(join(dirname(common), "typescript.js"), "utf8");
  const [, licence = "", program = ""] =
    /^(\/\*!.*?\*\/)\s*var ts = \{\}; \(\(module\) => \{(.*)\}\)\(/s.exec(text) ?? [];
  const [, list = ""] = /^__export\(typescript_exports, \{(.*?)^\}\);/ms.exec(program) ?? [];
  const exported = Array.from(
    list.matchAll(/(\w+): \(\) => (\w+)/g),
    ([, name = "", local = ""]) => [name, local] as const,
  );
  if (exported.length === 0)
    throw new Error("the TypeScript compiler is not as it was: see compiler-plugin.ts");
  return { licence, program, exported: new Map(exported) };
}
