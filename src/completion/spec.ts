/** An option that a shell offers. */
export interface OptionSpec {
  /** Without dashes. */
  readonly name: string;
  /** `none`: no value; `inline`: only as `--name=VALUE`; `next`: also as the next word. */
  readonly value: "none" | "inline" | "next";
  /** The values to offer. */
  readonly values: readonly string[];
  /** File names are offered. */
  readonly isFile: boolean;
  /** It takes several, with commas between. */
  readonly isList: boolean;
}

/** What may stand behind one command; the name is empty for the program itself. */
export interface CommandSpec {
  readonly name: string;
  readonly what: string;
  readonly options: readonly OptionSpec[];
  /** What follows operands (`trace`: `open`, ...; the first ones follow the empty text). Without any, file names are. */
  readonly operands: ReadonlyMap<string, readonly string[]>;
}

/** Names of several words by what precedes each word. */
export function operandTree(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const tree = new Map<string, string[]>();
  for (const name of names) {
    const words = name.split(" ");
    words.forEach((word, i) => {
      const before = words.slice(0, i).join(" ");
      const next = tree.get(before) ?? [];
      if (!next.includes(word)) next.push(word);
      tree.set(before, next);
    });
  }
  return tree;
}
