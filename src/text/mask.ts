import type { Range } from "./edits.ts";
import type { Fragment, Hole } from "./fragment.ts";

/**
 * Hides parts of a fragment from its parser without moving anything: blanks where the parser must see nothing, letters
 * where it must see a part of a word. What is hidden stays known as a hole.
 */
export class Mask {
  readonly #fragment: Fragment;
  readonly #holes: (Hole & { readonly filler: string })[] = [];

  constructor(fragment: Fragment) {
    this.#fragment = fragment;
  }

  /** Letters for a value that is known only later. */
  fill(range: Range, words: Hole["words"]): void {
    this.#add(range, words, "x");
  }

  /** Blanks for something that is no value (`{{ if .ns }}`); line ends stay. */
  blank(range: Range): void {
    this.#add(range, "any", " ");
  }

  /** The fragment with all of it hidden. Ranges must not overlap each other. */
  apply(): Fragment {
    if (this.#holes.length === 0) return this.#fragment;
    const holes = this.#holes.sort((a, b) => a.start - b.start);
    const { text } = this.#fragment;
    let masked = "";
    let at = 0;
    for (const { start, end, filler } of holes) {
      const hidden = text.slice(start, end);
      masked += text.slice(at, start) + hidden.replace(filler === " " ? /[^\n]/g : /[^]/g, filler);
      at = end;
    }
    masked += text.slice(at);
    return this.#fragment.remasked(
      masked,
      holes.map(({ start, end, code, words }) => ({ start, end, code, words })),
    );
  }

  #add({ start, end }: Range, words: Hole["words"], filler: string): void {
    this.#holes.push({ start, end, words, filler, code: this.#fragment.code({ start, end }) });
  }
}
