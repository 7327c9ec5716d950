import type { Value } from "../../commands/command.ts";
import type { Code, CodeType } from "../../data/code.ts";
import type { Datum, Field, Mapping } from "../../data/datum.ts";
import { closingBrace } from "../../text/braces.ts";
import type { Range } from "../../text/edits.ts";
import { type Fragment, PieceBuilder } from "../../text/fragment.ts";
import { decode } from "./literals.ts";
import { type Block, isNode, type Call, type Node, type Property, type Spread, type Text } from "./model.ts";
import { Program } from "./program.ts";
import { DIRECT, Resolver } from "./resolve.ts";

const MAX_DEPTH = 50;

/** What a program says. */
export function codeOf(tree: Block, fragment: Fragment): Code {
  return new Reader(new Program(fragment.text, tree), fragment).code();
}

class Reader {
  readonly #resolver: Resolver;

  constructor(
    private readonly program: Program,
    private readonly root: Fragment,
  ) {
    this.#resolver = new Resolver(program, DIRECT);
  }

  code(): Code {
    const { nodes } = this.program;
    return {
      calls: nodes.flatMap((node) => (node.kind === "call" ? [this.#call(node)] : [])),
      objects: nodes.flatMap((node) =>
        node.kind === "table" && !this.#isInside(node) ? this.#mapping(node) : [],
      ),
      namesAmong: (wanted) =>
        nodes.flatMap((node) => {
          if (node.kind !== "name" && node.kind !== "member") return [];
          const name = node.kind === "name" ? node.name : node.property;
          if (name === null || !wanted.has(name)) return [];
          const place = node.kind === "name" ? node : { start: node.end - name.length, end: node.end };
          return [{ place: this.#place(place), name }];
        }),
      texts: nodes.flatMap((node) => {
        const text = node.kind === "text" ? this.#plain(node) : null;
        return text === null ? [] : [{ place: this.#place(node), text, before: null }];
      }),
      types: typesIn(this.root),
    };
  }

  #place({ start, end }: Range): Range {
    return this.root.toSource({ start, end });
  }

  #call(node: Call): Code["calls"][number] {
    const callee = this.program.code(node.callee).replace(/\s+/g, "");
    return {
      place: this.#place(node),
      callee: /^[\w.$#?!]+$/.test(callee) ? callee.replace(/[?!]/g, "") : (/\.\w+$/.exec(callee)?.[0] ?? ""),
      args: node.args.map((arg) => this.#datum(arg, 0)),
    };
  }

  #mapping(node: Node): readonly Mapping[] {
    const datum = this.#datum(node, 0);
    return datum.kind === "mapping" ? [datum] : [];
  }

  #datum(given: Node, depth: number): Datum {
    const node = this.#resolver.value(given);
    const place = this.#place(given);
    if (depth > MAX_DEPTH) return { kind: "scalar", place, value: this.#unknown(given) };
    switch (node.kind) {
      case "table":
        // Where it is made: the same object may stand under several names.
        return { kind: "mapping", place: this.#place(node), fields: this.#fields(node.properties, depth) };
      case "list":
        return { kind: "sequence", place, items: node.elements.map((item) => this.#datum(item, depth + 1)) };
      case "text":
        return { kind: "scalar", place, value: this.#text(node) };
      case "constant": {
        const isNothing = node.text === "null" || node.text === "undefined";
        return { kind: "scalar", place, value: isNothing ? [] : [node.text] };
      }
      default:
        return { kind: "scalar", place, value: this.#unknown(given) };
    }
  }

  #fields(properties: readonly (Property | Spread)[], depth: number): ReadonlyMap<string, Field> {
    const fields = new Map<string, Field>();
    for (const property of properties) {
      if (property.kind === "spread") {
        const spread = this.#datum(property.value, depth + 1);
        if (spread.kind === "mapping") for (const [key, field] of spread.fields) fields.set(key, field);
      } else if (property.key !== null) {
        const { start } = property;
        const key = this.#place({ start, end: start });
        fields.set(property.key, { key, value: this.#datum(property.value, depth + 1) });
      }
    }
    return fields;
  }

  #text(node: Text): Value {
    const parts = node.parts.flatMap((part): Value => {
      if (isNode(part)) {
        const inner = this.#resolver.literal(part);
        const plain = inner === null ? null : this.#plain(inner.text);
        return plain === null ? [{ code: `\${${this.program.code(part)}}`, words: "one" }] : [plain];
      }
      const text = this.#decoded(part, node);
      return text === "" ? [] : [text ?? { code: this.program.code(part), words: "one" }];
    });
    const isLiteral = parts.every((part) => typeof part === "string");
    return isLiteral && parts.length > 1 ? [parts.join("")] : parts;
  }

  /** Null where something is filled in, or an escape is not legal. */
  #plain(node: Text): string | null {
    const [only, more] = node.parts;
    if (only === undefined) return "";
    return more !== undefined || isNode(only) ? null : this.#decoded(only, node);
  }

  #decoded(range: Range, { quote, escapes }: Text): string | null {
    const builder = new PieceBuilder();
    const isLegal = decode(builder, this.program.source, range, { quote, escapes });
    return isLegal ? builder.build(() => null).text : null;
  }

  #unknown(node: Node): Value {
    return [{ code: `\${${this.program.code(node)}}`, words: "one" }];
  }

  #isInside(node: Node): boolean {
    const [, ...holders] = this.program.upwards(node);
    return holders.some(({ kind }) => kind === "table");
  }
}

/** Types are no part of the tree, so they are told by their braces. Fields of inner types count as fields. */
function typesIn(root: Fragment): readonly CodeType[] {
  const { text } = root;
  return Array.from(text.matchAll(TYPE), ({ index, 0: head, 1: name = "" }) => {
    const body = text.slice(index + head.length, closingBrace(text, index + head.length));
    const fields = Array.from(body.matchAll(FIELD), ([, field = ""]) => field);
    const place = root.toSource({ start: index, end: index + head.replace(/\s*=?\s*\{$/, "").length });
    return { place, name, fields: [...new Set(fields)] };
  });
}

const TYPE = /(?<=^|[;}\s])(?:interface|type)\s+(\w+)(?:<[^<>{}]*>)?(?:\s+extends\s[^{]*|\s*=)?\s*\{/g;
const FIELD = /(?:^|[{;,\n])\s*(?:readonly\s+)?["']?([A-Za-z_][\w.]*)["']?\??\s*:/g;
