import { literal, type Invocation, type OutputUse, type Word } from "../../commands/command.ts";
import { attached } from "../../commands/lists.ts";
import { PlainWords } from "../../commands/plain-words.ts";
import type { Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import { ListedWords } from "./listed-words.ts";
import { POWERSHELL, type Dialect } from "./dialect.ts";

/** A command line of a script, whose words are those of another command or hold one. */
export interface CommandLine {
  readonly words: readonly Word[];
  readonly output: OutputUse;
  /** `$x = ...` */
  readonly isAssigned: boolean;
}

/** Commands that a line holds in another way than by its words; empty where it is what it says. */
export function indirectCommands(
  line: CommandLine,
  fragment: Fragment,
  dialect: Dialect,
): readonly Invocation[] {
  const [first] = line.words;
  const name = (first === undefined ? null : literal(first.value))?.toLowerCase() ?? "";
  if (dialect !== POWERSHELL) return name === "set" ? keptCommand(line) : [];
  if (line.isAssigned && line.words.length === 1) return told(line.words, "data");
  if (DISPLAYS.test(name)) return told(line.words.slice(1), "text");
  if (STARTS.test(name)) return startedProcess(line, fragment);
  return splattedCommand(line, fragment);
}

const DISPLAYS = /^(?:write-(?:host|output|information|verbose|warning|error)|echo|throw)$/;
const STARTS = /^(?:start-process|saps|start)$/;

/** The texts of here-strings, which people read or another program does. */
export function hereStrings(fragment: Fragment): readonly Invocation[] {
  return [...fragment.text.matchAll(HERE_STRING)].map(({ index, 0: all, groups }) => {
    const body = groups?.["body"] ?? "";
    const start = index + all.indexOf("\n") + 1;
    const encode = (text: string): string | null => (/["'`$\r]/.test(text) ? null : text);
    return toldIn(fragment.slice(start, start + body.length, encode), "text");
  });
}

const HERE_STRING = /@(["'])[ \t]*\r?\n(?<body>[^]*?)\r?\n\1@/g;

/** Sentences and commands in the quoted words of a line. */
function told(words: readonly Word[], role: "text" | "data"): readonly Invocation[] {
  return words.flatMap((word) => {
    const inside = word.list.inside(word);
    return inside === null || !/\S\s+\S/.test(inside.text) ? [] : [toldIn(inside, role)];
  });
}

function toldIn(text: Fragment, role: "text" | "data"): Invocation {
  return { words: [], told: text, output: { pipe: [], sink: { kind: "stdout" } }, role, constants: [] };
}

/** `set CMD=kubectl gadget ...` of cmd. */
function keptCommand({ words: [, first, ...rest], output }: CommandLine): readonly Invocation[] {
  const name = /^\w+=(?=\S)/.exec(first === undefined ? "" : (literal(first.value) ?? ""))?.[0];
  if (first === undefined || name === undefined) return [];
  return [{ words: [attached(first, name.length), ...rest], output, role: "data", constants: [] }];
}

/** `Start-Process -FilePath kubectl -ArgumentList 'gadget', 'trace'` */
function startedProcess({ words, output }: CommandLine, fragment: Fragment): readonly Invocation[] {
  const { program, args } = startOf(words.slice(1), fragment);
  const [first] = args;
  const last = args.at(-1);
  if (program === undefined || first === undefined || last === undefined) return [];
  const given = wordsIn(fragment, { start: first.start, end: last.end }, first, args.length === 1);
  return [{ words: [program, ...given], output, role: "foreign", constants: [] }];
}

/** What is started, and the words of its arguments, whether parameters name them or their place does. */
interface Start {
  readonly program: Word | undefined;
  readonly args: readonly Word[];
}

function startOf(words: readonly Word[], fragment: Fragment): Start {
  const args: Word[] = [];
  let program: Word | undefined;
  let parameter: string | null = null;
  for (const word of words) {
    const name = parameterIn(word, fragment);
    if (name !== null) {
      parameter = SWITCHES.test(name) ? null : name;
      continue;
    }
    const part = partFor(parameter, program !== undefined);
    if (part === "program") program = word;
    if (part === "args") args.push(word);
    if (part !== "args" || !goesOn(word, fragment)) parameter = null;
  }
  return { program, args };
}

/** What the value of a parameter is of the start; without one, the program comes first. */
function partFor(parameter: string | null, hasProgram: boolean): keyof Start | null {
  if (parameter === null) return hasProgram ? "args" : "program";
  if (/^-(?:filep|path)/.test(parameter)) return "program";
  return parameter.startsWith("-arg") ? "args" : null;
}

/** The parameter that a word is, in lower case, with its dash. */
function parameterIn(word: Word, fragment: Fragment): string | null {
  const text = literal(word.value) ?? "";
  return /^-[A-Za-z]+$/.test(text) && !isQuoted(word, fragment) ? text.toLowerCase() : null;
}

/** Parameters without a value. */
const SWITCHES = /^-(?:nonewwindow|wait|passthru|usenewenvironment|loaduserprofile|confirm|whatif)$/;

/** Whether the list that a word stands in goes on behind it: a comma at the end of it, or before the next. */
function goesOn({ end }: Word, { text }: Fragment): boolean {
  return text[end - 1] === "," || /^\s*,/.test(text.slice(end, end + 9));
}

/** One string that the program cuts at blanks, or a list. */
function wordsIn(fragment: Fragment, range: Range, first: Word, isAlone: boolean): readonly Word[] {
  const listed = new ListedWords(fragment, range).words;
  const inside = isAlone && listed.length === 1 ? first.list.inside(first) : null;
  return inside === null ? listed : new PlainWords(inside, true).words;
}

/** `& kubectl @words`, where the script sets them once to a list. */
function splattedCommand({ words, output }: CommandLine, fragment: Fragment): readonly Invocation[] {
  const at = words.findIndex(({ start, end }) => /^[@$]\w+$/.test(fragment.text.slice(start, end)));
  const word = words[at];
  if (word === undefined || at === 0) return [];
  const name = fragment.text.slice(word.start + 1, word.end);
  const all = [...fragment.text.matchAll(new RegExp(String.raw`\$${name}\s*(\+?)=(?!=)\s*`, "gi"))];
  const [only, more] = all;
  if (only === undefined || more !== undefined || only[1] === "+" || only.index > word.start) return [];
  const start = only.index + only[0].length;
  const [, open = "", body = ""] = LIST.exec(fragment.text.slice(start)) ?? [];
  if (body === "") return [];
  const from = start + open.length;
  const listed = new ListedWords(fragment, { start: from, end: from + body.length }).words;
  return [
    {
      words: [...words.slice(0, at), ...listed, ...words.slice(at + 1)],
      output,
      role: "foreign",
      constants: [],
    },
  ];
}

/** `@('a', 'b')`, `'a', 'b'` */
const LIST = /^(@\(\s*|)((?:'[^'\n]*'|"[^"\n]*"|\$\w+)(?:\s*,\s*(?:'[^'\n]*'|"[^"\n]*"|\$\w+))+)/;

function isQuoted({ start }: Word, { text }: Fragment): boolean {
  return /["']/.test(text[start] ?? "");
}
