import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../src/text/edits.ts";
import { Fragment, PieceBuilder } from "../../src/text/fragment.ts";

/** A language of one rule: `\x` stands for `x`, and new text must have its backslashes and stars hidden. */
function starred(parent: Fragment, start: number, end: number): Fragment {
  const builder = new PieceBuilder();
  const { text } = parent;
  for (let at = start; at < end; at++) {
    if (text[at] !== "\\" || at + 1 === end) builder.copy(text, at, at + 1);
    else builder.escape(text[at + 1] ?? "", at, (at += 1) + 1);
  }
  return parent.child(builder.build((written) => written.replace(/[\\*]/g, "\\$&")));
}

describe("places", () => {
  const source = "ab\\*cd\\\\\\*ef";
  const outer = starred(Fragment.of(source), 1, source.length - 1);
  const inner = starred(outer, 0, outer.text.length);

  test("decode level by level", () => {
    expect([outer.text, inner.text]).toEqual(["b*cd\\*e", "b*cd*e"]);
  });

  test.each([
    [0, 1, "b"],
    [1, 2, "\\*"],
    [2, 4, "cd"],
    [4, 5, "\\\\\\*"],
    [3, 6, "d\\\\\\*e"],
    [2, 2, ""],
    [6, 6, ""],
  ])("units %i to %i of the inmost text are %s", (start, end, text) => {
    const range = inner.toSource({ start, end });
    expect(source.slice(range.start, range.end)).toBe(text);
  });

  test("know the whole source", () => {
    expect(inner.source).toBe(source);
  });
});

describe("edits", () => {
  test.each([
    [{ start: 4, end: 5, text: "*" }, "ab\\*cd\\\\\\*ef"],
    [{ start: 1, end: 2, text: "x" }, "abxcd\\\\\\*ef"],
    [{ start: 2, end: 2, text: "*" }, "ab\\*\\\\\\*cd\\\\\\*ef"],
    [{ start: 6, end: 6, text: "!" }, "ab\\*cd\\\\\\*e!f"],
  ])("%o", (edit, expected) => {
    const source = "ab\\*cd\\\\\\*ef";
    const outer = starred(Fragment.of(source), 1, source.length - 1);
    const made = starred(outer, 0, outer.text.length).toSourceEdit(edit);
    expect(applyEdits(source, made === null ? [] : [made])).toBe(expected);
  });

  test("are refused by one level for all", () => {
    const outer = Fragment.of("abc").slice(0, 3, () => null);
    expect(outer.slice(1, 2).toSourceEdit({ start: 0, end: 1, text: "x" })).toBeNull();
  });

  test("never cut an escape in two", () => {
    const builder = new PieceBuilder();
    builder.escape("xy", 0, 3);
    const fragment = Fragment.of("&1;").child(builder.build((text) => text));
    expect(fragment.toSourceEdit({ start: 1, end: 2, text: "z" })).toBeNull();
    expect(fragment.toSourceEdit({ start: 0, end: 2, text: "z" })).toEqual({ start: 0, end: 3, text: "z" });
  });

  test("have no place in a fragment without text", () => {
    const fragment = Fragment.of("abc").slice(1, 1);
    expect(fragment.toSourceEdit({ start: 0, end: 0, text: "x" })).toBeNull();
  });

  test("of nested random text read back as what was written, and change nothing else", () => {
    const unit = fc.constantFrom("a", "*", "\\", "é", "😀", "\n");
    fc.assert(
      fc.property(
        fc.array(unit),
        fc.array(unit),
        fc.array(unit),
        fc.nat(4),
        (before, middle, after, depth) => {
          const written = (text: string): string => {
            let coded = text;
            for (let level = 0; level < depth; level++) coded = coded.replace(/[\\*]/g, "\\$&");
            return coded;
          };
          const read = (source: string): Fragment => {
            let fragment = Fragment.of(source);
            for (let level = 0; level < depth; level++) fragment = starred(fragment, 0, fragment.text.length);
            return fragment;
          };
          const [head, old, tail] = [before.join(""), "old", after.join("")];
          const source = written(head + old + tail);
          const range = { start: head.length, end: head.length + old.length };
          const edit = read(source).toSourceEdit({ ...range, text: middle.join("") });
          const result = applyEdits(source, edit === null ? [] : [edit]);
          expect(result).toBe(written(head) + written(middle.join("")) + written(tail));
          expect(read(result).text).toBe(head + middle.join("") + tail);
        },
      ),
    );
  });
});

