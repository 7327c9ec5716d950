import { display, literal, type Invocation, type Word } from "../../commands/command.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import type { TraceResource } from "../../knowledge/trace-resource.ts";
import { instanceName } from "../../translate/instance.ts";
import type { Note } from "../../translate/translation.ts";
import type { CheckedFile, CheckSettings } from "../check.ts";
import type { Finding } from "../finding.ts";
import { severityAt } from "../severity-at.ts";
import { traceMessage } from "./trace-message.ts";

/** `kubectl annotate trace/NAME gadget.kinvolk.io/operation=start` and other commands on the resource. */
export function traceCommands(
  { reading, text }: CheckedFile,
  settings: CheckSettings,
  knowledge: Knowledge,
): readonly Finding[] {
  return reading().invocations.flatMap((invocation) => {
    const command = traceCommand(invocation, knowledge.traceResource);
    if (command === null) return [];
    const { first, last } = command;
    const start = first.list.fragment.toSource(first).start;
    const end = last.list.fragment.toSource(last).end;
    if (end <= start) return [];
    return [
      {
        ruleId: "trace-resource",
        message: { ...traceMessage("", settings.target, knowledge), messageId: "trace-command" },
        severity: severityAt("trace-resource", settings.target, knowledge),
        range: { start, end },
        gadget: null,
        image: null,
        before: text.slice(start, end),
        after: command.after,
        notes: command.notes,
        fix: null,
      } satisfies Finding,
    ];
  });
}

interface TraceCommand {
  readonly first: Word;
  readonly last: Word;
  /** The command on the instance that comes nearest. */
  readonly after: string;
  readonly notes: readonly Note[];
}

/** Verbs of `kubectl` that take a resource, and what is done with an instance instead. */
const VERBS: ReadonlyMap<string, "annotate" | "delete" | "show" | "change"> = new Map([
  ["annotate", "annotate"],
  ["delete", "delete"],
  ["get", "show"],
  ["describe", "show"],
  ["wait", "show"],
  ["edit", "change"],
  ["label", "change"],
  ["patch", "change"],
]);
/** Flags of `kubectl` that take the next word. */
const VALUE_FLAG =
  /^(?:-[nlocsf]|--(?:namespace|selector|output|context|cluster|kubeconfig|user|server|filename|field-selector|for|timeout|type|patch|sort-by|template|as|as-group))$/;

function traceCommand({ words }: Invocation, resource: TraceResource): TraceCommand | null {
  const texts = words.map(({ value }) => literal(value));
  const programAt = texts.findIndex((text) => text !== null && /^(?:\S*\/)?(?:kubectl|oc|k)$/.test(text));
  if (programAt < 0) return null;
  const operands = operandsOf(texts, programAt + 1);
  const [verbAt, resourceAt, nameAt] = operands;
  const verb = VERBS.get(texts[verbAt ?? -1] ?? "");
  const first = words[programAt];
  const last = words.at(-1);
  if (verb === undefined || resourceAt === undefined || first === undefined || last === undefined) return null;
  const [, kind = "", inPlace] = /^([^/]*)(?:\/(.*))?$/s.exec(display(words[resourceAt]?.value ?? [])) ?? [];
  if (!isTraces(kind, resource)) return null;
  const name = inPlace ?? (nameAt === undefined || verb === "annotate" ? nameOf(words[nameAt ?? -1]) : nameOf(words[nameAt]));
  const operation = texts.map((text) => OPERATION.exec(text ?? "")?.[1]).find((found) => found !== undefined);
  return { first, last, ...nearestOf(verb, operation, instance(name)) };
}

const OPERATION = /^gadget\.kinvolk\.io\/operation=(\w+)$/;

function operandsOf(texts: readonly (string | null)[], from: number): readonly number[] {
  const operands: number[] = [];
  for (let i = from; i < texts.length; i++) {
    const text = texts[i] ?? "";
    if (!text.startsWith("-")) operands.push(i);
    else if (VALUE_FLAG.test(text)) i++;
  }
  return operands;
}

function isTraces(kind: string, { plural, singular, group }: TraceResource): boolean {
  const names = [plural, singular].flatMap((name) => [name, `${name}.${group}`, `${name}.v1alpha1.${group}`]);
  return names.includes(kind.toLowerCase());
}

function nameOf(word: Word | undefined): string {
  const text = word === undefined ? "" : display(word.value);
  return text.includes("=") ? "" : text;
}

/** The instance of a resource of this name. */
function instance(name: string): string {
  return /^[\w.-]+$/.test(name) ? (instanceName(name) ?? "NAME") : name === "" ? "NAME" : name;
}

function nearestOf(
  verb: "annotate" | "delete" | "show" | "change",
  operation: string | undefined,
  name: string,
): Pick<TraceCommand, "after" | "notes"> {
  const note = (messageId: string): readonly Note[] => [{ messageId, args: { name } }];
  const run = `kubectl gadget run -f ${name}.yaml --detach`;
  if (verb === "delete") return { after: `kubectl gadget delete ${name}`, notes: note("trace-command-delete") };
  if (verb === "show") {
    const after = name === "NAME" ? "kubectl gadget list" : `kubectl gadget attach ${name}`;
    return { after, notes: note("trace-command-show") };
  }
  if (verb === "change") return { after: run, notes: note("trace-command-change") };
  if (operation === "start") return { after: run, notes: note("trace-command-start") };
  if (operation === "stop" || operation === "delete")
    return { after: `kubectl gadget delete ${name}`, notes: note("trace-command-stop") };
  return { after: `kubectl gadget run -f ${name}.yaml`, notes: note("trace-command-result") };
}
