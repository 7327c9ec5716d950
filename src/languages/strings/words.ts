import { literal, type Dynamic, type Value, type Word, type WordList } from "../../commands/command.ts";
import type { Edit, Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import { encodeText } from "./escapes.ts";
import type { Expression } from "./expression.ts";
import type { Literal } from "./tokens.ts";
import type { Program } from "./program.ts";
import { stringOf } from "./string.ts";
import { embedded } from "./value.ts";

/** What stands in one place of a list of words, and what it means. */
export interface Slot extends Range {
  readonly node: Expression;
  readonly value: Value;
  /** What stands there means more than the word. */
  readonly isFixed?: boolean;
}

/** How words are put into a place, and taken from it. */
export interface Manner {
  insertAfter(slot: Range, written: readonly string[]): Edit;
  cut(first: Range, last: Range): Range | null;
}

/** Words that are expressions of a program: elements of a list, arguments of a call, calls in a chain. */
export class ExpressionWords implements WordList {
  readonly words: readonly Word[];
  readonly #nodes = new Map<number, Expression>();

  constructor(
    readonly fragment: Fragment,
    private readonly program: Program,
    slots: readonly Slot[],
    private readonly manner: Manner,
  ) {
    this.words = slots.map(({ start, end, node, value, isFixed }): Word => {
      this.#nodes.set(start, node);
      return { start, end, value, list: this, ...(isFixed === true ? { isFixed } : {}) };
    });
  }

  write(value: Value, like?: Word): string | null {
    const [only, more] = value;
    const text = literal(value);
    if (text !== null) return this.#quoted(text, this.#literalLike(like));
    if (more === undefined && only !== undefined && typeof only !== "string") {
      const whole = this.#expressionOf(only);
      if (whole !== null) return whole;
    }
    return this.#filled(value, like) ?? this.#embedded(value, this.#literalLike(like));
  }

  insertAfter(previous: Word, written: readonly string[]): Edit {
    return this.manner.insertAfter(previous, written);
  }

  cut(first: Word, last: Word): Range | null {
    return this.manner.cut(first, last);
  }

  inside(word: Word): Fragment | null {
    const node = this.#nodes.get(word.start);
    return node === undefined ? null : (stringOf(node, this.program, this.fragment, "any")?.fragment ?? null);
  }

  dashless(code: string): string | null {
    const { table } = this.program;
    const expression = table.dashless === undefined ? null : this.#expressionOf({ code, words: "one" });
    const isName = expression !== null && /^[\w.]+$/.test(expression);
    return isName && table.dashless !== undefined
      ? embedded(
          table.dashless.replace("$&", () => expression),
          table,
        )
      : null;
  }

  /** The expression that a value is embedded as; null when it is written in a literal only. */
  #expressionOf({ code }: Dynamic): string | null {
    const { table, text } = this.program;
    const { embed } = table;
    if (embed === null)
      return this.words.some(
        ({ value: [only], start, end }) =>
          typeof only !== "string" && only?.code === code && text.slice(start, end) === code,
      )
        ? code
        : null;
    const [before = "", after = ""] = embedded("\0", table).split("\0");
    if (!code.startsWith(before) || !code.endsWith(after)) return null;
    return code.slice(before.length, code.length - after.length);
  }

  /** A value with parts that its literal fills in, written into a literal of the same kind. */
  #filled(value: Value, like: Word | undefined): string | null {
    const node = like === undefined ? undefined : this.#nodes.get(like.start);
    if (node?.kind !== "text" || node.literal.rule.interpolation === undefined) return null;
    const { open, close } = node.literal;
    const refers = value.every((part) => typeof part === "string" || this.#isHeld(part, close));
    return refers ? this.#between(value, { ...node.literal, open, close }) : null;
  }

  /** Whether the code of a value can stand between these quotes as it is. */
  #isHeld({ code }: Dynamic, close: string): boolean {
    const isInside = /^(?:[$#]?\{[^]*\}|\$[A-Za-z_]\w*)$/.test(code);
    return isInside && !code.includes(close) && !code.includes("\\") && !code.includes("\n");
  }

  #between(value: Value, like: Pick<Literal, "rule" | "open" | "close" | "isHeredoc">): string | null {
    const parts = value.map((part) =>
      typeof part === "string" ? encodeText(part, like, null, "x") : part.code,
    );
    return parts.includes(null) ? null : like.open + parts.join("") + like.close;
  }

  /** Values with text around them, where the literal has no place for them yet. */
  #embedded(value: Value, like: Literal | null): string | null {
    const { embed } = this.program.table;
    if (embed === null) return null;
    if (embed.kind === "inside") {
      const { open, close, interpolation } = embed;
      const rule = { escapes: "keep", interpolation } as const;
      const isHeld = value.every((part) => typeof part === "string" || this.#isHeld(part, close));
      return isHeld ? this.#between(value, { open, close, rule, isHeredoc: false }) : null;
    }
    const terms = value.map((part) =>
      typeof part === "string" ? this.#quoted(part, like) : this.#expressionOf(part),
    );
    return terms.includes(null) ? null : terms.join(` ${embed.operator} `);
  }

  #quoted(text: string, like: Literal | null): string | null {
    const rule = { ...(like ?? this.program.usualLiteral), isHeredoc: false };
    const inner = encodeText(text, rule, null, "x");
    return inner === null ? null : rule.open + inner + rule.close;
  }

  #literalLike(like: Word | undefined): Literal | null {
    const node = like === undefined ? undefined : this.#nodes.get(like.start);
    if (node?.kind !== "text" || node.literal.isHeredoc) return null;
    return node.literal.close.length === 1 && node.literal.open === node.literal.close ? node.literal : null;
  }
}

