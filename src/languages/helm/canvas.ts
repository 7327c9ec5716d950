import type { Range } from "../../text/edits.ts";
import type { Hole } from "../../text/fragment.ts";

/** A text that is painted over, and what is known of the places that were. Offsets are of the text. */
export class Canvas {
  /** What stands for a value, or hides it. */
  readonly holes: Hole[] = [];
  /** Places that no edit may take away. */
  readonly guarded: Range[] = [];
  readonly #source: string;
  readonly #chars: string[];

  constructor(source: string) {
    this.#source = source;
    this.#chars = Array.from({ length: source.length }, (_, i) => source.charAt(i));
  }

  text(): string {
    return this.#chars.join("");
  }

  /** A comment up to the end of a line. */
  commentOut({ start, end }: Range): void {
    this.write({ start, end }, "x");
    this.put(start, "#");
    this.holes.push({ start, end, code: this.#source.slice(start, end), words: "any" });
    this.guarded.push({ start, end });
  }

  /** Letters for a value. */
  fill({ start, end }: Range, words: Hole["words"]): void {
    this.write({ start, end }, "x");
    this.holes.push({ start, end, code: this.#source.slice(start, end), words });
  }

  /** Blanks for what prints nothing. */
  blank({ start, end }: Range): void {
    this.write({ start, end }, " ");
    this.holes.push({ start, end, code: this.#source.slice(start, end), words: "any" });
    this.guarded.push({ start, end });
  }

  /** One unit all over a place. */
  write({ start, end }: Range, char: string): void {
    this.#chars.fill(char, start, end);
  }

  /** Text at an offset. */
  put(at: number, text: string): void {
    for (let i = 0; i < text.length; i++) this.#chars[at + i] = text.charAt(i);
  }

  /** What a place shows now. */
  slice({ start, end }: Range): string {
    return this.#chars.slice(start, end).join("");
  }
}
