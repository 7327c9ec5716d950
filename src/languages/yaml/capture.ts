import { isScalar } from "yaml";
import { display, type Invocation, type OutputUse } from "../../commands/command.ts";
import type { Fields, YamlDocument } from "./document.ts";

/*
 * Who reads what a command prints, where the file around it says so: CI systems and playbooks hand outputs on by name.
 */

const CAPTURED: OutputUse = { pipe: [], sink: { kind: "captured" } };

/** Files that later steps or tasks read: results of Tekton, outputs of GitHub, dotenv files of those that have a name. */
const HANDED_ON =
  /\$\(results\.|\$\(step\.results\.|\bGITHUB_(?:OUTPUT|ENV)\b|\boutputs\.parameters\b|\/tekton\/results\//;

/** The same, captured where it writes what it prints to a file that the CI system hands on. */
export function handedOn(invocation: Invocation): Invocation {
  const { pipe, sink } = invocation.output;
  const isHanded =
    (sink.kind === "file" && HANDED_ON.test(display(sink.path))) ||
    pipe.some((stage) => stage.some(({ value }) => HANDED_ON.test(display(value))));
  return isHanded ? { ...invocation, output: CAPTURED } : invocation;
}

/** Whether the fields of a mapping give the output of its command to others (`register:` of Ansible, Tekton's `stdoutConfig`). */
export function isCaptured(fields: Fields, document: YamlDocument): boolean {
  return fields.has("register") || fields.has("stdoutConfig") || isResult(fields, document);
}

/** A template of Argo Workflows, where some step or task that uses it is named for its result. */
function isResult(fields: Fields, document: YamlDocument): boolean {
  if (!fields.has("script") && !fields.has("container")) return false;
  const node = document.resolve(fields.get("name"));
  const { source } = document.fragment;
  return [...source.matchAll(RESULT)].some(([, step = ""]) => {
    const templates = templatesOf(step, source);
    return templates === null || !isScalar(node) || templates.includes(node.source);
  });
}

const RESULT = /\b(?:steps|tasks)(?:\.|\[['"])([\w-]+)(?:['"]\])?\.outputs\.result\b/g;

/** The templates that the steps of one name use; null unless each says so right beside its name. */
function templatesOf(step: string, source: string): readonly string[] | null {
  const name = String.raw`\bname:\s*["']?${step}["']?\s*(?:[,}\r\n]|$)`;
  const besides = new RegExp(String.raw`${name}\s*(?:template:\s*["']?([\w-]+))?`, "g");
  const templates = [...source.matchAll(besides)].map(([, template]) => template);
  const known = templates.filter((template) => template !== undefined);
  return known.length === 0 || known.length < templates.length ? null : known;
}

/** Whether the file reads the logs of containers in a way that a change of them may break. */
export function readsLogs(text: string): boolean {
  return LOGS.test(text);
}

const LOGS =
  /(?:[$`]\(?[^\n]*)?\b(?:kubectl|oc|docker|podman|nerdctl|compose|k3s)\b[^\n|;&]*\slogs\b[^\n]*(?:\||[^2&]>)|[$]\([^\n]*\b(?:kubectl|oc|docker|podman|nerdctl|compose)\b[^\n]*\slogs\b/;

/** Whether a mapping is one that sets a variable to what a command prints (`vars: X: {sh: ...}` of Taskfiles). */
export function setsVariable(key: string, parents: readonly string[]): boolean {
  const outer = parents.at(-2);
  return key === "sh" && (outer === "vars" || outer === "env");
}