/** What stands between two commas of a list, or of the arguments of a call. */
export class ListManner implements Manner {
  /** @param items everything between the brackets, in order; @param hasComma a comma may stand behind the last one */
  constructor(
    private readonly text: string,
    private readonly items: readonly Range[],
  ) {}

  insertAfter(slot: Range, written: readonly string[]): Edit {
    const index = this.#indexOf(slot);
    const item = this.items[index] ?? slot;
    const before = this.items[index - 1];
    const gap = before === undefined ? "" : this.text.slice(before.end, item.start);
    const separator = /^,[ \t]*\r?\n[ \t]*$/.test(gap) ? gap : ", ";
    return { start: item.end, end: item.end, text: written.map((word) => separator + word).join("") };
  }

  cut(first: Range, last: Range): Range | null {
    const from = this.#indexOf(first);
    const to = this.#indexOf(last);
    const start = this.items[from];
    const end = this.items[to];
    if (start === undefined || end === undefined) return null;
    const before = this.items[from - 1];
    const after = this.items[to + 1];
    if (before !== undefined && this.#isSeparator(before.end, start.start))
      return { start: before.end, end: end.end };
    if (after !== undefined && this.#isSeparator(end.end, after.start))
      return { start: start.start, end: after.start };
    return null;
  }

  #indexOf({ start, end }: Range): number {
    return this.items.findIndex((item) => item.start <= start && end <= item.end);
  }

  #isSeparator(start: number, end: number): boolean {
    return /^\s*,\s*$/.test(this.text.slice(start, end));
  }
}

/** `.arg("exec").args(["-n", ns])`: each call adds words to a command. */
export class ChainManner implements Manner {
  /** @param calls from the dot to the bracket that closes it; @param method the one that adds one word */
  constructor(
    private readonly text: string,
    private readonly calls: readonly Range[],
    private readonly method: string,
  ) {}

  insertAfter(slot: Range, written: readonly string[]): Edit {
    const { end } = this.#callOf(slot) ?? slot;
    return { start: end, end, text: written.map((word) => `.${this.method}(${word})`).join("") };
  }

  cut(first: Range, last: Range): Range | null {
    const from = this.#callOf(first);
    const to = this.#callOf(last);
    if (from === undefined || to === undefined) return null;
    const blank = /\s*$/.exec(this.text.slice(0, from.start).slice(-200))?.[0].length ?? 0;
    return { start: from.start - blank, end: to.end };
  }

  #callOf({ start, end }: Range): Range | undefined {
    return this.calls.find((call) => call.start <= start && end <= call.end);
  }
}
