import type { Range } from "../text/edits.ts";

/**
 * A part of a jq program (the grammar of jq 1.7, and what gojq, jaq and yq share of it). Ranges are UTF-16 code units of the
 * program's text.
 */
export type JqNode = Range &
  (
    | { readonly kind: "identity" | "recurse" }
    /** `TARGET.key`, `TARGET["key"]`; of `.key` the target is an identity of no length. */
    | { readonly kind: "field"; readonly target: JqNode; readonly step: Step }
    | { readonly kind: "index"; readonly target: JqNode; readonly index: JqNode }
    | { readonly kind: "slice"; readonly target: JqNode; readonly bounds: readonly JqNode[] }
    | { readonly kind: "iterate"; readonly target: JqNode }
    | { readonly kind: "try"; readonly body: JqNode; readonly handler: JqNode | null }
    | { readonly kind: "literal"; readonly value: number | boolean | null }
    /** Text and interpolated parts in order; `@format "..."` likewise. */
    | { readonly kind: "string"; readonly parts: readonly (string | JqNode)[] }
    | { readonly kind: "format"; readonly name: string }
    | { readonly kind: "array"; readonly body: JqNode | null }
    | { readonly kind: "object"; readonly entries: readonly JqEntry[] }
    | { readonly kind: "negate" | "group"; readonly body: JqNode }
    | { readonly kind: "pipe" | "comma"; readonly left: JqNode; readonly right: JqNode }
    | (Operation & { readonly kind: "binary" })
    | (Operation & { readonly kind: "assign" })
    | { readonly kind: "if"; readonly tests: readonly JqNode[]; readonly branches: readonly JqNode[] }
    | {
        readonly kind: "reduce" | "foreach";
        readonly source: JqNode;
        readonly patterns: readonly JqPattern[];
        readonly init: JqNode;
        readonly update: JqNode;
        readonly extract: JqNode | null;
      }
    | {
        readonly kind: "as";
        readonly source: JqNode;
        readonly patterns: readonly JqPattern[];
        readonly body: JqNode;
      }
    | {
        readonly kind: "def";
        readonly name: string;
        readonly parameters: readonly string[];
        readonly body: JqNode;
        readonly rest: JqNode;
      }
    | { readonly kind: "call"; readonly name: string; readonly args: readonly JqNode[] }
    | { readonly kind: "variable"; readonly name: string }
    | { readonly kind: "label"; readonly body: JqNode }
    | { readonly kind: "break" }
  );

interface Operation {
  readonly operator: string;
  readonly operatorRange: Range;
  readonly left: JqNode;
  readonly right: JqNode;
}

/** A key with what stands around it: `.key`, `."key"`, `["key"]`, without a `?` behind it. */
export interface Step extends Range {
  /** Null: known only at run time. */
  readonly key: string | null;
  readonly style: "dot" | "bracket";
}

export interface JqEntry extends Range {
  /** A word or a string without interpolation; null: `(...)` or an interpolated string, whose parts are in `computed`. */
  readonly key: string | null;
  readonly computed: readonly JqNode[];
  readonly keyRange: Range;
  /** Null: `{pid}` or `{$x}`. */
  readonly value: JqNode | null;
  /** The variable of `{$x}`. */
  readonly variable: string | null;
}

/** What stands behind `as`. */
export type JqPattern = Range &
  (
    | { readonly kind: "variable"; readonly name: string }
    | { readonly kind: "array"; readonly items: readonly JqPattern[] }
    | { readonly kind: "object"; readonly entries: readonly JqPatternEntry[] }
  );

export interface JqPatternEntry extends Range {
  readonly key: string | null;
  readonly computed: readonly JqNode[];
  readonly keyRange: Range;
  /** The variable of `{$x}` and `{$x: ...}`. */
  readonly variable: string | null;
  readonly value: JqPattern | null;
}

/**
 * Stands for a value in the text that the shell puts there (`"$PID"` in the midst of a program): one unit of the private
 * use area, which no program has.
 */
export const HOLE = "\uE000";
