import type { Range } from "../../text/edits.ts";
import type { Literal } from "./tokens.ts";
import type { FormatStyle } from "./table.ts";
import type { Group } from "./tree.ts";

/** What a value is made of, as far as commands are concerned. All ranges are of the program's text. */
export type Expression = Text | Sum | Format | List | Call | Name | Other;

export interface Text extends Range {
  readonly kind: "text";
  readonly literal: Literal;
}

/** `a + b + c`, and literals side by side. */
export interface Sum extends Range {
  readonly kind: "sum";
  readonly terms: readonly Expression[];
}

/** A text with verbs that values are put into. */
export interface Format extends Range {
  readonly kind: "format";
  readonly text: Expression;
  readonly style: FormatStyle;
  readonly values: readonly Expression[];
}

export interface List extends Range {
  readonly kind: "list";
  readonly elements: readonly Element[];
  readonly group: Group;
}

/** One of a list, or an argument of a call. */
export interface Element extends Range {
  /** The key or the name that it is given by. */
  readonly key: string | null;
  readonly isSpread: boolean;
  readonly value: Expression;
}

export interface Call extends Range {
  readonly kind: "call";
  /** The whole path (`exec.Command`); of a method of another value, its name with a dot in front. */
  readonly callee: string;
  readonly object: Expression | null;
  readonly args: readonly Element[];
  /** Where the brackets stand; where there are none, where the arguments do. */
  readonly place: Range;
}

/** A name with a path: `ns`, `self.ns`, `os.Args`. */
export interface Name extends Range {
  readonly kind: "name";
  readonly path: string;
}

export interface Other extends Range {
  readonly kind: "other";
  readonly children: readonly Expression[];
}

/** The expressions directly inside of one, in order. */
export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "text":
    case "name":
      return [];
    case "sum":
      return node.terms;
    case "format":
      return [node.text, ...node.values];
    case "list":
      return node.elements.map(({ value }) => value);
    case "call": {
      const args = node.args.map(({ value }) => value);
      return node.object === null ? args : [node.object, ...args];
    }
    case "other":
      return node.children;
  }
}

/** The name that a method is called on. */
export function ownerOf({ callee, object }: Call): string | null {
  if (object === null) {
    const name = /(?:\?\.|\.|::|->)\w+$/.exec(callee);
    return name === null ? null : callee.slice(0, name.index);
  }
  return object.kind === "name" ? object.path : null;
}

/** What a function or a method is called, without its path. */
export function methodName({ callee }: Call): string {
  return /\w+$/.exec(callee)?.[0] ?? callee;
}

/** An argument by its name. */
export function named({ args }: Call, key: RegExp): Element | undefined {
  return args.find((arg) => arg.key !== null && key.test(arg.key));
}
