import { earlyFlags, flagsOf, rootFlags, type KnownFlag, type Running } from "../knowledge/lookup.ts";

/** A flag of the new command, and how soon its program knows it. */
export interface NewSpec {
  readonly flag: KnownFlag;
  /** `run` knows it before it has read the image. */
  readonly early: boolean;
  /** Known to the program's root command, so that it may stand before `run`. */
  readonly root: boolean;
}

/** The flag of that name (`filter.DATASOURCE` included); null when the new command has none. */
export function findNewFlag(name: string, running: Running): NewSpec | null {
  const isNamed = (flag: { readonly name: string }): boolean => flag.name === name;
  const flag = flagsOf(running).filter(isNamed).at(-1);
  if (flag === undefined) return null;
  return { flag, early: earlyFlags(running).some(isNamed), root: rootFlags(running).some(isNamed) };
}
