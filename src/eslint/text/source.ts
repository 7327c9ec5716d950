import type { LanguageId } from "../../languages/language.ts";
import { LineIndex } from "../../text/lines.ts";
import { type Comment, type Directive, directivesIn } from "./directives.ts";

/** The whole file: the only node that our tree has. */
export interface Root {
  readonly type: "GadgetMigrateText";
  readonly range: readonly [number, number];
}

/** Lines and columns start at 1. */
interface Location {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** One visit of a node, on the way in (1) or out (2). */
interface Step {
  readonly kind: 1;
  readonly target: Root;
  readonly phase: 1 | 2;
  readonly args: [Root];
}

/** A text as ESLint sees it: the interface `TextSourceCode` of its languages. What it is about is told on demand. */
export class TextSource {
  readonly ast: Root;
  readonly text: string;
  readonly hasBOM: boolean;
  readonly #language: LanguageId | null;
  #index: LineIndex | undefined;
  #lines: string[] | undefined;
  #directives: readonly Directive[] | undefined;

  /** @param text without a BOM */
  constructor(
    text: string,
    { language, hasBOM }: { readonly language: LanguageId | null; readonly hasBOM: boolean },
  ) {
    this.text = text;
    this.hasBOM = hasBOM;
    this.ast = { type: "GadgetMigrateText", range: [0, text.length] };
    this.#language = language;
  }

  get lines(): string[] {
    return (this.#lines ??= this.text.split(/\r\n|\n|\r/));
  }

  getRange(node: Root | Comment): [number, number] {
    return "range" in node ? [...node.range] : [node.start, node.end];
  }

  getLoc(node: Root | Comment): Location {
    const [start, end] = this.getRange(node);
    return { start: this.getLocFromIndex(start), end: this.getLocFromIndex(end) };
  }

  getLocFromIndex(offset: number): Location["start"] {
    const { line, column } = (this.#index ??= new LineIndex(this.text)).position(offset);
    return { line, column };
  }

  getIndexFromLoc({ line, column }: Location["start"]): number {
    return (this.#index ??= new LineIndex(this.text)).start(line) + column - 1;
  }

  getText(node: Root | Comment = this.ast, before = 0, after = 0): string {
    const [start, end] = this.getRange(node);
    return this.text.slice(Math.max(0, start - before), end + after);
  }

  getParent(): Root | undefined {
    return undefined;
  }

  getAncestors(): Root[] {
    return [];
  }

  traverse(): readonly Step[] {
    const step = (phase: 1 | 2): Step => ({ kind: 1, target: this.ast, phase, args: [this.ast] });
    return [step(1), step(2)];
  }

  get comments(): Comment[] {
    return this.getInlineConfigNodes();
  }

  /** For rules of JavaScript that a configuration without `files` brings here: they ask before they look at any node. */
  getAllComments(): Comment[] {
    return this.comments;
  }

  getInlineConfigNodes(): Comment[] {
    return this.#allDirectives().map(({ node }) => node);
  }

  getDisableDirectives(): { readonly directives: Directive[]; readonly problems: [] } {
    return { directives: [...this.#allDirectives()], problems: [] };
  }

  #allDirectives(): readonly Directive[] {
    return (this.#directives ??= directivesIn(this.text, this.#language));
  }
}
