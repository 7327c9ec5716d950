import type { Word } from "../../commands/command.ts";
import { frozen } from "../../commands/lists.ts";
import { isShell } from "../yaml/keys.ts";
import type { GivenValue } from "./values.ts";

/** One build stage: what its image starts, as far as the file says. */
export interface Stage {
  /** Null: not known. */
  readonly image: string | null;
  /** The words of an entry point in the form of an array; "shell" where it is shell text, which takes no arguments. */
  entryPoint: readonly Word[] | "shell" | null;
  command: readonly Word[] | null;
  /** What reads its shell text, as `SHELL` says; null: a program whose language is not read. */
  shell: ShellLanguage | null;
  /** What its variables are set to, by their names. */
  readonly given: Map<string, GivenValue>;
}

type ShellLanguage = "shell" | "powershell" | "cmd";

/** Before the first `FROM`. */
export function noStage(): Stage {
  return { image: null, entryPoint: null, command: null, shell: "shell", given: new Map() };
}

/** A stage that is built upon an image from elsewhere. */
export function stageOf(image: string): Stage {
  return { ...noStage(), image };
}

/** A stage that is built upon another: what it starts is there, `CMD` and `ARG` are not. */
export function stageUpon({ image, entryPoint, shell, given }: Stage): Stage {
  return {
    image,
    entryPoint: typeof entryPoint === "string" || entryPoint === null ? entryPoint : frozen(entryPoint),
    command: null,
    shell,
    given: new Map([...given].filter(([, { instruction }]) => instruction === "ENV")),
  };
}

/** The language of the program that `SHELL` names first. */
export function shellLanguage(program: string): ShellLanguage | null {
  if (isShell(program)) return "shell";
  const name = /([\w-]+)(?:\.exe)?$/i.exec(program)?.[1]?.toLowerCase();
  if (name === "pwsh" || name === "powershell") return "powershell";
  return name === "cmd" ? "cmd" : null;
}
