import type { Invocation, Problem } from "../../commands/command.ts";
import { withPlainLineEnds } from "../shell/mask.ts";
import type { Language } from "../language.ts";
import { looksLikeCommand } from "../yaml/mention.ts";

/** Units of systemd: `ExecStart=` and its like. No shell reads them, so what only a shell understands is not read. */
export const systemd: Language = {
  id: "systemd",
  read(file, context) {
    const fragment = withPlainLineEnds(file);
    const invocations: Invocation[] = [];
    const problems: Problem[] = [];
    for (const { index, 0: line, groups } of fragment.text.matchAll(COMMAND)) {
      const place = { start: index + (groups?.["ahead"]?.length ?? 0), end: index + line.length };
      if (!looksLikeCommand(line)) continue;
      const reading = context.read("shell", fragment.slice(place.start, place.end, onOneLine));
      const [only, more] = reading.invocations;
      const isSimple = reading.problems.length === 0 && more === undefined && only?.output.pipe.length === 0;
      if (isSimple && only.output.sink.kind === "stdout") invocations.push(only);
      else problems.push({ ...fragment.toSource(place), reason: NO_SHELL, fatal: false });
    }
    return { invocations, problems };
  },
};

const COMMAND = /^(?<ahead>[ \t]*Exec[A-Z]\w*[ \t]*=[ \t]*[-@:+!|]*)(?:[^\n\\]|\\\n|\\.)+/gm;

const NO_SHELL = "systemd starts this command without a shell, and it has signs that only a shell reads";

function onOneLine(written: string): string | null {
  return written.includes("\n") || written.includes("%") ? null : written;
}
