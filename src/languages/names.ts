import type { LanguageId } from "./language.ts";

/*
 * Which names stand for which language. A file is read at all only where its name is known here, or where it has no
 * extension and its first lines tell.
 */

/** Extensions, in small letters, of files that are in one language whatever they contain. */
export const EXTENSIONS = byWord({
  shell: "sh bash dash ksh zsh bats fish csh tcsh",
  powershell: "ps1 psm1",
  cmd: "bat cmd",
  yaml: "yaml yml",
  javascript: "js mjs cjs jsx ts mts cts tsx",
  markdown: "md markdown mdx mdc qmd rmd",
  makefile: "mk mak",
  dockerfile: "dockerfile containerfile",
  python: "py pyw pyi",
  go: "go",
  rust: "rs",
  json: "json jsonc json5 code-workspace",
  toml: "toml",
  notebook: "ipynb",
  justfile: "just",
  spec: "spec",
  systemd: "service timer socket path container kube",
  text: "txt text org textile wiki mediawiki exp tape",
  rst: "rst",
  asciidoc: "adoc asciidoc asc",
  html: "html htm xhtml",
  crontab: "cron crontab",
  settings: "env ini cfg conf cnf properties desktop",
  java: "java",
  kotlin: "kt kts",
  csharp: "cs csx",
  ruby: "rb rake gemspec podspec",
  php: "php phtml",
  groovy: "groovy gradle jenkinsfile",
  terraform: "tf tofu hcl tfvars nomad",
  lua: "lua",
  starlark: "bzl star bazel",
});

/** Whole file names without an extension, in any case; what begins with a dot has none. */
export const NAMES: readonly (readonly [RegExp, LanguageId])[] = [
  [
    /^\.(?:(?:bash|zsh|k?sh)(?:rc|_profile|_aliases|_login|_logout|env)|profile|aliases|envrc|xprofile|zprofile)$/i,
    "shell",
  ],
  [/^\.?justfile$/i, "justfile"],
  [/^crontab$/i, "crontab"],
  [/^\.env$/i, "settings"],
];

/** Folders whose files are in one language, whatever their names. */
export const FOLDERS: readonly (readonly [RegExp, LanguageId])[] = [
  [/(?:^|\/)(?:cron\.d|crontabs)\/[\w-]+$/, "crontab"],
];

/** Names of text for people, where the first lines say nothing else. */
export const TEXT_NAME = /^(?:README|USAGE|INSTALL|HOWTO|RUNBOOK)$/i;

/** Names that a known extension behind them overrules (`Dockerfile.dev`, but `Dockerfile.md`). */
export const BASE_NAMES: readonly (readonly [RegExp, LanguageId])[] = [
  [/^(?:GNU|BSD)?makefile(?:[.-].*)?$/i, "makefile"],
  [/^(?:Docker|Container|Earth)file(?:[.-].*)?$/i, "dockerfile"],
  [/^Jenkinsfile(?:[.-].*)?$/i, "groovy"],
  [/^(?:Rake|Gem|Vagrant|Brew|Cap|Fast|Pod)file$/, "ruby"],
  [/^(?:Tiltfile|BUILD|WORKSPACE)$/, "starlark"],
  [/^\.env\./i, "settings"],
];

/** Written by tools, large, and no place for commands. */
export const LOCK_FILES = /(?:^|[.-])lock(?:\.(?:json|ya?ml|toml|hcl))?$|^npm-shrinkwrap\.json$/i;

/** Interpreters by their file name, without the version that may end it (`ksh93`). */
export const INTERPRETERS = byWord({
  shell: "sh ash bash rbash dash ksh mksh zsh bats fish csh tcsh",
  powershell: "pwsh powershell",
  makefile: "make gmake",
  javascript: "node nodejs deno bun tsx ts-node zx",
  python: "python",
  ruby: "ruby",
  php: "php",
  groovy: "groovy",
  lua: "lua luajit",
});

/** Names that editors have for languages (`-*- mode: sh -*-`, `vim: ft=sh`), with all extensions. */
export const MODES = byWord({
  shell: "shell-script shellscript shell",
  javascript: "javascript typescript js2",
  makefile: "make makefile makefile-gmake",
});

/**
 * Extensions of templates and specimens of a file in another language, which the name inside tells (`values.yaml.gotmpl`,
 * `run.sh.in`), by what fills them in.
 */
export const TEMPLATE_EXTENSIONS: ReadonlyMap<string, "go" | "jinja" | "erb" | "configure" | "copy"> =
  new Map([
    ["tpl", "go"],
    ["tmpl", "go"],
    ["gotmpl", "go"],
    ["j2", "jinja"],
    ["jinja", "jinja"],
    ["jinja2", "jinja"],
    ["erb", "erb"],
    ["in", "configure"],
    ["template", "go"],
    ["dist", "copy"],
    ["example", "copy"],
    ["sample", "copy"],
  ]);

/** A map, since a plain object would know `constructor` too, and files may be called anything. */
function byWord(lists: Partial<Readonly<Record<LanguageId, string>>>): ReadonlyMap<string, LanguageId> {
  const entries = Object.entries(lists) as [LanguageId, string][];
  return new Map(
    entries.flatMap(([language, list]) => list.split(" ").map((word) => [word, language] as const)),
  );
}
