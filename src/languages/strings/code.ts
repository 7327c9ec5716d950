import type { Value } from "../../commands/command.ts";
import type { Code, CodeCall, CodeText, CodeType } from "../../data/code.ts";
import type { Datum, Field, Mapping } from "../../data/datum.ts";
import { closingBrace } from "../../text/braces.ts";
import type { Range } from "../../text/edits.ts";
import type { Fragment } from "../../text/fragment.ts";
import type { Element, Expression, List } from "./expression.ts";
import { lex } from "./lex.ts";
import { Program } from "./program.ts";
import type { LanguageTable } from "./table.ts";
import type { Token } from "./tokens.ts";
import { table as go } from "./tables/go.ts";
import { table as java } from "./tables/java.ts";
import { table as python } from "./tables/python.ts";
import { valueOf } from "./value.ts";

/** The languages that programs against the API are written in. */
const TABLES: ReadonlyMap<string, LanguageTable> = new Map(
  [go, java, python].map((table) => [table.id, table]),
);

const MAX_DEPTH = 50;

/** What a program in one of these languages says; null for other languages. Never throws. */
export function codeIn(language: string, fragment: Fragment): Code | null {
  const table = TABLES.get(language);
  if (table === undefined) return null;
  return new TokenCode(fragment, table);
}

/** Most programs are asked for little more than their imports: the tree is made only for what needs it. */
class TokenCode implements Code {
  readonly #tokens: readonly Token[];
  #reader: Reader | undefined;
  #calls: readonly CodeCall[] | undefined;
  #objects: readonly Mapping[] | undefined;

  constructor(
    private readonly fragment: Fragment,
    private readonly table: LanguageTable,
  ) {
    this.#tokens = lex(fragment.text, table);
  }

  get calls(): readonly CodeCall[] {
    return (this.#calls ??= this.#read().calls());
  }

  get objects(): readonly Mapping[] {
    return (this.#objects ??= this.#read().objects());
  }

  get texts(): readonly CodeText[] {
    return textsOf(this.#tokens, this.fragment);
  }

  get types(): readonly CodeType[] {
    return this.table === go ? structsIn(this.fragment) : [];
  }

  readonly namesAmong: Code["namesAmong"] = (wanted) =>
    this.#tokens.flatMap((token) =>
      token.kind === "word" && wanted.has(token.text)
        ? [{ place: this.fragment.toSource(token), name: token.text }]
        : [],
    );

  #read(): Reader {
    const { text } = this.fragment;
    return (this.#reader ??= new Reader(new Program(text, this.#tokens, this.table), this.fragment));
  }
}

class Reader {
  constructor(
    readonly program: Program,
    private readonly root: Fragment,
  ) {}

  place({ start, end }: Range): Range {
    return this.root.toSource({ start, end });
  }

  calls(): readonly CodeCall[] {
    return this.program.expressions.flatMap((node) =>
      node.kind === "call"
        ? [{ place: this.place(node), callee: node.callee, args: this.items(node.args) }]
        : [],
    );
  }

  objects(): readonly Mapping[] {
    return this.program.expressions.flatMap((node) => {
      if (node.kind !== "list" || !isKeyed(node) || this.#isInside(node)) return [];
      const datum = this.datum(node);
      return datum.kind === "mapping" ? [datum] : [];
    });
  }

  /** Arguments as data; those that are given by name are one mapping, as objects are elsewhere. */
  items(args: readonly Element[]): readonly Datum[] {
    const named = args.filter(({ key }) => key !== null);
    const [first] = named;
    const rest = args.filter(({ key }) => key === null).map(({ value }) => this.datum(value));
    if (first === undefined) return rest;
    return [...rest, { kind: "mapping", place: this.place(first), fields: this.#fields(named, 0) }];
  }

  datum(node: Expression, depth = 0): Datum {
    const place = this.place(node);
    if (node.kind === "list" && depth < MAX_DEPTH) {
      return isKeyed(node)
        ? { kind: "mapping", place, fields: this.#fields(node.elements, depth) }
        : { kind: "sequence", place, items: node.elements.map(({ value }) => this.datum(value, depth + 1)) };
    }
    const code = this.program.code(node);
    if (/^(?:-?[\d.]+|true|false|True|False)$/.test(code)) return { kind: "scalar", place, value: [code] };
    const isText = node.kind === "text" || node.kind === "sum" || node.kind === "format";
    const value = isText ? valueOf(node, this.program, this.root) : this.#named(node, code);
    return { kind: "scalar", place, value };
  }

  /** What a name or a call stands for. */
  #named(node: Expression, code: string): Value {
    const [only, other] = this.program.known(node) ?? [];
    return [only !== undefined && other === undefined ? only : { code, words: "one" }];
  }

  #fields(elements: readonly Element[], depth: number): ReadonlyMap<string, Field> {
    const fields = new Map<string, Field>();
    for (const { key, value, start } of elements) {
      if (key !== null)
        fields.set(key, { key: this.place({ start, end: start }), value: this.datum(value, depth + 1) });
    }
    return fields;
  }

  #isInside(node: Expression): boolean {
    for (let at = this.program.parent(node); at !== null; at = this.program.parent(at)) {
      if (at.kind === "list" && isKeyed(at)) return true;
    }
    return false;
  }
}

function isKeyed({ elements }: List): boolean {
  return elements.some(({ key }) => key !== null);
}

function textsOf(tokens: readonly Token[], fragment: Fragment): readonly CodeText[] {
  return tokens.flatMap((token, i) => {
    if (token.kind !== "string") return [];
    const { start, end, body } = token;
    const text = fragment.text.slice(body.start, body.end);
    const before = tokens[i - 1];
    return [
      {
        place: fragment.toSource({ start, end }),
        text,
        before: before?.kind === "word" ? before.text : null,
      },
    ];
  });
}

/** Structs that are filled from JSON, by their tags. Fields of inner structs count as fields. */
function structsIn(root: Fragment): readonly CodeType[] {
  const { text } = root;
  const types: CodeType[] = [];
  let behind = 0;
  for (const { index, 0: head, 1: name = "" } of text.matchAll(STRUCT)) {
    if (index < behind) continue;
    const from = index + head.length;
    behind = closingBrace(text, from);
    const fields = Array.from(text.slice(from, behind).matchAll(TAG), ([, field = ""]) => field);
    const start = index + (/^\s*/.exec(head)?.[0].length ?? 0);
    const place = root.toSource({ start, end: index + head.replace(/\s*\{$/, "").length });
    types.push({ place, name, fields: [...new Set(fields)] });
  }
  return types;
}

const STRUCT = /(?<=^|\n)[ \t]*(?:type[ \t]+)?(\w+)[ \t]+struct[ \t]*\{/g;
const TAG = /`[^`\n]*\bjson:"([\w.-]+)[",]/g;
