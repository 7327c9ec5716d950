import type { FlagType } from "./flag.ts";
import type { FlagChangeRow } from "./mapping.ts";
import type { Span } from "./releases.ts";

export interface DeployFlag extends Span {
  readonly name: string;
  readonly shorthand?: string | null;
  readonly type: FlagType;
  /** See `RunFlag.listsImages`. */
  readonly listsImages?: true;
  /** Those that what became of it takes. */
  readonly values?: readonly string[];
  readonly to?: readonly FlagChangeRow[];
}

export interface HelmValue extends Span {
  /** Keys with dots between. */
  readonly key: string;
  /** What it was called before. */
  readonly before?: string;
  /** What to do where it is gone. */
  readonly note?: string;
  readonly source: string;
}
