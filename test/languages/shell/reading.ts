import { display, type Invocation, type Value } from "../../../src/commands/command.ts";
import type { Read } from "../../../src/languages/registry.ts";
import { shell } from "../../../src/languages/shell/index.ts";
import { Fragment } from "../../../src/text/fragment.ts";

/** Reads shell; finds nothing in any other language. */
export const read: Read = (language, fragment) =>
  language === "shell" ? shell.read(fragment, { path: "x.sh", read }) : { invocations: [], problems: [] };

export function invocationsOf(script: string): readonly Invocation[] {
  return read("shell", Fragment.of(script)).invocations;
}

/** Each command as one line: words in brackets where blanks stand in them, dynamic parts as their code. */
export function linesOf(script: string): readonly string[] {
  return invocationsOf(script).map(line);
}

/** The line of the first command that starts with a word. */
export function lineOf(script: string, name: string): string {
  return linesOf(script).find((found) => found === name || found.startsWith(`${name} `)) ?? "";
}

/** The first command that starts with a word. */
export function commandOf(script: string, name: string): Invocation {
  const found = invocationsOf(script).find(
    ({ words: [first] }) => first !== undefined && display(first.value) === name,
  );
  if (found === undefined) throw new Error(`no command ${name}`);
  return found;
}

export function line({ words }: Invocation): string {
  return words.map((word) => shown(word.value)).join(" ");
}

/** `[a b]` has a blank, `<$x>` is one dynamic word, `<$x...>` any number of them. */
export function shown(value: Value): string {
  const text = value.map((part) => (typeof part === "string" ? part : dynamic(part))).join("");
  const isPlain =
    value.length > 0 && value.every((part) => typeof part !== "string" || /^[^\s[\]]+$/.test(part));
  return isPlain ? text : `[${text}]`;
}

function dynamic({ code, words }: Exclude<Value[number], string>): string {
  return words === "one" ? `<${code}>` : `<${code}...>`;
}
