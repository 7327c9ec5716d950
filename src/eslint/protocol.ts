import type { MessagePort } from "node:worker_threads";
import type { PrefilterWords } from "../knowledge/prefilter-words.ts";
import type { ParsedProgram } from "../languages/javascript/parsed.ts";
import type { Fix } from "../rules/finding.ts";
import type { RuleId } from "../rules/registry.ts";
import type { Range } from "../text/edits.ts";
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
  /** What ESLint's parser made of it; null where it is no program, or ESLint did not read it as one. */
  readonly program: ParsedProgram | null;
}

/** What the thread is asked: everything that it finds in a file, or what else may be a command there. */
export interface Request {
  readonly kind: keyof Answers;
  readonly file: LintedFile;
  readonly options: RuleOptions;
}

/** What it answers. */
export interface Answers {
  readonly findings: readonly Told[];
  /** With the programs and gadgets of the project's own; null where it has none. */
  readonly words: PrefilterWords | null;
}

/** A finding in the words that ESLint shows. */
export interface Told {
  readonly ruleId: RuleId;
  readonly range: Range;
  readonly message: string;
  readonly fix: Fix | null;
  /** What an unsafe fix would do, and what to check. */
  readonly suggestion: string;
}

/** What comes from the thread. `fault`: the sentence that the command line would end with; `parse`: it waits for a program. */
export type Reply<K extends keyof Answers = keyof Answers> =
  | { readonly kind: "answer"; readonly answer: Answers[K] }
  | { readonly kind: "fault"; readonly message: string }
  | { readonly kind: "parse"; readonly text: string };

/** Reads another text with the parser that ESLint read the file with. */
export type Parse = (text: string) => ParsedProgram;

/** What the thread is given to begin with. */
export interface ThreadData {
  /** Where replies go, and programs come from. */
  readonly port: MessagePort;
  /** Two numbers: one that changes when a reply is there, one that changes when a program is. */
  readonly signals: Int32Array;
}

/** Which number of the signals is for what. */
export const REPLIED = 0;
export const PARSED = 1;
