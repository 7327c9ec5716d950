import fc from "fast-check";
import { expect, test } from "vitest";
import { readSource } from "./reading.ts";
import { runs } from "../../support/property-runs.ts";

const SOURCE = `
import { exec, spawn } from "node:child_process";
const V = "v0.45.0";
const base = ["gadget", "trace"] as const;
const run = promisify(exec);
function kubectl(...args: string[]) { return spawn("kubectl", ["gadget", ...args], { stdio: "inherit" }); }
export async function main({ ns = "x", all }: Options) {
  const { stdout } = await run(\`kubectl gadget trace exec -n \${ns}\${all ? " -A" : ""} | jq '.pid'\`);
  let cmd = 'kubectl gadget top tcp';
  if (all) cmd += " -A"; cmd = cmd + String.raw\`\\d\`;
  for (const name of ["exec", "dns"]) kubectl("trace", name, ...(all ? ["-A"] : []));
  await $({ nothrow: true })\`kubectl gadget trace exec --timeout \${10}\`;
  return <Code text="ig trace exec">{[...base, "exec"].join(" ")}</Code>;
}
`;

test("no text is too broken to be read", () => {
  const place = fc.nat(SOURCE.length);
  const insert = fc.oneof(
    fc.string({ maxLength: 5 }),
    fc.constantFrom("`", "${", "}", "(", '"', "'", "[", "...", "\\", "/*", "<"),
  );
  const mutation = fc.tuple(place, fc.nat(20), insert);
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
      let text = SOURCE;
      for (const [at, length, added] of mutations) text = text.slice(0, at) + added + text.slice(at + length);
      const { invocations, problems } = readSource(text);
      for (const { words } of invocations) {
        for (const word of words) {
          const { start, end } = word.list.fragment.toSource(word);
          expect(0 <= start && start <= end && end <= text.length).toBe(true);
        }
      }
      for (const { start, end } of problems)
        expect(0 <= start && start <= end && end <= text.length).toBe(true);
    }),
    { numRuns: runs(300) },
  );
});
