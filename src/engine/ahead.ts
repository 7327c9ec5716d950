import type { Knowledge } from "../knowledge/knowledge.ts";
import { findingsOf, type Found, type RunSettings } from "./findings.ts";
import type { FileSettings } from "./settings.ts";
import type { Survey } from "./survey.ts";

/** What the findings of a file depend on that is known before any other file is. */
export type AloneSettings = Omit<RunSettings, "target" | "isRead" | "isOwnModule" | "besides" | "digestOf">;

/** If the likely target turns out to be the wrong one, it was all in vain: of more files no findings are made ahead. */
const MOST_FILES = 128;

/**
 * Findings made before all files are there, for the target that is likely by then: while git searches for more files, in
 * processes of its own, this costs little time. What is found is what would be found later, or is not used.
 */
export class Ahead {
  readonly #made = new Map<Survey, { readonly target: string; readonly found: Found }>();
  #left = MOST_FILES;

  constructor(
    private readonly settings: AloneSettings,
    private readonly knowledge: Knowledge,
  ) {}

  /** Makes the findings of a file, unless they depend on other files. */
  make(survey: Survey, target: string, own: FileSettings): void {
    if (this.#left === 0) return;
    this.#left -= 1;
    let asked = 0;
    const ask = (): boolean => {
      asked += 1;
      return false;
    };
    const run: RunSettings = { ...this.settings, target, isRead: ask, isOwnModule: ask };
    const found = findingsOf(survey, run, own, this.knowledge);
    if (asked === 0) this.#made.set(survey, { target, found });
  }

  /** What was made of a file, if the same would be found now; else null. */
  take(survey: Survey, { target, besides }: RunSettings): Found | null {
    const made = this.#made.get(survey);
    const isSame = made?.target === target && (besides?.(survey.file.path) ?? []).length === 0;
    return isSame ? made.found : null;
  }
}
