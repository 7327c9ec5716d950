import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { prefilterWords } from "../src/knowledge/prefilter-words.ts";
import type { Knowledge } from "../src/knowledge/knowledge.ts";

/** The modules that are made of the rules. */
const MODULES: ReadonlyMap<string, (rules: Row) => string> = new Map([
  ["virtual:rules", wholeModule],
  ["virtual:prefilter", prefilterModule],
]);

/** Folders of `rules/` with one entry per file, and the key that the entries are listed under. */
const FOLDERS = new Map([
  ["flag-groups", "flagGroups"],
  ["gadgets", "gadgets"],
  ["images", "images"],
]);

interface RulesPlugin {
  readonly name: string;
  resolveId(id: string): string | null;
  load(this: { addWatchFile(file: string): void }, id: string): string | null;
}

/**
 * Makes modules of the Knowledge that the YAML files of a folder describe, for Vite (vitest) and Rolldown (tsdown):
 * `virtual:rules`, whose `read()` returns all of it, and `virtual:prefilter`, which is small enough for every start.
 */
export function rulesPlugin(folder: string): RulesPlugin {
  const compile = cached(folder);
  return {
    name: "rules",
    resolveId: (id) => (MODULES.has(id) ? `\0${id}` : null),
    load(id) {
      const write = id.startsWith("\0") ? MODULES.get(id.slice(1)) : undefined;
      if (write === undefined) return null;
      for (const file of listRules(folder)) this.addWatchFile(path.join(folder, file));
      return write(compile());
    },
  };
}

/** `compileRules`, once for all modules as long as no file changes: it takes longer than the rest of a build. */
function cached(folder: string): () => Row {
  let stamp = "";
  let rules: Row = {};
  return () => {
    const now = listRules(folder).map((file) => `${file} ${statSync(path.join(folder, file)).mtimeMs}`);
    if (stamp !== now.join()) rules = compileRules(folder);
    stamp = now.join();
    return rules;
  };
}

/** As a JSON text it is parsed several times faster than as an object literal. */
function wholeModule(rules: Row): string {
  const text = JSON.stringify(rules);
  return `const text = ${JSON.stringify(text)};\nexport const read = () => JSON.parse(text);\n`;
}

function prefilterModule(rules: Row): string {
  // The tests hold every file of the rules against its schema, so that nothing needs to be checked here.
  const words = prefilterWords(rules as unknown as Knowledge);
  return `export const words = ${JSON.stringify(words)};\n`;
}

/** An object of YAML or JSON. */
type Row = Readonly<Record<string, unknown>>;

/**
 * All files of `rules/` as one object, in the shape of `Knowledge` (which the schemas prove, not this). Files at the top
 * give its keys; lists under one key are joined in the order of the file names.
 * @throws Error naming file and line, for YAML that does not parse and for files where none belong
 */
export function compileRules(folder: string): Row {
  const all: Record<string, unknown> = {};
  for (const file of listRules(folder)) {
    const content = readRule(folder, file);
    const key = FOLDERS.get(path.posix.dirname(file));
    for (const [name, value] of Object.entries(key === undefined ? content : { [key]: [content] })) {
      all[name] = merge(all[name], withSpans(value), `${file}: ${name}`);
    }
  }
  return all;
}

/** The YAML files with `/`, relative to the folder, sorted. */
export function listRules(folder: string): readonly string[] {
  const files: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "schema") continue;
    if (!entry.isDirectory()) files.push(entry.name);
    else if (!FOLDERS.has(entry.name)) throw new Error(`rules/${entry.name}: no such kind of rules`);
    else files.push(...readdirSync(path.join(folder, entry.name)).map((name) => `${entry.name}/${name}`));
  }
  const stray = files.find((file) => !file.endsWith(".yaml"));
  if (stray !== undefined) throw new Error(`rules/${stray}: not a .yaml file`);
  return files.sort();
}

/** One file as it stands. */
export function readRule(folder: string, file: string): Row {
  const lineCounter = new LineCounter();
  const document = parseDocument(readFileSync(path.join(folder, file), "utf8"), { lineCounter });
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined)
    throw new Error(`rules/${file}:${lineCounter.linePos(error.pos[0]).line}: ${error.message}`);
  const content: unknown = document.toJS();
  if (!isRow(content)) throw new Error(`rules/${file}:1: a mapping is expected`);
  return content;
}

function merge(known: unknown, added: unknown, where: string): unknown {
  if (known === undefined) return added;
  if (Array.isArray(known) && Array.isArray(added)) return [...(known as unknown[]), ...(added as unknown[])];
  throw new Error(`rules/${where} is set twice`);
}

/**
 * Fills in what the files leave out: `until: null`, and the span of flags and fields that live as long as the image or
 * group that holds them.
 */
function withSpans(value: unknown, key = "", holder?: Row): unknown {
  if (Array.isArray(value)) return value.map((item) => withSpans(item, key, holder));
  if (!isRow(value)) return value;
  const held = key === "flags" || key === "fields" ? holder : undefined;
  const since = value["since"] ?? held?.["since"];
  const span = since === undefined ? {} : { since, until: value["until"] ?? held?.["until"] ?? null };
  const row: Row = { ...value, ...span };
  const nextHolder = held === undefined && since !== undefined ? row : holder;
  return Object.fromEntries(
    Object.entries(row).map(([name, item]) => [name, withSpans(item, name, nextHolder)]),
  );
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
