import { parse, postprocess, preprocess } from "micromark";
import { gfmTable } from "micromark-extension-gfm-table";
import { attributesIn, modulesIn, without } from "./mdx.ts";
import { commandAlone } from "./session.ts";
import type { Range } from "../../text/edits.ts";

/** A run of text on one line, or the end of a line. What stands between two parts (`> `, indentation) is no text. */
export interface Part extends Range {
  readonly isLineEnd: boolean;
}

/** A place of a document that shows code; offsets are of the document's text. */
export type Place =
  /** A code block; `info` is what stands behind the opening fence, empty when there is nothing. */
  | { readonly kind: "block"; readonly parts: readonly Part[]; readonly info: string }
  | { readonly kind: "span"; readonly parts: readonly Part[]; readonly inTable: boolean }
  /** A table cell that has plain text only. */
  | { readonly kind: "cell"; readonly parts: readonly Part[] }
  /** A line of a paragraph that is a command, label and prompt left out. */
  | { readonly kind: "line"; readonly parts: readonly Part[] }
  /** A block of HTML. */
  | { readonly kind: "html"; readonly parts: readonly Part[] }
  /** `<code>` in a sentence. */
  | { readonly kind: "html-span"; readonly parts: readonly Part[] }
  /** The value that a tag of MDX gives to what it shows. */
  | { readonly kind: "attribute"; readonly parts: readonly [Part] };

export interface PlaceOptions {
  /** Tags do not make what they hold HTML, and indentation makes no code. */
  readonly isMdx: boolean;
  /** Whether settings between `---` or `+++` may stand first. */
  readonly frontMatter: boolean;
}

/** All places with code, in order. */
export function placesOf(text: string, { isMdx, frontMatter }: PlaceOptions): readonly Place[] {
  const extensions = [...(MAY_HOLD_TABLE.test(text) ? [gfmTable()] : []), ...(isMdx ? [MDX] : [])];
  const prose = frontMatter ? withoutFrontMatter(text) : text;
  const source = withoutMark(isMdx ? without(prose, modulesIn(prose)) : prose);
  const chunks = preprocess()(source, undefined, true);
  const collector = new Collector(text, isMdx);
  for (const [kind, token] of postprocess(parse({ extensions }).document().write(chunks))) {
    const range = { start: token.start.offset, end: token.end.offset };
    if (kind === "enter") collector.enter(token.type, range);
    else collector.exit(token.type, range);
  }
  return collector.places;
}

/** What no table lacks, and most documents do: to look for tables makes each line take longer. */
const MAY_HOLD_TABLE = /\||:-|-:/;

const MDX = { disable: { null: ["codeIndented", "htmlFlow"] } };

/** The parser leaves a byte order mark out of its offsets; an empty line in its place changes nothing else. */
function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? `\n${text.slice(1)}` : text;
}

const FRONT_MATTER = /^\uFEFF?(---|\+\+\+)[ \t]*(?:\r?\n[^]*?)?\r?\n\1[ \t]*(?=\r?\n|$)/;

/** The settings in YAML that a document begins with; null when there are none. */
export function settingsOf(text: string): Range | null {
  const [found, mark] = FRONT_MATTER.exec(text) ?? [];
  if (found === undefined || mark !== "---") return null;
  return { start: found.indexOf("\n") + 1, end: found.lastIndexOf("\n") + 1 };
}

/** Blanks in its place, so that offsets stay. */
function withoutFrontMatter(text: string): string {
  const found = FRONT_MATTER.exec(text)?.[0];
  return found === undefined ? text : found.replace(/[^\r\n]/g, " ") + text.slice(found.length);
}

/** Types of the parser's tokens that hold text of the place that is open. */
const TEXT_TYPES = new Set(["codeFlowValue", "codeTextData", "htmlFlowData"]);
const HEADINGS = new Set(["atxHeading", "setextHeading"]);
const CODE_TAG = /^<(?:code|kbd|samp|tt)(?:\s[^>]*)?>$/i;
const CODE_END = /^<\/(?:code|kbd|samp|tt)\s*>$/i;

/** Follows the parser's tokens, each entered and left. */
class Collector {
  readonly places: Place[] = [];
  readonly #text: string;
  #parts: Part[] = [];
  #info = "";
  #inOpeningFence = false;
  /** Between the tags of a code element in a sentence. */
  #inHtmlSpan = false;
  #headings = 0;
  #tables = 0;
  #dataCells = 0;
  /** Whether the cell so far has plain text only. */
  #plainCell = false;
  /** What is read of a line so far; null: it has markup. */
  #line: Range | null = null;
  readonly #links: { readonly places: number; hasTarget: boolean }[] = [];

  constructor(
    text: string,
    private readonly isMdx: boolean,
  ) {
    this.#text = text;
  }

