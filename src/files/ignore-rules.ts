import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";

/**
 * The ignore files from one folder down to another, joined to one list in which the last match decides, as git does. Lists
 * of their own per folder, asked one after the other, get folders wrong that a deeper file takes back (`!build/`).
 */
export class IgnoreRules {
  readonly #base: string;
  readonly #list: Ignore;

  private constructor(base: string, list: Ignore) {
    this.#base = base;
    this.#list = list;
  }

  /** What counts at a folder with nothing above it: the private exclude file, if it is the top of a work tree. */
  static from(base: string): IgnoreRules {
    return new IgnoreRules(base, emptyList()).with(join(base, ".git", "info", "exclude"), base);
  }

  /** What counts below `folder` without its own ignore file: those of all folders from `top` to its parent. */
  static downTo(top: string, folder: string): IgnoreRules {
    if (folder === top) return IgnoreRules.from(top);
    const parent = dirname(folder);
    return IgnoreRules.downTo(top, parent).with(join(parent, ".gitignore"));
  }

  /**
   * These rules and behind them those of an ignore file, which count below `folder`. One that cannot be read has none.
   * @param file an absolute path below the base
   */
  with(file: string, folder = dirname(file)): IgnoreRules {
    const prefix = escaped(this.#relative(folder));
    const rules = linesOf(file).flatMap((line) => rebase(line, prefix) ?? []);
    if (rules.length === 0) return this;
    return new IgnoreRules(this.#base, emptyList().add(this.#list).add(rules));
  }

  /** @param path absolute and below the base; its folder must not be ignored itself */
  ignores(path: string, isFolder: boolean): boolean {
    return this.#list.ignores(this.#relative(path) + (isFolder ? "/" : ""));
  }

  #relative(path: string): string {
    return relative(this.#base, path).replaceAll(sep, "/");
  }
}

function emptyList(): Ignore {
  return ignore({ ignorecase: false });
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8")
      .replace(/^\uFEFF/, "")
      .split(/\r?\n/);
  } catch {
    return [];
  }
}

/**
 * A line of an ignore file in the folder `prefix` as a pattern of the base; null when it has none.
 * Source: gitignore(5): without a slash before its end a pattern matches at any depth, with one from the folder of its file.
 */
function rebase(line: string, prefix: string): string | null {
  const pattern = line.replace(/(?<!\\) +$/, "");
  if (pattern === "" || pattern.startsWith("#")) return null;
  const [, negation = "", body = ""] = /^(!?)(.*)$/s.exec(pattern) ?? [];
  if (body === "" || body === "/") return null;
  if (prefix === "") return pattern;
  const isAnchored = body.slice(0, -1).includes("/");
  return `${negation}/${prefix}/${isAnchored ? body.replace(/^\//, "") : `**/${body}`}`;
}

function escaped(path: string): string {
  return path.replace(/[\\*?[\]!# ]/g, "\\$&");
}
