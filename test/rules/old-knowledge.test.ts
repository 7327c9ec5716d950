import { describe, expect, test } from "vitest";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { compareReleases, within } from "../../src/knowledge/releases.ts";
import type { OldFlag } from "../../src/knowledge/flag.ts";
import type { Gadget } from "../../src/knowledge/gadget.ts";
import type { Image } from "../../src/knowledge/image.ts";
import type { MappingRow } from "../../src/knowledge/mapping.ts";
import { VALUE_CHANGES } from "../../src/translate/values.ts";

const knowledge = loadKnowledge();
const { releases, milestones, flagGroups, gadgets, images, programs, runFlags } = knowledge;

/** Releases that can be targets: those whose images are known. */
const targets = releases.map(({ tag }) => tag).filter((tag) => compareReleases(tag, "v0.36.0") >= 0);

/** The commands of the old programs, as people typed them in their last release. */
const COMMANDS = [
  "advise network-policy monitor",
  "advise network-policy report",
  "advise seccomp",
  "advise seccomp-profile",
  "advise seccomp-profile list",
  "advise seccomp-profile start",
  "advise seccomp-profile stop",
  "audit seccomp",
  "profile block-io",
  "profile cpu",
  "profile tcprtt",
  "prometheus",
  "script",
  "snapshot process",
  "snapshot socket",
  "top block-io",
  "top ebpf",
  "top file",
  "top tcp",
  "trace bind",
  "trace capabilities",
  "trace dns",
  "trace exec",
  "trace fsslower",
  "trace mount",
  "trace network",
  "trace oomkill",
  "trace open",
  "trace signal",
  "trace sni",
  "trace tcp",
  "trace tcpconnect",
  "trace tcpdrop",
  "trace tcpretrans",
  "traceloop",
  "traceloop close",
  "traceloop delete",
  "traceloop list",
  "traceloop pod",
  "traceloop show",
  "traceloop start",
  "traceloop stop",
];

interface Mapped {
  readonly what: string;
  readonly to: readonly MappingRow[];
}

const columns = (where: string, { columns: own, jsonFields }: Pick<Gadget, "columns" | "jsonFields">): Mapped[] => [
  ...own.map(({ name, since, to }) => ({ what: `${where}: column ${name} of ${since}`, to })),
  ...jsonFields.map(({ path, since, to }) => ({ what: `${where}: JSON ${path} of ${since}`, to })),
];

const flags = (where: string, list: readonly OldFlag[]): Mapped[] =>
  list.map(({ name, since, to }) => ({ what: `${where}: --${name} of ${since}`, to }));

const mapped: readonly Mapped[] = [
  ...flagGroups.flatMap((group) => flags(group.id, group.flags)),
  ...columns("common", { columns: knowledge.commonColumns, jsonFields: knowledge.commonJsonFields }),
  ...gadgets.flatMap((gadget) => [
    { what: gadget.command, to: gadget.to },
    ...flags(gadget.command, gadget.flags),
    ...columns(gadget.command, gadget),
  ]),
];

describe("releases", () => {
  test("are in order, each once", () => {
    const tags = releases.map(({ tag }) => tag);
    expect(tags).toEqual([...new Set(tags)].sort(compareReleases));
    expect(tags).toContain(milestones.deprecated);
    expect(tags).toContain(milestones.removed);
  });

  test("every span begins and ends with a known one, in order", () => {
    const known = new Set(releases.map(({ tag }) => tag));
    const wrong: string[] = [];
    const walk = (value: unknown, where: string): void => {
      if (typeof value !== "object" || value === null) return;
      const { since, until } = value as { since?: string; until?: string | null };
      const bounds = [since, until].filter((tag) => typeof tag === "string");
      for (const tag of bounds) if (!known.has(tag)) wrong.push(`${where}: ${tag}`);
      if (since !== undefined && until != null && compareReleases(since, until) > 0) {
        wrong.push(`${where}: ${since} to ${until}`);
      }
      for (const [key, item] of Object.entries(value)) walk(item, `${where}/${key}`);
    };
    walk({ gadgets, flagGroups, programs, columns: knowledge.commonColumns }, "");
    expect(wrong).toEqual([]);
  });
});

