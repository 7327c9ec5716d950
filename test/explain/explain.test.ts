import { describe, expect, test } from "vitest";
import { knownTargets } from "../../src/engine/target.ts";
import { programFlags } from "../../src/explain/entry.ts";
import { explain, programFlagsAt } from "../../src/explain/explain.ts";
import { RULES } from "../../src/rules/registry.ts";
import { findGadgets } from "../../src/explain/find.ts";
import { VALUE_TEXTS } from "../../src/explain/value-texts.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { spansMeet } from "../../src/knowledge/releases.ts";
import { VALUE_CHANGES } from "../../src/translate/values.ts";

const knowledge = loadKnowledge();
const targets = knownTargets(knowledge);
const STATES = new Set(["same", "equal", "differs", "none"]);

describe.each(knowledge.gadgets)("$id", (gadget) => {
  test("every flag, column and JSON field has a state, with its note, at every target", () => {
    for (const target of targets) {
      const { becomes, flags, columns, jsonFields, outputs } = explain(gadget, target, knowledge);
      const rows = [...flags, ...columns, ...jsonFields].map(({ to }) => to);
      const wrong = rows.filter(
        ({ state, note = "", source }) =>
          !STATES.has(state) ||
          source === "" ||
          (state === "none" && note === "") ||
          (state !== "none" && becomes.image === null),
      );
      expect(wrong).toEqual([]);
      expect(outputs.map(({ mode }) => mode)).toEqual(gadget.outputs);
      expect(columns.filter(({ common }) => !common).map(({ name }) => name)).toEqual(
        gadget.columns.map(({ name }) => name),
      );
      expect(jsonFields.filter(({ common }) => !common).map(({ path }) => path)).toEqual(
        gadget.jsonFields.map(({ path }) => path),
      );
    }
  });

  test("no flag that it had is left out", () => {
    const names = new Set(explain(gadget, "v0.55.1", knowledge).flags.map(({ name }) => name));
    const lives = [
      ...Object.entries(gadget.programs).map(([program, span]) => ({ program, ...span })),
      ...gadget.spellings,
    ];
    const shared = knowledge.flagGroups.filter(({ id, root }) => !root && gadget.groups.includes(id));
    const had = shared.flatMap(({ programs, flags }) =>
      flags.filter(
        (flag) =>
          !gadget.groupsExcept.includes(flag.name) &&
          lives.some(
            (life) =>
              spansMeet(life, flag) &&
              (flag.programs ?? programs).some((program) => program === life.program),
          ),
      ),
    );
    for (const { name } of [...gadget.flags, ...had]) expect(names).toContain(name);
  });
});

test("the flags of the programs have a state at every target", () => {
  for (const target of targets) {
    expect(programFlagsAt(target, knowledge)).toHaveLength(programFlags(knowledge).length);
  }
});

test.each<[name: string, commands: readonly string[]]>([
  ["trace open", ["trace open"]],
  ["kubectl gadget trace open", ["trace open"]],
  ["ig  trace  open", ["trace open"]],
  ["opensnoop", ["trace open"]],
  ["trace_open", ["trace open"]],
  ["ghcr.io/inspektor-gadget/gadget/trace_open:v0.42.0", ["trace open"]],
  ["trace_tcp", ["trace tcp", "trace tcpconnect"]],
  ["trace tcp", ["trace tcp"]],
  ["advise network-policy", ["advise network-policy monitor", "advise network-policy report"]],
  ["network-policy", ["advise network-policy monitor", "advise network-policy report"]],
])("%s is %j", (name, commands) => {
  const found = findGadgets(name, knowledge);
  expect(found.kind === "gadgets" && found.gadgets.map(({ command }) => command)).toEqual(commands);
});

test.each<[name: string, nearest: readonly string[]]>([
  ["trace exce", ["trace exec"]],
  ["exce", ["trace exec"]],
  ["xyzzy", []],
])("%s is unknown, near to %j", (name, nearest) => {
  const found = findGadgets(name, knowledge);
  expect(found.kind).toBe("unknown");
  if (found.kind === "unknown") expect(found.nearest.slice(0, 1)).toEqual(nearest);
});

test("an image that no built-in gadget became says so", () => {
  expect(findGadgets("trace_lsm", knowledge)).toMatchObject({ kind: "new-image", image: "trace_lsm" });
});

test("every change of a value has its sentence", () => {
  expect(Object.keys(VALUE_TEXTS).sort()).toEqual(Object.keys(VALUE_CHANGES).sort());
});

test("rules speak of their releases", () => {
  const { deprecated, removed } = knowledge.milestones;
  expect(RULES["builtin-gadget"].why).toContain(deprecated);
  expect(RULES["builtin-gadget"].why).toContain(removed);
});
