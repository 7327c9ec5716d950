import type { Range } from "../../text/edits.ts";

/** The comments of a script, those in `$( )` and backquotes too; what stands in quotes and here-documents is none. */
export function shellComments(text: string): readonly Range[] {
  return new Scanner(text).run();
}

/** What is open around a place: commands up to `close` (null: the script itself), a text in `"`, or `${`. */
type Frame =
  | { readonly kind: "code"; readonly close: ")" | "`" | null; cases: number }
  | { readonly kind: "double" }
  | { readonly kind: "braces" };

class Scanner {
  readonly #comments: Range[] = [];
  readonly #frames: Frame[] = [{ kind: "code", close: null, cases: 0 }];
  #heredocs: { readonly tag: string; readonly isIndented: boolean }[] = [];
  #at = 0;

  constructor(private readonly text: string) {}

  run(): readonly Range[] {
    while (this.#at < this.text.length) this.#next();
    return this.#comments;
  }

  #next(): void {
    const unit = this.text[this.#at] ?? "";
    const frame = this.#frames.at(-1);
    if (unit === "\\") this.#at += 2;
    else if (unit === "\n") this.#lineEnd();
    else if (this.#opens(unit, frame)) return;
    else if (frame?.kind === "double") this.#inDouble(unit);
    else if (frame?.kind === "braces") this.#inBraces(unit);
    else if (frame?.kind === "code") this.#inCode(unit, frame);
  }

  /** What opens the same everywhere outside of single quotes. */
  #opens(unit: string, frame: Frame | undefined): boolean {
    if (unit === "$" && this.text.startsWith("((", this.#at + 1)) return this.#arithmetic(this.#at + 1);
    if (unit === "$" && this.text[this.#at + 1] === "(")
      return this.#push({ kind: "code", close: ")", cases: 0 }, 2);
    if (unit === "$" && this.text[this.#at + 1] === "{") return this.#push({ kind: "braces" }, 2);
    if (unit !== "`") return false;
    const from = this.#frames.findLastIndex((one) => one.kind === "code" && one.close === "`");
    if (from < 0 || frame === undefined) return this.#push({ kind: "code", close: "`", cases: 0 }, 1);
    this.#frames.length = from;
    this.#at += 1;
    return true;
  }

  /** `$((1 << 2))`: neither here-documents nor comments; false where it is no more than two brackets. */
  #arithmetic(from: number): boolean {
    const end = this.text.indexOf("))", from);
    const line = this.text.indexOf("\n", from);
    if (end < 0 || (line >= 0 && line < end)) return this.#push({ kind: "code", close: ")", cases: 0 }, 2);
    this.#at = end + 2;
    return true;
  }

  #push(frame: Frame, length: number): true {
    this.#frames.push(frame);
    this.#at += length;
    return true;
  }

  #pop(): void {
    this.#frames.pop();
    this.#at += 1;
  }

  #inDouble(unit: string): void {
    if (unit === '"') this.#pop();
    else this.#at += 1;
  }

  #inBraces(unit: string): void {
    const isQuoted = this.#frames.some(({ kind }) => kind === "double");
    if (unit === "}") this.#pop();
    else if (unit === '"') this.#push({ kind: "double" }, 1);
    else if (unit === "'" && !isQuoted) this.#single();
    else this.#at += 1;
  }

  #inCode(unit: string, frame: Extract<Frame, { kind: "code" }>): void {
    const before = this.text[this.#at - 1] ?? "\n";
    const isFirst = /[\s;&|(`]/.test(before);
    if (unit === "#" && (isFirst || before === ")")) this.#comment(frame.close);
    else if (unit === '"') this.#push({ kind: "double" }, 1);
    else if (unit === "'") this.#single();
    else if (unit === "(" && this.text.startsWith("((", this.#at)) this.#arithmetic(this.#at);
    else if (unit === "(") this.#push({ kind: "code", close: ")", cases: 0 }, 1);
    else if (unit === ")" && frame.close === ")" && frame.cases === 0) this.#pop();
    else if (unit === "<" && this.#heredoc()) return;
    else {
      if (isFirst) frame.cases += this.#caseAt();
      this.#at += 1;
    }
  }

  /** In `case`, a bracket that nothing opened ends a pattern. */
  #caseAt(): number {
    WORD.lastIndex = this.#at;
    const word = WORD.exec(this.text)?.[0];
    return word === "case" ? 1 : word === "esac" ? -1 : 0;
  }

  #single(): void {
    const isAnsi = this.text[this.#at - 1] === "$";
    const pattern = isAnsi ? ANSI_QUOTED : QUOTED;
    pattern.lastIndex = this.#at;
    this.#at += pattern.exec(this.text)?.[0].length ?? 1;
  }

  #comment(close: string | null): void {
    const start = this.#at;
    const line = endOf(this.text, "\n", start);
    this.#at = close === "`" ? Math.min(line, endOf(this.text, "`", start)) : line;
    const isCut = this.text[this.#at - 1] === "\r";
    this.#comments.push({ start, end: isCut ? this.#at - 1 : this.#at });
  }

  #heredoc(): boolean {
    HEREDOC.lastIndex = this.#at;
    const found = HEREDOC.exec(this.text);
    if (found === null) return false;
    const { dash = "", tag = "" } = found.groups ?? {};
    this.#heredocs.push({ tag: tag.replace(/["'\\]/g, ""), isIndented: dash !== "" });
    this.#at += found[0].length;
    return true;
  }

  /** The bodies of here-documents begin behind the line; one that nothing ends is none. */
  #lineEnd(): void {
    this.#at += 1;
    const pending = this.#heredocs;
    this.#heredocs = [];
    for (const { tag, isIndented } of pending) {
      const name = tag.replace(/[^\w]/g, "\\$&");
      const end = new RegExp(`^${isIndented ? "\\t*" : ""}${name}\\r?$`, "gm");
      end.lastIndex = this.#at;
      if (end.exec(this.text) !== null) this.#at = end.lastIndex;
    }
  }
}

const WORD = /(?:case|esac)(?![\w-])/y;
const QUOTED = /'[^']*(?:'|$)/y;
const ANSI_QUOTED = /'(?:[^'\\]|\\[^])*(?:'|$)/y;
const HEREDOC = /<<(?!<)(?<dash>-?)[ \t]*(?<tag>(?:[\w.+-]|\\.|"[^"\n]*"|'[^'\n]*')+)/y;

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at;
}
