/** A place for people: lines and columns start at 1; `offset` counts UTF-16 code units, a BOM included. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** Finds line and column of offsets in one text. Lines end with `\n`, `\r\n` or a lone `\r`. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #bom: number;

  constructor(text: string) {
    this.#bom = text.startsWith("\uFEFF") ? 1 : 0;
    const lineEnd = /\r\n|\n|\r/g;
    while (lineEnd.exec(text) !== null) this.#starts.push(lineEnd.lastIndex);
  }

  /** @param offset from 0 to the text's length; a BOM counts in it, but not in the column */
  position(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const column = offset - (this.#starts[low] ?? 0) + 1 - (low === 0 ? this.#bom : 0);
    return { line: low + 1, column: Math.max(1, column), offset };
  }

  /** Offset of the first code unit of a line (from 1); the text's last line start when there are fewer. */
  start(line: number): number {
    return this.#starts[Math.min(line, this.#starts.length) - 1] ?? 0;
  }
}
