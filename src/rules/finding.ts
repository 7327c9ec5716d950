import type { Edit, Range } from "../text/edits.ts";
import type { Note } from "../translate/translation.ts";
import type { RuleId } from "./registry.ts";
import type { Severity } from "./severity.ts";

/** Edits of the source that together make one finding go away. Unsafe unless proven safe. */
export interface Fix {
  readonly grade: "safe" | "unsafe";
  readonly edits: readonly Edit[];
}

/** What a rule found at one place; data only, its sentences are in `messages.ts`. Offsets are UTF-16 code units of the file. */
export interface Finding {
  readonly ruleId: RuleId;
  readonly message: Note;
  readonly severity: Severity;
  readonly range: Range;
  /** Where its program's word stands, which may be far from what is edited: a comment there is about it too. */
  readonly head?: Range;
  /** The old command path with blanks (`trace exec`), null when dynamic. */
  readonly gadget: string | null;
  readonly image: string | null;
  /** The whole command as it is, and as it becomes (or its nearest start, when there is no fix). */
  readonly before: string;
  readonly after: string | null;
  readonly notes: readonly Note[];
  readonly fix: Fix | null;
  /** What it is known by when lines move; there once all of the file is known. See `fingerprints`. */
  readonly fingerprint?: string;
}
