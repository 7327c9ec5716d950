import type { MessagePort } from "node:worker_threads";
import type { FileSettings } from "../engine/settings.ts";
import type { OwnPrograms } from "../knowledge/own-programs.ts";
import type { OwnRules } from "../knowledge/own-rules.ts";
import type { Finding } from "../rules/finding.ts";
import type { RuleOptions } from "./options.ts";

/** A file as ESLint has it in memory. */
export interface LintedFile {
  /** Absolute. ESLint's name for it: the language is told by it. */
  readonly path: string;
  /** Without a BOM. */
  readonly text: string;
  /** Whether it, or the file that it is a part of, is on the disk: only then has it a project around it. */
  readonly isOnDisk: boolean;
  /** Absolute; the working directory of ESLint. */
  readonly cwd: string;
}

/** What the thread is asked: everything that it finds in a file, or what holds for a file that the rule reads itself. */
export interface Request {
  readonly kind: keyof Answers;
  readonly file: LintedFile;
  readonly options: RuleOptions;
}

/** What it answers. */
export interface Answers {
  readonly findings: readonly Finding[];
  readonly terms: Terms;
}

/** What the findings of a file depend on besides its text. */
export interface Terms {
  readonly target: string;
  readonly settings: FileSettings;
  readonly programs: OwnPrograms;
  readonly rules: OwnRules;
}

/** Not ok: the sentence that the command line would end with. */
export type Reply<K extends keyof Answers = keyof Answers> =
  { readonly ok: true; readonly answer: Answers[K] } | { readonly ok: false; readonly message: string };

/** What the thread is given to begin with. */
export interface ThreadData {
  /** Where replies go. */
  readonly replies: MessagePort;
  /** One number that changes when a reply is there. */
  readonly signal: Int32Array;
}
