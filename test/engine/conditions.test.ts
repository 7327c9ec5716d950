import { describe, expect, test } from "vitest";
import type { Value } from "../../src/commands/command.ts";
import { conditionDoubts } from "../../src/engine/conditions.ts";
import type { NewWord, Note, Translation } from "../../src/translate/translation.ts";

/** `ig old --a 1`, each word ten units behind the one before. */
const WORDS: readonly Value[] = [["ig"], ["old"], ["--a"], ["1"]];
const PLACES = WORDS.map((_, i) => ({ start: 10 * i, end: 10 * i + 5 }));
const NEW: readonly NewWord[] = [{ keep: 0 }, { write: ["new"], replaces: 1 }, { keep: 2 }, { keep: 3 }];

function rewrite(words: readonly NewWord[], notes: readonly Note[] = []): Translation {
  return {
    rule: "builtin-gadget",
    gadget: null,
    image: "new",
    state: "rewrite",
    grade: notes.length === 0 ? "safe" : "unsafe",
    message: { messageId: "x", args: {} },
    words,
    notes,
  };
}

const WITHOUT_FLAG = rewrite([{ keep: 0 }, { write: ["new"], replaces: 1 }]);
const DOUBT: Note = { messageId: "kept-as-data", args: {} };

describe("words that a template may leave out", () => {
  test.each<[string, readonly [number, number][], Translation, readonly string[]]>([
    ["nothing is conditional", [], WITHOUT_FLAG, []],
    ["the flag is, and the fix is right without it", [[20, 35]], WITHOUT_FLAG, []],
    ["the whole command is", [[0, 40]], rewrite([]), []],
    ["what is conditional stands elsewhere", [[50, 60]], rewrite([]), []],
    [
      "without the flag another word is needed",
      [[20, 35]],
      rewrite([{ keep: 0 }, { write: ["new"], replaces: 1 }, { write: ["--b"] }]),
      ["under-condition"],
    ],
    [
      "without the flag there is no fix",
      [[20, 35]],
      { ...WITHOUT_FLAG, state: "manual", nearest: null, notes: [] } as Translation,
      ["under-condition"],
    ],
    [
      "without the flag a person must look",
      [[20, 35]],
      rewrite([{ keep: 0 }, { write: ["new"], replaces: 1 }], [DOUBT]),
      ["kept-as-data"],
    ],
  ])("%s", (_, ranges, without, expected) => {
    const conditions = ranges.map(([start, end]) => ({ start, end }));
    const notes = conditionDoubts(PLACES, conditions, WORDS, NEW, () => without);
    expect(notes.map(({ messageId }) => messageId)).toEqual(expected);
  });

  test("the words left out are named, and the translation gets the others", () => {
    const asked: (readonly number[])[] = [];
    const notes = conditionDoubts(PLACES, [{ start: 20, end: 35 }], WORDS, NEW, (kept) => {
      asked.push(kept);
      return { state: "fine" };
    });
    expect(asked).toEqual([[0, 1]]);
    expect(notes).toEqual([{ messageId: "under-condition", args: { words: "--a 1" } }]);
  });

  test("what is put behind a word goes with it", () => {
    const next: readonly NewWord[] = [...NEW, { write: ["--behind"] }];
    expect(conditionDoubts(PLACES, [{ start: 20, end: 35 }], WORDS, next, () => WITHOUT_FLAG)).toEqual([]);
  });
});
