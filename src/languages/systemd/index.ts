import type { Invocation, Problem } from "../../commands/command.ts";
import { withPlainLineEnds } from "../shell/mask.ts";
import { systemdComments } from "../comments.ts";
import type { Language } from "../language.ts";
import { looksLikeCommand } from "../yaml/mention.ts";

/** Units of systemd, of containers too: `ExecStart=` and its like, `Exec=`. No shell reads them, so what only a shell understands is not read. */
export const systemd: Language = {
  id: "systemd",
  comments: systemdComments,
  read(file, context) {
    const fragment = withPlainLineEnds(file);
    const invocations: Invocation[] = [];
    const problems: Problem[] = [];
    const image = IMAGE.exec(fragment.text)?.[1];
    const runBy = image === undefined ? {} : { implied: { image } };
    for (const { index, 0: line, groups } of fragment.text.matchAll(COMMAND)) {
      const place = { start: index + (groups?.["ahead"]?.length ?? 0), end: index + line.length };
      if (image === undefined && !looksLikeCommand(line)) continue;
      const reading = context.read("shell", fragment.slice(place.start, place.end, onOneLine));
      const [only, more] = reading.invocations;
      const isSimple = reading.problems.length === 0 && more === undefined && only?.output.pipe.length === 0;
      if (isSimple && only.output.sink.kind === "stdout") invocations.push({ ...only, ...runBy });
      else problems.push({ ...fragment.toSource(place), reason: NO_SHELL, fatal: false });
    }
    return { invocations, problems };
  },
};

/** Containers as units: `Exec=` is what the entry point of the image gets. */
const IMAGE = /^\[Container\][^]*?^[ \t]*Image[ \t]*=[ \t]*(\S+)/m;

const COMMAND = /^(?<ahead>[ \t]*Exec(?:[A-Z]\w*)?[ \t]*=[ \t]*[-@:+!|]*)(?:[^\n\\]|\\\n|\\.)+/gm;

const NO_SHELL = "systemd starts this command without a shell, and it has signs that only a shell reads";

function onOneLine(written: string): string | null {
  return written.includes("\n") || written.includes("%") ? null : written;
}
