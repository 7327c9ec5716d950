import type { Constant, Invocation, Problem } from "../../commands/command.ts";
import { type Fragment, PieceBuilder } from "../../text/fragment.ts";
import { crontabComments } from "../comments.ts";
import type { Language } from "../language.ts";
import { withPlainLineEnds } from "../shell/mask.ts";
import { isShell } from "../yaml/keys.ts";

/**
 * Tables of cron: a schedule, in tables of the system a user, and a command for the shell. An unescaped `%` ends the command:
 * what follows is its input.
 */
export const crontab: Language = {
  id: "crontab",
  comments: crontabComments,
  read(file, context) {
    const table = withPlainLineEnds(file);
    const hasUsers =
      /(?:^|\/)(?:cron\.d\/|etc\/(?:ana)?crontab$)/.test(context.path) || USER_HEAD.test(table.text);
    const environment: Constant[] = [];
    const invocations: Invocation[] = [];
    const problems: Problem[] = [];
    let runsShell = true;
    for (const { index, 0: line } of table.text.matchAll(/[^\n]+/g)) {
      const setting = SETTING.exec(line);
      if (setting !== null) {
        const [, name = "", , value = ""] = setting;
        if (name === "SHELL") runsShell = isShell(value);
        else if (/^[^\s$%]+$/.test(value)) environment.push(constant(name, value));
        continue;
      }
      const ahead = /^\s*#/.test(line) ? undefined : SCHEDULE.exec(line)?.[0].length;
      if (ahead === undefined) continue;
      const user = (hasUsers ? /^\S+[ \t]+/ : /^root[ \t]+/).exec(line.slice(ahead))?.[0].length ?? 0;
      const start = index + ahead + user;
      const command = commandOf(table, start, index + line.length);
      const reading = context.read("shell", command, undefined, environment);
      problems.push(...reading.problems);
      invocations.push(
        ...reading.invocations.map((found): Invocation =>
          runsShell ? found : { ...found, role: "foreign" },
        ),
      );
    }
    return { invocations, problems };
  },
};

const SETTING = /^[ \t]*([A-Za-z_]\w*)[ \t]*=[ \t]*(["']?)(.*?)\2[ \t]*$/;
/** Five fields, or a name for them, with the blanks behind; options of some daemons before. */
const SCHEDULE =
  /^[ \t]*(?:@(?:reboot|yearly|annually|monthly|weekly|daily|midnight|hourly|every_\w+)|(?:[\d*,/A-Za-z~?L#-]+[ \t]+){4}[\d*,/A-Za-z~?L#-]+)[ \t]+(?=\S)/;
/** The heading of a table that names the fields. */
const USER_HEAD = /^#.*\bdow\s+user\b/im;

function constant(name: string, value: string): Constant {
  return { name, value, reference: { code: `$${name}`, words: "one" } };
}

/** The command of a line, `\%` as the `%` that the shell gets. */
function commandOf(table: Fragment, start: number, lineEnd: number): Fragment {
  const { text } = table;
  const builder = new PieceBuilder();
  let at = start;
  for (; at < lineEnd && text[at] !== "%"; at++) {
    if (text[at] === "\\" && text[at + 1] === "%") {
      builder.escape("%", at, at + 2);
      at += 1;
    } else builder.copy(text, at, at + 1);
  }
  return table.child(
    builder.build((written) => (written.includes("\n") ? null : written.replaceAll("%", "\\%"))),
  );
}
