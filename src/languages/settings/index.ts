import type { Invocation } from "../../commands/command.ts";
import { frozen } from "../../commands/lists.ts";
import { settingsComments } from "../comments.ts";
import type { Language } from "../language.ts";
import { withPlainLineEnds } from "../shell/mask.ts";
import { isCommand } from "../yaml/mention.ts";

/**
 * Settings, one a line: `.env`, INI, properties, configurations of daemons. A value that is a whole command is data: what runs
 * it, and how it is read before, is not known.
 */
export const settings: Language = {
  id: "settings",
  comments: settingsComments,
  read(file, context) {
    const fragment = withPlainLineEnds(file);
    const invocations: Invocation[] = [];
    for (const { index, groups = {} } of fragment.text.matchAll(SETTING)) {
      const { ahead = "", quoted, bare } = groups;
      const isContinued = bare?.endsWith("\\") === true;
      const value = (quoted ?? bare ?? "").replace(/\\$/, "").trimEnd();
      if (!isCommand(value)) continue;
      const from = index + ahead.length;
      const { invocations: found } = context.read(
        "shell",
        fragment.slice(from, from + value.length, asValue),
      );
      invocations.push(
        ...found.map((invocation): Invocation => {
          // What the next line adds is not read.
          const words = isContinued ? frozen(invocation.words) : invocation.words;
          return { ...invocation, words, role: "data" };
        }),
      );
    }
    return { invocations, problems: [] };
  },
};

/** `name = value`, `name: value`, `export NAME="value"`; what begins a comment names nothing. */
const SETTING =
  /^(?<ahead>[ \t]*(?:export[ \t]+)?[A-Za-z_][\w.[\]-]*[ \t]*(?:[:=]|[ \t](?=\S))[ \t]*(?<quote>["']?))(?:(?<quoted>(?<=["'])[^\n"']*)\k<quote>|(?<bare>(?<!["'])[^\n]+))[ \t]*$/gm;

/** Signs that one reader of such files or another takes for something else. */
function asValue(text: string): string | null {
  return /^[\w ./=@+,:-]*$/.test(text) ? text : null;
}
