import { parseChallenge, type Challenge } from "./challenge.ts";
import type { ImageReference } from "./reference.ts";

/** A login at a registry. `identity`: a token that is exchanged for others, as `docker login` of some registries keeps it. */
export type Credentials =
  | { readonly kind: "password"; readonly user: string; readonly password: string }
  | { readonly kind: "identity"; readonly token: string };

export interface RegistryOptions {
  readonly fetch: typeof fetch;
  /** The login for a host, asked for once a registry wants one; null: none, so go on as nobody. */
  readonly credentials: (host: string) => Promise<Credentials | null>;
  /** Hosts that speak plain HTTP. */
  readonly insecure: ReadonlySet<string>;
  /** For one request, in milliseconds. */
  readonly timeout: number;
  /** How often a request that failed in passing is sent again. */
  readonly retries: number;
  /** Waits for so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** What kept a registry from telling a digest; the message is one sentence for users. */
export class RegistryFault extends Error {}

/** Manifests and lists of them, as OCI and Docker name their types. */
const ACCEPT = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** Asks registries for digests, by the OCI distribution API (spec v1.1); tokens are kept as long as the client is. */
export class RegistryClient {
  readonly #options: RegistryOptions;
  /** `Authorization` by host and repository. */
  readonly #authorization = new Map<string, string>();

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  /**
   * The digest of what a tag stands for now: `sha256:` and 64 hexadecimal digits.
   * @throws RegistryFault when the registry cannot be reached, refuses the login, or has no such tag
   */
  async digest(reference: ImageReference): Promise<string> {
    const head = await this.#ask("HEAD", reference);
    const told = head.headers.get("docker-content-digest");
    if (told !== null && DIGEST.test(told)) return told;
    // Registries need not tell it there; what it is made of is the manifest itself.
    const body = await (await this.#ask("GET", reference)).arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
    return `sha256:${Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  }

  async #ask(method: "HEAD" | "GET", reference: ImageReference): Promise<Response> {
    const { host, repository, tag } = reference;
    const url = `${this.#origin(host)}/v2/${repository}/manifests/${tag}`;
    const key = `${host}/${repository}`;
    const request = (): Promise<Response> => {
      const authorization = this.#authorization.get(key);
      const headers = { accept: ACCEPT, ...(authorization === undefined ? {} : { authorization }) };
      return this.#send(host, url, { method, headers });
    };
    let response = await request();
    if (response.status === 401 && !this.#authorization.has(key)) {
      const challenge = parseChallenge(response.headers.get("www-authenticate"));
      if (challenge === null) throw new RegistryFault(`${host} wants a login that is not known here.`);
      this.#authorization.set(key, await this.#answer(challenge, reference));
      response = await request();
    }
    if (response.ok) return response;
    throw new RegistryFault(refusal(response.status, reference));
  }

  /** The `Authorization` that a challenge asks for. */
  async #answer(challenge: Challenge, { host, repository }: ImageReference): Promise<string> {
    const credentials = await this.#options.credentials(host);
    if (challenge.scheme === "basic") {
      if (credentials?.kind === "password") return basic(credentials.user, credentials.password);
      throw new RegistryFault(`${host} wants a login; \`docker login ${host}\` keeps one.`);
    }
    const scope = challenge.scope === "" ? `repository:${repository}:pull` : challenge.scope;
    const response = await this.#send(host, ...tokenRequest(challenge, scope, credentials));
    if (!response.ok) {
      const who = credentials === null ? "without a login" : "with the login that docker keeps for it";
      throw new RegistryFault(`${host} gives no token ${who} (HTTP ${response.status}).`);
    }
    const content: unknown = await response.json().catch(() => null);
    const token = textIn(content, "token") ?? textIn(content, "access_token");
    if (token === null)
      throw new RegistryFault(`${host} answers the request for a token with something else.`);
    return `Bearer ${token}`;
  }

  /** Sends a request, and again after a pause where it failed in passing. */
  async #send(host: string, url: string, init: RequestInit): Promise<Response> {
    const { fetch, timeout, retries, wait } = this.#options;
    for (let attempt = 0; ; attempt++) {
      const isLast = attempt >= retries;
      try {
        const response = await fetch(url, {
          ...init,
          signal: AbortSignal.timeout(timeout),
          redirect: "follow",
        });
        if (isLast || !isPassing(response.status)) return response;
        await wait(pauseOf(response, attempt));
      } catch (error) {
        if (isLast) throw new RegistryFault(unreachable(host, error, timeout));
        await wait(backoff(attempt));
      }
    }
  }

  #origin(host: string): string {
    return `${this.#options.insecure.has(host) ? "http" : "https"}://${host}`;
  }
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

function tokenRequest(
  { realm, service }: Challenge & { readonly scheme: "bearer" },
  scope: string,
  credentials: Credentials | null,
): [url: string, init: RequestInit] {
  const query = new URLSearchParams({ ...(service === "" ? {} : { service }), scope });
  if (credentials?.kind === "identity") {
    query.set("grant_type", "refresh_token");
    query.set("refresh_token", credentials.token);
    query.set("client_id", "gadget-migrate");
    return [realm, { method: "POST", body: query }];
  }
  const url = `${realm}${realm.includes("?") ? "&" : "?"}${query.toString()}`;
  if (credentials === null) return [url, {}];
  return [url, { headers: { authorization: basic(credentials.user, credentials.password) } }];
}

function basic(user: string, password: string): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;
}

/** Too many requests, or a fault on the way that may be gone in a moment. */
function isPassing(status: number): boolean {
  return status === 429 || status === 408 || status >= 500;
}

/** The pause that a registry asks for, half a minute at most, else ours; in milliseconds. */
function pauseOf({ headers }: Response, attempt: number): number {
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 30) * 1000 : backoff(attempt);
}

function backoff(attempt: number): number {
  return 250 * 2 ** attempt;
}

function refusal(status: number, { host, repository, tag }: ImageReference): string {
  const image = `${host}/${repository}:${tag}`;
  if (status === 404) return `${host} has no image ${repository} with tag ${tag}.`;
  if (status === 401 || status === 403)
    return `${host} refuses to show ${image} (HTTP ${status}); \`docker login ${host}\` keeps a login.`;
  return `${host} answers HTTP ${status} when asked for ${image}.`;
}

function unreachable(host: string, error: unknown, timeout: number): string {
  if (error instanceof Error && error.name === "TimeoutError")
    return `${host} did not answer within ${timeout / 1000} seconds.`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error ? cause.message : String(cause);
  return `${host} cannot be reached${why === "" ? "" : `: ${why}`}.`;
}

function textIn(content: unknown, key: string): string | null {
  if (typeof content !== "object" || content === null) return null;
  const value: unknown = Reflect.get(content, key);
  return typeof value === "string" && value !== "" ? value : null;
}
