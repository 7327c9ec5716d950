import { display, literal, type Value } from "../commands/command.ts";

/** A call of jq, or of a program that is called like it. */
export interface JqCall {
  /** Index of the word that is the program; null: `.` is meant. */
  readonly program: number | null;
  readonly slurp: boolean;
  readonly nullInput: boolean;
  readonly rawInput: boolean;
  readonly testsOutput: boolean;
  /** Words that name files to read instead of the standard input. */
  readonly files: readonly number[];
}

/** Options of jq 1.7 and of yq (4.x) by how many words behind them are theirs. */
const TAKEN: Readonly<Record<string, number>> = {
  arg: 2,
  argjson: 2,
  slurpfile: 2,
  rawfile: 2,
  indent: 1,
  L: 1,
  I: 1,
  "library-path": 1,
};

/** Options that only change how values are printed. */
const PRINTING: ReadonlySet<string> = new Set([
  "raw-output", "raw-output0", "join-output", "compact-output", "ascii-output", "color-output", "monochrome-output",
  "sort-keys", "tab", "unbuffered", "binary", "seq", "colors", "no-colors", "prettyPrint", "no-doc", "unwrapScalar",
  "r", "j", "c", "a", "C", "M", "S", "b", "P", "N", "y", "Y",
]); // prettier-ignore

/** How the words of a call are read; null where an option is not known, or the program stands in a file. */
export function readJqCall(words: readonly Value[]): JqCall | null {
  const call = { slurp: false, nullInput: false, rawInput: false, testsOutput: false };
  const operands: number[] = [];
  let named = false;
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? [];
    const text = literal(word);
    if (named || !display(word).startsWith("-") || text === "-") {
      operands.push(at);
      continue;
    }
    if (text === null) return null;
    const long = text.startsWith("--");
    const [name = ""] = text.replace(/^--?/, "").split("=");
    if (text === "--") named = true;
    else if (name === "args" || name === "jsonargs") return argumentsBehind(call, operands, words.length, at);
    else if (long || TAKEN[name] !== undefined) {
      const taken = TAKEN[name];
      if (taken !== undefined) at += text.includes("=") ? 0 : taken;
      else if (!apply(call, name)) return null;
    } else if (!Array.from(name).every((letter) => apply(call, letter))) return null;
  }
  const isStandardInput = (index: number): boolean => literal(words[index] ?? []) === "-";
  const [program = null, ...files] = operands.filter((index, i) => i > 0 || !isSubcommand(words[index]));
  return { ...call, program, files: files.filter((index) => !isStandardInput(index)) };
}

/** `yq e '.a'`, `yq eval '.a'` */
function isSubcommand(word: Value | undefined): boolean {
  return /^(?:e|eval)$/.test(literal(word ?? []) ?? "");
}

type Switches = Record<"slurp" | "nullInput" | "rawInput" | "testsOutput", boolean>;

function apply(call: Switches, name: string): boolean {
  switch (name) {
    case "s":
    case "slurp":
      call.slurp = true;
      return true;
    case "n":
    case "null-input":
      call.nullInput = true;
      return true;
    case "R":
    case "raw-input":
      call.rawInput = true;
      return true;
    case "e":
    case "exit-status":
      call.testsOutput = true;
      return true;
    default:
      return PRINTING.has(name);
  }
}

/** What stands behind `--args` is for the program; the program itself may stand there too. */
function argumentsBehind(
  call: Switches,
  operands: readonly number[],
  count: number,
  at: number,
): JqCall | null {
  const program = operands[0] ?? (at + 1 < count ? at + 1 : null);
  return { ...call, program, files: operands.slice(1) };
}
