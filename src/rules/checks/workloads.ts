import { literal } from "../../commands/command.ts";
import { at, mappingsIn, textAt, type Mapping } from "../../data/datum.ts";
import { manifestsIn } from "../../data/manifests.ts";
import { isFloating, readImage } from "../../translate/image-word.ts";
import type { Note } from "../../translate/translation.ts";
import type { CheckedFile, CheckSettings } from "../check.ts";
import type { Finding, Fix } from "../finding.ts";
import type { RuleId } from "../registry.ts";

/** How the containers of Inspektor Gadget are set up: when their image is pulled, and what they may use. */
export function workloads(file: CheckedFile, { target }: CheckSettings): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const datum of manifestsIn(file.parts, SIGN)) {
    for (const mapping of mappingsIn(datum)) {
      for (const container of containersIn(mapping)) {
        const image = imageOf(container);
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

/** The containers of a pod's specification. */
function containersIn(pod: Mapping): readonly Mapping[] {
  return ["containers", "initContainers"].flatMap((key) => {
    const list = at(pod, key);
    return list?.kind === "sequence" ? list.items.filter((item) => item.kind === "mapping") : [];
  });
}

/** The image of a container that runs the agent or `ig`; null for others, and where it is known only at run time. */
function imageOf(container: Mapping): string | null {
  const image = textAt(container, "image");
  // `$(IMAGE)` and the like are filled in later.
  const path = image === null || image.includes("$") ? null : readImage([image]).path;
  return path !== null && /(?:^|\/)(?:inspektor-gadget\/ig|inspektor-gadget)$/.test(path) ? image : null;
}

function pullPolicy(container: Mapping, image: string, text: string): readonly Finding[] {
  const field = container.fields.get("imagePullPolicy")?.value;
  const policy = field?.kind === "scalar" ? literal(field.value) : null;
  if (field !== undefined && policy === null) return [];
  const place = field?.place ?? container.fields.get("image")?.value.place ?? container.place;
  if (isFloating(readImage([image]))) {
    const isPulled = policy === "Always" || policy === null;
    const messageId = isPulled ? "pull-floating" : "pull-floating-kept";
    return [finding("image-pull-policy", { messageId, args: { image } }, place, text, [], null)];
  }
  if (policy !== "Always") return [];
  const written = text.slice(place.start, place.end);
  const edits = /^(["']?)Always\1$/.test(written)
    ? [{ ...place, text: written.replace("Always", "IfNotPresent") }]
    : null;
  const fix: Fix | null = edits === null ? null : { grade: "unsafe", edits };
  const notes = [{ messageId: "pull-tag-may-move", args: {} }];
  const made = finding("image-pull-policy", { messageId: "pull-always", args: { image } }, place, text, notes, fix);
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
  return [finding("resource-limits", message, place, text, notes, null)];
}

/** What charts/gadget/values.yaml of v0.54.0 to v0.55.1 shows as an example. */
const SUGGESTED = `resources:
  requests: { cpu: 100m, memory: 128Mi }
  limits: { cpu: 1000m, memory: 1Gi }`;

function finding(
  ruleId: RuleId,
  message: Note,
  { start, end }: Mapping["place"],
  text: string,
  notes: readonly Note[],
  fix: Fix | null,
): Finding {
  return {
    ruleId,
    message,
    severity: "warning",
    range: { start, end },
    gadget: null,
    image: null,
    before: text.slice(start, end),
    after: null,
    notes,
    fix,
  };
}
