import type { RuleTester } from "eslint";
import { parser } from "typescript-eslint";

type Cases = Parameters<RuleTester["run"]>[2];

/** What a rule says of a few files: in programs, on the tree that ESLint has of them, and in everything else. */
export interface RuleCases {
  readonly JavaScript: Cases;
  readonly TypeScript?: Cases;
  readonly text: Cases;
}

/** How ESLint is configured for each of them. */
export const LANGUAGES: Readonly<Record<keyof RuleCases, object>> = {
  JavaScript: {},
  TypeScript: { languageOptions: { parser } },
  text: { language: "gadget-migrate/text" },
};

/** The options of a rule for a release. */
export function at(target: string, others = {}): [object] {
  return [{ target, ...others }];
}
