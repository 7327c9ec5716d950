import { describe, expect, test } from "vitest";
import { exportedNames, reExports, sourcedFiles } from "../../src/languages/modules.ts";

describe("names that a module exports for its own", () => {
  test.each([
    ["export function run(a) {}", "run", ["run"]],
    ["export async function run(a) {}", "run", ["run"]],
    ["export const run = (a) => a", "run", ["run"]],
    ["export default function run(a) {}", "run", ["default"]],
    ["export default run;", "run", ["default"]],
    ["export { a, run as start }", "run", ["start"]],
    ["export { run, run as start };", "run", ["run", "start"]],
    ["export { run } from './other'", "run", []],
    ["module.exports = { a, run }", "run", ["run"]],
    ["module.exports = { go: run, a }", "run", ["go"]],
    ["module.exports = run", "run", ["default", "run"]],
    ["exports.go = run;", "run", ["go"]],
    ["export class Kube {}", "Kube", ["Kube"]],
    ["function run(a) {}", "run", []],
    ["export function runAll(a) {}", "run", []],
  ])("%s", (text, local, expected) => {
    expect(exportedNames(text, local)).toEqual(expect.arrayContaining(expected));
    expect(exportedNames(text, local).length === 0).toBe(expected.length === 0);
  });
});

describe("what a module hands on", () => {
  test.each([
    ["export * from './kube'", [["./kube", "all"]]],
    ["export * as kube from './kube'", [["./kube", "all"]]],
    [
      'export { run, a as b } from "../kube.js";',
      [
        [
          "../kube.js",
          [
            ["run", "run"],
            ["a", "b"],
          ],
        ],
      ],
    ],
    ["export type { T } from './types'", [["./types", [["T", "T"]]]]],
    ["export { a }", []],
  ])("%s", (text, expected) => {
    const found = reExports(text).map(({ module, names }) => [module, names]);
    expect(found).toEqual(expected);
  });
});

describe("files that a script sources", () => {
  test.each([
    ["source lib.sh", ["lib.sh"]],
    [". ./lib/common.sh", ["lib/common.sh"]],
    ["source ../lib.sh # helpers", ["lib.sh"]],
    ['source "$(dirname "$0")/lib.sh"', ["lib.sh"]],
    ['. "$DIR/lib/a.bash"', ["lib/a.bash"]],
    ['source "${BASH_SOURCE%/*}/lib.sh"', ["lib.sh"]],
    ['[ -f "$HOME/.kube.sh" ] && . "$HOME/lib.sh"', ["lib.sh"]],
    ['source "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/lib.sh"', ["lib.sh"]],
    ['source "$LIB"', []],
    ["./run.sh now", []],
    ["echo the source of it", ["it"]],
  ])("%s", (text, expected) => {
    expect(sourcedFiles(text)).toEqual(expected);
  });
});
