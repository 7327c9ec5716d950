import type { Edit, Range } from "./edits.ts";

/**
 * A range of a fragment's text that stands for a value nobody knows before the program runs: a template action,
 * a Make variable, a format verb, a `<placeholder>`. The text there is filler of the same length; `code` is what
 * the source says. `words` tells whether the value is one word or may be none or several.
 */
export interface Hole extends Range {
  readonly code: string;
  readonly words: "one" | "any";
}

/**
 * Writes new text for `at` (a range of the fragment's own text) so that it is legal in the parent's text: escapes,
 * indentation, quotes. Null when this place cannot hold the text.
 */
export type Encoder = (text: string, at: Range) => string | null;

/** How a fragment was decoded from its parent: unit `i` of `text` stands at `[starts[i], ends[i])` of the parent's text. */
export interface Piece {
  readonly text: string;
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
  readonly encode: Encoder;
}

/**
 * Decoded text of one place in a file, with the way back to the source. Fragments nest (shell in a YAML scalar in a
 * Helm template); whoever reads one never knows how deep it is. All offsets are UTF-16 code units.
 */
export class Fragment {
  readonly #parent: Fragment | undefined;
  readonly #piece: Piece | undefined;

  private constructor(
    readonly text: string,
    readonly holes: readonly Hole[],
    parent?: Fragment,
    piece?: Piece,
  ) {
    this.#parent = parent;
    this.#piece = piece;
  }

  /** The whole of a file. `masked` has the length of the source and hides what the language's parser must not see. */
  static of(source: string, masked: string = source, holes: readonly Hole[] = []): Fragment {
    if (masked.length !== source.length) throw new RangeError("a mask must keep the length");
    return new Fragment(masked, holes);
  }

  /** The same place with more of it masked; `masked` has the length of this text, `holes` are those of the new mask. */
  remasked(masked: string, holes: readonly Hole[]): Fragment {
    const starts = Uint32Array.from({ length: masked.length }, (_, i) => i);
    const ends = starts.map((i) => i + 1);
    const piece: Piece = { text: masked, starts, ends, encode: (text) => text };
    const all = [...this.holes, ...holes].sort((a, b) => a.start - b.start);
    return new Fragment(masked, all, this, piece);
  }

  /** A fragment inside this one. Holes of this text that it covers are its holes too. */
  child(piece: Piece): Fragment {
    return new Fragment(piece.text, inheritHoles(this.holes, piece), this, piece);
  }

  /** The part `[start, end)` of this text, unchanged, as a fragment of its own. */
  slice(start: number, end: number, encode: Encoder = (text) => text): Fragment {
    const builder = new PieceBuilder();
    builder.copy(this.text, start, end);
    return this.child(builder.build(encode));
  }

  /** Where a range of this text stands in the source of the file. */
  toSource(range: Range): Range {
    if (this.#parent === undefined) return { start: range.start, end: range.end };
    return this.#parent.toSource(this.#toParent(range));
  }

  /** An edit of this text as an edit of the source; null when one of the levels cannot hold the new text. */
  toSourceEdit(edit: Edit): Edit | null {
    if (this.#parent === undefined || this.#piece === undefined) return edit;
    const text = this.#piece.encode(edit.text, edit);
    return text === null ? null : this.#parent.toSourceEdit({ ...this.#toParent(edit), text });
  }

  #toParent({ start, end }: Range): Range {
    const piece = this.#piece;
    if (piece === undefined) return { start, end };
    const { starts, ends } = piece;
    const from = starts[start] ?? ends[ends.length - 1] ?? 0;
    return { start: from, end: end > start ? (ends[end - 1] ?? from) : from };
  }
}

/** Collects decoded text with its places in the parent's text, in order. */
export class PieceBuilder {
  #text = "";
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** `[start, end)` of the parent's text, which decodes to itself. */
  copy(parentText: string, start: number, end: number): void {
    this.#text += parentText.slice(start, end);
    for (let i = start; i < end; i++) {
      this.#starts.push(i);
      this.#ends.push(i + 1);
    }
  }

  /** An escape (or a folded line end): `[start, end)` of the parent's text decodes to `text`. */
  escape(text: string, start: number, end: number): void {
    this.#text += text;
    for (let i = 0; i < text.length; i++) {
      this.#starts.push(start);
      this.#ends.push(end);
    }
  }

  /** @param encode the way back, see {@link Encoder} */
  build(encode: Encoder): Piece {
    return { text: this.#text, starts: this.#starts, ends: this.#ends, encode };
  }
}

function inheritHoles(holes: readonly Hole[], { starts, ends }: Piece): readonly Hole[] {
  const inherited: Hole[] = [];
  let from = 0;
  for (const hole of holes) {
    let start = from;
    while (start < starts.length && (ends[start] ?? 0) <= hole.start) start++;
    let end = start;
    while (end < starts.length && (starts[end] ?? 0) < hole.end) end++;
    if (end > start) inherited.push({ ...hole, start, end });
    from = end;
  }
  return inherited;
}