describe("gadgets", () => {
  test("all commands are there", () => {
    expect(gadgets.map(({ command }) => command)).toEqual(expect.arrayContaining(COMMANDS));
  });

  test("ids and commands are unique", () => {
    for (const key of ["id", "command"] as const) {
      const values = gadgets.map((gadget) => gadget[key]);
      expect(values).toEqual([...new Set(values)]);
    }
  });

  test.each(gadgets)("$command: groups and default output are known", (gadget) => {
    expect(flagGroups.map(({ id }) => id)).toEqual(expect.arrayContaining([...gadget.groups]));
    expect(gadget.outputs).toContain(gadget.defaultOutput);
  });

  test.each(gadgets)("$command: no release of a program had two flags of one name or letter", (gadget) => {
    const groups = flagGroups.filter(({ id, root }) => !root && gadget.groups.includes(id));
    for (const program of programs) {
      const had = [...groups.filter((group) => group.programs.includes(program.id)).flatMap((group) => group.flags)];
      const own = gadget.flags.filter((flag) => flag.programs?.includes(program.id) ?? true);
      expect(twins(had.filter((flag) => flag.programs?.includes(program.id) ?? true))).toEqual([]);
      expect(twins(own)).toEqual([]);
    }
  });
});

/** Pairs of flags that share a release and a name or letter; v0.14.0 is in both worlds: kubectl gadget of old, ig of new. */
function twins(list: readonly OldFlag[]): readonly string[] {
  return list.flatMap((a, i) =>
    list
      .slice(i + 1)
      .filter((b) => a.name === b.name || (a.shorthand !== null && a.shorthand === b.shorthand))
      .filter((b) => releases.some(({ tag }) => tag !== "v0.14.0" && within(a, tag) && within(b, tag)))
      .map((b) => `${a.name} of ${a.since} and ${b.name} of ${b.since}`),
  );
}

describe("mappings", () => {
  test.each(gadgets)("$command: every row is decided", (gadget) => {
    const rows = [...flags("", gadget.flags), ...columns("", gadget)];
    const open = rows.filter(({ to }) => to.length === 0).map(({ what }) => what);
    expect(open).toEqual([]);
  });

  test("what all gadgets share is decided", () => {
    const shared = [
      ...flagGroups.flatMap((group) => flags(group.id, group.flags)),
      ...columns("common", { columns: knowledge.commonColumns, jsonFields: knowledge.commonJsonFields }),
    ];
    expect(shared.filter(({ to }) => to.length === 0).map(({ what }) => what)).toEqual([]);
  });

  test("exactly one row holds for each target", () => {
    const wrong = mapped
      .filter(({ to }) => to.length > 0)
      .flatMap(({ what, to }) =>
        targets
          .map((target) => ({ target, rows: to.filter((row) => within(row, target)).length }))
          .filter(({ rows }) => rows !== 1)
          .map(({ target, rows }) => `${what}: ${rows} rows for ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  test("notes are one sentence with its full stop", () => {
    const notes = mapped.flatMap(({ what, to }) => to.flatMap(({ note }) => (note === undefined ? [] : [{ what, note }])));
    expect(notes.filter(({ note }) => !/^(?:--|[A-Z`]).*\.$/.test(note) || note.includes("  "))).toEqual([]);
  });

  test("value functions exist", () => {
    const used = [...flagGroups, ...gadgets].flatMap((holder) => holder.flags).flatMap(({ to }) => to);
    const names = used.flatMap(({ value }) => value ?? []);
    expect(names.filter((name) => !(name in VALUE_CHANGES))).toEqual([]);
  });

  test("tables of values stand where they are read", () => {
    const rows = mapped.flatMap(({ what, to }) => to.map((row) => ({ what, row })));
    const wrong = rows.filter(({ row }) => "flag" in row && ("values" in row) !== ("value" in row && row.value === "table"));
    expect(wrong.map(({ what }) => what)).toEqual([]);
  });
});

