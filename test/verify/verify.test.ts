import { describe, expect, test } from "vitest";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { findImage } from "../../src/knowledge/lookup.ts";
import { within } from "../../src/knowledge/releases.ts";
import type { Event, Output } from "../../src/verify/events.ts";
import { verifyOutputs, type VerifyOptions } from "../../src/verify/verify.ts";

const KNOWLEDGE = loadKnowledge();

const json = (...events: readonly Event[]): Output => ({ format: "json", events, unread: [] });
const columns = (...events: readonly Event[]): Output => ({ format: "columns", events, unread: [] });

function verify(command: string, before: Output, after: Output, options: Partial<VerifyOptions> = {}) {
  const release = "v0.55.1";
  const gadget = KNOWLEDGE.gadgets.find((one) => one.command === command);
  const image = findImage(KNOWLEDGE, gadget?.to.find((row) => within(row, release))?.image ?? "");
  if (gadget === undefined || image === null) throw new Error(`${command} has no image`);
  const running = { knowledge: KNOWLEDGE, image, program: "kubectl-gadget", release } as const;
  return verifyOutputs(before, after, gadget, running, { isWhole: true, ...options });
}

/** States by old name, or by new name where there is no old one. */
function states({ fields }: ReturnType<typeof verify>): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map((field) => [field.old ?? `+${field.new ?? ""}`, field.state]));
}

describe("one field", () => {
  const before = { pid: 1, comm: "cat" };
  const after = { proc: { pid: 1, comm: "cat" } };

  test.each<[string, string, Event, Event, string]>([
    ["renamed", "comm", {}, {}, "mapped"],
    ["under its own name", "loginuid", { loginuid: 7 }, { loginuid: 7 }, "equal"],
    ["below the same object", "k8s.podName", { k8s: { podName: "a" } }, { k8s: { podName: "a" } }, "equal"],
    ["with the other sign", "ret", { ret: -2 }, { error_raw: 2 }, "mapped"],
    ["a list that is a text now", "args", { args: ["ls", "-l"] }, { args: "ls\u00A0-l" }, "changed"],
    [
      "an object that is a text now",
      "k8s.podLabels",
      { k8s: { podLabels: { b: "2", a: "1" } } },
      { k8s: { podLabels: "a=1,b=2" } },
      "changed",
    ],
    [
      "a number that is a text now",
      "uid",
      { uid: 5 },
      { proc: { pid: 1, comm: "cat", creds: { uid: "5" } } },
      "changed",
    ],
    ["another value", "uid", { uid: 5 }, { proc: { pid: 1, comm: "cat", creds: { uid: 6 } } }, "different"],
    ["not printed any more", "uid", { uid: 5 }, {}, "missing"],
    ["0 that is not printed", "uid", { uid: 0 }, {}, "mapped"],
    ["left out where it was empty", "cwd", {}, { cwd: "" }, "equal"],
    ["left out, and there now", "cwd", {}, { cwd: "/" }, "different"],
    ["gone, as known", "type", { type: "normal" }, {}, "none"],
    ["of no release", "made_up", { made_up: 1 }, {}, "unknown"],
    ["new", "+tty", {}, { tty: 34816 }, "extra"],
  ])("%s", (_, name, old, now, state) => {
    const result = verify("trace exec", json({ ...before, ...old }), json({ ...after, ...now }));
    expect(states(result)[name]).toBe(state);
    expect(result.consistent).toBe(state !== "different" && state !== "missing");
  });

  test("the worst of its events counts, and says how many they were", () => {
    const result = verify(
      "trace exec",
      json({ pid: 1, uid: 1 }, { pid: 2, uid: 1 }, { pid: 3, uid: 9 }),
      json(...[1, 2, 3].map((pid) => ({ proc: { pid, creds: { uid: 1 } } }))),
    );
    expect(result.fields.find(({ old }) => old === "uid")).toMatchObject({
      new: "proc.creds.uid",
      state: "different",
      events: { equal: 2, different: 1 },
      example: { old: 9, new: 1 },
    });
  });
});

describe("columns", () => {
  test("headings go by the names that columns and fields had", () => {
    const result = verify(
      "trace exec",
      columns({ "K8S.NAMESPACE": "demo", PID: "1", COMM: "cat", RET: "0" }),
      columns({ "K8S.NAMESPACE": "demo", PID: "1", COMM: "cat", ERROR: "" }),
      {},
    );
    expect(states(result)).toMatchObject({ "K8S.NAMESPACE": "equal", PID: "mapped", COMM: "mapped" });
  });

  test("a text that was cut short is the same", () => {
    const result = verify(
      "trace exec",
      columns({ PID: "1", COMM: "a-long-na…" }),
      columns({ PID: "1", COMM: "a-long-name" }),
    );
    expect(result.consistent).toBe(true);
  });

  test("old columns and new JSON", () => {
    const result = verify(
      "trace exec",
      columns({ PID: "1", COMM: "cat" }),
      json({ proc: { pid: 1, comm: "cat" } }),
    );
    expect(states(result)).toMatchObject({ PID: "changed", COMM: "mapped" });
    expect(result.consistent).toBe(true);
  });
});

describe("events", () => {
  const old = (pid: number, comm: string): Event => ({ pid, comm, uid: 0 });
  const now = (pid: number, comm: string): Event => ({ proc: { pid, comm, creds: { uid: 0 } } });

  test("in any order", () => {
    const result = verify("trace exec", json(old(1, "a"), old(2, "b")), json(now(2, "b"), now(1, "a")));
    expect(result).toMatchObject({
      consistent: true,
      keys: ["proc.pid", "proc.comm"],
      pairs: [
        [0, 1],
        [1, 0],
      ],
    });
  });

  test("that one side lacks make it inconsistent", () => {
    const result = verify("trace exec", json(old(1, "a"), old(2, "b")), json(now(1, "a")));
    expect(result).toMatchObject({ consistent: false, events: { matched: 1, onlyOld: [1], onlyNew: [] } });
  });

  test("that one side lacks do not count where both sides ran for a while", () => {
    const result = verify("trace exec", json(old(1, "a"), old(2, "b")), json(now(1, "a")), {
      isWhole: false,
    });
    expect(result.consistent).toBe(true);
  });

  test("a key that has other values is shown as different", () => {
    const result = verify("trace exec", json(old(1, "a"), old(2, "b")), json(now(1, "a"), now(9, "b")));
    expect(states(result)["pid"]).toBe("different");
    expect(result).toMatchObject({ consistent: false, events: { matched: 2 } });
  });

  test("keys that are given decide", () => {
    const result = verify("trace exec", json(old(1, "a")), json(now(1, "b")), { keys: ["proc.pid"] });
    expect(result).toMatchObject({ keys: ["proc.pid"], events: { matched: 1 } });
    expect(states(result)["comm"]).toBe("different");
  });

  test("the same event twice needs it twice", () => {
    const result = verify("trace exec", json(old(1, "a"), old(1, "a")), json(now(1, "a")));
    expect(result.events).toMatchObject({ matched: 1, onlyOld: [1] });
  });

  test("none on both sides prove nothing", () => {
    expect(verify("trace exec", json(), json()).consistent).toBe(false);
  });
});
