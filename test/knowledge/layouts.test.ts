import { describe, expect, test } from "vitest";
import { oldLayouts } from "../../src/knowledge/layouts.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import type { ProgramId } from "../../src/translate/translation.ts";

const knowledge = loadKnowledge();

function layouts(command: string, program: ProgramId, ...flags: readonly string[]) {
  const gadget = knowledge.gadgets.find((known) => known.command === command);
  if (gadget === undefined) throw new Error(`no gadget ${command}`);
  return oldLayouts(gadget, program, new Set(flags), knowledge);
}

function newest(command: string, program: ProgramId, ...flags: readonly string[]): string {
  const [layout] = layouts(command, program, ...flags);
  return layout?.columns.map(({ name }) => name).join(" ") ?? "";
}

const K8S = "k8s.node k8s.namespace k8s.podName k8s.containerName";

// Printed by programs that were built with the types of v0.41.2 (GetOrderedColumns of each gadget's columns).
describe("tables of v0.41.2", () => {
  test.each([
    ["trace exec", "pid tid ppid ptid comm pcomm ret args"],
    ["trace open", "pid tid comm fd err path"],
    ["trace dns", "pid tid ppid comm pcomm qr type qtype name rcode numAnswers"],
    ["trace tcp", "t pid comm ip src dst"],
    ["trace tcpconnect", "pid comm ip src dst"],
    ["trace tcpretrans", "pid comm ip src dst state tcpflags type"],
    ["trace mount", "comm pid tid call"],
    ["trace signal", "pid comm signal tpid ret"],
    ["trace capabilities", "pid comm syscall cap capName audit verdict"],
    ["snapshot process", "comm pid uid gid"],
    ["snapshot socket", "protocol src dst status"],
    ["top file", "pid comm reads writes rbytes wbytes T file"],
    ["top tcp", "pid comm ip src dst sent recv"],
    ["profile cpu", "comm pid count"],
  ])("%s", (command, columns) => {
    expect(newest(command, "kubectl-gadget")).toBe(`${K8S} ${columns}`);
    expect(newest(command, "ig")).toBe(`runtime.containerName ${columns}`);
  });

  test("top ebpf belongs to no container", () => {
    const columns = "progid type name pid comm runtime runcount mapmemory mapcount";
    expect(newest("top ebpf", "kubectl-gadget")).toBe(`k8s.node ${columns}`);
    expect(newest("top ebpf", "ig")).toBe(columns);
  });

  test("some columns come with a flag", () => {
    expect(newest("trace open", "ig", "full-path")).toBe(
      "runtime.containerName pid tid comm fd err path fullPath",
    );
    expect(newest("snapshot process", "ig", "threads")).toBe("runtime.containerName comm pid tid uid gid");
    expect(newest("trace exec", "ig", "paths")).toBe(
      "runtime.containerName pid tid ppid ptid comm pcomm ret args cwd exepath file parent_exepath",
    );
  });
});

test("a table for each time that a column came, newest first; a new name alone makes none", () => {
  const spans = layouts("trace exec", "kubectl-gadget").map(({ since, until, columns }) => {
    const own = columns.map(({ name }) => name).slice(4);
    return [since, until, own.join(" ")];
  });
  expect(spans).toEqual([
    ["v0.37.0", "v0.41.2", "pid tid ppid ptid comm pcomm ret args"],
    ["v0.35.0", "v0.36.1", "pid tid ppid comm pcomm ret args"],
    ["v0.27.0", "v0.34.0", "pid ppid comm pcomm ret args"],
    ["v0.19.0", "v0.26.0", "pid ppid comm ret args"],
  ]);
});

test("a program that never had the gadget showed no table", () => {
  expect(layouts("trace exec", "local-gadget")).toEqual([]);
});
