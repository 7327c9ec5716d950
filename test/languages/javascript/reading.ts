import { display, type Invocation, type Reading, type Value } from "../../../src/commands/command.ts";
import { javascript } from "../../../src/languages/javascript/index.ts";
import type { LanguageId } from "../../../src/languages/language.ts";
import { shell } from "../../../src/languages/shell/index.ts";
import { Fragment } from "../../../src/text/fragment.ts";

/** Reads the fragments that are nested in JavaScript. */
export function readNested(language: LanguageId, fragment: Fragment): Reading {
  if (language !== "shell") throw new Error(`no ${language} is nested in JavaScript`);
  return shell.read(fragment, { path: "file.sh", read: readNested });
}

export function readSource(text: string, path = "file.tsx"): Reading {
  return javascript.read(Fragment.of(text), { path, read: readNested });
}

/** `run kubectl gadget trace exec -n ${ns}`: dynamic values in their code, `?` behind one that may be several words. */
export function lineOf({ role, words, output: { pipe, sink }, implied }: Invocation): string {
  const start = implied === undefined ? [] : [`(${"image" in implied ? implied.image : implied.program})`];
  const pipes = pipe.map((stage) => `| ${stage.map((word) => valueOf(word.value)).join(" ")}`);
  const use = sink.kind === "stdout" ? [] : [`=> ${sink.kind}`];
  return [role, ...start, ...words.map((word) => valueOf(word.value)), ...pipes, ...use].join(" ");
}

function valueOf(value: Value): string {
  const text = value.map((part) => {
    if (typeof part === "string") return part;
    const known = part.known === undefined ? "" : `=${part.known.join("/")}`;
    return part.code + known + (part.words === "any" ? "?" : "");
  });
  return /\s/.test(display(value)) ? `'${text.join("")}'` : text.join("");
}

/** The commands of a source that hold a word, one a line. */
export function commandsOf(text: string, path?: string, word = "gadget"): readonly string[] {
  return readSource(text, path)
    .invocations.map(lineOf)
    .filter((line) => line.includes(word));
}
