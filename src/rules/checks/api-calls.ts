import { literal } from "../../commands/command.ts";
import type { Code } from "../../data/code.ts";
import { mappingsIn, type Datum } from "../../data/datum.ts";
import type { TraceResource } from "../../knowledge/trace-resource.ts";
import type { Finding } from "../finding.ts";
import { apiFinding, type ApiContext } from "./api-finding.ts";

/** Calls of a Kubernetes client on Trace resources, and what names the resource for one (`GroupVersionResource`). */
export function traceCalls({ calls, objects }: Code, context: ApiContext): readonly Finding[] {
  const { traceResource: resource, milestones } = context.knowledge;
  const found = calls.filter(({ args }) => namesTraces(args, resource) || args.some((arg) => isResource(arg, resource)));
  const inCalls = (start: number): boolean =>
    found.some(({ place }) => place.start <= start && start < place.end);
  const alone = objects
    .flatMap((object) => [...mappingsIn(object)])
    .filter((mapping) => isResource(mapping, resource) && !inCalls(mapping.place.start));
  return [...found, ...alone].map(({ place }) =>
    apiFinding(
      place,
      { messageId: "api-trace-call", args: { removed: milestones.removed } },
      [{ messageId: "api-no-traces", args: {} }],
      context,
    ),
  );
}

/** A group and a plural among values that stand side by side. */
function namesTraces(data: Iterable<Datum>, { group, plural }: TraceResource): boolean {
  const texts = Array.from(data, (datum) => (datum.kind === "scalar" ? literal(datum.value) : null));
  return texts.includes(group) && texts.includes(plural);
}

function isResource(datum: Datum, resource: TraceResource): boolean {
  if (datum.kind !== "mapping") return false;
  return namesTraces(Array.from(datum.fields.values(), ({ value }) => value), resource);
}
