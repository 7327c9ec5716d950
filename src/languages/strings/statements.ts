import type { Edit, Range } from "../../text/edits.ts";
import type { Call } from "./expression.ts";
import type { LanguageTable } from "./table.ts";
import type { Manner } from "./words.ts";

/** `args.add("exec");`: each statement adds one word to a command. */
export class StatementManner implements Manner {
  readonly #text: string;
  /** Whether a line end is enough. */
  readonly #endsWithLine: boolean;

  /** @param calls whose first argument is a word */
  constructor(
    { text, table }: { readonly text: string; readonly table: LanguageTable },
    private readonly calls: readonly Call[],
  ) {
    this.#text = text;
    this.#endsWithLine = table.newlineEnds;
  }

  insertAfter(slot: Range, written: readonly string[]): Edit {
    const call = this.#callOf(slot);
    const end = call === undefined ? null : this.#endOf(call);
    const arg = call?.args[0];
    if (call === undefined || arg === undefined || end === null)
      return { start: slot.end, end: slot.end, text: "" };
    const lineStart = this.#text.lastIndexOf("\n", call.start - 1) + 1;
    const indentation = /^[ \t]*/.exec(this.#text.slice(lineStart, call.start))?.[0] ?? "";
    const lineEnd = this.#text.slice(0, call.start).includes("\r\n") ? "\r\n" : "\n";
    const before = lineEnd + indentation + this.#text.slice(call.start, arg.start);
    const behind = this.#text.slice(arg.end, end);
    return { start: end, end, text: written.map((word) => before + word + behind).join("") };
  }

  cut(first: Range, last: Range): Range | null {
    const from = this.#callOf(first);
    const to = this.#callOf(last);
    const end = to === undefined ? null : this.#endOf(to);
    if (from === undefined || end === null) return null;
    if (this.#endOf(from) === null) return null;
    const blank = /[ \t]*$/.exec(this.#text.slice(0, from.start))?.[0].length ?? 0;
    const start = from.start - blank;
    const lineEnd = /\r?\n$/.exec(this.#text.slice(Math.max(0, start - 2), start))?.[0].length ?? 0;
    return { start: start - lineEnd, end };
  }

  #callOf({ start, end }: Range): Call | undefined {
    return this.calls.find((call) => call.start <= start && end <= call.end);
  }

  /** Behind the statement that a call is; null where it is part of more. */
  #endOf({ start, end }: Call): number | null {
    const before = this.#text.slice(Math.max(0, start - 200), start);
    if (!/(?:^|[;{}\n])[ \t]*$/.test(before)) return null;
    const behind = this.#text.slice(end, end + 200);
    const semicolon = /^[ \t]*;/.exec(behind)?.[0];
    if (semicolon !== undefined) return end + semicolon.length;
    return this.#endsWithLine && /^[ \t]*(?:\r?\n|$)/.test(behind) ? end : null;
  }
}
