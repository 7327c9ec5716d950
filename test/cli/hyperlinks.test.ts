import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { linker, wantsLinks } from "../../src/cli/hyperlinks.ts";

test.each<[env: Readonly<Record<string, string>>, isTTY: boolean, expected: boolean]>([
  [{}, true, false],
  [{ TERM_PROGRAM: "Apple_Terminal", TERM_PROGRAM_VERSION: "455" }, true, false],
  [{ TERM_PROGRAM: "iTerm.app", TERM_PROGRAM_VERSION: "3.0.9" }, true, false],
  [{ TERM_PROGRAM: "iTerm.app", TERM_PROGRAM_VERSION: "3.5.0" }, true, true],
  [{ TERM_PROGRAM: "WezTerm", TERM_PROGRAM_VERSION: "20240203-110809-5046fc22" }, true, true],
  [{ TERM_PROGRAM: "vscode", TERM_PROGRAM_VERSION: "1.71.2" }, true, false],
  [{ TERM_PROGRAM: "vscode", TERM_PROGRAM_VERSION: "1.90.0" }, true, true],
  [{ VTE_VERSION: "5000" }, true, false],
  [{ VTE_VERSION: "7600" }, true, true],
  [{ VTE_VERSION: "7600", TERM: "dumb" }, true, false],
  [{ FORCE_HYPERLINK: "1", TERM: "dumb" }, true, true],
  [{ FORCE_HYPERLINK: "0", VTE_VERSION: "7600" }, true, false],
  [{ FORCE_HYPERLINK: "1", VTE_VERSION: "7600" }, false, false],
])("%j with a terminal %s has links: %s", (env, isTTY, expected) => {
  expect(wantsLinks(env, isTTY)).toBe(expected);
});

const NAME = "a b/\u001b]8;;x\u0007.sh";

test("a link names the file, whatever its name holds", () => {
  const link = linker(true, "/home/me/repo");
  const [, url = "", text] =
    /^\u001b\]8;;(.*?)\u001b\\(.*?)\u001b\]8;;\u001b\\$/.exec(link(NAME, "a:1:1")) ?? [];
  expect(text).toBe("a:1:1");
  expect(fileURLToPath(url)).toBe(`/home/me/repo/${NAME}`);
  expect(url).toMatch(/^[!-~]+$/);
  expect(linker(false, "/home/me/repo")("a.sh", "a.sh:1:1")).toBe("a.sh:1:1");
});
