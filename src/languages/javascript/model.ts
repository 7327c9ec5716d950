import type { Range } from "../../text/edits.ts";

/**
 * A JavaScript or TypeScript program, reduced to what commands are made of. TypeScript's and ESLint's trees are both
 * turned into this one, so that everything behind it is written once. Types, comments, regular expressions and module
 * names are left out. All ranges are of the program's text.
 */
export type Node =
  | Text
  | Tagged
  | List
  | Spread
  | Concat
  | Conditional
  | Logical
  | Name
  | This
  | Member
  | Call
  | Table
  | Property
  | Func
  | Class
  | Field
  | Variable
  | Import
  | Assignment
  | Wrap
  | Await
  | Block
  | Statement
  | Return
  | Export
  | Constant
  | Test
  | Other;

/** A string literal or a template. `parts` are stretches of raw text and the expressions between them; both ends are stretches. */
export interface Text extends Range {
  readonly kind: "text";
  readonly quote: "'" | '"' | "`" | "";
  /** `jsx`: no escapes but entities; `raw`: none at all (`String.raw`). */
  readonly escapes: "cooked" | "raw" | "jsx";
  readonly parts: readonly (Range | Node)[];
}

export interface Tagged extends Range {
  readonly kind: "tagged";
  readonly tag: Node;
  readonly text: Text;
}

/** An array, or the arguments of a call that a rest parameter takes as one. */
export interface List extends Range {
  readonly kind: "list";
  readonly elements: readonly Node[];
}

export interface Spread extends Range {
  readonly kind: "spread";
  readonly value: Node;
}

/** `a + b + c`, flat. */
export interface Concat extends Range {
  readonly kind: "concat";
  readonly terms: readonly Node[];
}

export interface Conditional extends Range {
  readonly kind: "conditional";
  readonly test: Node;
  readonly then: Node;
  readonly otherwise: Node;
}

export interface Logical extends Range {
  readonly kind: "logical";
  readonly operator: "&&" | "||" | "??";
  readonly left: Node;
  readonly right: Node;
}

/** An identifier that is read or assigned. */
export interface Name extends Range {
  readonly kind: "name";
  readonly name: string;
}

export interface This extends Range {
  readonly kind: "this";
}

export interface Member extends Range {
  readonly kind: "member";
  readonly object: Node;
  /** Null when it is computed; with `#` when it is private. */
  readonly property: string | null;
  readonly computed: Node | null;
}

export interface Call extends Range {
  readonly kind: "call";
  readonly callee: Node;
  readonly args: readonly Node[];
  readonly isNew: boolean;
}

export interface Table extends Range {
  readonly kind: "table";
  readonly properties: readonly (Property | Spread)[];
}

export interface Property extends Range {
  readonly kind: "property";
  /** Null when it is computed. */
  readonly key: string | null;
  readonly computed: Node | null;
  readonly value: Node;
}

export interface Func extends Range {
  readonly kind: "function";
  readonly name: string | null;
  /** Whether the name belongs to the scope around it. */
  readonly declared: boolean;
  readonly params: readonly Variable[];
  /** A block, or the expression of an arrow function. */
  readonly body: Node | null;
}

export interface Class extends Range {
  readonly kind: "class";
  readonly name: string | null;
  readonly members: readonly Field[];
  /** What else runs in it: its base class, decorators, static blocks. */
  readonly rest: readonly Node[];
}

/** A method or a property of a class. */
export interface Field extends Range {
  readonly kind: "field";
  /** Null when it is computed; with `#` when it is private. */
  readonly key: string | null;
  readonly isPrivate: boolean;
  readonly value: Node | null;
}

/** One declarator or parameter with the names that it binds. */
export interface Variable extends Range {
  readonly kind: "variable";
  readonly style: "const" | "let" | "var" | "param";
  readonly names: readonly Bound[];
  readonly init: Node | null;
}

/** A name that a pattern binds, and which part of the value it takes. */
export interface Bound extends Range {
  readonly name: string;
  readonly part:
    | { readonly kind: "whole" }
    | { readonly kind: "property"; readonly key: string }
    | { readonly kind: "rest" }
    | { readonly kind: "other" };
  readonly fallback: Node | null;
}

export interface Import extends Range {
  readonly kind: "import";
  readonly module: string;
  /** `imported` is `default` or `*` for those. */
  readonly names: readonly { readonly imported: string; readonly local: string }[];
}

export interface Assignment extends Range {
  readonly kind: "assignment";
  readonly operator: string;
  readonly target: Node;
  readonly value: Node;
}

/** Parentheses, `as`, `satisfies`, `!`: the same value in a wider range. */
export interface Wrap extends Range {
  readonly kind: "wrap";
  readonly value: Node;
}

export interface Await extends Range {
  readonly kind: "await";
  readonly value: Node;
}

/** What names can be local to. */
export interface Block extends Range {
  readonly kind: "block";
  readonly body: readonly Node[];
  /** Of `for (const x of each)`; one of the body too. */
  readonly each?: Node;
}

export interface Statement extends Range {
  readonly kind: "statement";
  readonly value: Node;
}

export interface Return extends Range {
  readonly kind: "return";
  readonly value: Node | null;
}

export interface Export extends Range {
  readonly kind: "export";
  readonly body: readonly Node[];
}

/** A number, `true`, `false`, `null` or `undefined`, as it is written. */
export interface Constant extends Range {
  readonly kind: "constant";
  readonly text: string;
}

/** A comparison or a `case`: its strings are looked for, not run. */
export interface Test extends Range {
  readonly kind: "test";
  readonly body: readonly Node[];
}

export interface Other extends Range {
  readonly kind: "other";
  readonly body: readonly Node[];
}

export function isNode(part: Range | Node): part is Node {
  return "kind" in part;
}
