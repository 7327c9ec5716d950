import { describe, expect, test } from "vitest";
import { readTable } from "../../../src/consumers/table/program.ts";

/** Words of a command as a shell would give them, without escapes. */
function wordsOf(line: string): readonly (readonly string[])[] {
  const words = line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  return words.map((word) => [
    word.replace(/'([^']*)'|"([^"]*)"/g, (_, a?: string, b?: string) => a ?? b ?? ""),
  ]);
}

function read(line: string, squeezed = false) {
  const words = wordsOf(line);
  return readTable(words[0]?.[0] ?? "", words, squeezed);
}

describe("columns that are read", () => {
  test.each<readonly [string, readonly number[]]>([
    ["awk '{print $3}'", [2]],
    ["awk '{ print $1, $NF }'", [0, -1]],
    ["awk '{print $(NF-2)}'", [-3]],
    ["awk '{print $(NF - 1), $(2)}'", [-2, 1]],
    ["awk 'NR>1 && $5 ~ /ngin[x$1]/ {print $4}'", [4, 3]],
    ["awk '/\\/bin\\/$9/ {print $2} # $8'", [1]],
    ["awk '$0 ~ x {print}'", []],
    ["awk -F' ' -v n=3 '{print $2}'", [1]],
    ["awk -F '[ ]+' '{print $2}'", [1]],
    ["awk -v FS=' +' '{print $2}'", [1]],
    ["awk -- '{print $2}'", [1]],
    ["gawk '{s[$3]++} END {for (k in s) print k}'", [2]],
    ["awk '{print \"$7\"}'", []],
    ["cut -d' ' -f1", [0]],
    ["sort -k2,2 -k 5nr", [1, 4]],
    ["sort -rnk3", [2]],
    ["sort --key=4", [3]],
    ["sort -n", []],
    ["while read -r node _ pod rest", [0, 2]],
    ["read -r -t 5 a b", [0]],
    ["read line", []],
    ["grep -v NODE", []],
    ["column -t", []],
  ])("%s", (line, indexes) => {
    expect(read(line)?.columns.map(({ index }) => index)).toEqual(indexes);
  });

  test("of cut only behind something that leaves one blank between columns", () => {
    expect(read("cut -d' ' -f1,3-4", true)).toMatchObject({ countsCharacters: false });
    expect(read("cut -d' ' -f1,3-4", true)?.columns.map(({ index }) => index)).toEqual([0, 2, 3]);
    expect(read("cut -d' ' -f1,3")).toMatchObject({ countsCharacters: true, columns: [{ index: 0 }] });
    expect(read("cut -c1-20")).toMatchObject({ countsCharacters: true, columns: [] });
  });

  test("stand where they are written", () => {
    const text = "{print $12}";
    const [use] = read(`awk '${text}'`)?.columns ?? [];
    expect(use).toMatchObject({ code: "$12", number: { word: 1 } });
    const { start = 0, end = 0 } = use?.number?.range ?? {};
    expect(text.slice(start, end)).toBe("12");
  });
});

describe("what is not known", () => {
  test.each([
    "awk -F, '{print $3}'",
    "awk -F'\\t' '{print $3}'",
    "awk -f prog.awk",
    "cut -d: -f2",
    "sort -t, -k2",
    "read -ra words",
    "python3 parser.py",
    "awk",
  ])("%s", (line) => {
    expect(read(line)).toBeNull();
  });
});

describe("what the next command gets", () => {
  test.each([
    ["grep -v x", "lines"],
    ["sort -k2", "lines"],
    ["uniq -c", "lines"],
    ["tr -s ' '", "squeezed"],
    ["tr -d x", "other"],
    ["sed 's/  */ /g'", "squeezed"],
    ["sed -E 's/ +/ /g'", "squeezed"],
    ["sed 1d", "lines"],
    ["sed 's/a/b/'", "other"],
    ["awk '{print $1}'", "other"],
  ])("%s gives %s", (line, gives) => {
    expect(read(line)?.gives).toBe(gives);
  });
});

test("texts that are looked for", () => {
  expect(read(`awk '$1 != "NODE" && /curl|wget/ {print}'`)?.patterns).toEqual(["NODE", "curl|wget"]);
  expect(read("grep -e '^PID' -i")?.patterns).toContain("^PID");
});
