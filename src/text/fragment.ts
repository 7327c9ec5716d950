import { type Edit, overlaps, type Range } from "./edits.ts";
import { UnitMap } from "./unit-map.ts";

/**
 * A range of a fragment's text that stands for a value nobody knows before the program runs: a template action,
 * a Make variable, a format verb, a `<placeholder>`. The text there is filler of the same length; `code` is what
 * the source says. `words` tells whether the value is one word or may be none or several.
 */
export interface Hole extends Range {
  readonly code: string;
  readonly words: "one" | "any";
  /** The values that the file gives it, where it gives only literal ones, each one word; see `Dynamic`. */
  readonly known?: readonly string[];
}

/**
 * Writes new text for `at` (a range of the fragment's own text) so that it is legal in the parent's text: escapes,
 * indentation, quotes. Null when this place cannot hold the text.
 */
export type Encoder = (text: string, at: Range) => string | null;

/** How a fragment was decoded from its parent. */
export interface Piece {
  readonly text: string;
  /** Where each unit of `text` stands in the parent's text. */
  readonly units: UnitMap;
  readonly encode: Encoder;
  /** Ranges of `text` that the parent's language fills in (`${ns}` of a template literal); `code` as the parent's text has it. */
  readonly holes?: readonly Hole[];
}

/**
 * Decoded text of one place in a file, with the way back to the source. Fragments nest (shell in a YAML scalar in a
 * Helm template); whoever reads one never knows how deep it is. All offsets are UTF-16 code units.
 */
export class Fragment {
  readonly #parent: Fragment | undefined;
  /** Undefined: unit for unit as the parent. */
  readonly #piece: Piece | undefined;
  /** Codes of the holes that this level made: raw text of the level above. */
  readonly #made: ReadonlySet<string>;

  private constructor(
    /** The whole file as it was read. */
    readonly source: string,
    readonly text: string,
    /** In order; they do not overlap. */
    readonly holes: readonly Hole[],
    made: readonly Hole[],
    parent?: Fragment,
    piece?: Piece,
  ) {
    this.#made = new Set(made.map((hole) => hole.code));
    this.#parent = parent;
    this.#piece = piece;
  }

  /** The whole of a file. `masked` has the length of the source and hides what the language's parser must not see. */
  static of(source: string, masked: string = source, holes: readonly Hole[] = []): Fragment {
    if (masked.length !== source.length) throw new RangeError("a mask must keep the length");
    return new Fragment(source, masked, holes, holes);
  }

  /** The same place with more of it masked; `masked` has the length of this text, `holes` are those of the new mask. */
  remasked(masked: string, holes: readonly Hole[]): Fragment {
    if (masked.length !== this.text.length) throw new RangeError("a mask must keep the length");
    return new Fragment(this.source, masked, inOrder(this.holes, holes), holes, this);
  }

  /** A fragment inside this one. Holes of this text that it covers are its holes too. */
  child(piece: Piece): Fragment {
    const { text, holes = [] } = piece;
    const inherited = inheritHoles(this.holes, piece).filter(
      (hole) => !holes.some((own) => overlaps(hole, own)),
    );
    return new Fragment(this.source, text, inOrder(inherited, holes), holes, this, piece);
  }

  /** The part `[start, end)` of this text, unchanged, as a fragment of its own. */
  slice(start: number, end: number, encode: Encoder = (text) => text): Fragment {
    const builder = new PieceBuilder();
    builder.copy(this.text, start, end);
    return this.child(builder.build(encode));
  }

  /** Holes that share a code unit with a range of this text. */
  holesIn({ start, end }: Range): readonly Hole[] {
    if (this.holes.length === 0) return this.holes;
    const found: Hole[] = [];
    for (let i = this.#firstHoleBehind(start); i < this.holes.length; i++) {
      const hole = this.holes[i];
      if (hole === undefined || hole.start >= end) break;
      found.push(hole);
    }
    return found;
  }

