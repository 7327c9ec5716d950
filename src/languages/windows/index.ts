import type { Dynamic, Invocation, OutputUse, Sink, Value, Word } from "../../commands/command.ts";
import type { Fragment } from "../../text/fragment.ts";
import { cmdComments, powershellComments } from "../comments.ts";
import type { Language } from "../language.ts";
import { CMD, type Dialect, POWERSHELL } from "./dialect.ts";
import { hereStrings, indirectCommands } from "./indirect.ts";
import { LineWords } from "./words.ts";

/** Scripts of PowerShell, as far as their command lines go: words, pipes and redirects, wherever a command may begin. */
export const powershell: Language = {
  id: "powershell",
  comments: powershellComments,
  read: (fragment) => readLines(fragment, POWERSHELL),
};

/** Batch files of Windows. */
export const cmd: Language = {
  id: "cmd",
  comments: cmdComments,
  read: (fragment) => readLines(fragment, CMD),
};

function readLines(
  fragment: Fragment,
  dialect: Dialect,
): { invocations: readonly Invocation[]; problems: [] } {
  const reader = new Reader(fragment, dialect);
  return { invocations: reader.read(), problems: [] };
}

/** One command line, and how it ends. */
interface Line {
  readonly list: LineWords;
  readonly isPiped: boolean;
  readonly isAssigned: boolean;
  readonly sink: Sink;
}

class Reader {
  readonly #lines: Line[] = [];
  #at = 0;
  #list: LineWords;
  #sink: Sink = { kind: "stdout" };
  /** Open parentheses: what stands in them, and what is given to a variable, is a value. */
  #depth = 0;
  #isAssigned = false;

  constructor(
    private readonly fragment: Fragment,
    private readonly dialect: Dialect,
  ) {
    this.#list = new LineWords(fragment, dialect);
  }

