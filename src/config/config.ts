import type { FileSettings } from "../engine/settings.ts";
import type { PINS } from "./values.ts";
import type { Severity } from "../rules/severity.ts";

/** What a configuration says, checked; see `schema.ts` for what the keys mean. */
export interface Config extends FileSettings {
  readonly target?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly failOn?: Severity | "never";
  readonly pin?: (typeof PINS)[number];
  readonly baseline?: string;
  readonly requireReason?: boolean;
  /** What each further name of a program stands for. */
  readonly programs?: Readonly<Record<string, string>>;
  readonly overrides?: readonly Override[];
  /** Rows of gadgets and images of one's own, as they stand there; see `own-rules.ts`. */
  readonly gadgets?: readonly Row[];
  readonly images?: readonly Row[];
}

/** A mapping of YAML or JSON. */
export type Row = Readonly<Record<string, unknown>>;

interface Override extends FileSettings {
  readonly files: readonly string[];
}

/** A configuration as it stands in a file. */
export interface ConfigFile extends Omit<Config, "include" | "exclude" | "overrides"> {
  readonly extends?: string | readonly string[];
  readonly include?: string | readonly string[];
  readonly exclude?: string | readonly string[];
  readonly overrides?: readonly (FileSettings & { readonly files: string | readonly string[] })[];
}

/** The configuration of one file; what it extends is not in it. */
export function plainConfig({ include, exclude, overrides, ...rest }: ConfigFile): Config {
  return {
    ...rest,
    ...(include === undefined ? {} : { include: listOf(include) }),
    ...(exclude === undefined ? {} : { exclude: listOf(exclude) }),
    ...(overrides === undefined
      ? {}
      : { overrides: overrides.map((one) => ({ ...one, files: listOf(one.files) })) }),
  };
}

/** One configuration over another: what both say is as the upper says; rules, programs, `exclude` and `overrides` add up. */
export function over(lower: Config, upper: Config): Config {
  const { exclude = [], overrides = [] } = lower;
  const rules = { ...lower.rules, ...upper.rules };
  return {
    ...lower,
    ...upper,
    rules,
    programs: { ...lower.programs, ...upper.programs },
    exclude: [...exclude, ...(upper.exclude ?? [])],
    overrides: [...overrides, ...(upper.overrides ?? [])],
  };
}

export function listOf(value: string | readonly string[] = []): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
