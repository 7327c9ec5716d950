import type { Knowledge } from "../knowledge/knowledge.ts";
import { type Block, blocksOf, type Setting } from "../text/blocks.ts";
import { LineIndex } from "../text/lines.ts";
import { VERSION_NAME } from "./pin.ts";
import type { Evidence, SourceFile } from "./report.ts";

/** Whether a file that is in no language that is read may still tell the release in use: lock files, build and environment settings. */
export function mayTellRelease(path: string): boolean {
  return TELLING_NAME.test(path);
}

const TELLING_NAME =
  /(?:^|\/)(?:go\.mod|(?:Chart|requirements)\.lock|Dockerfile\.[^/]*|\.env\.[^/]*|[^/]*\.(?:mk|env|dockerfile|tf|tfvars|hcl|toml|ini|cfg|conf|properties))$/i;

/**
 * The signs of an Inspektor Gadget release in one file, in the order of their places; the same sign once. Found once for a file.
 * @param file any text; it need not be in a language that can be read
 */
export function evidenceIn(file: SourceFile, knowledge: Knowledge): readonly Evidence[] {
  const known = found.get(file);
  if (known?.knowledge === knowledge) return known.evidence;
  const evidence = SIGN.test(file.text) ? searched(file, knowledge) : [];
  found.set(file, { knowledge, evidence });
  return evidence;
}

/** A run asks for the likely target, for the target, and for releases that do not fit each other. */
const found = new WeakMap<
  SourceFile,
  { readonly knowledge: Knowledge; readonly evidence: readonly Evidence[] }
>();

function searched(file: SourceFile, knowledge: Knowledge): readonly Evidence[] {
  const lines = new LineIndex(file.text);
  const signs = new Map<string, Sign>();
  for (const sign of [...signsInText(file.text, knowledge), ...signsInBlocks(file.text, lines, knowledge)]) {
    const key = `${sign.kind} ${sign.version} ${sign.what}`;
    if ((signs.get(key)?.offset ?? Infinity) > sign.offset) signs.set(key, sign);
  }
  return [...signs.values()]
    .sort((a, b) => a.offset - b.offset)
    .map(({ kind, version, what, offset }) => ({
      kind,
      version,
      path: file.path,
      line: lines.position(offset).line,
      what,
    }));
}

interface Sign extends Pick<Evidence, "kind" | "version" | "what"> {
  readonly offset: number;
}

/** Every sign has a release in it, and few files name any. */
const SIGN = /\d\.\d+\.\d/;
const VERSION = String.raw`v?\d+\.\d+\.\d+(?!\w|[.-]\w)`;

/** What stands on one line, or on the continued lines of one command. */
function* signsInText(text: string, knowledge: Knowledge): Generator<Sign> {
  for (const match of text.matchAll(IMAGE_REFERENCE)) {
    const [, name = "", version = ""] = match;
    const sign = signOfImage(name, knowledge);
    if (sign !== null) yield { ...sign, version, offset: match.index };
  }
  for (const { index, 1: version = "", 2: asset = "" } of text.matchAll(DOWNLOAD)) {
    const kind = asset.startsWith("inspektor-gadget") ? "agent" : "cli";
    yield { kind, version, what: "release download", offset: index };
  }
  for (const { index, 1: name = "", 2: version = "" } of text.matchAll(ASSIGNMENT)) {
    if (VERSION_NAME.test(name.replaceAll("-", "_")))
      yield { kind: "cli", version, what: name, offset: index };
  }
  for (const { index, 1: version = "" } of text.matchAll(GO_REQUIREMENT))
    if (version !== NO_RELEASE) yield { kind: "library", version, what: "Go module", offset: index };
  for (const { index, 0: command } of text.matchAll(HELM_COMMAND)) {
    const version = HELM_VERSION.exec(command)?.[1];
    if (version !== undefined && CHART.test(command))
      yield { kind: "agent", version, what: "Helm chart", offset: index };
  }
}

