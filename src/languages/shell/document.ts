import type { HereDoc } from "unbash";
import { type Invocation, literal, type OutputUse, type Value, type Word } from "../../commands/command.ts";
import { SealedList } from "../../commands/lists.ts";
import type { Fragment } from "../../text/fragment.ts";
import { languageOfName } from "../detect.ts";
import type { LanguageId } from "../language.ts";
import { isManifest } from "../manifest.ts";
import { isYamlName } from "../yaml/keys.ts";
import { mentionsProgram } from "../yaml/mention.ts";
import { writtenFiles } from "./fed-scripts.ts";

/** A document in a here-document: its language, and a path that tells the dialect. */
export interface NestedDocument {
  readonly language: LanguageId;
  readonly path: string;
}

/**
 * The language of the body of a here-document, by the file that it is written to, by what reads it, or by how it begins;
 * null for what may be any text.
 * @param commands the command with the here-document and those behind it in the pipeline
 * @param output what becomes of the output of the first
 */
export function documentOf(
  commands: readonly (readonly Word[])[],
  output: OutputUse,
  { body }: HereDoc,
): NestedDocument | null {
  const [file = ""] = writtenFiles(commands, output);
  if (isYamlName(file)) return { language: "yaml", path: file };
  const language = languageOfName(file);
  if (language !== null && language !== "first-line" && FILES.has(language)) return { language, path: file };
  if (file !== "") return null;
  if (commands.some(readsTable)) return { language: "crontab", path: "crontab" };
  if (commands.some(runsPython)) return { language: "python", path: "script.py" };
  return isManifest(body.text) || (commands.some(readsManifest) && /^\s*[{["\w-]/.test(body.text))
    ? { language: "yaml", path: "manifest.yaml" }
    : null;
}

/** What else scripts write that holds commands. */
const FILES: ReadonlySet<LanguageId> = new Set(["python", "systemd", "crontab", "dockerfile", "makefile"]);

/** `crontab -`, `sudo crontab -u root -` */
function readsTable(words: readonly Word[]): boolean {
  const texts = words.map((word) => literal(word.value) ?? "");
  return texts.some((text) => /^(?:.*\/)?crontab$/.test(text)) && texts.at(-1) === "-";
}

/** `python3`, `python3 -`: the standard input is the program. */
function runsPython(words: readonly Word[]): boolean {
  const texts = words.map((word) => literal(word.value) ?? "");
  const python = texts.findLastIndex((text) => /^(?:.*\/)?python[\d.]*$/.test(text));
  const operands = texts.slice(python + 1).filter((text) => !/^-[a-zA-Z]/.test(text));
  return python >= 0 && !texts.includes("-c") && (operands.length === 0 || operands[0] === "-");
}

/** `kubectl apply -f -`, `docker compose -f - up` */
function readsManifest(words: readonly Word[]): boolean {
  const texts = words.map((word) => literal(word.value) ?? "");
  return texts.some(
    (text, i) =>
      /^(?:-f-|--?f(?:ile(?:name)?)?=(?:-|\/dev\/stdin))$/.test(text) ||
      (/^(?:-|\/dev\/stdin)$/.test(text) &&
        /^(?:-f|-c|--file|--filename|--values)$/.test(texts[i - 1] ?? "")),
  );
}

/** Text for people, as if it were printed by a command with a word for each line; null where no line can be a command. */
export function shownText(body: Fragment, output: OutputUse): Invocation | null {
  if (!mentionsProgram(body.text)) return null;
  const { words } = new ShownLines(body);
  return { words, output, role: "text", constants: [] };
}

/** The lines of a text, and the columns in them, as words that are only looked into. */
class ShownLines extends SealedList {
  readonly words: readonly Word[];

  constructor(fragment: Fragment) {
    super(fragment);
    const head = { start: 0, end: 0, value: ["usage"], list: this };
    this.words = [head, ...this.#columns()];
  }

  override readonly inside = ({ start, end }: Word): Fragment => this.fragment.slice(start, end);

  /** A wide gap parts a command from what a table of usage says of it; a backslash joins lines. */
  #columns(): readonly Word[] {
    const { text } = this.fragment;
    return [
      ...text.matchAll(/[^\s\\](?:\\\n[ \t]*|[^\n\\]|\\(?!\n))*?(?=[ \t]*(?: {2}|\t)|[ \t]*(?:\n|$))/g),
    ].flatMap(({ index: start, 0: column }) => {
      if (!mentionsProgram(column)) return [];
      const range = { start, end: start + column.length };
      const value: Value = [column];
      return [{ ...range, value, list: this }];
    });
  }
}
