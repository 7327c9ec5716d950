import type { Knowledge } from "../../knowledge/knowledge.ts";
import type { Range } from "../../text/edits.ts";

/** The flag or key that lists the images which may run, as it is spelled, where a reference stands in its list. */
export function imageListAt(text: string, { start }: Range, knowledge: Knowledge): string | null {
  const list = listPattern(knowledge);
  const [line = "", ...above] = text.slice(0, start).split("\n").reverse();
  const key = isItem(line) ? above.find((one) => !isItem(one)) : undefined;
  return list.exec(line)?.[0] ?? list.exec(key ?? "")?.[0] ?? null;
}

/** Keys of what configures the agent have the flag's name, as it is or in camel case (v0.55.1 charts/gadget/values.yaml). */
function listPattern({ runFlags, deployFlags }: Knowledge): RegExp {
  const flags = [...runFlags, ...deployFlags].filter(({ listsImages }) => listsImages);
  const names = new Set(flags.map(({ name }) => name.replaceAll("-", "-?")));
  return new RegExp(String.raw`(?:--)?\b(?:${[...names].join("|")})\b`, "i");
}

/** An item of a YAML sequence. */
function isItem(line: string): boolean {
  return /^\s*-\s/.test(line);
}