  enter(type: string, range: Range): void {
    if (type !== "data" && type !== "tableContent") this.#plainCell = false;
    if (this.#inHtmlSpan && !IN_HTML_SPAN.has(type)) this.#inHtmlSpan = false;
    switch (type) {
      case "codeFenced":
        this.#open();
        this.#inOpeningFence = true;
        break;
      case "codeIndented":
      case "codeText":
      case "htmlFlow":
        this.#open();
        break;
      case "tableContent":
        this.#plainCell = this.#dataCells > 0;
        if (this.#plainCell) this.#open();
        break;
      case "table":
        this.#tables += 1;
        break;
      case "tableData":
        this.#dataCells += 1;
        break;
      case "link":
      case "image":
        this.#links.push({ places: this.places.length, hasTarget: false });
        break;
      case "lineEnding":
        if (this.#inOpeningFence) this.#inOpeningFence = false;
        else this.#parts.push({ ...range, isLineEnd: true });
        break;
      default:
        if (HEADINGS.has(type)) this.#headings += 1;
        if (TEXT_TYPES.has(type)) this.#parts.push({ ...range, isLineEnd: false });
    }
    if (type === "data" && this.#headings === 0 && this.#tables === 0 && this.#links.length === 0)
      this.#readLine(range);
    const isShown = this.#inHtmlSpan && (type === "data" || type === "characterReference");
    if (isShown || (type === "data" && this.#plainCell)) this.#parts.push({ ...range, isLineEnd: false });
  }

  exit(type: string, range: Range): void {
    switch (type) {
      case "codeFencedFenceInfo":
      case "codeFencedFenceMeta":
        this.#info = `${this.#info} ${this.#text.slice(range.start, range.end)}`.trim();
        break;
      case "codeFenced":
      case "codeIndented":
        this.places.push({ kind: "block", parts: this.#taken(), info: this.#info });
        break;
      case "codeText":
        if (this.#headings === 0)
          this.places.push({ kind: "span", parts: this.#taken(), inTable: this.#tables > 0 });
        break;
      case "htmlFlow":
        this.places.push({ kind: "html", parts: this.#taken() });
        break;
      case "htmlText":
        this.#exitTag(range);
        break;
      case "tableContent":
        if (this.#plainCell) this.places.push({ kind: "cell", parts: this.#taken() });
        break;
      case "table":
        this.#tables -= 1;
        break;
      case "tableData":
        this.#dataCells -= 1;
        break;
      case "resource":
      case "referenceString": {
        const link = this.#links.at(-1);
        if (link !== undefined) link.hasTarget = true;
        break;
      }
      case "link":
      case "image":
        this.#exitLink();
        break;
      default:
        if (HEADINGS.has(type)) this.#headings -= 1;
    }
  }

  /** Text without markup that reaches from the begin of a line to its end, as the parser gives it piece by piece. */
  #readLine({ start, end }: Range): void {
    const isFirst = LINE_BEGIN.test(this.#text.slice(Math.max(0, start - 200), start));
    if (isFirst) this.#line = { start, end };
    else if (this.#line?.end === start) this.#line = { start: this.#line.start, end };
    else this.#line = null;
    if (this.#line === null || !/^(?:[\r\n]|$)/.test(this.#text.slice(end, end + 1))) return;
    const from = commandAlone(this.#text.slice(this.#line.start, end));
    if (from === null) return;
    this.places.push({ kind: "line", parts: [{ start: this.#line.start + from, end, isLineEnd: false }] });
  }

  #open(): void {
    this.#parts = [];
    this.#info = "";
  }

  /** What comes behind the place that ends here is none of it. */
  #taken(): readonly Part[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  #exitTag({ start, end }: Range): void {
    const tag = this.#text.slice(start, end);
    const attributes = this.isMdx && this.#headings === 0 ? attributesIn(tag) : [];
    for (const value of attributes) {
      const part = { start: start + value.start, end: start + value.end, isLineEnd: false };
      this.places.push({ kind: "attribute", parts: [part] });
    }
    if (CODE_TAG.test(tag)) {
      this.#open();
      this.#inHtmlSpan = this.#headings === 0;
    } else if (this.#inHtmlSpan && CODE_END.test(tag)) {
      this.places.push({ kind: "html-span", parts: this.#taken() });
      this.#inHtmlSpan = false;
    }
  }

  /** The text of a link without a target of its own is the name that its definition has. */
  #exitLink(): void {
    const link = this.#links.pop();
    if (link?.hasTarget === false) this.places.splice(link.places);
  }
}

/** What may stand on a line before the text of a paragraph: marks of quotes and lists. */
const LINE_BEGIN = /(?:^|[\r\n])(?:[ \t>]|[-*+][ \t]|\d+[.)][ \t])*$/;

const IN_HTML_SPAN = new Set([
  "data",
  "htmlText",
  "htmlTextData",
  "lineEnding",
  "linePrefix",
  "blockQuotePrefix",
  "blockQuoteMarker",
  "blockQuotePrefixWhitespace",
  "listItemIndent",
  "characterReference",
  "characterReferenceMarker",
  "characterReferenceMarkerNumeric",
  "characterReferenceMarkerHexadecimal",
  "characterReferenceValue",
]);
