import { JqSyntaxError, type Token, tokenAt } from "./lexer.ts";

/** Where a reader of a jq program stands: at one token, with what came before it behind. Methods throw JqSyntaxError. */
export class Tokens {
  /** The next one to read. */
  token: Token;
  /** Where the one before ended. */
  end = 0;

  constructor(readonly text: string) {
    this.token = tokenAt(text, 0);
  }

  advance(): void {
    this.jumpTo(this.token.end);
  }

  /** Goes on with the token at `offset`, wherever the last one ended. */
  jumpTo(offset: number): void {
    this.end = offset;
    this.token = tokenAt(this.text, offset);
  }

  take(kind: Token["kind"]): Token {
    const { token } = this;
    if (token.kind !== kind) this.fail();
    this.advance();
    return token;
  }

  skip(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.advance();
    return true;
  }

  expect(symbol: string): void {
    if (!this.skip(symbol)) this.fail();
  }

  skipWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.advance();
    return true;
  }

  expectWord(word: string): void {
    if (!this.skipWord(word)) this.fail();
  }

  isAtEnd(): boolean {
    return this.token.kind === "end";
  }

  isSymbol(symbol: string): boolean {
    return this.token.kind === "symbol" && this.token.text === symbol;
  }

  isWord(word: string): boolean {
    return this.token.kind === "word" && this.token.text === word;
  }

  fail(): never {
    throw new JqSyntaxError(`unexpected ${this.token.text} at ${this.token.start}`);
  }
}
