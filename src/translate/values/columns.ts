import { within } from "../../knowledge/releases.ts";
import type { Field, FieldMapping, Gadget, Image, Knowledge } from "../../knowledge/types.ts";
import type { Note, ProgramId } from "../translation.ts";

/** Where a column is looked up: the gadget that had it, and the image that should have its field. */
export interface ColumnContext {
  readonly gadget: Gadget;
  readonly image: Image;
  readonly program: ProgramId;
  readonly target: string;
  readonly knowledge: Knowledge;
}

/** The field that a column became; `note` tells what to check, and null is a column that is gone or never was. */
export interface FoundField {
  readonly field: Field | null;
  readonly note: Note | null;
}

/** Names of columns that stood for several, in `-o columns=` of v0.21.0 and later. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  k8s: ["k8s.node", "k8s.namespace", "k8s.podName", "k8s.containerName"],
  runtime: [
    "runtime.runtimeName",
    "runtime.containerId",
    "runtime.containerName",
    "runtime.containerImageName",
  ],
};

/** The columns that a name in `-o columns=` stood for. */
export function expandColumn(name: string): readonly string[] {
  return GROUPS[name] ?? [name];
}

/** @param name in any case, as in all releases */
export function fieldOf(name: string, context: ColumnContext): FoundField {
  const { gadget, target } = context;
  const column = [...gadget.columns]
    .reverse()
    .find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  const mapping = column?.to.find((row) => within(row, target));
  if (column === undefined) return gone("column-unknown", name);
  if (mapping?.field == null) return gone("column-gone", name, mapping);
  const field = findField(mapping.field, context);
  if (field === null) return gone("column-gone", name, mapping);
  const differs = mapping.state === "differs" || mapping.state === "none";
  return { field, note: differs ? columnNote("column-differs", name, mapping) : null };
}

/** The field of the image at the target, by its full name. */
export function findField(name: string, { image, program, target, knowledge }: ColumnContext): Field | null {
  for (const source of image.dataSources) {
    if (source.printed === false) continue;
    const groups = knowledge.fieldGroups.filter(({ id }) => source.groups?.includes(id));
    const fields = [...source.fields, ...groups.flatMap((group) => group.fields)];
    const found = fields.find(
      (field) => field.name === name && within(field, target) && (field.programs?.includes(program) ?? true),
    );
    if (found !== undefined) return found;
  }
  return null;
}

function gone(messageId: string, name: string, mapping?: FieldMapping): FoundField {
  return { field: null, note: columnNote(messageId, name, mapping) };
}

function columnNote(messageId: string, column: string, mapping: FieldMapping | undefined): Note {
  return { messageId, args: { column, field: mapping?.field ?? "", note: mapping?.note ?? "" } };
}
