import type { Reading } from "../commands/command.ts";
import { findCommands, type FoundCommand } from "../commands/find.ts";
import type { OtherHelpers } from "../commands/helper.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { LanguageId } from "../languages/language.ts";
import type { Languages, Part } from "../languages/registry.ts";
import { templateComments } from "../languages/comments.ts";
import { openTemplate } from "../languages/template.ts";
import type { FileCheck } from "../rules/check.ts";
import { type CommentedPart, type Directive, directivesOf, mayIgnore } from "../suppress/suppressions.ts";
import { Fragment } from "../text/fragment.ts";
import type { SourceFile } from "./report.ts";
import type { CheckedDocument } from "./run-checks.ts";

/** A file as far as it can be read without a target. */
export interface Survey {
  readonly file: SourceFile;
  readonly document: CheckedDocument;
  readonly reading: Reading;
  readonly commands: readonly FoundCommand[];
  /** What may find more than commands in it. */
  readonly checks: readonly FileCheck[];
  /** The comments in it that ignore findings. */
  readonly directives: readonly Directive[];
}

/**
 * @param languages has the file's language loaded
 * @param helpers functions of other files that it may call
 */
export function surveyed(
  file: SourceFile,
  language: LanguageId,
  languages: Languages,
  knowledge: Knowledge,
  checks: readonly FileCheck[],
  helpers: OtherHelpers,
): Survey {
  const document = open(file, language, languages, helpers);
  const reading = document.readText(file.text);
  const commands = findCommands(reading.invocations, knowledge, document.read);
  const directives = mayIgnore(file.text) ? directivesIn(file, language, languages, knowledge, helpers) : [];
  return { file, document, reading, commands, checks, directives };
}

/** A file of which nothing is read, as one in no known language. */
export function unsurveyed(file: SourceFile): Survey {
  const nothing: Reading = { invocations: [], problems: [] };
  const document = {
    ...file,
    read: () => nothing,
    readText: () => nothing,
    partsOf: () => [],
    codeOf: () => null,
  };
  return { file, document, reading: nothing, commands: [], checks: [], directives: [] };
}

/** Scripts in the words of commands (`bash -c '...'`) may have comments too. */
function directivesIn(
  { path, text }: SourceFile,
  language: LanguageId,
  languages: Languages,
  knowledge: Knowledge,
  helpers: OtherHelpers | undefined,
): readonly Directive[] {
  const parts: Part[] = [];
  const add = (part: Part): unknown => parts.push(part);
  const watched = languages.reader(path, helpers, add, add);
  const { invocations } = watched(language, openTemplate(path, language, text));
  findCommands(invocations, knowledge, watched);
  const file: CommentedPart = {
    language,
    fragment: Fragment.of(text),
    comments: templateComments(text, path),
  };
  const inside = eachOnce(parts).map((part) => ({ ...part, comments: languages.commentsOf(part) }));
  return directivesOf(text, [...inside, file]);
}

function open(
  { path, text }: SourceFile,
  language: LanguageId,
  languages: Languages,
  helpers: OtherHelpers,
): CheckedDocument {
  const look = (changed: string): Look => {
    const parts: Part[] = [];
    const watched = languages.reader(path, helpers, (part) => parts.push(part));
    return { text: changed, reading: watched(language, openTemplate(path, language, changed)), parts };
  };
  // Each check asks for the same again, and each proof for one changed text.
  let original: Look | null = null;
  const lookOnce = (asked: string): Look => {
    if (asked === text) return (original ??= look(text));
    if (lastChanged?.of !== look || lastChanged.look.text !== asked)
      lastChanged = { of: look, look: look(asked) };
    return lastChanged.look;
  };
  return {
    path,
    text,
    read: languages.reader(path, helpers),
    readText: (asked) => lookOnce(asked).reading,
    partsOf: (asked) => eachOnce(lookOnce(asked).parts),
    codeOf: (part) => languages.codeOf(part),
  };
}

/** The changed text that was read last, of whichever file: they are proven one after the other. */
let lastChanged: { readonly of: (changed: string) => Look; readonly look: Look } | null = null;

/** A text as it was read. */
interface Look {
  readonly text: string;
  readonly reading: Reading;
  /** As they came. */
  readonly parts: readonly Part[];
}

/** What is read on trial, or on several ways, is the same part when it has the same text in the same place. */
function eachOnce(parts: readonly Part[]): readonly Part[] {
  const byPlace = new Map<string, Part>();
  for (const part of parts) {
    const { language, fragment } = part;
    const { start, end } = fragment.place;
    const key = `${language} ${start} ${end} ${fragment.text}`;
    if (!byPlace.has(key)) byPlace.set(key, part);
  }
  return [...byPlace.values()];
}
