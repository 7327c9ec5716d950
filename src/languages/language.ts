import type { Constant, Reading } from "../commands/command.ts";
import type { OtherHelpers } from "../commands/helper.ts";
import type { Code } from "../data/code.ts";
import type { Fragment } from "../text/fragment.ts";
import type { CommentFinder } from "./comments.ts";

export type LanguageId =
  | "shell"
  | "yaml"
  | "helm"
  | "javascript"
  | "markdown"
  | "makefile"
  | "dockerfile"
  | "powershell"
  | "cmd"
  | "python"
  | "go"
  | "rust"
  | "json"
  | "toml"
  | "notebook"
  | "justfile"
  | "spec"
  | "systemd"
  | "text"
  | "java"
  | "kotlin"
  | "csharp"
  | "ruby"
  | "php"
  | "groovy"
  | "terraform"
  | "lua"
  | "starlark"
  | "rst"
  | "asciidoc"
  | "html"
  | "crontab"
  | "settings";

/**
 * One language: finds every invocation in a fragment, its own and those of the languages nested in it. It does not know
 * gadgets; it never throws, whatever the text: what it cannot read it reports as a problem.
 */
export interface Language {
  readonly id: LanguageId;
  read(fragment: Fragment, context: ReadContext): Reading;
  /** The comments of a text of this language, for those who steer the tool by them; none where it is absent. */
  readonly comments?: CommentFinder;
  /** What a program says besides commands; null where it cannot be read, absent where the tree is not needed for it. */
  readonly code?: (fragment: Fragment, path: string) => Code | null;
}

export interface ReadContext {
  /** Path of the file, with `/`, relative to the project root; tells languages their dialect (`.tsx`). */
  readonly path: string;
  /** Variables that are set for what the fragment runs: a script sees them until it sets them itself. */
  readonly environment?: readonly Constant[];
  /** Functions of other files that it may call. */
  readonly helpers?: OtherHelpers;
  /** Whether `read` has a language ready, where that is not sure. */
  readonly canRead?: (language: LanguageId) => boolean;
  /**
   * Reads a fragment in another language that the registry has loaded along with this one.
   * @param path what to take for the file's path, to tell the dialect of the fragment
   * @param environment variables that are set for what the fragment runs
   */
  read(language: LanguageId, fragment: Fragment, path?: string, environment?: readonly Constant[]): Reading;
  /** Told of a script in a script of the same language that is read without `read`. */
  readonly onScript?: (fragment: Fragment) => void;
}
