import { readBinding, readDefinition, readLabel } from "./definitions.ts";
import { JqSyntaxError } from "./lexer.ts";
import { readCommas } from "./operators.ts";
import { readPostfix } from "./terms.ts";
import { Tokens } from "./tokens.ts";
import type { JqNode } from "./tree.ts";

/** The tree of a jq program; null when it breaks the grammar, or takes code from other files (`import`). Never throws. */
export function parseJq(text: string): JqNode | null {
  try {
    return new Parser(text).program();
  } catch (error) {
    if (error instanceof JqSyntaxError) return null;
    throw error;
  }
}

/** Programs that people write are not deeper, nor lists of operators and suffixes longer. */
const MAX_DEPTH = 200;
const MAX_CHAIN = 400;

/** What the parts of the grammar reach each other by: each may hold any other. Methods throw JqSyntaxError. */
export class Parser extends Tokens {
  #depth = 0;

  program(): JqNode {
    if (this.isAtEnd()) return { kind: "identity", start: 0, end: 0 };
    const node = this.pipe();
    if (!this.isAtEnd()) this.fail();
    return node;
  }

  /**
   * A whole program, as brackets hold it too.
   * @param commas whether `,` makes a list here; not in the values of an object
   */
  pipe(commas = true): JqNode {
    return this.nested(() => this.#pipe(commas));
  }

  #pipe(commas: boolean): JqNode {
    if (this.isWord("def")) return readDefinition(this);
    if (this.isWord("label")) return readLabel(this, commas);
    const left = readCommas(this, commas);
    if (this.isWord("as")) return readBinding(this, left, commas);
    if (!this.skip("|")) return left;
    const right = this.pipe(commas);
    return { kind: "pipe", left, right, start: left.start, end: right.end };
  }

  /** A term with all its suffixes. */
  postfix(): JqNode {
    return this.nested(() => readPostfix(this));
  }

  nested<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) this.fail();
    const result = read();
    this.#depth--;
    return result;
  }

  /** @param length how many operators or suffixes were read in a row */
  limit(length: number): void {
    if (length > MAX_CHAIN) this.fail();
  }
}
