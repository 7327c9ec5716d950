import type { Range } from "../../text/edits.ts";
import { endOfInterpolation } from "./interpolation.ts";
import type { LanguageTable, LiteralRule } from "./table.ts";
import type { Literal, Token } from "./tokens.ts";

/** The tokens of a program, comments left out. What cannot be one is passed over; time grows with the length alone. */
export function lex(text: string, table: LanguageTable): readonly Token[] {
  return new Lexer(text, table).run();
}

/** The comments of a program, in order. */
export function commentsOf(text: string, table: LanguageTable): readonly Range[] {
  const lexer = new Lexer(text, table);
  lexer.run();
  return lexer.comments;
}

const BLANK = /[ \t\f\v\uFEFF\u00A0]+|\\\r?\n/y;
const WORD = /[$@]?[\p{L}_][\p{L}\p{N}_$]*|\d[\w.]*/uy;
const MARK = /\.\.\.|:=|\+=|\.=|<<|==|!=|<=|>=|=>|->|::|\?\.|\.\.|&&|\|\||[^]/y;
/** Behind letters, what makes them the prefix of a literal: `r"`, `r#"`. */
const OPENS_BEHIND_LETTERS = /["'`#]/;
/** A statement goes on behind these. */
const GOES_ON = /^(?:[+.,([{=&|?:<%*-]|\+=|:=|=>|->|::|\.\.|&&|\|\||\?\.)$/;

class Lexer {
  readonly comments: Range[] = [];
  readonly #tokens: Token[] = [];
  /** Brackets that are open. */
  readonly #open: string[] = [];
  readonly #heredocs: { readonly tag: string; readonly literal: Literal; readonly index: number }[] = [];
  /** How far a search for the end of a literal went in vain, by what was searched for. */
  readonly #inVain = new Map<string, number>();
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly table: LanguageTable,
  ) {}

  run(): readonly Token[] {
    while (this.#at < this.text.length) this.#next();
    return this.#tokens;
  }

  #next(): void {
    const start = this.#at;
    const unit = this.text[start];
    if (unit === "\n" || unit === "\r") {
      this.#lineEnd();
      return;
    }
    if (this.#plainWord(unit ?? "") || this.#take(BLANK) !== null) return;
    if (this.#comment() || this.#literal() || this.#heredoc()) return;
    if (this.table.characters !== undefined && this.#take(this.table.characters) !== null) {
      this.#tokens.push({ kind: "word", start, end: this.#at, text: "''" });
      return;
    }
    if (unit === "/" && this.table.regexes === true && this.#regex()) return;
    const word = this.#take(WORD);
    if (word !== null) {
      this.#tokens.push({ kind: "word", start, end: this.#at, text: word });
      return;
    }
    this.#mark(this.#take(MARK) ?? "", start);
  }

  /** What begins with a letter is a word unless a quote follows, and most of a program are words. */
  #plainWord(unit: string): boolean {
    if (!/[A-Za-z_]/.test(unit) || this.table.comments.regions !== undefined) return false;
    const text = this.#peek(WORD) ?? "";
    const start = this.#at;
    const end = start + text.length;
    if (OPENS_BEHIND_LETTERS.test(this.text.charAt(end))) return false;
    this.#at = end;
    this.#tokens.push({ kind: "word", start, end, text });
    return true;
  }

  #mark(text: string, start: number): void {
    const end = this.#at;
    if (text === ";") {
      this.#tokens.push({ kind: "end", start, end });
      return;
    }
    const last = this.#tokens.at(-1);
    const holdsStatements =
      text === "(" && last?.kind === "word" && this.table.declarations?.test(last.text) === true;
    if (text === "(" || text === "[" || text === "{") this.#open.push(holdsStatements ? "{" : text);
    else if (text === ")" || text === "]" || text === "}") this.#open.pop();
    this.#tokens.push({ kind: "mark", start, end, text });
  }

  #lineEnd(): void {
    const start = this.#at;
    this.#at += this.text.startsWith("\r\n", start) ? 2 : 1;
    for (const { tag, literal, index } of this.#heredocs.splice(0)) this.#readHeredoc(tag, literal, index);
    const inside = this.#open.at(-1);
    if (!this.table.newlineEnds || inside === "(" || inside === "[") return;
    if (inside === "{" && this.table.blocks === "indent" && this.table.tuples === true) return;
    const last = this.#tokens.at(-1);
    if (last === undefined || last.kind === "end" || this.#goesOn(last)) return;
    LEADING.lastIndex = this.#at;
    if (!LEADING.test(this.text)) this.#tokens.push({ kind: "end", start, end: this.#at });
  }

  /** Where lines make blocks, a colon ends the head of one. */
  #goesOn(last: Token): boolean {
    if (last.kind !== "mark" || (last.text === ":" && this.table.blocks === "indent")) return false;
    return GOES_ON.test(last.text);
  }

  #comment(): boolean {
    const { line, block, regions } = this.table.comments;
    const from = this.#at;
    if (regions !== undefined && (this.#take(regions) ?? "") !== "") {
      // `=begin` to `=end` of Ruby; what is no program at all has no comments of it.
      if (this.text.startsWith("=", from)) this.comments.push({ start: from, end: this.#at });
      return true;
    }
    for (const [open, close] of block) {
      if (!this.text.startsWith(open, this.#at)) continue;
      const start = this.#at;
      const end = this.text.indexOf(close, start + open.length);
      this.#at = end < 0 ? this.text.length : end + close.length;
      this.comments.push({ start, end: this.#at });
      return true;
    }
    if (!line.some((open) => this.text.startsWith(open, this.#at))) return false;
    const start = this.#at;
    this.#at = endOfLine(this.text, start);
    this.comments.push({ start, end: this.#at });
    return true;
  }

  #literal(): boolean {
    const start = this.#at;
    for (const rule of this.table.literals) {
      const open = this.#peek(rule.open);
      if (open === null) continue;
      const close = rule.close.includes("#")
        ? rule.close.replace("#", /#+/.exec(open)?.[0] ?? "")
        : rule.close;
      const from = start + open.length;
      const to = this.#endOf(rule, close, from);
      if (to === null) continue;
      this.#at = to + close.length;
      const body = { start: from, end: to };
      this.#tokens.push({ kind: "string", start, end: this.#at, rule, body, open, close, isHeredoc: false });
      return true;
    }
    return false;
  }

  /** Where the text of a literal ends; null when nothing ends it. */
  #endOf({ escapes, interpolation, isMultiline }: LiteralRule, close: string, from: number): number | null {
    const key = `${close} ${escapes} ${interpolation ?? ""} ${isMultiline === true ? "" : "line"}`;
    if (from <= (this.#inVain.get(key) ?? -1)) return null;
    let at = from;
    if (escapes === "none" && interpolation === undefined && isMultiline === true && close.length > 0) {
      const end = this.text.indexOf(close, from);
      if (end >= 0) return end;
      at = this.text.length;
    }
    while (at < this.text.length) {
      const unit = this.text[at];
      if (isMultiline !== true && (unit === "\n" || unit === "\r")) break;
      if (this.text.startsWith(close, at)) {
        if (escapes !== "doubled" || !this.text.startsWith(close, at + close.length)) return at;
        at += 2 * close.length;
      } else if (unit === "\\" && escapes !== "doubled" && (escapes !== "none" || close.length === 0)) {
        at += this.text.startsWith("\r\n", at + 1) ? 3 : 2;
      } else {
        at =
          (interpolation === undefined ? null : endOfInterpolation(this.text, at, interpolation)) ?? at + 1;
      }
    }
    this.#inVain.set(key, Math.min(at, this.text.length));
    return null;
  }

  #heredoc(): boolean {
    const rule = this.table.heredocs;
    if (rule === undefined || this.text[this.#at] !== "<") return false;
    rule.open.lastIndex = this.#at;
    const match = rule.open.exec(this.text);
    const body = rule.bodies[match?.groups?.["quote"] ?? ""];
    if (match === null || body === undefined) return false;
    const start = this.#at;
    this.#at += match[0].length;
    const place = { start: this.#at, end: this.#at };
    const literal: Literal = {
      kind: "string",
      start,
      end: this.#at,
      rule: {
        ...body,
        isMultiline: true,
        ...(match.groups?.["runs"] === undefined ? {} : { runs: "shell" }),
      },
      body: place,
      open: match[0],
      close: "",
      isHeredoc: true,
    };
    this.#heredocs.push({ tag: match.groups?.["tag"] ?? "", literal, index: this.#tokens.length });
    this.#tokens.push(literal);
    return true;
  }

  #readHeredoc(tag: string, literal: Literal, index: number): void {
    const start = this.#at;
    while (this.#at < this.text.length) {
      const end = endOfLine(this.text, this.#at);
      const line = this.text.slice(this.#at, Math.min(end, this.#at + 1000)).trim();
      const isEnd = line === tag || (line.startsWith(tag) && /^[;,)]/.test(line.slice(tag.length)));
      const next = end + (this.text.startsWith("\r\n", end) ? 2 : 1);
      if (isEnd) {
        this.#tokens[index] = { ...literal, tag, body: { start, end: this.#at } };
        this.#at = this.text.indexOf(tag, this.#at) + tag.length;
        return;
      }
      this.#at = Math.min(next, this.text.length);
    }
    // No end: what follows is read as the program that it may be.
    this.#at = start;
  }

  /** A regular expression where a value may stand. */
  #regex(): boolean {
    const last = this.#tokens.at(-1);
    const isOperator =
      last !== undefined && (last.kind === "word" || last.kind === "string" || /^[)\]}]$/.test(textOf(last)));
    if (isOperator) return false;
    const start = this.#at;
    for (let at = start + 1; at < this.text.length; at++) {
      const unit = this.text[at];
      if (unit === "\n") return false;
      if (unit === "\\") at += 1;
      else if (unit === "/") {
        this.#at = at + 1;
        this.#tokens.push({ kind: "word", start, end: this.#at, text: "//" });
        return true;
      }
    }
    return false;
  }

  #peek(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.text)?.[0] ?? null;
  }

  #take(pattern: RegExp): string | null {
    const found = this.#peek(pattern);
    this.#at += found?.length ?? 0;
    return found;
  }
}

/** A line that goes on with what the line before began. */
const LEADING = /\s*(?:\.(?=[\p{L}_])|\?\.|&&|\|\|)/uy;

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf("\n", from);
  const end = newline < 0 ? text.length : newline;
  return text[end - 1] === "\r" && end > from ? end - 1 : end;
}

function textOf(token: Token): string {
  return token.kind === "mark" ? token.text : "";
}
