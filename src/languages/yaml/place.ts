import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { Invocation, Role, Sink } from "../../commands/command.ts";
import type { Fields, YamlDocument } from "./document.ts";
import { wordValues, type Variable } from "./environment.ts";
import {
  foreignInterpreter,
  holdsData,
  holdsForeignShell,
  holdsProse,
  holdsShell,
  holdsYaml,
  interpreterOfName,
  isShell,
  isShown,
  isYamlName,
} from "./keys.ts";
import type { KnownValues } from "./known.ts";

/** What is around a node. */
export interface Place {
  /** The key that it, or the sequence it is in, stands under; "" at the root. */
  readonly key: string;
  /** The keys that the mappings around it stand under, the outermost first. */
  readonly parents: readonly string[];
  readonly variables: readonly Variable[];
  /** What its expressions may stand for. */
  readonly known: KnownValues;
  /** What the mapping around it names as its interpreter (`shell: python`); null when it names none. */
  readonly interpreter: string | null;
  /** What runs scripts here where nothing else is said. */
  readonly defaultInterpreter: string;
  /** Where a program's standard output goes here. */
  readonly sink: Sink["kind"] & ("stdout" | "captured");
  /** The name of the file whose text the mapping around it holds. */
  readonly fileName: string;
  /** Whether it is an item of a list itself. */
  readonly isItem: boolean;
  /** Whether the mapping around it is an item of a list. */
  readonly isInItem: boolean;
  readonly depth: number;
}

/** How a text is read. */
export type Treatment =
  | { readonly kind: "script"; readonly interpreter: string }
  | { readonly kind: "yaml"; readonly role: Role }
  | { readonly kind: "lines"; readonly role: Role }
  | { readonly kind: "skip" };

/** What expressions in the words of a list stand for. */
export function knownInWords({ known, variables }: Place): KnownValues {
  const own = wordValues(variables);
  return own.size === 0 ? known : new Map([...known, ...own]);
}

/** The same, run by something that is not known, if at all. */
export function withRole(invocation: Invocation, role: Role): Invocation {
  return invocation.role === "run" && role !== "run" ? { ...invocation, role } : invocation;
}

/** How the text of a scalar is read at a place. */
export function treatmentOf(text: string, place: Place): Treatment {
  const { key, parents } = place;
  const outer = parents.at(-1) ?? "";
  if (outer === "binaryData") return { kind: "skip" };
  const shebang = /^\s*#!\s*([^\r\n]+)/.exec(text)?.[1];
  if (shebang !== undefined)
    return script(isShell(shebang) ? "sh" : (foreignInterpreter(shebang) ?? shebang));
  const ofFile = interpreterOfName(key) ?? (key === "content" ? interpreterOfName(place.fileName) : null);
  if (ofFile !== null) return script(ofFile);
  if (isYamlName(key) || (key === "content" && isYamlName(place.fileName))) {
    return { kind: "yaml", role: "run" };
  }
  if (holdsProse(key)) return { kind: "skip" };
  if (holdsData(outer) || holdsData(key) || isPairValue(place)) return nested(text, "data");
  if (holdsForeignShell(key)) return script("pwsh");
  if (holdsShell(key) || isTask(place) || (outer === "scripts" && !key.startsWith("//"))) {
    return script(place.interpreter ?? place.defaultInterpreter);
  }
  if (holdsYaml(key)) return nested(text, "run");
  return nested(text, isShown(key) ? "text" : "data");
}

function script(interpreter: string): Treatment {
  return { kind: "script", interpreter };
}

/** Text of several lines, or in brackets, may be a document of its own. */
function nested(text: string, role: Role): Treatment {
  const isYaml =
    /^\s*(?:[[{]|---\s)/.test(text) ||
    (text.trim().includes("\n") && /^\s*(?:-\s+\S|["'\w./-]+:(?:\s|$))/m.test(text));
  return { kind: isYaml ? "yaml" : "lines", role };
}

/** `value` beside a `name`, in a list of variables or parameters. */
function isPairValue({ key, parents }: Place): boolean {
  return (key === "value" || key === "default") && parents.length > 0 && !holdsShell(parents.at(-1) ?? "");
}

/** Taskfiles: a task that is nothing but its commands, and what tells whether it is done. */
function isTask({ key, parents, isInItem }: Place): boolean {
  return (parents.at(-1) === "tasks" && !isInItem) || (key === "status" && parents.at(-2) === "tasks");
}

/** The interpreter that a mapping names for the text beside it. */
export function interpreterOf(fields: Fields, document: YamlDocument): string | null {
  for (const key of ["shell", "command", "interpreter", "executable"]) {
    const node = document.resolve(fields.get(key));
    const first = isSeq(node) ? document.resolve(node.items[0]) : node;
    if (!isScalar(first) || !isInterpreterLine(first.source)) continue;
    const name = isShell(first.source) ? "sh" : foreignInterpreter(first.source);
    if (name !== null) return name;
  }
  return null;
}

/** `pwsh`, `bash -eo pipefail {0}`, `/usr/bin/env python3 -u`: no command of its own. */
function isInterpreterLine(text: string): boolean {
  return /^\S+(?:\s+(?:-\S+|pipefail|\{0\}|\S*(?:sh|python[\d.]*|node)))*$/.test(text.trim());
}

/** The interpreter of everything in a mapping, as CI systems set it; null when it sets none. */
export function defaultInterpreter(fields: Fields, document: YamlDocument): string | null {
  const text = (node: ParsedNode | null | undefined): string => {
    const target = document.resolve(node);
    return isScalar(target) ? target.source : "";
  };
  const task = text(fields.get("task"));
  const uses = text(fields.get("uses"));
  if (/^PowerShell@|powershell/i.test(`${task}${uses}`)) return "pwsh";
  if (task.startsWith("PythonScript@")) return "python";
  if (uses.startsWith("actions/github-script@")) return "node";
  const run = document.resolve(child(fields.get("defaults"), "run", document));
  const shell = text(child(run, "shell", document));
  if (shell !== "") return isShell(shell) ? "sh" : (foreignInterpreter(shell) ?? shell);
  return text(fields.get("runs-on")).startsWith("windows") ? "pwsh" : null;
}

function child(
  node: ParsedNode | null | undefined,
  key: string,
  document: YamlDocument,
): ParsedNode | null | undefined {
  const map = document.resolve(node);
  return isMap(map) ? document.fields(map).get(key) : null;
}

/** Whether a field gives text to an action or a task whose ways are not known here (`with` of GitHub, `inputs` of Azure). */
export function isInputOfOthers(key: string, fields: Fields, document: YamlDocument): boolean {
  if (key !== "with" && key !== "inputs") return false;
  const user = document.resolve(fields.get(key === "with" ? "uses" : "task"));
  return isScalar(user) && !RUNS_SCRIPTS.test(user.source);
}

const RUNS_SCRIPTS =
  /^(?:actions\/github-script|Bash|CmdLine|ShellScript|PowerShell|PythonScript|AzureCLI|AzurePowerShell|SSH)@/;