describe("holes", () => {
  const hole = { code: "{*}", words: "one" } as const;

  test("are inherited by what covers them", () => {
    const fragment = Fragment.of("a{*}b{*}", "axxxbxxx", [
      { start: 1, end: 4, ...hole },
      { start: 5, end: 8, ...hole },
    ]);
    expect(fragment.slice(0, 5).holes).toEqual([{ start: 1, end: 4, ...hole }]);
    expect(fragment.slice(4, 8).holes).toEqual([{ start: 1, end: 4, ...hole }]);
    expect(fragment.holesIn({ start: 3, end: 5 })).toHaveLength(1);
    expect(fragment.holesIn({ start: 4, end: 5 })).toHaveLength(0);
    expect(fragment.code({ start: 0, end: 8 })).toBe("a{*}b{*}");
  });

  test("keep their code past all encoders below the level that made them", () => {
    const source = "a{*}b";
    const root = Fragment.of(source, "axxxb", [{ start: 1, end: 4, ...hole }]);
    const inner = starred(starred(root, 0, 5), 0, 5);
    const edit = inner.toSourceEdit({ start: 0, end: 5, text: "{*} * {*}" });
    expect(edit?.text).toBe("{*} \\\\\\* {*}");
  });

  test("are encoded by the levels above the one that made them", () => {
    const outer = starred(Fragment.of("a{\\*}b"), 0, 6);
    const masked = outer.remasked("axxxb", [{ start: 1, end: 4, ...hole }]);
    const edit = masked.toSourceEdit({ start: 0, end: 1, text: "c{*}" });
    expect(edit).toEqual({ start: 0, end: 1, text: "c{\\*}" });
  });

  test("of a piece are raw text of its parent", () => {
    const builder = new PieceBuilder();
    builder.copy("a$*b", 0, 1);
    builder.hole({ code: "$*", words: "any" }, 1, 3);
    builder.copy("a$*b", 3, 4);
    const fragment = Fragment.of("a$*b").child(builder.build((text) => text.replace(/[$*]/g, "\\$&")));
    expect(fragment.text).toBe("axxb");
    expect(fragment.holes).toEqual([{ start: 1, end: 3, code: "$*", words: "any" }]);
    expect(fragment.toSourceEdit({ start: 3, end: 4, text: "*$*" })?.text).toBe("\\*$*");
  });

  test("of a piece take the place of those in them", () => {
    const root = Fragment.of("$({*})", "$(xxx)", [{ start: 2, end: 5, ...hole }]);
    const builder = new PieceBuilder();
    builder.hole({ code: root.code({ start: 0, end: 6 }), words: "any" }, 0, 6);
    const { holes } = root.child(builder.build((text) => text));
    expect(holes).toEqual([{ start: 0, end: 6, code: "$({*})", words: "any" }]);
  });

  test("with the code of text beside them make an edit unclear", () => {
    const builder = new PieceBuilder();
    builder.hole({ code: "$x", words: "any" }, 0, 2);
    builder.escape("$x", 2, 5);
    const fragment = Fragment.of("$x\\$x").child(builder.build((text) => text));
    expect(fragment.toSourceEdit({ start: 0, end: 4, text: "$x" })).toBeNull();
  });

  test("whose code begins that of another are told apart", () => {
    const fragment = Fragment.of("$ab$a", "xxxxx", [
      { start: 0, end: 3, code: "$ab", words: "one" },
      { start: 3, end: 5, code: "$a", words: "one" },
    ]).slice(0, 5, (text) => text.replaceAll("$", "$$$$"));
    expect(fragment.toSourceEdit({ start: 0, end: 5, text: "$a-$ab$" })?.text).toBe("$a-$ab$$");
  });

  test("a mask keeps the length", () => {
    expect(() => Fragment.of("abc", "ab")).toThrow(RangeError);
    expect(() => Fragment.of("abc").remasked("ab", [])).toThrow(RangeError);
  });
});