  /** Index of the first hole that ends behind an offset. */
  #firstHoleBehind(offset: number): number {
    let low = 0;
    let high = this.holes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.holes[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The text of a range as one would paste it back: the holes in it as their code. */
  code({ start, end }: Range): string {
    let code = "";
    let at = start;
    for (const hole of this.holesIn({ start, end })) {
      code += this.text.slice(at, Math.max(at, hole.start)) + hole.code;
      at = Math.max(at, hole.end);
    }
    return code + this.text.slice(at, Math.max(at, end));
  }

  /** Where this text stands in the source of the file. */
  get place(): Range {
    return this.toSource({ start: 0, end: this.text.length });
  }

  /** Where a range of this text stands in the source of the file. */
  toSource(range: Range): Range {
    const { start, end } = this.#piece === undefined ? range : this.#piece.units.rangeOf(range);
    return this.#parent === undefined ? { start, end } : this.#parent.toSource({ start, end });
  }

  /**
   * An edit of this text as an edit of the source; null when one of the levels cannot hold the new text, or the edit cuts
   * an escape in two. The code of a hole in the new text reaches the level that it is written in as it is: no level
   * between quotes or escapes it.
   */
  toSourceEdit(edit: Edit): Edit | null {
    const kept = new Map<string, string>();
    let { text } = edit;
    for (const code of this.#codes()) {
      if (!text.includes(code)) continue;
      if (this.text.includes(code)) return null;
      const standIn = unusedWord(text, kept.size);
      text = text.replaceAll(code, standIn);
      kept.set(standIn, code);
    }
    return this.#lift({ start: edit.start, end: edit.end, text }, kept);
  }

  #lift({ start, end, text }: Edit, kept: ReadonlyMap<string, string>): Edit | null {
    const piece = this.#piece;
    const encoded = piece === undefined ? text : piece.encode(text, { start, end });
    if (encoded === null || (piece !== undefined && !canPlace(piece, { start, end }))) return null;
    const place = piece === undefined ? { start, end } : piece.units.rangeOf({ start, end });
    const lifted = { ...place, text: this.#release(encoded, kept) };
    return this.#parent === undefined ? lifted : this.#parent.#lift(lifted, kept);
  }

  /** Puts back the codes of the holes that this level made. */
  #release(text: string, kept: ReadonlyMap<string, string>): string {
    let released = text;
    for (const [standIn, code] of kept) {
      if (this.#made.has(code)) released = released.replaceAll(standIn, () => code);
    }
    return released;
  }

  /** Codes of all holes, once each, the longest first (`$NS` before `$N`). */
  #codes(): readonly string[] {
    const codes = new Set(this.holes.map((hole) => hole.code));
    codes.delete("");
    return [...codes].sort((a, b) => b.length - a.length);
  }
}

/** Whether a range of the text has a place of its own in the parent's: no end of it lies inside of one escape. */
function canPlace({ units }: Piece, { start, end }: Range): boolean {
  const splitsUnit = (at: number): boolean =>
    at > 0 &&
    at < units.length &&
    units.startOf(at) === units.startOf(at - 1) &&
    units.endOf(at) === units.endOf(at - 1);
  return units.length > 0 && !splitsUnit(start) && !splitsUnit(end);
}

/** A word of letters that `text` lacks; letters pass every encoder unchanged. */
function unusedWord(text: string, index: number): string {
  let word = `hole${index}x`;
  while (text.includes(word)) word += "x";
  return word;
}

function inOrder(a: readonly Hole[], b: readonly Hole[]): readonly Hole[] {
  if (b.length === 0) return a;
  return [...a, ...b].sort((first, second) => first.start - second.start);
}

/** Collects decoded text with its places in the parent's text, in order. */
export class PieceBuilder {
  #text = "";
  readonly #units = new UnitMap();
  readonly #holes: Hole[] = [];

  /** Length of the text so far. */
  get length(): number {
    return this.#text.length;
  }

  /** `[start, end)` of the parent's text, which decodes to itself. */
  copy(parentText: string, start: number, end: number): void {
    const text = parentText.slice(start, end);
    this.#text += text;
    this.#units.copy(start, text.length);
  }

  /** An escape (or a folded line end): `[start, end)` of the parent's text decodes to `text`. */
  escape(text: string, start: number, end: number): void {
    this.#text += text;
    this.#units.escape(start, end, text.length);
  }

  /** A value that the parent's language fills in at `[start, end)` of its text: letters as long as its code. */
  hole(value: Omit<Hole, "start" | "end">, start: number, end: number): void {
    const from = this.#text.length;
    this.escape("x".repeat(Math.max(1, value.code.length)), start, end);
    this.#holes.push({ ...value, start: from, end: this.#text.length });
  }

  /** @param encode the way back, see {@link Encoder} */
  build(encode: Encoder): Piece {
    return { text: this.#text, units: this.#units, encode, holes: this.#holes };
  }
}

function inheritHoles(holes: readonly Hole[], { units }: Piece): readonly Hole[] {
  const inherited: Hole[] = [];
  let from = 0;
  for (const hole of holes) {
    const start = units.firstEndingBehind(hole.start, from);
    const end = units.firstStartingAt(hole.end, start);
    if (end > start) inherited.push({ ...hole, start, end });
    from = end;
  }
  return inherited;
}
