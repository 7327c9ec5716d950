import { display, literal, type OutputUse, type Word } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import { STDOUT } from "./output.ts";
import type { Stages } from "./stages.ts";

/**
 * What becomes of the output of the script that the body of a here-document is; null when it is none. It is one where it
 * is fed to a shell, here or on another machine, or written to a file of scripts.
 * @param commands the command with the here-document and those behind it in the pipeline
 * @param output what becomes of the output of the first
 */
export function scriptOutput(commands: Stages, output: OutputUse, body: string): OutputUse | null {
  const reader = commands.findIndex(readsScript);
  if (reader >= 0) return { pipe: output.pipe.slice(reader), sink: output.sink };
  return writtenFiles(commands, output).some((path) => SCRIPT_FILE.test(path) || SHEBANG.test(body))
    ? STDOUT
    : null;
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

/** `echo '...' | sh`: the script, and what becomes of its output; null where none is printed as it is. */
export function printedScript(
  words: readonly Word[],
  behind: Stages,
  output: OutputUse,
): readonly [Fragment, OutputUse] | null {
  const word = printedWord(words);
  const text = word?.list.inside(word) ?? null;
  const use = text === null ? null : scriptOutput([words, ...behind], output, text.text);
  return text === null || use === null ? null : [text, use];
}

/**
 * The word that `echo` or `printf` prints as it is, for a shell that reads it (`echo "..." | sh`); undefined where it is
 * put together, or changed on the way.
 */
function printedWord(words: readonly Word[]): Word | undefined {
  const [first, ...rest] = words;
  const program = first === undefined ? null : literal(first.value);
  const [word, more] = rest.filter(({ value }) => !/^-[neE]+$/.test(literal(value) ?? ""));
  if ((program !== "echo" && program !== "printf") || more !== undefined) return undefined;
  return word !== undefined && !/[\\%]/.test(display(word.value)) ? word : undefined;
}

/** The files that commands write: the first with its output, each `tee` with what it reads. */
export function writtenFiles(commands: Stages, { sink }: OutputUse): readonly string[] {
  return [...(sink.kind === "file" ? [display(sink.path)] : []), ...commands.flatMap(filesOfTee)];
}

function filesOfTee(words: readonly Word[]): readonly string[] {
  const texts = words.map((word) => literal(word.value) ?? "");
  const tee = texts.findIndex((text) => /^(?:.*\/)?tee$/.test(text));
  return tee < 0 ? [] : texts.slice(tee + 1).filter((text) => !text.startsWith("-"));
}