  read(): readonly Invocation[] {
    const { text } = this.fragment;
    while (this.#at < text.length) this.#next();
    this.#end(false);
    const found = this.#lines.flatMap(({ list: { words }, sink, isAssigned }, i): readonly Invocation[] => {
      if (words.length === 0) return [];
      const output = this.#outputFrom(i, sink);
      const indirect = indirectCommands({ words, output, isAssigned }, this.fragment, this.dialect);
      return indirect.length > 0 ? indirect : [{ words, output, role: "foreign", constants: [] }];
    });
    return this.dialect === POWERSHELL ? [...found, ...hereStrings(this.fragment)] : found;
  }

  /** The command lines behind one in its pipeline, and where the last of them writes. */
  #outputFrom(from: number, own: Sink): OutputUse {
    const pipe: (readonly Word[])[] = [];
    let sink = own;
    for (let i = from; this.#lines[i]?.isPiped === true; i++) {
      const next = this.#lines[i + 1];
      if (next === undefined) break;
      pipe.push(next.list.words);
      sink = next.sink;
    }
    return { pipe, sink };
  }

  #next(): void {
    const { text } = this.fragment;
    const unit = text[this.#at] ?? "";
    const skipped = this.#match(this.dialect.skipped);
    if (skipped !== undefined) this.#at += skipped.length;
    else if (/[ \t\r]/.test(unit)) this.#at += 1;
    else if (/[\n;|&{}()]/.test(unit) && !(unit === ";" && this.dialect === CMD)) this.#separator(unit);
    else if (/[<>]/.test(unit) || /^[\d*]>/.test(text.slice(this.#at, this.#at + 2))) this.#redirect();
    else if (unit === "=" && this.dialect === POWERSHELL) this.#assign();
    else this.#word();
  }

  #separator(unit: string): void {
    const isPipe = unit === "|" && this.fragment.text[this.#at + 1] !== "|";
    this.#at += unit === "|" && !isPipe ? 2 : 1;
    this.#end(isPipe);
    if (unit === "(") this.#depth += 1;
    if (unit === ")") this.#depth = Math.max(0, this.#depth - 1);
  }

  /** `$x = kubectl ...` */
  #assign(): void {
    this.#at += 1;
    this.#list = new LineWords(this.fragment, this.dialect);
    this.#isAssigned = true;
  }

  #end(isPiped: boolean): void {
    const isValue = this.#isAssigned || (this.#depth > 0 && this.dialect === POWERSHELL);
    const sink = isValue && this.#sink.kind === "stdout" ? ({ kind: "captured" } as const) : this.#sink;
    this.#lines.push({ list: this.#list, isPiped, isAssigned: this.#isAssigned, sink });
    this.#list = new LineWords(this.fragment, this.dialect);
    this.#sink = { kind: "stdout" };
    if (!isPiped) this.#isAssigned = false;
  }

  /** Who reads a file that a script of these writes is not followed: somebody may. */
  #redirect(): void {
    const [sign = ">", number = ""] =
      /^([\d*])?(?:>>?(?:&\d)?|<)/.exec(this.fragment.text.slice(this.#at, this.#at + 6)) ?? [];
    this.#at += sign.length;
    if (sign.includes("&") || sign === "<") return;
    while (/[ \t]/.test(this.fragment.text[this.#at] ?? "")) this.#at += 1;
    const list = this.#list;
    this.#list = new LineWords(this.fragment, this.dialect);
    if (this.#at < this.fragment.text.length && !/[\s;|&{}()<>]/.test(this.fragment.text[this.#at] ?? ""))
      this.#word();
    const path = this.#list.words[0]?.value ?? [];
    this.#list = list;
    if (number === "" || number === "1" || number === "*")
      this.#sink = { kind: "file", path, readHere: true };
  }

  #word(): void {
    const { text } = this.fragment;
    const { escape, quotes, variable } = this.dialect;
    const start = this.#at;
    const value: (string | Dynamic)[] = [];
    const add = (part: string): void => {
      const last = value.at(-1);
      if (typeof last === "string") value[value.length - 1] = last + part;
      else value.push(part);
    };
    let quote = "";
    while (this.#at < text.length) {
      const unit = text[this.#at] ?? "";
      const [hole] = this.fragment.holesIn({ start: this.#at, end: this.#at + 1 });
      const code = quote === "'" ? undefined : this.#match(variable);
      if (hole !== undefined) {
        const { code, known } = hole;
        const words = quote === "" ? hole.words : "one";
        value.push({ code, words, ...(known === undefined ? {} : { known }) });
        this.#at = hole.end;
      } else if (code !== undefined) {
        value.push({ code, words: quote === "" ? "any" : "one" });
        this.#at += code.length;
      } else if (unit === escape && (quote === "" || (quote === '"' && escape === "`"))) {
        if (/[\r\n]/.test(text[this.#at + 1] ?? "\n")) break;
        add(text[this.#at + 1] ?? "");
        this.#at += 2;
      } else if (quote === "" && quotes.includes(unit)) {
        quote = unit;
        if (text[this.#at + 1] === unit) add("");
        this.#at += 1;
      } else if (quote !== "" && unit === quote) {
        if (text[this.#at + 1] === quote && quotes.length > 1) add(quote);
        const isDoubled = text[this.#at + 1] === quote && quotes.length > 1;
        this.#at += isDoubled ? 2 : 1;
        if (!isDoubled) quote = "";
      } else if (unit === "\n" && (quote === "" || quotes.length === 1)) break;
      else if (quote === "" && (/[\s|&(){}<>]/.test(unit) || this.#match(this.dialect.skipped) !== undefined))
        break;
      else if (quote === "" && unit === ";" && quotes.length > 1) break;
      else {
        add(unit);
        this.#at += 1;
      }
    }
    if (this.#at === start) this.#at += 1;
    else this.#list.add({ start, end: this.#at }, value satisfies Value);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.fragment.text)?.[0];
  }
}
