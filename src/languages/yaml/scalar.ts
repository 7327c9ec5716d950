import type { Scalar } from "yaml";
import { type Encoder, type Fragment, PieceBuilder } from "../../text/fragment.ts";
import { decodeDouble, decodePlain, decodeSingle } from "./decode.ts";
import { blockIndent, type BlockShape, blockShape, decodeBlock, keepsIndent } from "./decode-block.ts";
import { blockText, doubleText, isPlain, singleText } from "./encode.ts";

/**
 * The value of a scalar as a fragment of its own, whatever its style.
 * @param parent the text that the document was parsed from
 * @param flow whether the scalar stands in a flow collection, where `,` and brackets end a plain one
 * @returns null where no way back exists: a blank scalar, or one that decodes to another text than the parser says
 */
export function scalarFragment(parent: Fragment, node: Scalar.Parsed, flow: boolean): Fragment | null {
  const place = placeOf(parent.text, node, flow);
  if (place === null) return null;
  const { start, end, style } = place;
  const builder = new PieceBuilder();
  style.decode(parent.text, start, end, builder);
  const piece = builder.build(encoder(parent.text, place));
  return piece.text === node.source && piece.text.trim() !== "" ? parent.child(piece) : null;
}

/** How one style is read, and how text is written in it. */
interface Style {
  /** Appends what `[start, end)` of `text` decodes to. */
  readonly decode: (text: string, start: number, end: number, into: PieceBuilder) => void;
  /** Text as it is written in this style; `atEnd` when only the end of the scalar follows. Null when it cannot be. */
  readonly write: (text: string, atEnd: boolean) => string | null;
  /** Whether the whole written scalar is read back as `value`; for styles that what is around them may end. */
  readonly holds?: (written: string, value: string) => boolean;
}

/** `[start, end)` of the parent's text that the style decodes: quotes included, a block scalar's header not. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly style: Style;
}

function placeOf(text: string, node: Scalar.Parsed, flow: boolean): Place | null {
  const [start, end] = node.range;
  const { type } = node;
  if (type === undefined) return null;
  switch (type) {
    case "PLAIN":
      return { start, end, style: plainStyle(flow) };
    case "QUOTE_SINGLE":
      return { start, end, style: SINGLE };
    case "QUOTE_DOUBLE":
      return { start, end, style: DOUBLE };
    case "BLOCK_FOLDED":
    case "BLOCK_LITERAL": {
      const token = node.srcToken;
      if (token?.type !== "block-scalar") return null;
      const bodyStart = end - token.source.length;
      const shape = blockShape(text.slice(start, bodyStart), token.indent);
      return { start: bodyStart, end, style: blockStyle(shape, token.source) };
    }
  }
}

const SINGLE: Style = { decode: decodeSingle, write: singleText };

const DOUBLE: Style = { decode: decodeDouble, write: doubleText };

function plainStyle(flow: boolean): Style {
  return {
    decode: decodePlain,
    write: (text) => (/[\r\n]/.test(text) ? null : text),
    holds: (written, value) => isPlain(written, value, flow),
  };
}

function blockStyle(shape: BlockShape, body: string): Style {
  const lineEnd = body.includes("\r\n") ? "\r\n" : "\n";
  const indent = blockIndent(body, shape);
  return {
    decode: (text, start, end, into) => {
      decodeBlock(text, start, end, shape, into);
    },
    write: (text, atEnd) => blockText(text, { folded: shape.folded, indent, lineEnd }, atEnd),
    holds: (written) => keepsIndent(body, written, shape),
  };
}

/** Writes in the style of the place, and reads the result back: anything else than what was meant is refused. */
function encoder(parentText: string, { start, end, style }: Place): Encoder {
  return (text, at) => {
    const whole = new PieceBuilder();
    style.decode(parentText, start, end, whole);
    const { text: value, units } = whole.build((same) => same);
    const written = style.write(text, at.end === value.length);
    if (written === null) return null;

    const { start: from, end: to } = units.rangeOf(at, end);
    const scalar = parentText.slice(start, from) + written + parentText.slice(to, end);
    const again = new PieceBuilder();
    style.decode(scalar, 0, scalar.length, again);
    const wanted = value.slice(0, at.start) + text + value.slice(at.end);
    if (again.build((same) => same).text !== wanted || wanted.trim() === "") return null;
    return style.holds?.(scalar, wanted) === false ? null : written;
  };
}
