import fc from "fast-check";
import type { Value } from "../../src/commands/command.ts";
import type { FlagType } from "../../src/knowledge/flag.ts";
import type { Gadget } from "../../src/knowledge/gadget.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import type { Program } from "../../src/knowledge/program.ts";
import { allFlags, type OldSpec } from "../../src/translate/old-flags.ts";
import type { CommandLine, LineOutput, ProgramId } from "../../src/translate/translation.ts";

/** A random old command line, and what it was made from. */
export interface OldLine {
  readonly line: CommandLine;
  readonly gadget: Gadget;
}

const PROGRAM_WORDS: Readonly<Record<ProgramId, readonly string[]>> = {
  "kubectl-gadget": ["kubectl", "gadget"],
  ig: ["ig"],
  gadgetctl: ["gadgetctl"],
  "local-gadget": ["local-gadget"],
};

/** Command lines that the old grammar of the knowledge allows, and some that it does not. */
export function oldLines(knowledge: Knowledge): fc.Arbitrary<OldLine> {
  return commands(knowledge).chain(({ gadget, program: known, words, specs }) => {
    const flag = fc.constantFrom(...specs).chain((spec) => flagWords(spec, gadget));
    const extra = fc.constantFrom<readonly Value[]>(
      [["--follow"]],
      [["stray"]],
      [[{ code: "$EXTRA", words: "any" }]],
    );
    return fc
      .record({
        front: fc.array(
          fc
            .constantFrom(...specs.filter((spec) => spec.takesValue))
            .chain((spec) => flagWords(spec, gadget)),
          { maxLength: 1 },
        ),
        back: fc.array(fc.oneof({ weight: 8, arbitrary: flag }, { weight: 1, arbitrary: extra }), {
          maxLength: 4,
        }),
        implied: fc.boolean(),
        output: outputs,
        role: fc.constantFrom<CommandLine["role"]>("run", "run", "text"),
      })
      .map(({ front, back, implied, output, role }) => {
        const programWords = implied && known.id === "ig" ? [] : PROGRAM_WORDS[known.id];
        const [category = "", ...rest] = words.split(" ");
        const all = [
          ...programWords.map((word) => [word]),
          [category],
          ...front.flat(),
          ...rest.map((word) => [word]),
          ...back.flat(),
        ];
        return {
          gadget,
          line: { program: known.id, words: all, programWords: programWords.length, output, role },
        };
      });
  });
}

/** A flag that does not add up, given once, and the same behind another use of it; the last one counts. */
export function repeatedFlags(
  knowledge: Knowledge,
): fc.Arbitrary<{ readonly once: CommandLine; readonly twice: CommandLine }> {
  return commands(knowledge).chain(({ gadget, program, words, specs }) => {
    const addUp = specs.filter(({ row }) => /^string./.test(row?.type ?? "")).map(({ name }) => name);
    const single = specs.filter(
      ({ name, takesValue, row }) => takesValue && row != null && !addUp.includes(name),
    );
    return fc
      .constantFrom(...single)
      .chain((spec) => fc.tuple(fc.constant(spec.name), valueOf(spec, gadget), valueOf(spec, gadget)))
      .map(([name, first, last]) => {
        const programWords = PROGRAM_WORDS[program.id];
        const line = (...values: readonly Value[]): CommandLine => ({
          program: program.id,
          words: [
            ...[...programWords, ...words.split(" ")].map((word) => [word]),
            ...values.map((value) => merged([`--${name}=`, ...value])),
          ],
          programWords: programWords.length,
          output: { pipe: [], sink: "discarded" },
          role: "run",
        });
        return { once: line(last), twice: line(first, last) };
      });
  });
}

interface Command {
  readonly gadget: Gadget;
  readonly program: Program;
  readonly words: string;
  readonly specs: readonly OldSpec[];
}

