import type { Command, Redirected, Word as WordNode } from "unbash";
import type { Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import { decoded, type Segment, segmentsOf } from "./decode.ts";
import { ARGUMENTS, type Place, type Setting, type Settings } from "./settings.ts";

/** Texts that hold texts that hold texts: more than this is not followed. */
const MAX_DEPTH = 8;
/** A text that doubles with each line grows without end. */
const MAX_SEGMENTS = 400;

/** `$NAME`, `${NAME}` */
const NAME = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})$/;

/** A text put together from literals, and the expansions on the way there. */
interface Held {
  readonly segments: readonly Segment[];
  /** Where they stand in the fragment's text. */
  readonly uses: readonly number[];
  readonly nodes: readonly WordNode[];
}

/**
 * What the variables of one script hold, as places in the script, so that it can be changed there; and who else uses them:
 * a text that is also used in a way that nobody follows changes for someone unknown.
 */
export class HeldTexts {
  /** Expansions that are accounted for, by their offsets. */
  readonly #followed = new Set<number>();
  readonly #used = new Set<WordNode>();
  #origins = 0;

  /** @param certain the settings that give a name its value at a place, see `Variables` */
  constructor(
    private readonly fragment: Fragment,
    private readonly settings: Settings,
    private readonly certain: (name: string, place: Place) => readonly Setting[] | undefined,
  ) {}

  /** Segments of a word of a command with those of the variables that they name; the same where none is certain. */
  filledIn(segments: readonly Segment[], node: Command | Redirected): readonly Segment[] {
    const held = this.#filled(segments, this.settings.placeOf(node), 0);
    if (held === undefined || held.uses.length === 0) return segments;
    const isMixed = held.segments.some(({ start }, i, all) => start < (all[i - 1]?.start ?? 0));
    // A text that is put together out of order cannot have holes of its own.
    if (isMixed && held.segments.some((segment) => this.fragment.holesIn(segment).length > 0))
      return segments;
    for (const use of held.uses) this.#followed.add(use);
    for (const each of held.nodes) this.#used.add(each);
    return held.segments;
  }

  /** What stands in a range uses texts only to show them. */
  showIn({ start, end }: Range): void {
    for (const { index } of this.fragment.text.slice(start, end).matchAll(/\$/g))
      this.#followed.add(start + index);
  }

  /** The elements of an array at a place are followed, with the expansion at an offset. */
  follow(use: number, nodes: readonly WordNode[]): void {
    this.#followed.add(use);
    for (const node of nodes) this.#used.add(node);
  }

  /** Literals that variables are set to, and that nothing so far has followed. */
  unused(): readonly { readonly node: WordNode; readonly segments: readonly Segment[] }[] {
    return [...this.settings.names].flatMap((name) =>
      this.settings.of(name).flatMap(({ value, scoped }) => {
        const [node, more] = value.kind === "oneOf" && !value.split && !scoped ? value.words : [];
        if (node === undefined || more !== undefined || this.#used.has(node)) return [];
        const segments = segmentsOf(node, this.fragment.text);
        return segments === null ? [] : [{ node, segments }];
      }),
    );
  }

  /** Stretches of the source that variables hold which are also used in ways that are not followed. */
  usedElsewhere(): readonly Range[] {
    const names = [...this.settings.names].filter((name) => {
      const settings = this.settings.of(name);
      const isHeld = settings.some((setting) => wordsOf(setting).some((word) => this.#used.has(word)));
      return isHeld && (this.settings.isExported(name) || this.#hasOtherUses(name));
    });
    return names.flatMap((name) =>
      this.settings
        .of(name)
        .flatMap(wordsOf)
        .map(({ pos, end }) => this.fragment.toSource({ start: pos, end })),
    );
  }

  #hasOtherUses(name: string): boolean {
    const { text } = this.fragment;
    const uses = name === ARGUMENTS ? /\$\{?[@*]/g : new RegExp(String.raw`\$(?:\{!?)?${name}\b`, "g");
    return [...text.matchAll(uses)].some(({ index }) => {
      const line = text.slice(text.lastIndexOf("\n", index - 1) + 1, index);
      return !this.#followed.has(index) && !/(?:^|\s)#(?:\s|$)/.test(line);
    });
  }

  #filled(segments: readonly Segment[], place: Place, depth: number): Held | undefined {
    const filled: Segment[] = [];
    const uses: number[] = [];
    const nodes: WordNode[] = [];
    for (const segment of segments) {
      const code = segment.kind === "code" ? this.fragment.text.slice(segment.start, segment.end) : "";
      const [, plain, braced] = NAME.exec(code) ?? [];
      const name = plain ?? braced;
      const held = name === undefined ? undefined : this.#held(name, place, depth);
      if (held === undefined || !this.#isSeveralWords(held)) filled.push(segment);
      else {
        filled.push(...held.segments);
        uses.push(segment.start, ...held.uses);
        nodes.push(...held.nodes);
      }
      if (filled.length > MAX_SEGMENTS) return undefined;
    }
    return { segments: filled, uses, nodes };
  }

  /** One word stays the value that it is: the release in a variable, the path of a program. */
  #isSeveralWords({ segments }: Held): boolean {
    const texts = segments.map((segment) =>
      segment.kind === "text" ? decoded(segment, this.fragment.text) : "x",
    );
    return /\S\s+\S/.test(texts.join(""));
  }

  #held(name: string, place: Place, depth: number): Held | undefined {
    const settings = depth > MAX_DEPTH ? undefined : this.certain(name, place);
    const all: Segment[] = [];
    const uses: number[] = [];
    const nodes: WordNode[] = [];
    for (const setting of settings ?? []) {
      const [node, more] = setting.value.kind === "oneOf" && !setting.value.split ? setting.value.words : [];
      const own = node === undefined || more !== undefined ? null : segmentsOf(node, this.fragment.text);
      const held = own === null ? undefined : this.#filled(own, setting.place, depth + 1);
      if (node === undefined || held === undefined) return undefined;
      const origin = ++this.#origins;
      all.push(...held.segments.map((segment) => ({ ...segment, origin: segment.origin ?? origin })));
      uses.push(...held.uses);
      nodes.push(node, ...held.nodes);
    }
    return settings === undefined ? undefined : { segments: all, uses, nodes };
  }
}

function wordsOf({ value }: Setting): readonly WordNode[] {
  if (value.kind === "array") return value.elements;
  return value.kind === "oneOf" ? value.words : [];
}
