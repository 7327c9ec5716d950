import type { LanguageId } from "../language.ts";

/**
 * How a code block is read: in a language, as a `script` of a shell, as `any` text (a script, a terminal session, what a
 * program printed), or not at all.
 */
export type BlockKind =
  | Exclude<LanguageId, "shell" | "helm" | "text" | "notebook" | "justfile" | "spec" | "systemd">
  | "script"
  | "any"
  | "other";

const KINDS: Readonly<Record<string, BlockKind>> = {
  sh: "script",
  bash: "script",
  shell: "script",
  zsh: "script",
  ksh: "script",
  dash: "script",
  ash: "script",
  shellscript: "script",
  "shell-script": "script",
  azurecli: "script",
  console: "any",
  terminal: "any",
  term: "any",
  session: "any",
  "sh-session": "any",
  "shell-session": "any",
  shellsession: "any",
  "bash-session": "any",
  text: "any",
  txt: "any",
  plain: "any",
  plaintext: "any",
  none: "any",
  "": "any",
  powershell: "powershell",
  azurepowershell: "powershell",
  pwsh: "powershell",
  ps1: "powershell",
  bat: "cmd",
  batch: "cmd",
  cmd: "cmd",
  dosbatch: "cmd",
  yaml: "yaml",
  yml: "yaml",
  js: "javascript",
  jsx: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  javascript: "javascript",
  ts: "javascript",
  tsx: "javascript",
  mts: "javascript",
  cts: "javascript",
  typescript: "javascript",
  json: "json",
  jsonc: "json",
  json5: "json",
  make: "makefile",
  makefile: "makefile",
  mk: "makefile",
  docker: "dockerfile",
  dockerfile: "dockerfile",
  containerfile: "dockerfile",
  py: "python",
  python: "python",
  python3: "python",
  go: "go",
  golang: "go",
  rs: "rust",
  rust: "rust",
  toml: "toml",
  md: "markdown",
  markdown: "markdown",
  mdx: "markdown",
};

/** What pages of Microsoft add to the language of a block that can be tried out in the page. */
const TRIED_OUT = /-interactive$/;

/** @param info what stands behind the opening fence: `bash title="x"`, `{.sh}`, `{code-block} console`, `ts{1,3}`; may be empty */
export function kindOfBlock(info: string): BlockKind {
  return KINDS[nameOf(info)] ?? "other";
}

/** The extension of a file with what a block in JavaScript or TypeScript holds. */
export function dialectOf(info: string): string {
  const name = nameOf(info);
  if (name === "typescript") return "ts";
  return name === "javascript" ? "js" : name;
}

/** In small letters; empty when there is none. */
function nameOf(info: string): string {
  const name = /^\{(?:code-block|sourcecode|code)\}\s*([\w-]+)/.exec(info)?.[1] ?? /[\w-]+/.exec(info)?.[0];
  return name?.toLowerCase().replace(TRIED_OUT, "") ?? "";
}
