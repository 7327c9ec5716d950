import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, sep } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";

/**
 * Loads the TypeScript compiler that `ts-morph` carries and re-exports as `ts`; the build puts a call of this in the place of
 * that package. By itself it takes 20 MB less than with the wrappers around it. Its nine megabytes are compiled once per
 * version of Node, and the outcome is kept in `node_modules/.cache`: the next run has it three times sooner.
 * @throws Error when the package is not installed as it was published
 */
export function loadCompiler(): unknown {
  const common = createRequire(createRequire(import.meta.url).resolve("ts-morph")).resolve(
    "@ts-morph/common",
  );
  return loadScript(join(dirname(common), "typescript.js"));
}

/**
 * Runs a CommonJS file of a package, from its compiled form where there is one.
 * @param atExit takes what is left to do: to keep the compiled form; at the end the functions that were called are part of it
 * @returns its exports
 */
export function loadScript(file: string, atExit = whenProcessEnds): unknown {
  const source = readFileSync(file, "utf8");
  const cache = cacheOf(file, source);
  const cachedData = readCache(cache);
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
  const script = new Script(wrapped, { filename: file, ...(cachedData === null ? {} : { cachedData }) });
  if (cachedData === null || script.cachedDataRejected === true) {
    atExit(() => {
      keep(script, cache);
    });
  }

  const module = { exports: {} };
  const run = script.runInThisContext() as (...args: readonly unknown[]) => void;
  run.call(module.exports, module.exports, createRequire(file), module, file, dirname(file));
  return module.exports;
}

/** Beside the code that it is made of: whoever can write there can change that code too. */
function cacheOf(file: string, source: string): string {
  const modules = `${sep}node_modules${sep}`;
  const folder = file.slice(0, file.lastIndexOf(modules) + modules.length);
  // The tag changes with the engine, its flags and the processor: what one makes another refuses.
  const name = `${basename(file, ".js")}-${source.length}-${cachedDataVersionTag()}`;
  return join(folder, ".cache", "gadget-migrate", name);
}

/** Null when there is none, or it is damaged: the engine itself would not notice. */
function readCache(path: string): Buffer | null {
  try {
    const content = readFileSync(path);
    const data = content.subarray(CHECKSUM_BYTES);
    return content.readUInt32LE() === crc32(data) ? data : null;
  } catch {
    return null;
  }
}

const CHECKSUM_BYTES = 4;

function whenProcessEnds(run: () => void): void {
  process.once("exit", run);
}

/** A cache that cannot be written is done without. */
function keep(script: Script, path: string): void {
  const temporary = `${path}.${process.pid}`;
  try {
    const data = script.createCachedData();
    const checksum = Buffer.alloc(CHECKSUM_BYTES);
    checksum.writeUInt32LE(crc32(data));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, Buffer.concat([checksum, data]));
    renameSync(temporary, path);
  } catch {
    rmSync(temporary, { force: true });
  }
}
