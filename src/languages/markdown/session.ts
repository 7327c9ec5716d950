import type { Range } from "../../text/edits.ts";
import { type Fragment, PieceBuilder } from "../../text/fragment.ts";
import { isSentence } from "../../commands/prose.ts";
import { isCommand } from "../yaml/mention.ts";

/**
 * The commands of a code block as a script. Where some lines have a prompt, the others are what was printed. Without
 * prompts a `script` is all commands; of `any` text, only the lines that are commands are taken.
 */
export function commandsOf(block: Fragment, kind: "script" | "any"): Fragment {
  const lines = linesOf(block.text);
  const kept = keptLines(lines, kind);
  return kept === null ? block : onlyLines(block, lines, kept);
}

/** Whether a block begins with a command behind a prompt: what is labelled by what the command prints is a session. */
export function isSession(block: string): boolean {
  const line = /\S[^\n]*/.exec(block)?.[0] ?? "";
  const prompt = PROMPT.exec(line)?.[0];
  return prompt !== undefined && isCommandLine(line.slice(prompt.length));
}

/** Whether a line is a whole command: its programs stand where a shell looks for them, and it is no sentence. */
export function isCommandLine(line: string): boolean {
  const text = line.trim().replace(/^(?:[A-Za-z_]\w*=\S*\s+)+/, "");
  if (!/^["']?[a-z$./_~\\{(]/.test(text)) return false;
  const plain = text.replace(/'[^']*'|"[^"$]*"/g, "q");
  return [plain, text].some((whole) => whole.split(OPERATOR).some((part) => isCommand(part.trim())));
}

/** `$ ` or `Before: $ ` ahead of a command. */
const LABEL = /^(?:\p{L}[^:$\x60]{0,40}:[ \t]+)?(?:[$%][ \t]+)?/u;

/**
 * Where a command begins in a line of a paragraph that holds nothing else but a label or a prompt; null in a sentence that
 * mentions one.
 */
export function commandAlone(line: string): number | null {
  const from = LABEL.exec(line)?.[0].length ?? 0;
  const command = line.slice(from);
  return isCommandLine(command) && !isSentence(command) ? from : null;
}

const OPERATOR = /&&|[;|&]|\s[<>]|\s#/;

interface Line extends Range {
  readonly text: string;
}

/** Keeps a line from some offset of it on. */
type Kept = ReadonlyMap<Line, number>;

/** `user@host:~`, `[user@host dir]`, `user@host [ dir ]`, and the branch behind it */
const HOST = String.raw`(?:[\w.-]+@[\w.-]+(?:[: ](?:\[[^\]\n]+\]|[^\s$#%]*))?|\[[^\]\n]+\])(?:[ \t]?\([\w./-]+\))?`;
/**
 * `$ `, `user@host:~# `, `[user@host dir]$ `, `bash-5.1# `, `/ # `, `~/dir $ `, `(venv) $ `, `➜  dir git:(main) `, `❯ `, `PS C:\> `. A
 * lone `#` is a comment more often.
 */
const PROMPT = new RegExp(
  String.raw`^[ \t]*(?:\([\w.-]+\)[ \t]*)?(?:${[
    String.raw`(?:${HOST}|(?:ba|z|a)?sh-?[\d.]*|~)?[ \t]?[$%]`,
    String.raw`(?:${HOST}|(?:ba|z|a)?sh-?[\d.]+|[/~][\w./-]*)[ \t]?#`,
    String.raw`[/~][\w./-]*[ \t][$%]`,
    String.raw`➜[ \t]+(?:[~/][^\s]*|(?=[^\s]+[ \t]+git:)[^\s]+)(?:[ \t]+git:\([^)\n]*\)(?:[ \t]*✗)?)?`,
    String.raw`(?:[~/][\w./-]*[ \t]+)?[❯➜]`,
    String.raw`(?:PS|(?:PS[ \t]+)?[A-Z]:\\[^>\n]*)>`,
  ].join("|")})[ \t]+(?=\S)`,
);
const ROOT_PROMPT = /^[ \t]*#[ \t]+(?=\S)/;
/** What a program prints above a table. */
const TABLE_HEAD = /^[A-Z][A-Z0-9_.:/-]+(?:[ \t]{2,}|\t| [A-Z]{2})/;
/** Scripts of several lines; taken apart, they would be none. */
const SCRIPT = /^\s*(?:#!|(?:for|while|until|if|case)\s.*(?:\b(?:do|then|in)|;)\s*$|[\w-]+\s*\(\)\s*\{)/;

/** Null: all lines. */
function keptLines(lines: readonly Line[], kind: "script" | "any"): Kept | null {
  if (lines.some(({ text }) => PROMPT.test(text))) return behindPrompts(lines, PROMPT);
  if (isRootSession(lines, kind)) return behindPrompts(lines, ROOT_PROMPT);
  if (kind === "script" || lines.some(({ text }) => SCRIPT.test(text))) return null;
  return keep(lines, ({ text }) => (isCommandLine(text) && !isSentence(text) ? 0 : null));
}

/** A lone `#` is a prompt where commands stand behind it only, and a program has printed something. */
function isRootSession(lines: readonly Line[], kind: "script" | "any"): boolean {
  const isRoot = ({ text }: Line): boolean =>
    ROOT_PROMPT.test(text) && isCommandLine(text.replace(ROOT_PROMPT, ""));
  if (!lines.some(isRoot) || lines.some(({ text }) => isCommandLine(text))) return false;
  return kind === "any" || lines.some(({ text }) => TABLE_HEAD.test(text));
}

