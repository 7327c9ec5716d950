import { literal } from "../../commands/command.ts";
import { at, mappingsIn, type Mapping } from "../../data/datum.ts";
import { manifestsIn } from "../../data/manifests.ts";
import { isFloating, readImage } from "../../translate/image-word.ts";
import type { CheckedFile, CheckSettings } from "../check.ts";
import type { Finding, Fix } from "../finding.ts";
import { agentImage, containersOf } from "./installations.ts";
import { practiceFinding } from "./practice-finding.ts";

/** How the containers of Inspektor Gadget are set up: when their image is pulled, and what they may use. */
export function workloads(file: CheckedFile, { target }: CheckSettings): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const datum of manifestsIn(file.parts, SIGN)) {
    for (const mapping of mappingsIn(datum)) {
      for (const container of containersOf(mapping)) {
        const image = agentImage(container);
        if (image === null) continue;
        for (const finding of [...pullPolicy(container, image, file.text), ...limits(container, file.text, target)]) {
          const key = `${finding.ruleId} ${finding.range.start}`;
          if (!found.has(key)) found.set(key, finding);
        }
      }
    }
  }
  return [...found.values()];
}

const SIGN = /inspektor-gadget/;

function pullPolicy(container: Mapping, image: string, text: string): readonly Finding[] {
  const field = container.fields.get("imagePullPolicy")?.value;
  const policy = field?.kind === "scalar" ? literal(field.value) : null;
  if (field !== undefined && policy === null) return [];
  const place = field?.place ?? container.fields.get("image")?.value.place ?? container.place;
  if (isFloating(readImage([image]))) {
    const isPulled = policy === "Always" || policy === null;
    const messageId = isPulled ? "pull-floating" : "pull-floating-kept";
    return [practiceFinding("image-pull-policy", { messageId, args: { image } }, place, text, [], null)];
  }
  if (policy !== "Always") return [];
  const written = text.slice(place.start, place.end);
  const edits = /^(["']?)Always\1$/.test(written)
    ? [{ ...place, text: written.replace("Always", "IfNotPresent") }]
    : null;
  const fix: Fix | null = edits === null ? null : { grade: "unsafe", edits };
  const notes = [{ messageId: "pull-tag-may-move", args: {} }];
  const made = practiceFinding("image-pull-policy", { messageId: "pull-always", args: { image } }, place, text, notes, fix);
  return [fix === null ? made : { ...made, after: "IfNotPresent" }];
}

function limits(container: Mapping, text: string, target: string): readonly Finding[] {
  const resources = at(container, "resources");
  const given = at(resources, "limits");
  const isKnown = (resources === null || resources.kind === "mapping") && given?.kind !== "scalar";
  const missing = ["cpu", "memory"].filter((name) => at(given, name) === null);
  if (!isKnown || missing.length === 0) return [];
  const place = container.fields.get("image")?.value.place ?? container.place;
  const message = { messageId: "limits-missing", args: { missing: missing.join(" and ") } };
  const notes = [{ messageId: "limits-suggested", args: { lines: SUGGESTED, target } }];
  return [practiceFinding("resource-limits", message, place, text, notes, null)];
}

/** What charts/gadget/values.yaml of v0.54.0 to v0.55.1 shows as an example. */
const SUGGESTED = `resources:
  requests: { cpu: 100m, memory: 128Mi }
  limits: { cpu: 1000m, memory: 1Gi }`;
