import { display, literal, type Value } from "../commands/command.ts";
import { earlyFlags, findImage, flagsOf, rootFlags, type KnownFlag } from "../knowledge/lookup.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { findCommandWord } from "./flags.ts";
import { readImage } from "./image-word.ts";
import { RunLine, specsOf } from "./run-line.ts";
import type { ProgramId } from "./translation.ts";

/**
 * What `run -f` takes in place of a command line. Source: pkg/gadget-manifest/instance-spec.go, the same from v0.36.0 to
 * v0.55.1.
 */
export interface Instance {
  readonly image: Value;
  /** Lower-case letters, digits, `-` and `_`, 32 at most; null: it gets one. */
  readonly name: Value | null;
  /** All when empty. */
  readonly nodes: readonly Value[];
  /** By full key (`operator.KubeManager.namespace`), sorted. */
  readonly paramValues: readonly (readonly [key: string, value: Value])[];
}

/**
 * A `run` command as an instance. What only the command line knows stays out: how its own output looks, and that it looks
 * at all namespaces, which an instance does unless it is told one.
 * @param words all words of the command, which the release's tables accept
 * @param programWords how many of the first words name the program
 * @returns null when it is no `run` of a known image
 */
export function instanceOf(
  words: readonly Value[],
  programWords: number,
  program: ProgramId,
  release: string,
  knowledge: Knowledge,
): Pick<Instance, "image" | "paramValues"> | null {
  const place = { knowledge, program, release };
  const runAt = findCommandWord(words, programWords, specsOf(rootFlags(place)));
  if (runAt === null) return null;
  const line = new RunLine(words, programWords, runAt);
  const [imageAt] = line.parse(specsOf(earlyFlags(place)), "early").positionals;
  const reference = words[imageAt ?? -1] ?? [];
  const image = findImage(knowledge, readImage(reference).name ?? "");
  if (image === null) return null;
  const paramValues = new Map<string, Value>();
  for (const { spec, value } of line.parse(specsOf(flagsOf({ ...place, image }))).uses) {
    const key = spec === null ? null : keyOf(spec.flag);
    if (key !== null && !isOfCommandLine(key)) paramValues.set(key, value ?? ["true"]);
  }
  return { image: reference, paramValues: [...paramValues].sort(([a], [b]) => (a < b ? -1 : 1)) };
}

/** The key of a flag in a manifest; a flag of one data source has the name of that behind its key. */
export function keyOf(flag: KnownFlag): string | null {
  const { key } = flag;
  if (key === undefined) return null;
  return "dataSources" in flag && flag.dataSources === "each" ? `${key}.${flag.source?.name ?? ""}` : key;
}

function isOfCommandLine(key: string): boolean {
  return key.startsWith("operator.cli.") || key === "operator.KubeManager.all-namespaces";
}

/** A name that an instance can have, made of the name of something else; null when nothing is left of that. */
export function instanceName(name: string): string | null {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "-")
    .slice(0, 32)
    .replace(/^-+|-+$/g, "");
  return plain === "" ? null : plain;
}

/** Whether all of an instance is known before it runs, so that a file can hold it; `<node>` is to be filled in. */
export function isLiteral({ image, name, nodes, paramValues }: Instance): boolean {
  const values = [
    image,
    ...(name === null ? [] : [name]),
    ...nodes,
    ...paramValues.map(([, value]) => value),
  ];
  return values.every((value) => /^(?!<[^<>]*>$)/.test(literal(value) ?? "<>"));
}

/** The manifest as YAML, with a line end at its end; what is known only at run time stands there as its code. */
export function instanceText({ image, name, nodes, paramValues }: Instance): string {
  const lines = [
    "apiVersion: 1",
    "kind: instance-spec",
    `image: ${scalar(image)}`,
    ...(name === null ? [] : [`name: ${scalar(name)}`]),
    ...(nodes.length === 0 ? [] : ["nodes:", ...nodes.map((node) => `  - ${scalar(node)}`)]),
    ...(paramValues.length === 0
      ? []
      : ["paramValues:", ...paramValues.map(([key, value]) => `  ${key}: ${scalar(value)}`)]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** Plain where every reader of YAML takes it for this text, else in double quotes. */
function scalar(value: Value): string {
  const text = display(value);
  return literal(value) !== null && PLAIN.test(text) && !IS_OTHER.test(text) ? text : JSON.stringify(text);
}

const PLAIN = /^[A-Za-z_/][\w./@:=-]*$/;
/** What YAML 1.1 or 1.2 reads as something else than a text, and what ends in a colon. */
const IS_OTHER = /^(?:y|n|yes|no|on|off|true|false|null|~)$|:$/i;