describe("what the rows lead to", () => {
  test.each(gadgets)("$command: images, flags and fields exist on every target of their rows", (gadget) => {
    const wrong = targets.flatMap((target) => faultsAt(gadget, target).map((fault) => `${target}: ${fault}`));
    expect(wrong).toEqual([]);
  });
});

test("new texts of values are texts that the field has", () => {
  const wrong = gadgets.flatMap((gadget) =>
    [...gadget.columns, ...gadget.jsonFields].flatMap(({ to }) =>
      to.flatMap(({ field, values = {} }) => {
        const names = gadget.to.map(({ image }) => image);
        const known = images
          .filter(({ name }) => names.includes(name))
          .flatMap(({ dataSources }) => dataSources)
          .flatMap(({ fields }) => fields)
          .flatMap((candidate) => (candidate.name === field ? (candidate.values ?? []) : []));
        const strange = Object.values(values).filter((text) => text !== "UNKNOWN" && !known.includes(text));
        return known.length === 0 ? [] : strange.map((text) => `${gadget.command}: ${field ?? ""} ${text}`);
      }),
    ),
  );
  expect(wrong).toEqual([]);
});

function faultsAt(gadget: Gadget, target: string): readonly string[] {
  const [row] = gadget.to.filter((candidate) => within(candidate, target));
  if (row === undefined || row.image === null) return [];
  const image = images.find(({ name }) => name === row.image);
  if (image === undefined || !within(image, target)) return [`no image ${row.image}`];
  const restoring = (row.defaults ?? []).flatMap(({ flag, unless = [] }) => [flag, ...unless]);
  const added = [...(row.add ?? []).map(({ flag }) => flag), ...restoring];
  const own = gadget.flags.flatMap(({ to }) => at(to, target)).flatMap(({ flag }) => flag ?? []);
  const common = gadget.commonColumns ? knowledge.commonColumns : [];
  const held = [...gadget.columns, ...gadget.jsonFields, ...common];
  const fields = [
    ...held.flatMap(({ to }) => at(to, target)).flatMap(({ field }) => field ?? []),
    ...gadget.flags.flatMap(({ to }) => at(to, target)).flatMap((mapping) => mapping.fields ?? []),
  ];
  const knownFlags = flagsOf(image, target);
  const knownFields = fieldsOf(image, target);
  return [
    ...[...added, ...own].filter((flag) => !knownFlags.has(flag)).map((flag) => `${image.name} has no flag ${flag}`),
    ...fields.filter((field) => !knownFields.has(field)).map((field) => `${image.name} has no field ${field}`),
  ];
}

function at<Row extends MappingRow>(rows: readonly Row[], target: string): readonly Row[] {
  return rows.filter((row) => within(row, target));
}

function flagsOf(image: Image, target: string): ReadonlySet<string> {
  const operators = new Set([...knowledge.commonOperators, ...image.operators]);
  const run = runFlags.filter(({ operator }) => operators.has(operator));
  const alive = [...image.flags, ...run].filter((flag) => within(flag, target));
  return new Set(alive.map(({ name }) => name));
}

/** Fields of all data sources, with the objects around them. */
function fieldsOf(image: Image, target: string): ReadonlySet<string> {
  const groups = new Set(image.dataSources.flatMap(({ groups: ids }) => ids ?? []));
  const all = [
    ...image.dataSources.flatMap(({ fields }) => fields),
    ...knowledge.fieldGroups.filter(({ id }) => groups.has(id)).flatMap(({ fields }) => fields),
  ];
  const names = all.filter((field) => within(field, target)).map(({ name }) => name);
  return new Set(names.flatMap((name) => name.split(".").map((_, i, parts) => parts.slice(0, i + 1).join("."))));
}
