import type { HereDoc } from "unbash";
import { display, literal, type OutputUse, type Word } from "../../commands/command.ts";
import { type Encoder, type Fragment, PieceBuilder } from "../../text/fragment.ts";
import { decodeBackslashes } from "./decode.ts";
import { STDOUT } from "./output.ts";
import { holeOf, type Known } from "./words.ts";

/**
 * What becomes of the output of the script that the body of a here-document is; null when it is none. It is one where it
 * is fed to a shell, here or on another machine, or written to a file of scripts.
 * @param commands the command with the here-document and those behind it in the pipeline
 * @param output what becomes of the output of the first
 */
export function scriptOutput(
  commands: readonly (readonly Word[])[],
  output: OutputUse,
  body: string,
): OutputUse | null {
  const reader = commands.findIndex(readsScript);
  if (reader >= 0) return { pipe: output.pipe.slice(reader), sink: output.sink };
  const { sink } = output;
  const paths = [...(sink.kind === "file" ? [display(sink.path)] : []), ...commands.flatMap(writtenFiles)];
  return paths.some((path) => SCRIPT_FILE.test(path) || SHEBANG.test(body)) ? STDOUT : null;
}

const SHELL = /^(?:.*\/)?(?:ba|da|a|k|z)?sh$/;
const SHEBANG = /^\s*#!.*\b(?:ba|da|a|k|z)?sh\b/;
const SCRIPT_FILE = /(?:\.(?:ba|k|z)?sh|\/?\.(?:bashrc|bash_profile|bash_aliases|profile|zshrc))$/;
/** `at now`, `batch`: what they read runs later. */
const LATER = /^(?:.*\/)?(?:at|batch)$/;
/** Flags of `ssh` that take the next word. */
const SSH_VALUE = /^-[a-zA-Z]*[BbcDEeFIiJLlmOopQRSWw]$/;

/** `bash`, `sudo sh -s`, `kubectl exec -i pod -- sh`, `ssh host`: the standard input is a script. */
function readsScript(words: readonly Word[]): boolean {
  const texts = words.map((word) => literal(word.value) ?? "");
  const shell = texts.findLastIndex((text) => SHELL.test(text));
  if (shell >= 0) {
    const behind = texts.slice(shell + 1);
    return (
      behind.every((text) => /^[-+](?!.*c)/.test(text)) || behind.some((text) => /^-[a-z]*s$/.test(text))
    );
  }
  if (LATER.test(texts[0] ?? "")) return texts.every((text) => !/^-[a-zA-Z]*[fclrdbV]/.test(text));
  const ssh = texts.findIndex((text) => /^(?:.*\/)?ssh$/.test(text));
  if (ssh < 0) return false;
  const operands = texts.slice(ssh + 1).filter((text, i, all) => {
    return !text.startsWith("-") && !(i > 0 && SSH_VALUE.test(all[i - 1] ?? ""));
  });
  return operands.length === 1;
}

/**
 * The word that `echo` or `printf` prints as it is, for a shell that reads it (`echo "..." | sh`); undefined where it is
 * put together, or changed on the way.
 */
export function printedWord(words: readonly Word[]): Word | undefined {
  const [first, ...rest] = words;
  const program = first === undefined ? null : literal(first.value);
  const [word, more] = rest.filter(({ value }) => !/^-[neE]+$/.test(literal(value) ?? ""));
  if ((program !== "echo" && program !== "printf") || more !== undefined) return undefined;
  return word !== undefined && !/[\\%]/.test(display(word.value)) ? word : undefined;
}

/** The files that a command writes its input to. */
export function writtenFiles(words: readonly Word[]): readonly string[] {
  const texts = words.map((word) => literal(word.value) ?? "");
  const tee = texts.findIndex((text) => /^(?:.*\/)?tee$/.test(text));
  return tee < 0 ? [] : texts.slice(tee + 1).filter((text) => !text.startsWith("-"));
}

/** The body of a here-document as the command reads it; what the shell around it expands are holes. */
export function bodyOf({ body, operator, delimiter }: HereDoc, fragment: Fragment, known: Known): Fragment {
  const { text } = fragment;
  const builder = new PieceBuilder();
  const isQuoted = delimiter?.quoted ?? false;
  const add = (start: number, end: number): void => {
    let at = start;
    while (at < end) {
      const lineEnd = text.indexOf("\n", at) + 1;
      const next = lineEnd === 0 || lineEnd > end ? end : lineEnd;
      const isLineStart = at === body.pos || text[at - 1] === "\n";
      const tabs =
        operator === "<<-" && isLineStart ? (/^\t*/.exec(text.slice(at, next))?.[0].length ?? 0) : 0;
      if (isQuoted) builder.copy(text, at + tabs, next);
      else decodeBackslashes(text, { start: at + tabs, end: next }, builder, /^[$`\\\n]$/);
      at = next;
    }
  };

  let at = body.pos;
  for (const part of isQuoted ? [] : (body.parts ?? [])) {
    if (part.type === "Literal") continue;
    add(at, part.pos);
    const code = fragment.code({ start: part.pos, end: part.end });
    builder.hole(holeOf(code, known), part.pos, part.end);
    at = part.end;
  }
  add(at, body.end);
  return fragment.child(builder.build(encoderOf(isQuoted, operator === "<<-", delimiter?.value ?? "")));
}

/** Line ends in new text must not bring about the end of the body, or tabs that are taken for indentation. */
function encoderOf(isQuoted: boolean, isIndented: boolean, delimiter: string): Encoder {
  return (written) => {
    const [, ...lines] = written.split("\n");
    const isMisread = lines.some((line) => line === delimiter || (isIndented && line.startsWith("\t")));
    if (isMisread) return null;
    return isQuoted ? written : written.replace(/[\\$`]/g, "\\$&");
  };
}
