import { type Reading, type Value, literal } from "../commands/command.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import type { Knowledge } from "../knowledge/types.ts";
import { detectLanguage } from "../languages/detect.ts";
import type { LanguageId } from "../languages/language.ts";
import { Languages } from "../languages/registry.ts";
import { openTemplate } from "../languages/template.ts";
import { LineIndex } from "../text/lines.ts";
import { analyse, type AnalyseOptions, type Document } from "./analyse.ts";
import type { FileFindings, Report, Skipped, SourceFile, Target } from "./report.ts";

export interface ScanOptions {
  readonly imageStyle?: AnalyseOptions["imageStyle"] | undefined;
  readonly registry?: string | undefined;
  readonly defaults?: AnalyseOptions["defaults"] | undefined;
  /** The release to work on; asked for once, when the first command needs it. */
  readonly target: (knowledge: Knowledge) => Target | Promise<Target>;
  /** Whether a file of the scan names this path, so that it may be read there; every path counts as read when absent. */
  readonly namesPath?: ((path: string) => boolean) | undefined;
}

/**
 * Reads every file that is in a known language and reports what a migration has to change. Nothing is written.
 * @param files what to read, in any order; a file that is no text, or was refused by the file layer, comes as skipped
 */
export async function scan(files: Iterable<SourceFile | Skipped>, options: ScanOptions): Promise<Report> {
  const knowledge = loadKnowledge();
  const languages = new Languages();
  const found: FileFindings[] = [];
  const skipped: Skipped[] = [];
  let target: Target | undefined;
  let scanned = 0;

  for (const file of files) {
    scanned += 1;
    if ("reason" in file) {
      skipped.push(file);
      continue;
    }
    const language = detectLanguage(file.path, file.text);
    if (language === null) continue;
    await languages.load(language, file.text);
    const document = open(file, language, languages);
    const reading = document.readText(file.text);
    skipped.push(...unread(file, reading));
    if (reading.invocations.length === 0) continue;
    target ??= await options.target(knowledge);
    const findings = analyse(document, reading, settle(options, target), knowledge);
    if (findings.length > 0) found.push({ file, findings });
  }
  return {
    target: target ?? (await options.target(knowledge)),
    files: found.sort(byPath((entry) => entry.file.path)),
    skipped: skipped.sort(byPath((entry) => entry.path)),
    scanned,
  };
}

function open(file: SourceFile, language: LanguageId, languages: Languages): Document {
  const read = languages.reader(file.path);
  return {
    text: file.text,
    read,
    readText: (text) => read(language, openTemplate(file.path, language, text)),
  };
}

function settle(options: ScanOptions, target: Target): AnalyseOptions {
  const { namesPath } = options;
  const isRead = (path: Value): boolean => {
    const text = literal(path);
    return text === null || namesPath === undefined || namesPath(text);
  };
  return {
    target: target.version,
    imageStyle: options.imageStyle ?? "short",
    registry: options.registry,
    defaults: options.defaults ?? "keep",
    isRead,
  };
}

/** What kept parts of a file from being read, with the line where it begins. */
function unread(file: SourceFile, { problems }: Reading): readonly Skipped[] {
  if (problems.length === 0) return [];
  const lines = new LineIndex(file.text);
  return problems.map(({ start, reason, fatal }) => {
    const { line } = lines.position(start);
    return { path: file.path, reason: fatal ? reason : `line ${line}: ${reason}` };
  });
}

/** By code units, so that the order is the same everywhere. */
function byPath<T>(path: (entry: T) => string): (a: T, b: T) => number {
  return (a, b) => (path(a) < path(b) ? -1 : path(a) > path(b) ? 1 : 0);
}
