import { literal, type OutputUse, type Word } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import { CAPTURED, sinkOf } from "./output.ts";

/** Programs that start containers, with the flag that leaves one alone. */
const STARTS = /^(?:docker|podman|nerdctl|kubectl|oc|k)$/;
/** Something reads what a container or a unit printed. */
const READS_LOGS =
  /(?:\b(?:docker|podman|nerdctl)(?:[ \t]+(?:container|compose))?|\b(?:kubectl|oc|k)\b[^\n|;&]*?)[ \t]+logs?\b[^\n]*[|>)\x60]|\$\([^\n)]*[ \t]logs?\b/;
const READS_JOURNAL = /\bjournalctl\b[^\n]*[|>)\x60]/;

/**
 * What becomes of the output of a command that goes nowhere by itself, though something keeps it: `nohup` in a file, a
 * container or a unit of systemd in its log, where the same file may read it.
 */
export function keptOutput(words: readonly Word[], output: OutputUse, fragment: Fragment): OutputUse {
  if (output.pipe.length > 0 || output.sink.kind !== "stdout") return output;
  const texts = words.map((word) => literal(word.value) ?? "");
  const program = (texts[0] ?? "").replace(/^.*\//, "") === "sudo" ? 1 : 0;
  const name = (texts[program] ?? "").replace(/^.*\//, "");
  const place = words[program];
  if (name === "nohup" && place !== undefined) {
    const sink = sinkOf(["nohup.out"], { pos: place.start, end: place.end }, fragment);
    return sink.kind === "file" && sink.readHere ? { pipe: [], sink } : output;
  }
  const isContainer = STARTS.test(name) && texts.some((text) => /^(?:run|create)$/.test(text));
  if (isContainer && READS_LOGS.test(fragment.source)) return CAPTURED;
  return name === "systemd-run" && READS_JOURNAL.test(fragment.source) ? CAPTURED : output;
}
