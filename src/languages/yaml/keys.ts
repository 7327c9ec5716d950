/*
 * What the keys of CI files, manifests and playbooks say about their values, as far as it is the same everywhere. A key is
 * judged by its last part (`ansible.builtin.shell`), in any spelling (`before_script`, `beforeScript`).
 */

/** Keys whose values together are one command, in this order. `entry` is that of pre-commit. */
export const ARGV_KEYS = ["entrypoint", "entry", "command", "cmd", "args"] as const;

const SHELL_KEY =
  /^(?:run|sh|bash|shell|raw|source|entry(?:point)?|inline|exec|defer|args|(?:run|boot)cmd|(?:before|after)(?:install|success|failure|deploy|cache)|.*(?:script|command|cmd)s?)$/;

/** Whether text under this key is run by a shell, or split into words as a shell does. */
export function holdsShell(key: string): boolean {
  return SHELL_KEY.test(plainKey(key));
}

/** The last part of a key, in one spelling. */
function plainKey(key: string): string {
  return key
    .slice(key.search(/[^./]*$/))
    .replace(/[-_ ]/g, "")
    .toLowerCase();
}

/** Whether a list under this key is the words of a command, or commands. */
export function holdsWords(key: string): boolean {
  return holdsShell(key) || /(?:argv|args|arguments|cmd_?line)$/i.test(key);
}

/** Whether text under this key is a name or a sentence for people, whatever it looks like. */
export function holdsProse(key: string): boolean {
  return /^(?:.*[-_./])?(?:name|displayName|title|desc|description|summary|label|id|runbook(?:_?url)?)$/i.test(
    key,
  );
}

/** Whether text under this key is shown to people, who may follow it. */
export function isShown(key: string): boolean {
  return /^(?:.*[-_.])?(?:message|msg|text|help|usage|notes?|hint|instructions?|comment|echo|prompt|documentation|docs?|readme)(?:\.(?:txt|md))?$/i.test(
    key,
  );
}

/** PowerShell and cmd by the keys of Azure Pipelines and Ansible. */
export function holdsForeignShell(key: string): boolean {
  return /^(?:pwsh|powershell|winshell|wincommand|winpowershell)$/.test(plainKey(key));
}

/** Modules of Ansible that run a command, which may end with arguments of their own (`chdir=/srv`). */
export function isCommandModule(key: string): boolean {
  return /^(?:shell|command|raw|script)$/.test(plainKey(key));
}

/** Keys of files in a mapping of files (a ConfigMap's data) that are shell scripts. */
function isScriptName(key: string): boolean {
  return /\.(?:sh|bash|dash|ksh|zsh)$/i.test(key);
}

/** The interpreter of a file in a mapping of files, by its extension; null when it is none that runs commands. */
export function interpreterOfName(key: string): string | null {
  const extension = /\.(\w+)$/.exec(key)?.[1]?.toLowerCase() ?? "";
  if (isScriptName(key)) return "sh";
  return INTERPRETERS.get(extension) ?? null;
}

const INTERPRETERS: ReadonlyMap<string, string> = new Map([
  ["py", "python"],
  ["js", "node"],
  ["mjs", "node"],
  ["cjs", "node"],
  ["ts", "node"],
  ["rb", "ruby"],
  ["pl", "perl"],
  ["lua", "lua"],
  ["php", "php"],
  ["ps1", "pwsh"],
  ["bat", "cmd"],
  ["cmd", "cmd"],
]);

/** Keys of files in a mapping of files that YAML can read. */
export function isYamlName(key: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(key);
}

/** Keys of text that is a document of its own: patches, values of a chart, manifests. */
export function holdsYaml(key: string): boolean {
  return /^(?:patch|values|valuesContent|manifests?|definition|patchesStrategicMerge|patchesJson6902|extraDeploy)$/.test(
    key,
  );
}

/** Keys under which a mapping, or a list of `name` and `value`, sets environment variables. */
export const ENVIRONMENT_KEYS = ["env", "environment", "variables"] as const;

/** Keys of mappings of values that something else reads: whatever it is, this file does not run it. */
export function holdsData(key: string): boolean {
  return (
    (ENVIRONMENT_KEYS as readonly string[]).includes(key) ||
    /^(?:annotations|labels|data|stringData|vars|literals|parameters)$/.test(key)
  );
}

/** Whether a word names a shell (`/bin/sh`, `bash`, `bash -e {0}`). */
export function isShell(word: string): boolean {
  return /^(?:\S*\/)?(?:env\s+(?:-\S+\s+)*)?(?:\S*\/)?(?:ba|da|a|z|k|mk)?sh(?:\s|$)/.test(word.trim());
}

/** Name of the interpreter of another language than shell that a word names (`/usr/bin/env python3 -u`); else null. */
export function foreignInterpreter(word: string): string | null {
  const found =
    /^(?:\S*\/)?(?:env\s+(?:-\S+\s+)*)?(?:\S*\/)?(python|node|deno|bun|pwsh|powershell|cmd|perl|ruby|php|lua|Rscript)[\d.]*(?:\.exe)?(?:\s|$)/.exec(
      word.trim(),
    );
  return found?.[1] ?? null;
}
