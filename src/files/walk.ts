import { type Dirent, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Skipped } from "../engine/report.ts";
import { isNameLost, NAME_NOT_UTF8, NESTED_REPOSITORY } from "./work-tree.ts";
import { IgnoreRules } from "./ignore-rules.ts";
import { systemReason } from "./reasons.ts";

/** A folder as found without git. */
export interface Walk {
  readonly paths: readonly string[];
  readonly skipped: readonly Skipped[];
  /** Below a folder that is in no repository, the folders that are one; they are not searched. */
  readonly repositories: readonly string[];
}

/**
 * Lists a folder without git, as git would: ignore files at every level, no links, nothing of nested repositories.
 * @param folder an absolute path
 * @param top of the work tree that the folder is in: its ignore files count from there down, unless they ignore the folder itself;
 *   null when there is none
 */
export function walk(folder: string, top: string | null): Walk {
  const walker = new Walker(folder, top !== null);
  const outer = top === null || top === folder ? null : IgnoreRules.downTo(top, folder);
  walker.visit(folder, outer === null || outer.ignores(folder, true) ? IgnoreRules.from(folder) : outer);
  return walker;
}

class Walker implements Walk {
  readonly paths: string[] = [];
  readonly skipped: Skipped[] = [];
  readonly repositories: string[] = [];
  readonly #start: string;
  readonly #inRepository: boolean;

  constructor(start: string, inRepository: boolean) {
    this.#start = start;
    this.#inRepository = inRepository;
  }

  visit(folder: string, outer: IgnoreRules): void {
    const entries = this.#read(folder);
    const names = new Set(entries.map((entry) => entry.name));
    if (names.has(".git") && folder !== this.#start) {
      this.#leaveToItself(folder);
      return;
    }
    const rules = names.has(".gitignore") ? outer.with(join(folder, ".gitignore")) : outer;
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (isNameLost(folder, entry.name)) this.#skip(path, NAME_NOT_UTF8);
      else this.#enter(entry, path, rules);
    }
  }

  #enter(entry: Dirent, path: string, rules: IgnoreRules): void {
    if (entry.isFile()) {
      if (!rules.ignores(path, false)) this.paths.push(this.#relative(path));
    } else if (entry.isDirectory() && entry.name !== ".git" && entry.name !== "node_modules") {
      if (!rules.ignores(path, true)) this.visit(path, rules);
    }
  }

  #leaveToItself(repository: string): void {
    if (this.#inRepository) this.#skip(repository, NESTED_REPOSITORY);
    else this.repositories.push(this.#relative(repository));
  }

  #read(folder: string): readonly Dirent[] {
    try {
      return readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      this.#skip(folder, `The folder cannot be read: ${systemReason(error)}.`);
      return [];
    }
  }

  #skip(path: string, reason: string): void {
    this.skipped.push({ path: this.#relative(path), reason });
  }

  #relative(path: string): string {
    return relative(this.#start, path).replaceAll(sep, "/") || ".";
  }
}
