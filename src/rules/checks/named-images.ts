import type { Knowledge } from "../../knowledge/knowledge.ts";
import type { LanguageId } from "../../languages/language.ts";
import type { Part } from "../../languages/registry.ts";
import type { Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";

/** A reference to an image of Inspektor Gadget, in full or, in a string of a program, short: a range of `fragment.text`. */
export interface NamedImage extends Range {
  /** `ghcr.io/inspektor-gadget/gadget/trace_exec:latest` */
  readonly reference: string;
  /** The last part of its path. */
  readonly name: string;
  readonly fragment: Fragment;
  /** Whether it is an image that something pulls, so that no tag means the newest; else a name may get its tag elsewhere. */
  readonly mayLackTag: boolean;
}

/**
 * The references that are a whole value: a scalar, a string, a word of a command, a setting. Not those in prose, in comments, or in
 * the middle of a text; nor what a command builds or publishes under that name.
 * @param registry where the images are pulled from instead, if anywhere
 */
export function imagesIn(
  parts: readonly Part[],
  knowledge: Knowledge,
  registry?: string,
): readonly NamedImage[] {
  const { inFull, short, stored } = patternsOf(knowledge, registry);
  return parts
    .filter(({ language, fragment }) => !PROSE.has(language) && mayName(fragment.text, registry))
    .flatMap(({ language, fragment }) => {
      const patterns = [
        inFull,
        ...(PROGRAMS.has(language) ? [short] : []),
        ...(WORDS.has(language) ? [stored] : []),
      ];
      const matches = patterns.flatMap((pattern) => [...fragment.text.matchAll(pattern)]);
      return matches.flatMap(({ 0: reference, index: start, groups }) => {
        const end = start + reference.length;
        const name = groups?.["gadget"] ?? groups?.["own"] ?? "";
        const use = useOf(fragment.text, start, end, language);
        if (use === null || fragment.holesIn({ start, end }).length > 0) return [];
        return [{ start, end, reference, name, fragment, mayLackTag: use === "pulled" }];
      });
    });
}

const PROSE: ReadonlySet<LanguageId> = new Set<LanguageId>(["markdown", "text"]);

/** Whether a text may match any of the patterns, which takes long to tell by them. */
function mayName(text: string, registry: string | undefined): boolean {
  return (
    text.includes("ghcr.io/inspektor-gadget/") ||
    (registry !== undefined && text.includes(registry)) ||
    /:(?:latest|main)["'`]|\bimage[ \t]+pull\b/.test(text)
  );
}

interface Patterns {
  readonly registry: string | undefined;
  readonly inFull: RegExp;
  readonly short: RegExp;
  readonly stored: RegExp;
}

/** Those of a run, which are the same for all its files. */
const known = new WeakMap<Knowledge, Patterns>();

function patternsOf(knowledge: Knowledge, registry: string | undefined): Patterns {
  const before = known.get(knowledge);
  if (before?.registry === registry && before !== undefined) return before;
  const made = {
    registry,
    inFull: referencePattern(knowledge, registry),
    short: shortPattern(knowledge),
    stored: storedPattern(knowledge),
  };
  known.set(knowledge, made);
  return made;
}

/** Gadget images, and the images that the tool itself comes in. */
function referencePattern({ images }: Knowledge, registry: string | undefined): RegExp {
  const gadgets = images.map(({ name }) => name).join("|");
  const mirror = registry === undefined ? "" : `|${escaped(registry)}/`;
  return new RegExp(
    String.raw`(?:(?<![\w./:@-])|(?<=\bdocker://))(?:(?:ghcr\.io/inspektor-gadget/(?:gadget/)?${mirror})(?<gadget>${gadgets})|ghcr\.io/inspektor-gadget/(?<own>ig|inspektor-gadget))(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?(?![\w/:@{$%<-]|\.\w)`,
    "g",
  );
}

/**
 * A whole string that is the short name of a gadget image, with a tag that moves: one word alone (`deadlock`) may be anybody's
 * image.
 */
function shortPattern({ images }: Knowledge): RegExp {
  const gadgets = images.map(({ name }) => name).filter((name) => name.includes("_"));
  return new RegExp(String.raw`(?<=(["'\x60]))(?<gadget>${gadgets.join("|")}):(?:latest|main)(?=\1)`, "g");
}

/** The short name of a gadget image that `ig image pull` fetches. */
function storedPattern({ images }: Knowledge): RegExp {
  const gadgets = images.map(({ name }) => name).join("|");
  return new RegExp(
    String.raw`(?<=\big[ \t]+image[ \t]+pull[ \t]+(?:-\S+[ \t]+)*)(?<gadget>${gadgets})(?::(?:latest|main))?(?![\w/:@{$%<.-])`,
    "g",
  );
}

/** Languages with strings, in which constants may hold an image. */
const PROGRAMS: ReadonlySet<LanguageId> = new Set<LanguageId>([
  "javascript",
  "go",
  "python",
  "rust",
  "java",
  "kotlin",
  "csharp",
  "ruby",
  "php",
  "groovy",
  "lua",
  "starlark",
  "terraform",
]);

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** How a reference is used: `pulled` as it stands, or kept as a `value`; null where it is no whole value. */
function useOf(text: string, start: number, end: number, language: LanguageId): "pulled" | "value" | null {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", end);
  const before = text.slice(lineStart, start).replace(/\bdocker:\/\/$/, "").replace(ITEMS_BEFORE, "");
  const behind = text.slice(end, lineEnd < 0 ? text.length : lineEnd).replace(ITEMS_BEHIND, "");
  if (COMMENT.test(before) || MADE_HERE.test(before) || !isWhole(before, behind, language)) return null;
  if (IMAGE_KEY.test(before) && (language === "yaml" || language === "helm" || language === "json")) return "pulled";
  if (language === "dockerfile" && /^\s*(?:FROM\s+(?:--\S+\s+)*|.*--from=)$/i.test(before)) return "pulled";
  return PULLS.test(before) ? "pulled" : "value";
}

/** What stands with the reference in a list with commas: other references. */
const ITEMS_BEFORE = /(?:[\w.-]+[/:][\w./:@-]*,[ \t]*)+$/;
const ITEMS_BEHIND = /^(?:,[ \t]*[\w.-]+[/:][\w./:@-]*)+/;

/** A comment that begins before the place, in any of the languages. */
const COMMENT = /(?:^|\s)(?:#|\/\/|--(?=\s)|;|REM\s|<!--|\{\{-?\s*\/\*|\/?\*\s)/i;

/** A whole scalar of data, a whole string of a program, a word of a command. */
function isWhole(before: string, behind: string, language: LanguageId): boolean {
  const quote = /["'`]$/.exec(before)?.[0];
  if (quote !== undefined && !behind.startsWith(quote)) return false;
  if (DATA.has(language)) return SCALAR.test(before) && /^["']?\s*(?:$|#|[,\]}])/.test(behind);
  if (quote !== undefined) return true;
  return WORDS.has(language) && /(?:^|[\s=(])$/.test(before) && /^(?:$|[\s);|&])/.test(behind) && !TOLD.test(before);
}

const DATA: ReadonlySet<LanguageId> = new Set<LanguageId>(["yaml", "helm", "json"]);

/** Before a scalar, or the value of a flag in one: keys and dashes, the flow collection that it stands in, or the variable that a script in it sets. */
const SCALAR =
  /^(?:\s*(?:-\s+)*(?:["']?[\w./$-]+["']?\s*:\s*)?|.*[[{,]\s*(?:["']?[\w./$-]+["']?\s*:\s*)?|\s*(?:export\s+)?\w+=)(?:[&!]\S+\s+)?["']?(?:--[\w-]+=)?$/;

/** Languages whose texts stand without quotes. */
const WORDS: ReadonlySet<LanguageId> = new Set<LanguageId>([
  "shell",
  "dockerfile",
  "makefile",
  "justfile",
  "systemd",
  "spec",
  "powershell",
  "cmd",
]);

/** What prints its words. */
const TOLD = /(?:^|[\s;&|(])(?:echo|printf|print|println|log|info|warn|fail|die)\s/;

/** What gives an image its name. */
const MADE_HERE = /\b(?:buildx?|push|tag|commit)\b|(?:^|\s)-t[\s=]$/;

const IMAGE_KEY = /(?:^|[\s{,-])["']?(?:\w*[iI]mage)["']?\s*:\s*["']?$/;

/** What runs or fetches containers, with the image as a word or as the value of a flag. */
const PULLS =
  /\b(?:docker|podman|nerdctl|crictl|ctr|skopeo|crane|oras|kind|minikube)\b[^|;&]*\s(?:run|pull|create|load|copy|inspect)\b[^|;&]*\s(?:docker:\/\/)?["']?$|\bkubectl\b[^|;&]*\s(?:run|debug|set\s+image|create)\b[^|;&]*(?:=|\s--image\s+)["']?$|\big\s+image\s+pull\s+(?:-\S+\s+)*["']?$/;
