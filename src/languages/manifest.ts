import { captured } from "../commands/captured.ts";
import type { Reading } from "../commands/command.ts";
import type { Fragment } from "../text/fragment.ts";
import type { LanguageId, ReadContext } from "./language.ts";

/*
 * Manifests that programs and scripts hold in their texts: YAML and JSON that goes to a cluster, a compose file, a workflow.
 */

/** What the text of a resource of Kubernetes begins with, comments and the marks of documents left out. */
const RESOURCE_START =
  /^(?:[ \t]*(?:#[^\n]*|---[^\n]*)?\n)*[ \t]*(?:(?:apiVersion|kind):|\{\s*"(?:apiVersion|kind)":)/;
/** Both keys of a resource, each on a line of its own. */
const RESOURCE_KEYS = [/^[ \t]*(?:- )?["']?apiVersion["']?:/m, /^[ \t]*(?:- )?["']?kind["']?:/m];
/** Keys that together mean a compose file, a workflow, a part of a pod. */
const OTHER_KEYS = [
  [/^[ \t]*services:[ \t]*$/m, /^[ \t]+(?:image|build):/m],
  [/^[ \t]*jobs:[ \t]*$/m, /^[ \t]+(?:-[ \t]+)?(?:steps|script|run):/m],
  [/^[ \t]*(?:- )?(?:initC|ephemeralC|c)ontainers:[ \t]*$/m, /^[ \t]+(?:-[ \t]+)?(?:image|name):/m],
];

/** Whether a program may hold a manifest in one of its texts: what its parser is loaded for. */
export const MANIFEST_SIGN = /apiVersion|ontainers\\?["']?:|^[ \t]*(?:services|jobs):[ \t]*$/m;

/** A manifest that a template of Go fills in. */
export const MANIFEST_TEMPLATE_SIGN = {
  test: (text: string): boolean => MANIFEST_SIGN.test(text) && text.includes("{{"),
};

/** What the first line of a manifest is that is no comment: a key, an action of a template. */
const FIRST_LINE = /^(?:[ \t]*(?:#[^\n]*|---[^\n]*)?\n)*[ \t]*(?:(?:- )?["']?[\w./-]+["']?:(?:[ \t\n]|$)|\{)/;

/** Whether a text is a manifest, and no page that shows one. */
export function isManifest(text: string): boolean {
  if (RESOURCE_START.test(text)) return true;
  return (
    FIRST_LINE.test(text) &&
    [RESOURCE_KEYS, ...OTHER_KEYS].some((keys) => keys.every((key) => key.test(text)))
  );
}

/**
 * The commands of a text of a program that is a manifest.
 * @returns null where it is none, or where it is not one before the program has filled it in
 */
export function readManifest(text: Fragment, context: ReadContext): Reading | null {
  if (!isManifest(text.text)) return null;
  const language: LanguageId = text.text.includes("{{") ? "helm" : "yaml";
  if (context.canRead?.(language) !== true) return null;
  const { invocations, problems } = context.read(language, text, "manifest.yaml");
  if (problems.some(({ fatal }) => fatal)) return null;
  return { invocations: READS_LOGS.test(text.source) ? invocations.map(captured) : invocations, problems };
}

/** A program that asks for the log of what it starts, by an API or by a command. */
const READS_LOGS =
  /\bGetLogs\b|\b(?:read|get)_?(?:[nN]amespaced)?_?[pP]od_?[lL]ogs?\b|\b(?:kubectl|oc|docker|podman|nerdctl)\b[^\n]{0,60}\blogs\b/;
