import { describe, expect, test } from "vitest";
import {
  defaultColumns,
  earlyFlags,
  fieldsOf,
  filteredSources,
  findColumn,
  findImage,
  flagsOf,
  modesOf,
  printedSources,
  rootFlags,
  type Running,
} from "../../src/knowledge/lookup.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import type { DataSource } from "../../src/knowledge/image.ts";
import type { ProgramId } from "../../src/translate/translation.ts";

const knowledge = loadKnowledge();

function run(name: string, program: ProgramId, release: string): Running {
  const image = findImage(knowledge, name);
  if (image === null) throw new Error(`no image ${name}`);
  return { knowledge, image, program, release };
}

function source({ image }: Running, index = 0): DataSource {
  const found = image.dataSources[index];
  if (found === undefined) throw new Error(`no data source ${index}`);
  return found;
}

describe("flags", () => {
  test.each([
    ["trace_exec", "kubectl-gadget", "v0.42.0", "all-namespaces", true],
    ["trace_exec", "ig", "v0.42.0", "all-namespaces", false],
    ["trace_exec", "ig", "v0.42.0", "host", true],
    ["profile_blockio", "ig", "v0.42.0", "host", false],
    ["profile_blockio", "kubectl-gadget", "v0.42.0", "namespace", true],
    ["trace_exec", "ig", "v0.42.0", "sort", false],
    ["top_file", "ig", "v0.42.0", "sort", true],
    ["top_process", "ig", "v0.42.0", "map-fetch-interval", false],
    ["trace_open", "ig", "v0.38.1", "symbolizers", false],
    ["trace_open", "ig", "v0.39.0", "symbolizers", true],
    ["trace_capabilities", "ig", "v0.37.0", "print-stack", true],
    ["trace_capabilities", "ig", "v0.38.0", "print-stack", false],
    ["traceloop", "ig", "v0.42.0", "filter", true],
    ["traceloop", "ig", "v0.43.0", "filter", false],
    ["traceloop", "ig", "v0.43.0", "filter.traceloop", true],
    ["trace_exec", "ig", "v0.43.0", "filter", true],
    ["trace_exec", "ig", "v0.43.0", "filter.exec", true],
    ["trace_exec", "ig", "v0.42.0", "filter.exec", false],
    ["trace_exec", "ig", "v0.42.0", "filter-expr", false],
    ["deadlock", "ig", "v0.43.0", "filter.deadlock", true],
    ["deadlock", "ig", "v0.43.0", "filter.mutex", false],
    ["advise_networkpolicy", "kubectl-gadget", "v0.43.0", "filter.network_connections", true],
    ["advise_networkpolicy", "kubectl-gadget", "v0.53.2", "policy-format", false],
    ["advise_networkpolicy", "kubectl-gadget", "v0.54.0", "policy-format", true],
  ] as const)("%s on %s at %s has --%s: %s", (name, program, release, flag, expected) => {
    expect(flagsOf(run(name, program, release)).some((known) => known.name === flag)).toBe(expected);
  });

  test("what a program knows before it has read the image", () => {
    const names = earlyFlags({ knowledge, program: "ig", release: "v0.42.0" }).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["timeout", "verbose", "pull", "runtimes"]));
    for (const late of ["output", "filter", "containername", "sort"]) expect(names).not.toContain(late);
  });

  test("what may stand before run", () => {
    const names = rootFlags({ knowledge, program: "kubectl-gadget", release: "v0.42.0" }).map(
      ({ name }) => name,
    );
    expect(names).toEqual(expect.arrayContaining(["context", "namespace", "verbose"]));
    for (const later of ["timeout", "pull", "output"]) expect(names).not.toContain(later);
  });
});