function commands(knowledge: Knowledge): fc.Arbitrary<Command> {
  const all = knowledge.gadgets.flatMap((gadget) => [
    ...Object.keys(gadget.programs).map((id) => ({ gadget, id, words: gadget.command })),
    // A word that is a category too is read as the category.
    ...gadget.spellings
      .filter(({ words }) => !knowledge.categories.includes(words))
      .map(({ program: id, words }) => ({ gadget, id, words })),
  ]);
  return fc.constantFrom(...all).map(({ gadget, id, words }) => {
    const program = knowledge.programs.find((known) => known.id === id);
    if (program === undefined) throw new Error(`${gadget.id}: no program ${id}`);
    const specs = allFlags(gadget, program.id, knowledge).filter(
      ({ name }) => name !== "help" && name !== "image",
    );
    return { gadget, program, words, specs };
  });
}

const outputs: fc.Arbitrary<LineOutput> = fc.record({
  pipe: fc.constantFrom<LineOutput["pipe"]>(
    [],
    [[["head"], ["-5"]]],
    [[["jq"], [".pod"]]],
    [[["awk"], ["{print $3}"]]],
  ),
  sink: fc.constantFrom<LineOutput["sink"]>("stdout", "captured", "discarded", "file-read", "file-unread"),
});

/** The words of one flag in one of the forms that pflag reads. */
function flagWords(spec: OldSpec, gadget: Gadget): fc.Arbitrary<readonly Value[]> {
  const long = `--${spec.name}`;
  const { shorthand } = spec;
  if (!spec.takesValue) {
    const forms = [
      [[long]],
      [[`${long}=true`]],
      [[`${long}=false`]],
      ...(shorthand == null ? [] : [[[`-${shorthand}`]]]),
    ];
    return fc.constantFrom(...forms);
  }
  return valueOf(spec, gadget).chain((value) => {
    const written: (readonly Value[])[] = [[[long], value], [[`${long}=`, ...value]]];
    if (shorthand != null)
      written.push([[`-${shorthand}`], value], [[`-${shorthand}`, ...value]], [[`-${shorthand}=`, ...value]]);
    return fc.constantFrom(...written.map((words) => words.map(merged)));
  });
}

function merged(value: Value): Value {
  const [first, second, ...rest] = value;
  return typeof first === "string" && typeof second === "string" ? [first + second, ...rest] : value;
}

function valueOf(spec: OldSpec, gadget: Gadget): fc.Arbitrary<Value> {
  const dynamic = fc.constantFrom<Value>([{ code: "$X", words: "any" }], [{ code: "$X", words: "one" }]);
  const columns = ["k8s.podName", "pod", "namespace", ...gadget.columns.map(({ name }) => name)];
  const column = fc.constantFrom(...columns);
  const allowed = spec.row?.allowed ?? [];
  const literals = ((): fc.Arbitrary<string> => {
    if (allowed.length > 0) return fc.constantFrom(...allowed);
    switch (spec.name) {
      case "output":
        return fc.oneof(
          fc.constantFrom("json", "jsonpretty", "yaml", "columns", ...gadget.outputs),
          fc.array(column, { minLength: 1, maxLength: 3 }).map((names) => `columns=${names.join(",")}`),
          column.map((name) => `custom-columns=+${name}`),
          fc
            .array(
              fc.tuple(fc.constantFrom("+", "-"), fc.oneof(column, fc.constantFrom("k8s", "runtime", ""))),
            )
            .map((items) => `columns=${items.map(([sign, name]) => sign + name).join(",")}`),
        );
      case "filter":
        return fc
          .tuple(
            column,
            fc.constantFrom("", "!", ">", "!>=", "~", "<"),
            fc.constantFrom("5", "cat", "a\\b", ""),
          )
          .map(([name, operator, value]) => `${name}:${operator}${value}`);
      case "sort":
        return fc.tuple(fc.constantFrom("", "-"), column).map(([sign, name]) => sign + name);
      default:
        return ofType(spec.row?.type ?? "string");
    }
  })();
  return fc.oneof(
    { weight: 5, arbitrary: literals.map((text): Value => [text]) },
    { weight: 1, arbitrary: dynamic },
  );
}

function ofType(type: FlagType): fc.Arbitrary<string> {
  switch (type) {
    case "int":
    case "uint":
      return fc.constantFrom("0", "1", "5", "20", "1000", "60s");
    case "float":
      return fc.constantFrom("0.5", "2");
    case "duration":
      return fc.constantFrom("5ms", "1h30m", "0");
    default:
      return fc.constantFrom("demo", "nginx-1", "front", "a,b", "app=web,tier=db");
  }
}
