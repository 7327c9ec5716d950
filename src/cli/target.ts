import { evidenceIn } from "../engine/evidence.ts";
import type { Evidence, SourceFile, Target } from "../engine/report.ts";
import { chooseTarget, givenTarget, parseTarget } from "../engine/target.ts";
import { projectEvidence } from "../files/evidence.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { isKnownRelease } from "../knowledge/releases.ts";
import { nearest } from "../text/nearest.ts";
import { Fault } from "./fault.ts";
import type { Scope } from "./gather.ts";
import type { Options } from "./options.ts";
import type { Project } from "./project.ts";

/**
 * @param configFile the configuration that names it, when that does
 * @throws Fault when the release is unknown
 */
export function explicitTarget(typed: string, knowledge: Knowledge, configFile?: string): Target {
  const parsed = parseTarget(typed, knowledge);
  if (parsed.ok) return givenTarget(parsed.tag, configFile === undefined ? "option" : "configuration");
  const known = parsed.known.join(", ");
  if (isKnownRelease(knowledge.releases, `v${typed.replace(/^v/, "")}`)) {
    const from = configFile === undefined ? "" : `${configFile}: target: `;
    throw new Fault(`${from}${typed} is older than the releases that commands can be written for: ${known}.`);
  }
  const close = nearest(typed, parsed.known);
  const hint = close === null ? "known" : `did you mean ${close}? Known`;
  const where = configFile === undefined ? "There" : `${configFile}: target: there`;
  throw new Fault(`${where} is no release ${JSON.stringify(typed)}; ${hint}: ${known}.`);
}

/**
 * The release that the command line names, else the configuration; null when neither does.
 * @throws Fault when the release is unknown
 */
export function givenTargetOf({ target }: Options, { config, configFile }: Project): Target | null {
  if (target !== undefined) return explicitTarget(target, loadKnowledge());
  if (config.target === undefined) return null;
  return explicitTarget(config.target, loadKnowledge(), configFile ?? "");
}

/** The target that the project itself speaks for. */
export async function targetOf(
  scope: Scope,
  exclude: readonly string[] | undefined,
  knowledge: Knowledge,
): Promise<Target> {
  const { root } = scope;
  const evidence = await projectEvidence(scope, { root, cwd: root, exclude }, knowledge);
  return projectTarget(evidence, scope.places, knowledge);
}

/** The target that the files speak for which have come so far; it may be asked for again and again. */
export class LikelyTarget {
  readonly #evidence: Evidence[] = [];
  #looked = 0;
  #version: string | null = null;

  /** @param soFar grows */
  constructor(private readonly soFar: Pick<Scope, "telling" | "places">) {}

  version(knowledge: Knowledge): string {
    const { telling, places } = this.soFar;
    const more = telling.slice(this.#looked).flatMap((file) => evidenceIn(file, knowledge));
    this.#looked = telling.length;
    this.#evidence.push(...more);
    if (more.length > 0) this.#version = null;
    return (this.#version ??= projectTarget(this.#evidence, places, knowledge).version);
  }
}

/**
 * The target that all the evidence of a project speaks for.
 * @param places what is scanned of it, relative to its root
 */
export function projectTarget(
  evidence: readonly Evidence[],
  places: readonly string[],
  knowledge: Knowledge,
): Target {
  return chooseTarget(ofTheProject(evidence, places), knowledge);
}

/** What is read of a scan for the releases in it. */
export function tellingFiles({ telling, places }: Pick<Scope, "telling" | "places">): readonly SourceFile[] {
  return telling.filter(({ path }) => !TEST_DATA.test(pathInPlace(path, places)));
}

/** Test data names releases that nobody runs: it speaks only where nothing else does, or where it is what is scanned. */
function ofTheProject(evidence: readonly Evidence[], places: readonly string[]): readonly Evidence[] {
  const own = evidence.filter(({ path }) => !TEST_DATA.test(pathInPlace(path, places)));
  return own.length > 0 ? own : evidence;
}

const TEST_DATA = /(?:^|\/)(?:tests?|testdata|fixtures|__tests__|__fixtures__)\//;

/** What is left of a path below the deepest folder that it shares with a place. */
function pathInPlace(path: string, places: readonly string[]): string {
  const folders = path.split("/");
  const shared = places.map((place) => {
    const others = place.split("/");
    const parting = folders.findIndex((folder, i) => folder !== others[i]);
    return parting < 0 ? folders.length : parting;
  });
  return folders.slice(Math.max(0, ...shared)).join("/");
}
