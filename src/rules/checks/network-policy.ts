import { at, mappingsIn, textAt, type Datum } from "../../data/datum.ts";
import { manifestsIn } from "../../data/manifests.ts";
import type { RepositoryCheck, RepositoryFile } from "../check.ts";
import type { Finding } from "../finding.ts";
import { jobsIn } from "./ci-jobs.ts";
import { installationsIn, type Installation } from "./installations.ts";
import { practiceFinding } from "./practice-finding.ts";

/** Namespaces that the agent or `ig` is installed to, and that no policy is written for: each where it is first named. */
export const networkPolicy: RepositoryCheck = (files, { target, registry }, knowledge) => {
  const policies = files.flatMap(policiesIn);
  const namespaces = files.flatMap(kustomizationIn);
  const found = new Map<string, Finding[]>();
  const seen = new Set<string>();
  for (const file of files) {
    for (const one of installationsIn(file, knowledge)) {
      const namespace = one.namespace ?? namespaces.find(({ folder }) => folder === folderOf(file.path))?.namespace ?? null;
      const where = { ...one, namespace };
      const key = namespace ?? `in ${unitOf(file.path)}`;
      if (!file.isScanned || seen.has(key) || hasNetworkOfNode(one) || isThrownAway(one)) continue;
      if (policies.some((policy) => isFor(policy, where))) continue;
      seen.add(key);
      found.set(file.path, [...(found.get(file.path) ?? []), findingOf(where, registry ?? null, target)]);
    }
  }
  return found;
};

/** Policies do not hold for pods on the network of their node. */
function hasNetworkOfNode({ pod, values }: Installation): boolean {
  return [at(pod, "hostNetwork"), at(values, "hostNetwork")].some(
    (one) => one !== null && textAt(one) === "true",
  );
}

/** A cluster that a job of CI makes for itself is gone with the job. */
function isThrownAway({ file, place }: Installation): boolean {
  const job = jobsIn(file).find((one) => one.place.start <= place.start && place.end <= one.place.end);
  return job !== undefined && MAKES_CLUSTER.test(file.text.slice(job.place.start, job.place.end));
}

const MAKES_CLUSTER = /\b(?:kind create|kind-action|setup-kind|minikube start|minikube-action|setup-minikube|k3d cluster create|k3s|microk8s)\b/;

interface Policy {
  readonly path: string;
  /** Null: it is known only elsewhere, or at run time. */
  readonly namespace: string | null;
  readonly isForAll: boolean;
  /** The labels of the pods that it is for; null where that is not known. */
  readonly labels: Datum | null;
}

/** Kinds of policies, those of other publishers included, and whether they hold in all namespaces. */
const KINDS: ReadonlyMap<string, boolean> = new Map([
  ["NetworkPolicy", false],
  ["CiliumNetworkPolicy", false],
  ["CiliumClusterwideNetworkPolicy", true],
  ["GlobalNetworkPolicy", true],
  ["AdminNetworkPolicy", true],
  ["BaselineAdminNetworkPolicy", true],
  ["ClusterNetworkPolicy", true],
]);

function policiesIn({ parts, path }: RepositoryFile): readonly Policy[] {
  return manifestsIn(parts, /NetworkPolicy/).flatMap((datum) =>
    [...mappingsIn(datum)].flatMap((mapping) => {
      const isForAll = KINDS.get(textAt(mapping, "kind") ?? "");
      if (isForAll === undefined || at(mapping, "spec") === null) return [];
      const labels = at(mapping, "spec", "podSelector", "matchLabels") ?? at(mapping, "spec", "endpointSelector", "matchLabels");
      return [{ path, namespace: textAt(mapping, "metadata", "namespace"), isForAll, labels }];
    }),
  );
}

/** Whether a policy may be for the pods: where that cannot be told from the files, it is. */
function isFor({ namespace, isForAll, labels, path }: Policy, where: Installation): boolean {
  if (!selects(labels, where)) return false;
  if (isForAll) return true;
  if (namespace !== null && where.namespace !== null) return namespace === where.namespace;
  const [one, other] = [unitOf(path), unitOf(where.file.path)];
  return isBelow(one, other) || isBelow(other, one);
}

function selects(labels: Datum | null, { labels: known, hasAllLabels }: Installation): boolean {
  if (labels?.kind !== "mapping") return true;
  return [...labels.fields.keys()].every((key) => {
    const wanted = textAt(labels, key);
    const given = known.get(key.replace(/^k8s:/, ""));
    return wanted === null || (given === undefined ? !hasAllLabels : given === wanted);
  });
}

function kustomizationIn({ parts, path }: RepositoryFile): readonly { readonly folder: string; readonly namespace: string }[] {
  if (!/(?:^|\/)[Kk]ustomization(?:\.ya?ml)?$/.test(path)) return [];
  return manifestsIn(parts, /namespace/).flatMap((datum) => {
    const namespace = textAt(datum, "namespace");
    return namespace === null ? [] : [{ folder: folderOf(path), namespace }];
  });
}

/** The folder of a file, that of the chart for its templates. */
function unitOf(path: string): string {
  return folderOf(path).replace(/(?:^|\/)templates(?:\/.*)?$/, "");
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function isBelow(folder: string, other: string): boolean {
  return other === "" || folder === other || folder.startsWith(`${other}/`);
}

function findingOf(where: Installation, registry: string | null, target: string): Finding {
  const { file, place, namespace } = where;
  const message = { messageId: "network-policy-missing", args: { namespace: namespace ?? "" } };
  const lines = policyFor(where, registry);
  const from = registry?.replace(/\/.*$/, "") ?? "ghcr.io";
  const notes = [{ messageId: "network-policy-start", args: { lines, registry: from, target } }];
  return practiceFinding("network-policy", message, place, file.text, notes);
}

/** What lets the agent ask for names, and reach its registry and the Kubernetes API: a policy cannot name hosts, only ports. */
function policyFor({ namespace, labels }: Installation, registry: string | null): string {
  const selected = labels.has("k8s-app") ? [["k8s-app", labels.get("k8s-app") ?? ""] as const] : [...labels];
  const selector = selected.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(", ");
  const own = /^[^/]+:(\d+)(?:\/|$)/.exec(registry ?? "")?.[1];
  const ports = [...new Set(["443", "6443", ...(own === undefined ? [] : [own])])];
  return [
    "apiVersion: networking.k8s.io/v1",
    "kind: NetworkPolicy",
    "metadata:",
    "  name: gadget",
    ...(namespace === null ? [] : [`  namespace: ${namespace}`]),
    "spec:",
    selector === "" ? "  podSelector: {}" : `  podSelector: { matchLabels: { ${selector} } }`,
    "  policyTypes: [Ingress, Egress]",
    "  ingress: []",
    "  egress:",
    "    - ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]",
    `    - ports: [${ports.map((port) => `{ port: ${port}, protocol: TCP }`).join(", ")}]`,
  ].join("\n");
}
