/*
 * What the keys of CI files, manifests and playbooks say about their values, as far as it is the same everywhere. A key is
 * judged by its last part (`ansible.builtin.shell`), in any spelling (`before_script`, `beforeScript`).
 */

/** Keys whose values together are one command, in this order. */
export const ARGV_KEYS = ["entrypoint", "command", "cmd", "args"] as const;

const SHELL_KEY =
  /^(?:run|sh|bash|shell|raw|source|entry(?:point)?|inline|exec|args|.*(?:script|command|cmd)s?)$/;

/** Whether text under this key is run by a shell, or split into words as a shell does. */
export function holdsShell(key: string): boolean {
  const last = key.slice(key.search(/[^./]*$/));
  return SHELL_KEY.test(last.replace(/[-_ ]/g, "").toLowerCase());
}

/** Whether a list under this key is the words of a command, or commands. */
export function holdsWords(key: string): boolean {
  return holdsShell(key) || /(?:argv|args|arguments|cmd_?line)$/i.test(key);
}

/** Whether text under this key is a name or a sentence for people, whatever it looks like. */
export function holdsProse(key: string): boolean {
  return /^(?:.*[-_./])?(?:name|displayName|title|description|summary|label|id)$/i.test(key);
}

/** Keys of files in a mapping of files (a ConfigMap's data) that are shell scripts. */
export function isScriptName(key: string): boolean {
  return /\.(?:sh|bash|dash|ksh|zsh)$/i.test(key);
}

/** Keys of files in a mapping of files that YAML can read. */
export function isYamlName(key: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(key);
}

/** Keys under which a mapping, or a list of `name` and `value`, sets environment variables. */
export const ENVIRONMENT_KEYS = ["env", "environment", "variables"] as const;

/** Whether a word names a shell (`/bin/sh`, `bash`, `bash -e {0}`). */
export function isShell(word: string): boolean {
  return /^(?:\S*\/)?(?:env\s+(?:-\S+\s+)*)?(?:\S*\/)?(?:ba|da|a|z|k|mk)?sh(?:\s|$)/.test(word.trim());
}

/** Whether a word names an interpreter of another language than shell. */
export function isForeignInterpreter(word: string): boolean {
  return /^(?:\S*\/)?(?:env\s+(?:-\S+\s+)*)?(?:\S*\/)?(?:python|node|deno|bun|pwsh|powershell|cmd|perl|ruby|php|lua|Rscript)[\d.]*(?:\.exe)?(?:\s|$)/.test(
    word.trim(),
  );
}
