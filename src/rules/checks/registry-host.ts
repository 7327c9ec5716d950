/** The registry that an image names; null for a short name, which is one of the official ones. */
export function hostOf(image: string): string | null {
  const [, host = ""] = /^([\w.-]+(?::\d+)?)\/[\w./-]+/.exec(image) ?? [];
  return /[.:]|^localhost$/.test(host) ? host : null;
}

/**
 * Who may pull from a registry: `own`: those with credentials, as far as one can tell; `cloud`: nodes of that cloud, by their
 * identity; `open`: anyone, or who cannot be told (public places have private images too).
 */
export function kindOfHost(host: string): "own" | "cloud" | "open" {
  const name = host.replace(/:\d+$/, "");
  if (PUBLIC.test(name) || NEAR.test(name)) return "open";
  return CLOUD.test(name) ? "cloud" : "own";
}

const PUBLIC =
  /^(?:(?:index\.|registry-1\.)?docker\.io|ghcr\.io|quay\.io|(?:k8s\.)?gcr\.io|registry\.k8s\.io|mcr\.microsoft\.com|public\.ecr\.aws|registry\.gitlab\.com|ttl\.sh)$/;
/** On this machine, or in the cluster. */
const NEAR = /^(?:[^.]+|127\..*|.*\.localhost|host\.\w+\.internal|.*\.svc(?:\..*)?)$/;
const CLOUD = /\.(?:dkr\.ecr\..*\.amazonaws\.com(?:\.cn)?|azurecr\.(?:io|cn|us)|pkg\.dev|gcr\.io)$/;
