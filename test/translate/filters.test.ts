import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { literal } from "../../src/commands/command.ts";
import { flagsOf, findImage, type Running } from "../../src/knowledge/lookup.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { within } from "../../src/knowledge/releases.ts";
import type { Gadget, OldColumn } from "../../src/knowledge/gadget.ts";
import { parseFlags } from "../../src/translate/flags.ts";
import { translate } from "../../src/translate/translate.ts";
import type { CommandLine } from "../../src/translate/translation.ts";
import { runs } from "../support/property-runs.ts";

/*
 * What a fix that is called safe lets through is what the old command let through: both grammars are acted out here on
 * random events, the old one after v0.41.0 pkg/columns/filter and spf13/pflag's lists, the new one after v0.55.1
 * pkg/operators/filter.
 */

const knowledge = loadKnowledge();
const TARGETS = ["v0.39.0", "v0.41.2", "v0.42.0", "v0.43.0", "v0.49.0", "v0.55.1"];

type Event = ReadonlyMap<string, string | number>;

interface Subject {
  readonly gadget: Gadget;
  readonly target: string;
  /** Columns whose values stayed, with their fields. */
  readonly columns: readonly { readonly name: string; readonly field: string; readonly isText: boolean }[];
}

const subjects: readonly Subject[] = TARGETS.flatMap((target) =>
  knowledge.gadgets.flatMap((gadget) => {
    const row = gadget.to.find((candidate) => within(candidate, target));
    const image = row?.image == null || row.manual === true ? null : findImage(knowledge, row.image);
    if (image === null || !gadget.groups.includes("filter")) return [];
    const columns = gadget.columns.flatMap((column) => comparable(column, { image, release: target }));
    return columns.length < 2 ? [] : [{ gadget, target, columns }];
  }),
);

function comparable(
  { name, to, until }: OldColumn,
  { image, release }: Pick<Running, "image" | "release">,
): Subject["columns"] {
  const row = to.find((candidate) => within(candidate, release));
  if (until !== "v0.41.2" || row?.field == null || row.state !== "same" || row.value !== undefined) return [];
  const fields = image.dataSources
    .flatMap((source) => source.fields)
    .filter((field) => within(field, release));
  const field = fields.find((candidate) => candidate.name === row.field);
  if (field === undefined || fields.some((candidate) => candidate.name === `${field.name}_raw`)) return [];
  if (field.type === "string") return [{ name, field: field.name, isText: true }];
  return /^u?int(?:32|64)$/.test(field.type) ? [{ name, field: field.name, isText: false }] : [];
}

const text = fc.oneof(
  fc.constantFrom(
    "",
    "cat",
    "a",
    "b",
    "a,b",
    "a\\",
    "\\,",
    '"',
    "=x",
    "!a",
    "~b",
    ">a",
    "a.b",
    "$",
    "(a",
    "nginx",
    "é",
  ),
  fc.string({ unit: fc.constantFrom("a", "b", ".", ",", "\\", "=", "!", "^", "-"), maxLength: 4 }),
);
const number = fc.constantFrom(0, 1, 2, 5, 80, 443, 1000);

// A number in the place of the subject keeps a report of what failed short.
const lines = fc.constantFrom(...subjects.entries()).chain(([at, subject]) =>
  fc.record({
    at: fc.constant(at),
    filters: fc.array(fc.array(rule(subject), { minLength: 1, maxLength: 2 }), {
      minLength: 1,
      maxLength: 3,
    }),
    events: fc.array(event(subject), { minLength: 12, maxLength: 12 }),
  }),
);

function rule({ columns }: Subject): fc.Arbitrary<string> {
  return fc.constantFrom(...columns).chain(({ name, isText }) =>
    fc
      .tuple(
        fc.constantFrom("", "", "!"),
        fc.constantFrom("", "", ">", ">=", "<", "<=", "~"),
        isText ? text : number.map(String),
        fc.boolean(),
      )
      .map(([negation, operator, value, bare]) => {
        if (bare && value === "" && operator === "" && negation === "") return name;
        return `${name}:${negation}${operator}${value}`;
      }),
  );
}

function event({ columns }: Subject): fc.Arbitrary<Event> {
  return fc
    .tuple(...columns.map(({ isText }) => (isText ? text : number)))
    .map((values) => new Map(columns.map(({ field }, i) => [field, values[i] ?? ""])));
}

describe("filters of fixes that are safe", () => {
  test("the subjects are most gadgets, at every target", () => {
    for (const target of TARGETS) {
      const known = subjects.filter((subject) => subject.target === target);
      expect(known.length).toBeGreaterThan(15);
    }
  });

  test("let the same events through", () => {
    let safe = 0;
    fc.assert(
      fc.property(lines, ({ at, filters, events }) => {
        const subject = subjectAt(at);
        const line = commandLine(subject.gadget, filters);
        const result = translate(line, optionsAt(subject.target), knowledge);
        if (result.state !== "rewrite") return;
        // Only what the filters themselves put in doubt matters here.
        if (result.notes.some(({ messageId }) => messageId.startsWith("filter-"))) return;
        safe++;
        const before = filters.flat().map((one) => oldRule(one, subject));
        const after = newFilters(
          result.words.map((word) =>
            "keep" in word ? wordAt(line, word.keep) : (literal(word.write) ?? ""),
          ),
          result.image ?? "",
          subject.target,
        );
        for (const happened of events) {
          expect(after.every((passes) => passes(happened))).toBe(before.every((passes) => passes(happened)));
        }
      }),
      { numRuns: runs(3000) },
    );
    expect(safe).toBeGreaterThan(1000);
  });
});

