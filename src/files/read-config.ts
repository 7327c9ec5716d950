import { readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import type { Path } from "../config/check.ts";
import { type Config, type ConfigFile, listOf, over, plainConfig, type Row } from "../config/config.ts";
import { type Parsed, parseData, type Place } from "../config/parse.ts";
import { CONFIG_SCHEMA } from "../config/schema.ts";
import { configsIn, PACKAGE_KEY } from "./find-config.ts";
import { systemCode, systemReason } from "./reasons.ts";

/** A configuration with all that it extends, or what is wrong with it. */
export type LoadedConfig =
  | {
      readonly ok: true;
      readonly config: Config;
      /** All files that it was read from, absolute. */
      readonly files: readonly string[];
      /** Where a key of the last file stands; the line of the file itself for what is extended. */
      readonly locate: (key: string) => Place;
      /** Rows of gadgets and images, of the files that have any, lowest first. */
      readonly rules: readonly FileRules[];
    }
  | { readonly ok: false; readonly faults: readonly FileFault[] };

/** Rows of one file, and how their places are told. */
export interface FileRules {
  readonly file: string;
  readonly gadgets: readonly Row[];
  readonly images: readonly Row[];
  readonly locate: (path: Path) => Place;
  readonly name: (path: Path) => string;
}

/** Where a fault has no place in the file, it is about the file as a whole. */
export interface FileFault extends Partial<Place> {
  readonly file: string;
  readonly what: string;
}

/** @param path absolute */
export function readConfig(path: string): LoadedConfig {
  return new Loader().load(path, []);
}

class Loader {
  readonly #files = new Set<string>();
  readonly #rules: FileRules[] = [];

  load(path: string, chain: readonly string[]): LoadedConfig {
    const parsed = parseFile(path);
    if (!parsed.ok) return failed(parsed.faults.map((fault) => ({ ...fault, file: path })));
    this.#files.add(path);
    const own = parsed.value as ConfigFile;
    const names = listOf(own.extends);
    let lower: Config = {};
    for (const [i, name] of names.entries()) {
      const place = parsed.locate(typeof own.extends === "string" ? ["extends"] : ["extends", i]);
      const fault = (what: string): LoadedConfig => failed([{ ...place, file: path, what }]);
      const base = resolveExtended(name, dirname(path));
      if (!base.ok) return fault(base.what);
      const cycle = [...chain, path].map(real);
      const from = cycle.indexOf(real(base.path));
      if (from >= 0)
        return fault(
          `extends ${name}, which leads back here: ${listedCycle([...chain, path, base.path].slice(from))}`,
        );
      const loaded = this.load(base.path, [...chain, path]);
      if (!loaded.ok) return loaded;
      lower = over(lower, loaded.config);
    }
    const config = over(lower, inPlace(plainConfig(own), path));
    const { gadgets = [], images = [] } = own;
    const isFirst = !this.#rules.some(({ file }) => file === path);
    if (isFirst && gadgets.length + images.length > 0) {
      this.#rules.push({ file: path, gadgets, images, locate: parsed.locate, name: parsed.name });
    }
    const locate = (key: string): Place => parsed.locate([key]);
    return { ok: true, config, files: [...this.#files], locate, rules: this.#rules };
  }
}

function failed(faults: readonly FileFault[]): LoadedConfig {
  return { ok: false, faults };
}

function listedCycle(paths: readonly string[]): string {
  return paths.map((path) => basename(path)).join(", then ");
}

/** Files that a configuration names stand where it is. */
function inPlace(config: Config, path: string): Config {
  const { baseline } = config;
  return baseline === undefined ? config : { ...config, baseline: resolve(dirname(path), baseline) };
}

function parseFile(path: string): Parsed | Unread {
  const text = readText(path);
  if (!text.ok) return text;
  return parseData(text.text, CONFIG_SCHEMA, basename(path) === "package.json" ? PACKAGE_KEY : undefined);
}

/** A configuration is small; what is larger is something else. */
const MAX_BYTES = 1_000_000;

interface Unread {
  readonly ok: false;
  readonly faults: readonly [{ readonly what: string }];
}

function readText(path: string): { readonly ok: true; readonly text: string } | Unread {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return unread("it is no file");
    if (stat.size > MAX_BYTES) return unread("it is too large for a configuration");
    return { ok: true, text: new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    if (error instanceof TypeError) return unread("it is not valid UTF-8");
    if (systemCode(error) === "ENOENT") return unread("there is no such file");
    return unread(`it cannot be read: ${systemReason(error)}`);
  }
}

function unread(what: string): Unread {
  return { ok: false, faults: [{ what }] };
}

type Resolved = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly what: string };

/**
 * What `extends` names: a path (it begins with `.` or `/`), or a package in the `node_modules` of a folder upwards and a
 * file in it; without the file, the package's own configuration. Nothing of the package is run.
 */
function resolveExtended(name: string, folder: string): Resolved {
  if (/^\.{0,2}[/\\]/.test(name) || name === "." || name === ".." || isAbsolute(name)) {
    const path = resolve(folder, name);
    return isFile(path)
      ? { ok: true, path }
      : { ok: false, what: `extends ${name}, and there is no such file` };
  }
  const [, packageName = "", inner] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(name) ?? [];
  for (let at = folder; ; at = dirname(at)) {
    const home = join(at, "node_modules", packageName);
    if (isFolder(home)) return inner === undefined ? ownConfig(home, name) : fileOf(home, inner, name);
    if (dirname(at) === at) break;
  }
  const hint = isFile(resolve(folder, name)) ? `; for the file, write ./${name}` : "; is it installed?";
  return { ok: false, what: `extends ${name}, and there is no such package${hint}` };
}

function ownConfig(home: string, name: string): Resolved {
  const [path] = configsIn(home);
  return path === undefined
    ? { ok: false, what: `extends ${name}, a package that has no gadget-migrate.config.yaml` }
    : { ok: true, path };
}

function fileOf(home: string, inner: string, name: string): Resolved {
  const path = join(home, inner);
  return isFile(path)
    ? { ok: true, path }
    : { ok: false, what: `extends ${name}, and the package has no such file` };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
