import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { display, type Value } from "../../src/commands/command.ts";
import { findCommandWord, parseFlags, type FlagSpec } from "../../src/translate/flags.ts";

const specs: readonly FlagSpec[] = [
  { name: "namespace", shorthand: "n", takesValue: true },
  { name: "all-namespaces", shorthand: "A", takesValue: false },
  { name: "output", shorthand: "o", takesValue: true },
  { name: "verbose", shorthand: "v", takesValue: false },
];

/** Blanks between words, `$X` one unknown word, `$X*` any number of them. */
function words(line: string): readonly Value[] {
  if (line === "") return [];
  return line.split(" ").map((word) =>
    word
      .split(/(\$\w+\*?)/)
      .filter((part) => part !== "")
      .map((part) =>
        part.startsWith("$")
          ? { code: part.replace("*", ""), words: part.endsWith("*") ? ("any" as const) : ("one" as const) }
          : part,
      ),
  );
}

function shown(line: string, options = {}): string {
  const parsed = parseFlags(words(line), specs, options);
  const uses = parsed.uses.map((use) => {
    const value = use.value === null ? "" : `:${display(use.value)}@${use.valueIndex}`;
    return `${use.spec?.name ?? `?${use.name}`}${value}/${use.form}${use.shared ? "+" : ""}`;
  });
  const operands = parsed.positionals.map((i) => display(words(line)[i] ?? []));
  const dash = parsed.dashIndex === null ? "" : ` --@${parsed.dashIndex}`;
  const unclear = parsed.unclear.map((word) => ` ${word.kind}@${word.wordIndex}`).join("");
  return `${uses.join(" ")} | ${operands.join(" ")}${dash}${unclear}`;
}

describe("parseFlags reads words like pflag", () => {
  test.each([
    ["", " | "],
    ["a b", " | a b"],
    ["-n demo x", "namespace:demo@1/separate | x"],
    ["-ndemo x", "namespace:demo@0/attached | x"],
    ["-n=demo x", "namespace:demo@0/equals | x"],
    ["-n= x", "namespace:=@0/attached | x"],
    ["--namespace demo x", "namespace:demo@1/separate | x"],
    ["--namespace=demo=1 x", "namespace:demo=1@0/equals | x"],
    ["--namespace= x", "namespace:@0/equals | x"],
    ["--namespace -A", "namespace:-A@1/separate | "],
    ["--namespace --", "namespace:--@1/separate | "],
    ["--namespace", "namespace/bare | "],
    ["--verbose false", "verbose/bare | false"],
    ["--verbose=false", "verbose:false@0/equals | "],
    ["-An demo", "all-namespaces/bare+ namespace:demo@1/separate+ | "],
    ["-Andemo", "all-namespaces/bare+ namespace:demo@0/attached+ | "],
    ["-Ao=json", "all-namespaces/bare+ output:json@0/equals+ | "],
    ["-vA", "verbose/bare+ all-namespaces/bare+ | "],
    ["x -A y", "all-namespaces/bare | x y"],
    ["x -A -- -n y", "all-namespaces/bare | x -n y --@2"],
    ["- x", " | - x"],
    ["--follow -A", "?follow/bare all-namespaces/bare | "],
    ["--follow 5 -A", "?follow:5@1/separate all-namespaces/bare | "],
    ["--follow=5 x", "?follow:5@0/equals | x"],
    ["-Fcomm:cat x", "?F:comm:cat@0/attached | x"],
    ["---x", "?-x/bare | "],
    ["--=x", "?=x/bare | "],
    ["-n $NS x", "namespace:$NS@1/separate | x"],
    ["-n$NS x", "namespace:$NS@0/attached | x"],
    ["--namespace=$NS-a x", "namespace:$NS-a@0/equals | x"],
    ["-n=$NS x", "namespace:$NS@0/equals | x"],
    ["x $ARGS*", " | x $ARGS many@1"],
    ["$IMAGE x", " | $IMAGE x word@0"],
    ["--$NAME x", " | x flag@0"],
    ["--na$NAME x", " | x flag@0"],
    ["-$X -A", "all-namespaces/bare |  flag@0"],
  ])("%s", (line, expected) => {
    expect(shown(line)).toBe(expected);
  });

  test("the first operand may end the flags", () => {
    expect(shown("-A x -n y", { interspersed: false })).toBe("all-namespaces/bare | x -n y");
  });

  test.each([
    ["-xA b", "?x/bare+ all-namespaces/bare+ | b"],
    ["-xy b c", "?x/bare+ ?y:b@1/separate+ | c"],
    ["-xnb c", "?x/bare+ namespace:b@0/attached+ | c"],
    ["-x=1 c", "?x:1@0/equals | c"],
  ])("unknown letters may be passed over: %s", (line, expected) => {
    expect(shown(line, { passUnknownLetters: true })).toBe(expected);
  });

  test("words before `from` are not read", () => {
    expect(shown("kubectl gadget -A", { from: 2 })).toBe("all-namespaces/bare | ");
  });

  test("every word is a flag's, a flag's value, an operand, `--` or a flag with a dynamic name, once", () => {
    const word = fc.oneof(
      fc.constantFrom(
        "-",
        "--",
        "-n",
        "-A",
        "-An",
        "-nA",
        "--namespace",
        "--verbose",
        "--x=1",
        "$X",
        "$X*",
        "-$X",
      ),
      fc.string().map((text) => text.replaceAll(" ", "_")),
    );
    fc.assert(
      fc.property(fc.array(word.filter((text) => text !== "")), (list) => {
        const values = words(list.join(" "));
        const parsed = parseFlags(values, specs);
        const places = new Set<number>();
        for (const use of parsed.uses) {
          places.add(use.wordIndex);
          if (use.valueIndex !== null) places.add(use.valueIndex);
        }
        for (const { kind, wordIndex } of parsed.unclear) if (kind === "flag") places.add(wordIndex);
        const inFlags = places.size;
        for (const i of parsed.positionals) places.add(i);
        if (parsed.dashIndex !== null) places.add(parsed.dashIndex);
        const dashes = parsed.dashIndex === null ? 0 : 1;
        expect(inFlags + parsed.positionals.length + dashes).toBe(values.length);
        expect(places.size).toBe(values.length);
      }),
    );
  });
});

describe("findCommandWord finds the sub-command like cobra", () => {
  test.each([
    ["trace exec", 0],
    ["-A trace", 1],
    ["-n demo trace", 2],
    ["-ndemo trace", 1],
    ["-An demo trace", 1],
    ["--namespace=demo trace", 1],
    ["--namespace demo trace", 2],
    ["--verbose trace exec", 1],
    ["--unknown trace exec", 2],
    ["--unknown=1 trace", 1],
    ["-x trace exec", 2],
    ["-A", null],
    ["-A -- trace", null],
    ["$X trace", 0],
  ])("%s", (line, index) => {
    expect(findCommandWord(words(line), 0, specs)).toBe(index);
  });
});
