import type { LanguageId } from "./language.ts";
import {
  BASE_NAMES,
  EXTENSIONS,
  FOLDERS,
  INTERPRETERS,
  LOCK_FILES,
  MODES,
  NAMES,
  TEMPLATE_EXTENSIONS,
  TEXT_NAME,
} from "./names.ts";

/** Where a Helm chart keeps its templates. */
const IN_TEMPLATES = /(?:^|\/)templates\//;

/** Languages in which `{{` is ordinary code, so that what fills in a template cannot be told from it. */
const NEVER_TEMPLATES: ReadonlySet<LanguageId> = new Set(["javascript"]);

/** Programs that start the interpreter named behind them. */
const LAUNCHERS = new Set(["env", "busybox", "npx", "bunx"]);

/**
 * The language of a file, or null when it is in none that can be read.
 * @param path with `/`; only the name and its folders count, nothing is read
 * @param text the file's text. That it is in *some* language is decided by name and first lines; what is behind them
 *   only tells YAML from a Helm template.
 */
export function detectLanguage(path: string, text: string): LanguageId | null {
  const byName = languageOfName(path);
  if (byName === "first-line") {
    return (
      languageOfFirstLines(text) ?? (TEXT_NAME.test(path.slice(path.lastIndexOf("/") + 1)) ? "text" : null)
    );
  }
  return byName === "yaml" && isTemplate(path, text) ? "helm" : byName;
}

/** What the name alone says: a language (YAML may turn out to be a Helm template), none, or that the first line decides. */
export function languageOfName(path: string): LanguageId | "first-line" | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  // Asked for every file of a repository, so that the few names without an extension are told apart first.
  if (dot <= 0) {
    if (LOCK_FILES.test(name)) return null;
    return (
      languageIn(NAMES, name) ?? languageIn(BASE_NAMES, name) ?? languageIn(FOLDERS, path) ?? "first-line"
    );
  }
  if (name === "NOTES.txt" && IN_TEMPLATES.test(path)) return "helm";
  if (LOCK_FILES.test(name)) return null;
  const extension = name.slice(dot + 1).toLowerCase();
  const filler = TEMPLATE_EXTENSIONS.get(extension);
  if (filler !== undefined) return languageOfTemplate(path, name.slice(0, dot), filler === "go");
  return EXTENSIONS.get(extension) ?? languageIn(BASE_NAMES, name);
}

function languageIn(table: readonly (readonly [RegExp, LanguageId])[], name: string): LanguageId | null {
  return table.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** @param inner the name without the template's extension */
function languageOfTemplate(path: string, inner: string, isGo: boolean): LanguageId | "first-line" | null {
  const language = languageOfName(inner);
  if (language === "first-line" && isGo && IN_TEMPLATES.test(path)) return "helm";
  if (language === "yaml" && isGo) return "helm";
  return language === null || language === "first-line" || !NEVER_TEMPLATES.has(language) ? language : null;
}

function languageOfFirstLines(text: string): LanguageId | null {
  const line = /^\uFEFF?(#[^\r\n]*)/.exec(text)?.[1] ?? "";
  const byLine = line.startsWith("#!") ? languageOfInterpreter(line.slice(2)) : null;
  if (byLine !== null) return byLine;
  if (/^#\s*shellcheck\s+shell=(?:ba|da|k|)sh\b/.test(line)) return "shell";
  return languageOfModeline(text.slice(0, 400));
}

function languageOfInterpreter(line: string): LanguageId | null {
  for (const word of line.trim().split(/\s+/)) {
    const program = word.slice(word.lastIndexOf("/") + 1);
    const isPassed = LAUNCHERS.has(program) || program.startsWith("-") || word.includes("=");
    if (!isPassed)
      return INTERPRETERS.get(program) ?? INTERPRETERS.get(program.replace(/[\d.]+$/, "")) ?? null;
  }
  return null;
}

/** `-*- mode: sh -*-`, `-*- sh -*-`, `vim: set ft=sh:`; editors look for it in the first lines. */
const MODELINE =
  /-\*-[ \t]*(?:(?:[^\n]*?[; \t])?mode:[ \t]*)?([\w+-]+)[^\n]*-\*-|(?:^|[\s#;"*])(?:vim?|ex):[^\n]*?\b(?:ft|filetype|syntax)=([\w-]+)/i;

function languageOfModeline(head: string): LanguageId | null {
  const [, emacs, vim] = MODELINE.exec(head.split(/\r?\n/).slice(0, 5).join("\n")) ?? [];
  const mode = (emacs ?? vim)?.toLowerCase();
  return mode === undefined ? null : (MODES.get(mode) ?? EXTENSIONS.get(mode) ?? null);
}

/** Actions of Go templates, where a chart keeps its templates; elsewhere only those that other `{{ }}` dialects lack. */
function isTemplate(path: string, text: string): boolean {
  if (isTaskfile(path, text)) return false;
  if (IN_TEMPLATES.test(path)) return /(?<!\$)\{\{/.test(text);
  return /(?<!\$)\{\{-?\s*(?:[.$]|\/\*|(?:if|range|with|end|else|define|include|template|block|toYaml)\b)/.test(
    text,
  );
}

/** Taskfiles are YAML as they stand: what they fill in are strings. */
function isTaskfile(path: string, text: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return (
    /^taskfile\b/i.test(name) || (/^\uFEFF?version:[ \t]*["']?[23]/m.test(text) && /^tasks:/m.test(text))
  );
}
