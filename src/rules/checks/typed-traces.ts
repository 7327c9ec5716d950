import { display, type Value } from "../../commands/command.ts";
import type { Code } from "../../data/code.ts";
import { at, mappingsIn, type Datum, type Field, type Mapping } from "../../data/datum.ts";
import type { TraceResource } from "../../knowledge/trace-resource.ts";
import type { Import } from "./api-imports.ts";

/**
 * The literals of a Go program that are Trace resources by their type, or by that of their specification, as the manifests that they stand for:
 * `gadgetv1alpha1.Trace{Spec: gadgetv1alpha1.TraceSpec{Gadget: "dns"}}`.
 * @param text the source of the file
 */
export function typedTraces(
  code: Code,
  imports: readonly Import[],
  text: string,
  { group, version, kind }: TraceResource,
): readonly Datum[] {
  const api = imports.find(({ path }) => path === `pkg/apis/gadget/${version}`);
  if (api === undefined) return [];
  const isTyped = (datum: Datum | null, type: string): boolean =>
    datum !== null && new RegExp(String.raw`^&?${api.name}\s*\.\s*${type}\s*\{`).test(text.slice(datum.place.start, datum.place.end));
  const literals = code.objects
    .flatMap((object) => [...mappingsIn(object)])
    .filter((one) => isTyped(one, kind) || isTyped(at(one, "Spec"), `${kind}Spec`));
  return literals.map((literal) => {
    const named = asManifest(literal);
    const scalar = (value: string): Field => ({
      key: literal.place,
      value: { kind: "scalar", place: literal.place, value: [value] },
    });
    const fields = new Map([...named.fields, ["apiVersion", scalar(`${group}/${version}`)], ["kind", scalar(kind)]]);
    return { ...named, fields };
  });
}

/** Fields of the Go types under their names in manifests (pkg/apis/gadget/v1alpha1/types.go of v0.41.0). */
function asManifest(literal: Mapping): Mapping {
  const fields = [...literal.fields].map(([name, { key, value }]): readonly [string, Field] => [
    name === "ObjectMeta" ? "metadata" : name.charAt(0).toLowerCase() + name.slice(1),
    { key, value: OWN_KEYS.has(name) ? value : inManifest(value) },
  ]);
  return { ...literal, fields: new Map(fields) };
}

/** Maps, whose keys are the user's own. */
const OWN_KEYS: ReadonlySet<string> = new Set(["Labels", "Annotations", "Parameters"]);

function inManifest(datum: Datum): Datum {
  if (datum.kind === "mapping") return asManifest(datum);
  return datum.kind === "scalar" ? { ...datum, value: constant(datum.value) } : datum;
}

/** `gadgetv1alpha1.RunModeManual` is `Manual`. */
function constant(value: Value): Value {
  const name = /\.(?:RunMode|TraceOutputMode)([A-Z]\w+)$/.exec(display(value))?.[1];
  return name === undefined ? value : [name];
}
