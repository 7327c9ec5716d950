import { setTimeout as pause } from "node:timers/promises";
import { dockerLogin } from "../files/docker-login.ts";
import { LockFault, readLock, writeLock } from "../files/image-lock.ts";
import { RegistryClient, RegistryFault } from "../registry/client.ts";
import { parseReference } from "../registry/reference.ts";
import { Fault } from "./fault.ts";
import type { Io } from "./io.ts";

/** How long a registry may take to answer, in milliseconds, and how often it is asked again. */
const TIMEOUT = 10_000;
const RETRIES = 3;

/** Requests that are under way at a time. */
const AT_ONCE = 4;

/** The digests of a project's images: from its lock file, else from their registries. */
export class ProjectDigests {
  readonly #known: Map<string, string>;
  readonly #client: RegistryClient;
  #hasNew = false;

  private constructor(known: ReadonlyMap<string, string>, client: RegistryClient) {
    this.#known = new Map(known);
    this.#client = client;
  }

  /**
   * @param root the project's root, absolute
   * @param insecure hosts that speak plain HTTP
   * @throws Fault when the lock file is not right
   */
  static async of(root: string, insecure: readonly string[], { env }: Io): Promise<ProjectDigests> {
    const client = new RegistryClient({
      fetch,
      credentials: (host) => dockerLogin(host, env),
      insecure: new Set(insecure),
      timeout: TIMEOUT,
      retries: RETRIES,
      wait: (milliseconds) => pause(milliseconds),
    });
    return new ProjectDigests(await readLock(root).catch(asFault), client);
  }

  /**
   * The digests of full references.
   * @throws Fault when a registry does not tell one
   */
  async resolve(references: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const open = references.filter((reference) => !this.#known.has(reference));
    const next = open.values();
    const ask = async (): Promise<void> => {
      for (const reference of next) this.#known.set(reference, await this.#ask(reference));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, ask)).catch(asFault);
    this.#hasNew ||= open.length > 0;
    return this.#known;
  }

  /**
   * Keeps what registries told in the lock file of the project.
   * @throws Fault when it cannot be written
   */
  keep(root: string): void {
    const refused = this.#hasNew ? writeLock(root, this.#known) : null;
    if (refused !== null) throw new Fault(`The lock file was not written. ${refused}`);
  }

  #ask(reference: string): Promise<string> {
    const parsed = parseReference(reference);
    if (parsed === null) throw new Fault(`${reference} is no image that a registry can be asked for.`);
    return this.#client.digest(parsed);
  }
}

function asFault(error: unknown): never {
  if (error instanceof RegistryFault) throw new Fault(`Cannot pin by digest: ${error.message}`);
  if (error instanceof LockFault) throw new Fault(error.message);
  throw error;
}
