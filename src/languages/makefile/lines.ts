import type { Range } from "../../text/edits.ts";
import { referencesIn } from "./references.ts";

/** A variable that is given a value; the range is that of the value. */
export interface Assignment extends Range {
  readonly name: string;
  readonly operator: string;
  /** In a branch, or for one target only: it may or may not have this value. */
  readonly isConditional: boolean;
  readonly isExported: boolean;
}

/** What a makefile consists of, as far as commands go. Ranges are of its text, line ends at their ends left out. */
export interface Makefile {
  /** The recipes of each rule, a logical line each, without what marks them as recipes. */
  readonly recipes: readonly (readonly Range[])[];
  /** Lines of `define`. */
  readonly definitions: readonly Range[];
  readonly assignments: readonly Assignment[];
  /** What a line of a recipe begins with. */
  readonly prefix: string;
  /** One shell runs all lines of a recipe. */
  readonly oneShell: boolean;
}

const MODIFIERS = /^(?:(?:override|export|private|unexport)[ \t]+)*/;
const ASSIGNMENT = /^([^\s:#=+?!$]+)[ \t]*(:{0,3}=|\+=|\?=|!=)[ \t]*/;
const DEFINE = /^define[ \t]+([^\s=:?+]+)[ \t]*(?:=|:=|::=|\?=|\+=)?[ \t]*(?:#.*)?$/;

/** Takes a makefile apart. Whatever stands in it, every line gets some reading. */
export function parseMakefile(text: string): Makefile {
  const parser = new Parser(text);
  for (const line of logicalLines(text)) parser.add(line);
  return parser.result();
}

class Parser {
  readonly #recipes: Range[][] = [];
  readonly #definitions: Range[] = [];
  readonly #assignments: Assignment[] = [];
  #prefix = "\t";
  #oneShell = false;
  #inRule = false;
  #inDefine = 0;
  #branches = 0;

  constructor(private readonly text: string) {}

  result(): Makefile {
    return {
      recipes: this.#recipes,
      definitions: this.#definitions,
      assignments: this.#assignments,
      prefix: this.#prefix,
      oneShell: this.#oneShell,
    };
  }

  add(line: Range): void {
    const text = this.text.slice(line.start, line.end);
    const plain = text.trim();
    if (this.#inDefine > 0) this.#addDefined(line, plain);
    else if (this.#inRule && this.#prefix !== "" && text.startsWith(this.#prefix)) {
      this.#recipes.at(-1)?.push({ start: line.start + this.#prefix.length, end: line.end });
    } else if (plain !== "" && !plain.startsWith("#")) this.#addSyntax(line);
  }

  #addDefined(line: Range, plain: string): void {
    if (DEFINE.test(plain)) this.#inDefine += 1;
    else if (/^endef\b/.test(plain)) this.#inDefine -= 1;
    else this.#definitions.push(line);
  }

  #addSyntax(line: Range): void {
    const start = line.start + (/^\s*/.exec(this.text.slice(line.start, line.end))?.[0].length ?? 0);
    const text = this.text.slice(start, line.end);
    const modifiers = MODIFIERS.exec(text)?.[0] ?? "";
    const statement = text.slice(modifiers.length);
    if (DEFINE.test(statement)) {
      this.#inDefine = 1;
      this.#inRule = false;
    } else if (/^(?:ifeq|ifneq|ifdef|ifndef)\b/.test(statement)) this.#branches += 1;
    else if (/^endif\b/.test(statement)) this.#branches = Math.max(0, this.#branches - 1);
    else if (/^else\b/.test(statement)) return;
    else if (ASSIGNMENT.test(statement)) {
      this.#assign({ start: start + modifiers.length, end: line.end }, modifiers, this.#branches > 0);
      this.#inRule = false;
    } else if (/^(?:[-s]?include|vpath|export|unexport)\b/.test(text)) this.#inRule = false;
    else this.#addRule({ start, end: line.end });
  }

  #assign(statement: Range, modifiers: string, isConditional: boolean): void {
    const [all = "", name = "", operator = ""] =
      ASSIGNMENT.exec(this.text.slice(statement.start, statement.end)) ?? [];
    const start = statement.start + all.length;
    const end = endBeforeComment(this.text, { start, end: statement.end });
    if (name === ".RECIPEPREFIX") this.#prefix = this.text.slice(start, start + 1).trim() || "\t";
    const isExported = modifiers.includes("export");
    this.#assignments.push({ name, operator, start, end, isConditional, isExported });
  }

  /** `targets: prerequisites ; recipe`, or a variable for one target. */
  #addRule(line: Range): void {
    const end = endBeforeComment(this.text, line);
    const masked = withoutReferences(this.text, { start: line.start, end });
    const colon = masked.search(/:(?![\\/]{2})/);
    if (colon < 0) return;
    const behind = colon + (/^:+/.exec(masked.slice(colon))?.[0].length ?? 1);
    const blanks = /^[ \t]*/.exec(masked.slice(behind))?.[0].length ?? 0;
    const statement = masked.slice(behind + blanks);
    const modifiers = MODIFIERS.exec(statement)?.[0] ?? "";
    if (ASSIGNMENT.test(statement.slice(modifiers.length))) {
      const start = line.start + behind + blanks + modifiers.length;
      this.#assign({ start, end: line.end }, modifiers, true);
      return;
    }
    this.#oneShell ||= /^\.ONESHELL\s*$/.test(masked.slice(0, colon));
    const semicolon = masked.indexOf(";", behind);
    this.#recipes.push(semicolon < 0 ? [] : [{ start: line.start + semicolon + 1, end: line.end }]);
    this.#inRule = true;
  }
}

/** Lines, with those that a backslash continues. */
function logicalLines(text: string): readonly Range[] {
  const lines: Range[] = [];
  for (let start = 0; start < text.length;) {
    let end = lineEnd(text, start);
    while (end < text.length && isContinued(text, start, end)) end = lineEnd(text, end + 1);
    lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

function lineEnd(text: string, from: number): number {
  const found = text.indexOf("\n", from);
  return found < 0 ? text.length : found;
}

function isContinued(text: string, start: number, end: number): boolean {
  let backslashes = 0;
  while (end - 1 - backslashes >= start && text[end - 1 - backslashes] === "\\") backslashes += 1;
  return backslashes % 2 === 1;
}

/** Where a comment begins, or blanks at the end. */
function endBeforeComment(text: string, range: Range): number {
  const masked = withoutReferences(text, range);
  const comment = masked.search(/(?<!\\)#/);
  const kept = comment < 0 ? masked : masked.slice(0, comment);
  return range.start + kept.trimEnd().length;
}

/** The same length with letters for references. */
function withoutReferences(text: string, { start, end }: Range): string {
  let masked = "";
  let at = start;
  for (const reference of referencesIn(text, { start, end })) {
    masked += text.slice(at, reference.start) + "x".repeat(reference.end - reference.start);
    at = reference.end;
  }
  return masked + text.slice(at, end);
}