describe("data sources", () => {
  test.each([
    ["top_file", "ig", ["file"], ["file"]],
    ["top_file", "kubectl-gadget", ["combined-file"], ["file"]],
    ["top_file", "gadgetctl", ["combined-file"], ["file"]],
    ["trace_exec", "kubectl-gadget", ["exec"], ["exec"]],
    ["profile_blockio", "ig", ["blockio-rendered"], ["blockio-rendered"]],
    ["profile_blockio", "kubectl-gadget", ["combined-blockio-rendered"], ["blockio"]],
    [
      "advise_networkpolicy",
      "kubectl-gadget",
      ["advise-combined-network_connections"],
      ["network_connections"],
    ],
    ["deadlock", "ig", ["deadlock"], ["deadlock"]],
    ["traceloop", "ig", ["traceloop", "containers"], ["traceloop", "containers"]],
  ] as const)("%s on %s prints %j and filters %j", (name, program, printed, filtered) => {
    const running = run(name, program, "v0.42.0");
    expect(printedSources(running).map((entry) => entry.name)).toEqual(printed);
    expect(filteredSources(running).map((entry) => entry.name)).toEqual(filtered);
  });

  test.each([
    ["trace_exec", "v0.37.0", ["columns", "json", "jsonpretty", "yaml"]],
    ["trace_exec", "v0.42.0", ["columns", "json", "jsonpretty", "yaml", "none"]],
    ["tcpdump", "v0.45.0", ["columns", "pcap-ng", "json", "yaml"]],
  ] as const)("%s at %s has the modes %j", (name, release, modes) => {
    const running = run(name, "ig", release);
    expect(modesOf(running, source(running))).toEqual(modes);
  });
});

describe("fields", () => {
  test.each([
    [
      "kubectl-gadget",
      "v0.42.0",
      "k8s.node,k8s.namespace,k8s.podName,k8s.containerName,comm,pid,tid,fd,fname,mode,error",
    ],
    ["ig", "v0.42.0", "runtime.containerName,comm,pid,tid,fd,fname,mode,error"],
  ] as const)("columns of trace_open on %s at %s", (program, release, columns) => {
    const running = run("trace_open", program, release);
    const short = defaultColumns(running, source(running)).map((name) => name.replace(/^proc\./, ""));
    expect(short.join(",")).toBe(columns);
  });

  test.each([
    ["trace_open", "v0.46.0", "fpath", false],
    ["trace_open", "v0.47.0", "fpath", true],
    ["trace_oomkill", "v0.36.1", "fpid", true],
    ["trace_oomkill", "v0.37.0", "fpid", false],
    ["trace_oomkill", "v0.37.0", "fprocess.pid", true],
    ["trace_exec", "v0.46.0", "proc.parent.tid", false],
    ["trace_exec", "v0.47.0", "proc.parent.tid", true],
    ["trace_tcp", "v0.50.1", "src.k8s.podSelector", false],
    ["trace_tcp", "v0.51.0", "src.k8s.podSelector", true],
  ])("%s at %s has %s: %s", (name, release, field, expected) => {
    const running = run(name, "kubectl-gadget", release);
    expect(fieldsOf(running, source(running)).some((known) => known.name === field)).toBe(expected);
  });

  test("a number of old is a text of today", () => {
    const typeAt = (release: string): string | undefined => {
      const running = run("top_file", "ig", release);
      return fieldsOf(running, source(running)).find(({ name }) => name === "rbytes")?.type;
    };
    expect([typeAt("v0.36.1"), typeAt("v0.37.0")]).toEqual(["uint64", "string"]);
  });

  test("names of pods and services behind addresses are there in the cluster only", () => {
    const has = (program: ProgramId): boolean => {
      const running = run("trace_tcp", program, "v0.42.0");
      return fieldsOf(running, source(running)).some(({ name }) => name === "dst.k8s.name");
    };
    expect([has("kubectl-gadget"), has("ig")]).toEqual([true, false]);
  });

  test.each([
    ["trace_open", "PROC.COMM", "proc.comm"],
    ["trace_open", "comm", "proc.comm"],
    ["trace_open", "uid", "proc.creds.uid"],
    ["trace_open", "proc", null],
    ["trace_open", "com", null],
    ["trace_tcp", "src", "src"],
    ["trace_tcp", "port", null],
    ["top_process", "%cpu", "cpuUsage"],
    ["snapshot_process", "pid", "pid"],
  ])("--fields of %s: %s is %s", (name, written, field) => {
    const running = run(name, "ig", "v0.55.1");
    expect(findColumn(fieldsOf(running, source(running)), written)?.name ?? null).toBe(field);
  });
});
