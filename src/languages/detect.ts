import type { LanguageId } from "./language.ts";

/** Extensions, in lower case, of files that are in one language whatever they contain. */
const EXTENSIONS: ReadonlyMap<string, LanguageId> = mapOf({
  sh: "shell",
  bash: "shell",
  dash: "shell",
  ksh: "shell",
  zsh: "shell",
  bats: "shell",
  yaml: "yaml",
  yml: "yaml",
  js: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  jsx: "javascript",
  ts: "javascript",
  mts: "javascript",
  cts: "javascript",
  tsx: "javascript",
  md: "markdown",
  markdown: "markdown",
  mdx: "markdown",
});

/** Extensions of templates of a file in another language, which the name inside tells (`values.yaml.gotmpl`). */
const TEMPLATE_EXTENSIONS = new Set(["tpl", "tmpl", "gotmpl"]);

/** Names without an extension that shells read. */
const SHELL_NAMES =
  /^\.(?:(?:bash|zsh|k?sh)(?:rc|_profile|_aliases|_login|_logout|env)|profile|aliases|envrc|xprofile|zprofile)$/;

/** Interpreters by their file name, without the version that may end it (`ksh93`). */
const INTERPRETERS: ReadonlyMap<string, LanguageId> = mapOf({
  sh: "shell",
  ash: "shell",
  bash: "shell",
  rbash: "shell",
  dash: "shell",
  ksh: "shell",
  mksh: "shell",
  zsh: "shell",
  bats: "shell",
  node: "javascript",
  nodejs: "javascript",
  deno: "javascript",
  bun: "javascript",
  tsx: "javascript",
  "ts-node": "javascript",
  zx: "javascript",
});

/** Where a Helm chart keeps its templates. */
const IN_TEMPLATES = /(?:^|\/)templates\//;

/** Programs that start the interpreter named behind them. */
const LAUNCHERS = new Set(["env", "busybox", "npx", "bunx"]);

/**
 * The language of a file, or null when it is in none that can be read.
 * @param path with `/`; only the name and its folders count, nothing is read
 * @param text the file's text. That it is in *some* language is decided by name and first line; what is behind the first
 *   line only tells YAML from a Helm template.
 */
export function detectLanguage(path: string, text: string): LanguageId | null {
  const byName = languageOfName(path);
  if (byName === "first-line") return languageOfFirstLine(text);
  return byName === "yaml" && isTemplate(path, text) ? "helm" : byName;
}

/** What the name alone says: a language (YAML may turn out to be a Helm template), none, or that the first line decides. */
export function languageOfName(path: string): LanguageId | "first-line" | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (SHELL_NAMES.test(name)) return "shell";
  const dot = name.lastIndexOf(".");
  if (dot <= 0) return "first-line";
  const extension = name.slice(dot + 1).toLowerCase();
  if (TEMPLATE_EXTENSIONS.has(extension)) return languageOfTemplate(path, name.slice(0, dot));
  return EXTENSIONS.get(extension) ?? null;
}

function languageOfTemplate(path: string, inner: string): LanguageId | null {
  const dot = inner.lastIndexOf(".");
  if (dot <= 0) return IN_TEMPLATES.test(path) ? "helm" : null;
  const language = EXTENSIONS.get(inner.slice(dot + 1).toLowerCase());
  if (language === "yaml") return "helm";
  return language === "shell" ? "shell" : null;
}

function languageOfFirstLine(text: string): LanguageId | null {
  const line = /^\uFEFF?(#[^\r\n]*)/.exec(text)?.[1] ?? "";
  if (!line.startsWith("#!")) return /^#\s*shellcheck\s+shell=(?:ba|da|k|)sh\b/.test(line) ? "shell" : null;
  for (const word of line.slice(2).trim().split(/\s+/)) {
    const program = word.slice(word.lastIndexOf("/") + 1);
    const isPassed = LAUNCHERS.has(program) || program.startsWith("-") || word.includes("=");
    if (!isPassed)
      return INTERPRETERS.get(program) ?? INTERPRETERS.get(program.replace(/[\d.]+$/, "")) ?? null;
  }
  return null;
}

/** Actions of Go templates, where a chart keeps its templates; elsewhere only those that other `{{ }}` dialects lack. */
function isTemplate(path: string, text: string): boolean {
  if (IN_TEMPLATES.test(path)) return /(?<!\$)\{\{/.test(text);
  return /(?<!\$)\{\{-?\s*(?:[.$]|\/\*|(?:if|range|with|end|else|define|include|template|block|toYaml)\b)/.test(
    text,
  );
}

/** A plain object would know `constructor` too, and files may be called anything. */
function mapOf(languages: Readonly<Record<string, LanguageId>>): ReadonlyMap<string, LanguageId> {
  return new Map(Object.entries(languages));
}
