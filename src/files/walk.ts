import { type Dirent, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Skipped } from "../engine/report.ts";
import { gitListing, isNameLost, NAME_NOT_UTF8, NESTED_REPOSITORY } from "./git.ts";
import { IgnoreRules } from "./ignore-rules.ts";
import type { Listing } from "./list.ts";
import { systemReason } from "./reasons.ts";

/**
 * Lists a folder without git, as git would: ignore files at every level, no links, nothing of nested repositories.
 * Repositories below a folder that is in none are listed by git where it can.
 * @param folder an absolute path
 * @param top of the work tree that the folder is in: its ignore files count from there down, unless they ignore the folder itself;
 *   null when there is none
 */
export function walk(folder: string, top: string | null): Listing {
  const walker = new Walker(folder, top !== null);
  const outer = top === null || top === folder ? null : IgnoreRules.downTo(top, folder);
  walker.visit(folder, outer === null || outer.ignores(folder, true) ? IgnoreRules.from(folder) : outer);
  return walker;
}

class Walker implements Listing {
  readonly paths: string[] = [];
  readonly skipped: Skipped[] = [];
  readonly #start: string;
  readonly #inRepository: boolean;

  constructor(start: string, inRepository: boolean) {
    this.#start = start;
    this.#inRepository = inRepository;
  }

  visit(folder: string, outer: IgnoreRules): void {
    const entries = this.#read(folder);
    const names = new Set(entries.map((entry) => entry.name));
    const isRepository = names.has(".git") && folder !== this.#start;
    if (isRepository && this.#takeRepository(folder)) return;
    const above = isRepository ? IgnoreRules.from(folder) : outer;
    const rules = names.has(".gitignore") ? above.with(join(folder, ".gitignore")) : above;
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

  /** Whether nothing is left to do for a repository below the start: it is another project, or git listed its files. */
  #takeRepository(folder: string): boolean {
    if (this.#inRepository) {
      this.#skip(folder, NESTED_REPOSITORY);
      return true;
    }
    const listing = gitListing(folder);
    if (listing === null) return false;
    const prefix = this.#relative(folder);
    for (const path of listing.paths) this.paths.push(`${prefix}/${path}`);
    for (const { path, reason } of listing.skipped) this.skipped.push({ path: `${prefix}/${path}`, reason });
    return true;
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
