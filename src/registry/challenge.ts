/** How a registry wants its callers to prove who they are (RFC 9110, `WWW-Authenticate`). */
export type Challenge =
  | { readonly scheme: "basic" }
  | { readonly scheme: "bearer"; readonly realm: string; readonly service: string; readonly scope: string };

/** The first challenge that we can answer; null when there is none. */
export function parseChallenge(header: string | null): Challenge | null {
  for (const { 0: scheme, index } of (header ?? "").matchAll(/\b(?:basic|bearer)\b/gi)) {
    if (scheme.toLowerCase() === "basic") return { scheme: "basic" };
    const rest = (header ?? "").slice(index);
    const parameter = (name: string): string =>
      new RegExp(`${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s,]+))`, "i").exec(rest)?.slice(1).find(Boolean) ??
      "";
    const realm = parameter("realm");
    if (/^https?:\/\//.test(realm))
      return { scheme: "bearer", realm, service: parameter("service"), scope: parameter("scope") };
  }
  return null;
}