const IMAGE_REFERENCE = new RegExp(String.raw`(?<![\w./:-])([\w./:-]*[\w]):(${VERSION})`, "g");
const DOWNLOAD = new RegExp(String.raw`inspektor-gadget/releases/download/(${VERSION})/([\w-]*)`, "g");
/** `IG_VERSION=v0.45.0`, `ig-version: "0.45.0"`, `${IG_VERSION:-v0.45.0}`, `ENV IG_VERSION v0.45.0`, `IG_VERSION: string = "v0.45.0"`. */
const ASSIGNMENT = new RegExp(
  String.raw`(?<![\w-])([A-Za-z_][\w-]*)["']?(?:: *[a-z]+)?(?:[ \t]*[:?]?=|[ \t]*:-?|[ \t])[ \t]*["']?(${VERSION})`,
  "g",
);
/** A line of `go.mod`; one between two releases is no sign of either. */
const GO_REQUIREMENT = new RegExp(
  String.raw`^[ \t]*(?:require[ \t]+)?github\.com/(?:inspektor-gadget|kinvolk)/inspektor-gadget[ \t]+(${VERSION})(?=\s|$)`,
  "gm",
);
/** What a Go module requires whose `replace` decides what is built. */
const NO_RELEASE = "v0.0.0";
const HELM_COMMAND = /\bhelm\b(?:[^\n\\]+|\\\r?\n|\\.)*/g;
const HELM_VERSION = new RegExp(String.raw`--version[= \t]+["']?(${VERSION})`);
/** The chart in a repository of any alias, or by its OCI address. Source: charts/gadget of v0.41.0. */
const CHART = /(?<![\w-])(?:charts|(?=[\w-]*gadget)[\w-]+)\/gadget(?![\w/-])/;

/** What an image without its tag tells; null when it is none of Inspektor Gadget's. */
function signOfImage(name: string, { images }: Knowledge): Pick<Sign, "kind" | "what"> | null {
  if (name.endsWith("charts/gadget")) return { kind: "agent", what: "Helm chart" };
  if (/(?:(?:inspektor-gadget|kinvolk)\/inspektor-gadget|kinvolk\/gadget)$/.test(name)) {
    return { kind: "agent", what: "agent image" };
  }
  if (name.endsWith("inspektor-gadget/ig")) return { kind: "cli", what: "ig image" };
  const slash = name.lastIndexOf("/");
  const isOurs = slash < 0 || name.slice(0, slash).includes("gadget");
  const known = isOurs && images.some((image) => image.name === name.slice(slash + 1));
  return known ? { kind: "image", what: `gadget image ${name.slice(slash + 1)}` } : null;
}

/** What the settings of one mapping say together: a chart and its version, an image and its tag. */
function* signsInBlocks(text: string, lines: LineIndex, knowledge: Knowledge): Generator<Sign> {
  for (const block of blocksOf(text)) {
    const version = versionAt(block, "version", "targetRevision");
    if (version !== null && isChart(block)) {
      yield { kind: "agent", version: version.value, what: "Helm chart", offset: lines.start(version.line) };
    }
    const tag = versionAt(block, "tag", "newTag");
    const image = valueAt(block, "repository", "newName", "name", "image");
    const sign = tag === null ? null : signOfImage(image, knowledge);
    if (tag !== null && sign !== null) yield { ...sign, version: tag.value, offset: lines.start(tag.line) };
  }
}

/** A dependency of a chart names its repository beside it; a release or application names the chart as one. */
function isChart(block: Block): boolean {
  const isDependency = valueAt(block, "name") === "gadget" && valueAt(block, "repository").includes("gadget");
  const chart = valueAt(block, "chart");
  return isDependency || chart === "gadget" || CHART.test(chart);
}

function versionAt(block: Block, ...keys: readonly string[]): Setting | null {
  const settings = keys.flatMap((key) => block.get(key) ?? []);
  return settings.find(({ value }) => IS_VERSION.test(value)) ?? null;
}

/** The value of the first of the keys that is there, else an empty text. */
function valueAt(block: Block, ...keys: readonly string[]): string {
  return keys.flatMap((key) => block.get(key) ?? [])[0]?.value ?? "";
}

const IS_VERSION = new RegExp(`^${VERSION}$`);
