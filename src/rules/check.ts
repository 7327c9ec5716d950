import type { Reading } from "../commands/command.ts";
import type { FoundCommand } from "../commands/find.ts";
import type { Code } from "../data/code.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Part } from "../languages/registry.ts";
import type { TranslateOptions } from "../translate/translation.ts";
import type { Finding } from "./finding.ts";
import type { RuleId } from "./registry.ts";

/** What the findings of one file depend on besides the file. */
export interface CheckSettings extends Omit<TranslateOptions, "tag"> {
  /** Whether the file is part of a module of Go itself. */
  readonly isOwnModule?: ((module: string) => boolean) | undefined;
}

/** A file as a check sees it: its text, and every part of it with the language of that part, each once. */
export interface CheckedFile {
  /** With `/`, relative to the project root. */
  readonly path: string;
  readonly text: string;
  readonly parts: readonly Part[];
  /** What a part says as a program, where that takes a tree. */
  readonly codeOf: (part: Part) => Code | null;
  /** What it runs; read when it is asked for. */
  readonly reading: () => Reading;
  /** What is found of its commands. */
  readonly known: readonly Finding[];
}

/** Looks at what a file holds besides commands: manifests, images, settings, imports. It never throws. */
export type FileCheck = (
  file: CheckedFile,
  settings: CheckSettings,
  knowledge: Knowledge,
) => readonly Finding[];

/** A check that is loaded when a file has a sign of what it looks for. */
export interface CheckEntry {
  /** The rules whose findings it makes. */
  readonly rules: readonly RuleId[];
  /** Every text that it finds something in matches this; the prefilter lets through what holds `gadget`. */
  readonly sign: Pick<RegExp, "test">;
  readonly load: () => Promise<FileCheck>;
}

/** A file as a check that looks across files sees it. */
export interface RepositoryFile extends Omit<CheckedFile, "known"> {
  readonly commands: readonly FoundCommand[];
  /** False: it is only looked at, and nothing is reported in it. */
  readonly isScanned: boolean;
}

/** Looks at all files at once. It never throws. @returns findings by path, in files that are scanned */
export type RepositoryCheck = (
  files: readonly RepositoryFile[],
  settings: CheckSettings,
  knowledge: Knowledge,
) => ReadonlyMap<string, readonly Finding[]>;

/** A check of the repository that is loaded when one of its rules is on, and a file has a sign of what it looks for. */
export interface RepositoryCheckEntry {
  readonly rules: readonly RuleId[];
  /** Every file that it finds something in matches this. */
  readonly sign: Pick<RegExp, "test">;
  /** Texts of which every other file that it must know of has one. */
  readonly alsoWith: readonly string[];
  readonly load: () => Promise<RepositoryCheck>;
}