describe("lists that became filters", () => {
  /** The flag given once for each list; no release added them up, the last one counted. */
  const given = (flag: string, lists: readonly (readonly (number | string)[])[]): string[] =>
    lists.map((list) => `${flag}=${list.join(",")}`);
  const several = <T>(list: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
    fc.array(list, { minLength: 1, maxLength: 3 });

  const ports = fc.array(fc.constantFrom<number>(79, 80, 81, 82, 443), { minLength: 1, maxLength: 4 });
  const target = fc.constantFrom(...TARGETS);

  test("--ports of trace bind", () => {
    let kept = 0;
    fc.assert(
      fc.property(several(ports), target, (lists, release) => {
        const list = lists.at(-1) ?? [];
        const line = words(["kubectl", "gadget", "trace", "bind", ...given("--ports", lists)]);
        const passes = filtersOf(line, release);
        if (passes === null) return;
        kept++;
        for (const port of [78, 79, 80, 81, 82, 83, 443]) {
          expect(passes(new Map([["addr.port", port]]))).toBe(list.includes(port));
        }
      }),
    );
    expect(kept).toBeGreaterThan(30);
  });

  test("--ports of trace dns", () => {
    const some = fc.array(fc.constantFrom<number>(53, 5353), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(several(some), target, (lists, release) => {
        const list = lists.at(-1) ?? [];
        const passes = filtersOf(words(["ig", "trace", "dns", ...given("-P", lists)]), release);
        if (passes === null) return;
        // The image never shows other packets.
        for (const [src, dst] of [
          [53, 40000],
          [40000, 53],
          [5353, 5353],
          [40000, 5353],
        ] as const) {
          const happened = new Map([
            ["src.port", src],
            ["dst.port", dst],
          ]);
          expect(passes(happened)).toBe(list.includes(src) || list.includes(dst));
        }
      }),
    );
  });

  test("--prefixes of trace open", () => {
    const path = fc.string({
      unit: fc.constantFrom("/", "a", "b", ".", "\\", "*", "[", "(", "^", "$", "é", " "),
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        several(fc.array(path, { minLength: 1, maxLength: 3 })),
        fc.array(path, { minLength: 8 }),
        target,
        (lists, paths, release) => {
          const list = lists.at(-1) ?? [];
          const passes = filtersOf(
            words(["kubectl", "gadget", "trace", "open", ...given("--prefixes", lists)]),
            release,
          );
          if (passes === null) throw new Error(`not safe: ${list.join(",")}`);
          const isEmpty = list.join(",") === "";
          for (const opened of [...paths, ...list, ...list.map((prefix) => `${prefix}a`)]) {
            expect(passes(new Map([["fname", opened]]))).toBe(
              isEmpty || list.some((prefix) => opened.startsWith(prefix)),
            );
          }
        },
      ),
    );
  });
});

function subjectAt(at: number): Subject {
  const subject = subjects[at];
  if (subject === undefined) throw new RangeError(`no subject ${String(at)}`);
  return subject;
}

/** What the new command lets through; null where it is not called safe. */
function filtersOf(line: CommandLine, target: string): ((happened: Event) => boolean) | null {
  const result = translate(line, optionsAt(target), knowledge);
  if (result.state !== "rewrite" || result.grade !== "safe") return null;
  const texts = result.words.map((word) =>
    "keep" in word ? wordAt(line, word.keep) : (literal(word.write) ?? ""),
  );
  const all = newFilters(texts, result.image ?? "", target);
  return (happened) => all.every((passes) => passes(happened));
}

function commandLine({ command }: Gadget, filters: readonly (readonly string[])[]): CommandLine {
  const flags = filters.flatMap((rules) => ["-F", rules.map(csv).join(",")]);
  return words(["kubectl", "gadget", ...command.split(" "), ...flags]);
}

function words(texts: readonly string[]): CommandLine {
  const [program] = texts;
  return {
    program: program === "ig" ? "ig" : "kubectl-gadget",
    words: texts.map((one) => [one]),
    programWords: program === "ig" ? 1 : 2,
    output: { pipe: [], sink: "discarded" },
    role: "run",
  };
}

function optionsAt(target: string): Parameters<typeof translate>[1] {
  return { target, tag: [target], imageStyle: "short", defaults: "keep" };
}

function wordAt(line: CommandLine, index: number): string {
  return literal(line.words[index] ?? []) ?? "";
}

/** One field of pflag's StringSlice. */
function csv(field: string): string {
  return /[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

type Test = (happened: Event) => boolean;

function oldRule(written: string, { columns }: Subject): Test {
  const [name = "", ...rest] = written.split(":");
  const condition = rest.join(":");
  const negated = condition.startsWith("!");
  const [, operator = "", value = ""] =
    /^(>=|>|<=|<|~|)(.*)$/s.exec(negated ? condition.slice(1) : condition) ?? [];
  const column = columns.find((candidate) => candidate.name === name);
  return (happened) => compare(happened.get(column?.field ?? "") ?? "", operator, value) !== negated;
}

function compare(actual: string | number, operator: string, value: string): boolean {
  if (operator === "~") return new RegExp(value).test(String(actual));
  const order =
    typeof actual === "number"
      ? actual - Number(value)
      : Buffer.compare(Buffer.from(actual), Buffer.from(value));
  switch (operator) {
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    default:
      return order === 0;
  }
}

/** The filters of a new command line, as the filter operator reads them. */
function newFilters(line: readonly string[], imageName: string, release: string): readonly Test[] {
  const image = findImage(knowledge, imageName);
  if (image === null) throw new Error(`no image ${imageName}`);
  const program = line[0] === "ig" ? "ig" : "kubectl-gadget";
  const specs = flagsOf({ knowledge, image, program, release }).map(({ name, shorthand, type }) => ({
    name,
    shorthand: shorthand ?? null,
    takesValue: type !== "bool",
  }));
  const { uses } = parseFlags(
    line.map((one) => [one]),
    specs,
    { from: program === "ig" ? 1 : 2 },
  );
  const values = new Map(uses.map((use) => [use.spec?.name ?? use.name, literal(use.value ?? []) ?? ""]));
  return [...values].flatMap(([name, value]) => {
    if (/^filter-expr(?:\.|$)/.test(name)) return [expression(value)];
    return /^filter(?:\.|$)/.test(name) ? splitEscaped(value).map(newRule) : [];
  });
}

/** Splits at commas; a backslash before a comma or another one stands for that. */
function splitEscaped(value: string): readonly string[] {
  const parts: string[] = [];
  let [part, escaped] = ["", false];
  for (const unit of value) {
    if (escaped) part += unit === "," || unit === "\\" ? unit : `\\${unit}`;
    else if (unit === ",") [part] = ["", parts.push(part)];
    else if (unit !== "\\") part += unit;
    escaped = !escaped && unit === "\\";
  }
  return [...parts, part].filter((one) => one !== "");
}

function newRule(written: string): Test {
  const [, field = "", symbol = "", value = ""] = /^([^!~<>=]*)([!~<>=]+)(.+)$/s.exec(written) ?? [];
  const known: Readonly<Record<string, readonly [operator: string, negated: boolean]>> = {
    "==": ["", false],
    "!=": ["", true],
    "~": ["~", false],
    "!~": ["~", true],
    ">": [">", false],
    ">=": [">=", false],
    "<": ["<", false],
    "<=": ["<=", false],
  };
  const [operator, negated] = known[symbol] ?? [];
  if (operator === undefined) throw new Error(`no rule: ${written}`);
  return (happened) => {
    const actual = happened.get(field);
    if (actual === undefined) throw new Error(`no field: ${written}`);
    return compare(actual, operator, value) !== negated;
  };
}

/** Conditions joined by `&&`, each perhaps several joined by `||`. */
function expression(written: string): Test {
  const all = written.split(" && ").map((part) =>
    part
      .replace(/^\((.*)\)$/s, "$1")
      .split(" || ")
      .map(condition),
  );
  return (happened) => all.every((some) => some.some((passes) => passes(happened)));
}

/** `FIELD == N`, `FIELD in [N, ...]`, `string(FIELD) matches TEXT` and `FIELD >= TEXT`, as in expr-lang. */
function condition(written: string): Test {
  const [, field = "", one, list] = /^([\w.]+) (?:== (\d+)|in \[([\d, ]+)\])$/.exec(written) ?? [];
  if (field !== "") {
    const numbers = (one ?? list ?? "").split(", ").map(Number);
    return (happened) => numbers.includes(Number(happened.get(field)));
  }
  const [, number, text, symbol = "", quotes = ""] =
    /^(?:string\(([\w.]+)\)|([\w.]+)) (matches|not matches|>=?|<=?) (".*")$/s.exec(written) ?? [];
  const value: unknown = quotes === "" ? null : JSON.parse(quotes);
  const name = number ?? text;
  if (name === undefined || typeof value !== "string") throw new Error(`no expression: ${written}`);
  return (happened) => {
    const actual = happened.get(name);
    if (actual === undefined || (typeof actual === "number") !== (number !== undefined)) {
      throw new Error(`no such field: ${written}`);
    }
    if (!symbol.endsWith("matches")) return compare(actual, symbol, value);
    return compare(actual, "~", value) !== symbol.startsWith("not");
  };
}
