import { captured } from "../../commands/captured.ts";
import type { Invocation, Reading } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import { Mask } from "../../text/mask.ts";
import type { ReadContext } from "../language.ts";
import { isShell } from "../yaml/keys.ts";

/** `%%bash`, `%%sh`, `%%script bash`, `%%!` on the first line: all others are for a shell. */
const CELL = /^\s*%%(?:(?<script>script[ \t]+)?(?<name>[\w/.-]+)|!)[^\n]*(?:\n|$)/;

/** `!kubectl ...`, `pods = !kubectl ...`, `%system kubectl ...` */
const LINE =
  /^(?<ahead>[ \t]*(?:(?<name>[A-Za-z_][\w.,\t ]*=[ \t]*)?(?:!!?|%(?:system|sx)[ \t]+)[ \t]*))(?:[^\n\\]|\\\n|\\.)+/gm;

/** @param language of the notebook's kernel, in small letters; empty where it says nothing */
export function readCode(cell: Fragment, language: string, context: ReadContext): Reading {
  const head = CELL.exec(cell.text);
  if (head !== null) {
    const name = head.groups?.["name"] ?? "sh";
    return isShell(name)
      ? context.read("shell", cell.slice(head[0].length, cell.text.length))
      : { invocations: [], problems: [] };
  }
  if (isShell(language)) return context.read("shell", cell);
  if (language !== "" && language !== "python") return { invocations: [], problems: [] };
  return readPython(cell, context);
}

function readPython(cell: Fragment, context: ReadContext): Reading {
  const mask = new Mask(cell);
  const invocations: Invocation[] = [];
  for (const { index, 0: line, groups = {} } of cell.text.matchAll(LINE)) {
    const { ahead = "", name } = groups;
    const range = { start: index + ahead.length, end: index + line.length };
    mask.blank({ start: index, end: range.end });
    const found = context.read("shell", withValues(cell.slice(range.start, range.end))).invocations;
    const isCaptured = name !== undefined || /!!|%/.test(ahead);
    invocations.push(...(isCaptured ? found.map(captured) : found));
  }
  const python = context.read("python", mask.apply());
  return { invocations: [...invocations, ...python.invocations], problems: python.problems };
}

/** `{name}` is a value of the program. */
function withValues(line: Fragment): Fragment {
  const mask = new Mask(line);
  for (const { index, 0: code } of line.text.matchAll(/(?<![${])\{[A-Za-z_][\w.[\]'"]*\}/g)) {
    mask.fill({ start: index, end: index + code.length }, "any");
  }
  return mask.apply();
}
