import { EXTENSIONS, TEMPLATE_EXTENSIONS } from "../languages/names.ts";

/**
 * Which files `gadget-migrate/text` is for: every name that tells a language which is read, but those of JavaScript and
 * TypeScript. Files without an extension that only their first line tells are left out, since any program could be one.
 */
export const TEXT_FILES: readonly string[] = [
  ...extensionsOfText().map((extension) => `**/*.${extension}`),
  ...Array.from(TEMPLATE_EXTENSIONS.keys(), (extension) => `**/*.${extension}`),
  "**/.{bash,zsh,ksh,sh}{rc,_profile,_aliases,_login,_logout,env}",
  "**/.{profile,aliases,envrc,xprofile,zprofile}",
  "**/{,.}{j,J}ustfile",
  "**/{GNU,BSD,}{m,M}akefile{,.*,-*}",
  "**/{Docker,Container}file{,.*,-*}",
  "**/Jenkinsfile{,.*,-*}",
  "**/{Rake,Gem,Vagrant,Brew,Cap,Fast,Pod}file",
  "**/{Tiltfile,BUILD,WORKSPACE}",
  "**/{README,USAGE,INSTALL,HOWTO,RUNBOOK}",
];

/** Of these, what tools write and nobody edits. */
export const LOCK_FILES: readonly string[] = [
  "**/*{-,.}lock.{json,yaml,yml,toml,hcl}",
  "**/lock.{json,yaml,yml,toml,hcl}",
  "**/npm-shrinkwrap.json",
];

function extensionsOfText(): readonly string[] {
  return Array.from(EXTENSIONS).flatMap(([extension, language]) =>
    language === "javascript" ? [] : [extension],
  );
}