function behindPrompts(lines: readonly Line[], prompt: RegExp): Kept {
  return keep(lines, ({ text }) => prompt.exec(text)?.[0].length ?? null);
}

/**
 * The lines that a command begins on, with those that it goes on in.
 * @param begins offset in the line of a command; null when none begins there
 */
function keep(lines: readonly Line[], begins: (line: Line) => number | null): Kept {
  const kept = new Map<Line, number>();
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    const from = line === undefined ? null : begins(line);
    if (line === undefined || from === null) continue;
    kept.set(line, from);
    let last = line;
    for (let next = lines[i + 1]; next !== undefined && goesOn(last.text); next = lines[i + 1]) {
      kept.set(next, /^[ \t]*>[ \t]/.exec(next.text)?.[0].length ?? 0);
      last = next;
      i += 1;
    }
    const end = endOfHeredoc(lines, i);
    for (; i < end; i++) {
      const body = lines[i + 1];
      if (body !== undefined) kept.set(body, 0);
    }
  }
  return kept;
}

function goesOn(line: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*\\$|(?:\||&&)[ \t]*$/.test(line);
}

/** Index of the line that ends the here-document which a line opens; that of the line itself when there is none. */
function endOfHeredoc(lines: readonly Line[], opening: number): number {
  const mark = /(?<!<)<<-?[ \t]*["']?(\w+)/.exec(lines[opening]?.text ?? "")?.[1];
  const end = mark === undefined ? -1 : lines.findIndex(({ text }, i) => i > opening && text.trim() === mark);
  return Math.max(end, opening);
}

function onlyLines(block: Fragment, lines: readonly Line[], kept: Kept): Fragment {
  const builder = new PieceBuilder();
  for (const line of lines) {
    const from = kept.get(line);
    if (from !== undefined) builder.copy(block.text, line.start + from, line.end);
    if (line.end < block.text.length) builder.copy(block.text, line.end, line.end + 1);
  }
  return block.child(builder.build((written) => written));
}

function linesOf(text: string): readonly Line[] {
  return Array.from(text.matchAll(/[^\n]*(?:\n|$)/g), ({ index, 0: whole }) => {
    const line = whole.replace(/\n$/, "");
    return { start: index, end: index + line.length, text: line };
  });
}
