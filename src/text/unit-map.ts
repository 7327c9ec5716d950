import type { Range } from "./edits.ts";

/**
 * Where each code unit of a decoded text stands in the text that it was decoded from. Units in a row that were copied are
 * kept as one stretch, as are those of one escape: a text takes as much room as it has escapes and gaps.
 */
export class UnitMap {
  #length = 0;
  /** First unit of each stretch, and where that stands. */
  readonly #units: number[] = [];
  readonly #starts: number[] = [];
  /** Where the escape ends that a stretch came from; {@link COPIED} for units that stand there one by one. */
  readonly #ends: number[] = [];

  /** Number of units. */
  get length(): number {
    return this.#length;
  }

  /** Adds `count` units that stand one by one from `start` on. */
  copy(start: number, count: number): void {
    if (count <= 0) return;
    const last = this.#units.length - 1;
    const isNext =
      this.#ends[last] === COPIED &&
      (this.#starts[last] ?? 0) + this.#length - (this.#units[last] ?? 0) === start;
    if (!isNext) this.#add(start, COPIED);
    this.#length += count;
  }

  /** Adds `count` units that all stand for `[start, end)`. */
  escape(start: number, end: number, count: number): void {
    if (count <= 0) return;
    this.#add(start, end);
    this.#length += count;
  }

  /** Undefined behind the last unit. */
  startOf(unit: number): number | undefined {
    if (!(unit >= 0 && unit < this.#length)) return undefined;
    return this.#startIn(this.#stretchOf(unit), unit);
  }

  /** Undefined behind the last unit. */
  endOf(unit: number): number | undefined {
    if (!(unit >= 0 && unit < this.#length)) return undefined;
    return this.#endIn(this.#stretchOf(unit), unit);
  }

  /**
   * Where a range of the decoded text stands.
   * @param otherwise the place of what stands in an empty text
   */
  rangeOf({ start, end }: Range, otherwise = 0): Range {
    const from = this.startOf(start) ?? this.endOf(this.#length - 1) ?? otherwise;
    return { start: from, end: end > start ? (this.endOf(end - 1) ?? from) : from };
  }

  /** The first unit, from `from` on, that ends behind a place; the length when there is none. */
  firstEndingBehind(place: number, from: number): number {
    return this.#first(from, (stretch, unit) => place - this.#endIn(stretch, unit) + 1);
  }

  /** The first unit, from `from` on, that starts at a place or behind it; the length when there is none. */
  firstStartingAt(place: number, from: number): number {
    return this.#first(from, (stretch, unit) => place - this.#startIn(stretch, unit));
  }

  /** @param missing how far a unit is from what is looked for, in a stretch that was copied as many units */
  #first(from: number, missing: (stretch: number, unit: number) => number): number {
    if (from >= this.#length) return this.#length;
    for (let stretch = this.#stretchOf(from); stretch < this.#units.length; stretch++) {
      const unit = Math.max(from, this.#units[stretch] ?? 0);
      const far = Math.max(0, missing(stretch, unit));
      const end = this.#units[stretch + 1] ?? this.#length;
      if (far === 0) return unit;
      if (this.#ends[stretch] === COPIED && unit + far < end) return unit + far;
    }
    return this.#length;
  }

  #startIn(stretch: number, unit: number): number {
    const start = this.#starts[stretch] ?? 0;
    return this.#ends[stretch] === COPIED ? start + unit - (this.#units[stretch] ?? 0) : start;
  }

  #endIn(stretch: number, unit: number): number {
    const end = this.#ends[stretch] ?? 0;
    return end === COPIED ? this.#startIn(stretch, unit) + 1 : end;
  }

  /** The last stretch that begins at a unit or before it. */
  #stretchOf(unit: number): number {
    let low = 0;
    let high = this.#units.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#units[middle] ?? 0) <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #add(start: number, end: number): void {
    this.#units.push(this.#length);
    this.#starts.push(start);
    this.#ends.push(end);
  }
}

const COPIED = -1;
