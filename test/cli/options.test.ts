import { describe, expect, test } from "vitest";
import { Fault } from "../../src/cli/fault.ts";
import { COMMAND_NAMES, COMMAND_OPTIONS } from "../../src/cli/commands.ts";
import { HELP, OPTIONS_HELP } from "../../src/cli/help.ts";
import { OPTION_NAMES, parseCommandLine, type Options } from "../../src/cli/options.ts";
import { runCli } from "../support/cli.ts";
import { makeTree } from "../support/tree.ts";

function options(...argv: readonly string[]): Options {
  const line = parseCommandLine(argv);
  if (line.kind !== "run") throw new Error(`${argv.join(" ")} is ${line.kind}`);
  return line.options;
}

describe("a command line that holds", () => {
  test("nothing takes every default", () => {
    expect(options()).toEqual({
      paths: [],
      action: "report",
      unsafe: false,
      target: undefined,
      imageStyle: undefined,
      registry: undefined,
      pin: undefined,
      insecureRegistries: [],
      defaults: undefined,
      form: undefined,
      outputs: [{ format: "text", file: null }],
      isStdoutTaken: false,
      isAnnotated: true,
      failOn: undefined,
      strict: false,
      config: undefined,
      stdinFilename: undefined,
      rules: undefined,
      gadgets: undefined,
      within: undefined,
      staged: false,
      since: undefined,
      requireClean: false,
      baseline: undefined,
      updateBaseline: false,
      isQuiet: false,
      isVerbose: false,
      stats: false,
      colour: "auto",
    });
  });

  test.each<[argv: string[], expected: Partial<Options>]>([
    [["--fix", "unsafe"], { action: "fix", unsafe: false, paths: ["unsafe"] }],
    [["--fix=safe", "a"], { action: "fix", unsafe: false, paths: ["a"] }],
    [["a", "--fix=unsafe", "b"], { action: "fix", unsafe: true, paths: ["a", "b"] }],
    [["--diff"], { action: "diff", unsafe: false, outputs: [], isStdoutTaken: true }],
    [["--fix=unsafe", "--diff"], { action: "diff", unsafe: true }],
    [["--target", "v0.45.0"], { target: "v0.45.0" }],
    [["--target=v0.45.0"], { target: "v0.45.0" }],
    [["--image-style=full"], { imageStyle: "full" }],
    [["--registry", "localhost:5000/team/gadgets/"], { registry: "localhost:5000/team/gadgets" }],
    [["--defaults", "new"], { defaults: "new" }],
    [["--form=announced"], { form: "announced" }],
    [["--config", "a.yaml"], { config: "a.yaml" }],
    [["--no-config"], { config: null }],
    [["--no-baseline"], { baseline: null }],
    [["--gadget", "exec, trace open"], { gadgets: ["exec", "trace open"] }],
    [["--path=*.{md,mdx},docs/**"], { within: ["*.{md,mdx}", "docs/**"] }],
    [["--staged"], { staged: true }],
    [["--since", "origin/main"], { since: "origin/main" }],
    [["--fix", "--require-clean"], { requireClean: true }],
    [["--quiet", "--color", "always"], { isQuiet: true, colour: "always" }],
    [["--fail-on", "never", "--strict"], { failOn: "never", strict: true }],
    [["--format", "json"], { outputs: [{ format: "json", file: null }] }],
    [["--output", "out.txt"], { outputs: [{ format: "text", file: "out.txt" }] }],
    [
      ["--format", "text,json", "--output", "-,report.json"],
      {
        outputs: [
          { format: "text", file: null },
          { format: "json", file: "report.json" },
        ],
      },
    ],
    [["--stdin-filename", "a/b.sh"], { stdinFilename: "a/b.sh", paths: [] }],
    [["--", "--fix", "-x"], { action: "report", paths: ["--fix", "-x"] }],
  ])("%j gives %j", (argv, expected) => {
    expect(options(...argv)).toMatchObject(expected);
  });

  test.each([
    [["--help"], "help"],
    [["-h"], "help"],
    [["--version"], "version"],
    [["--version", "--help"], "help"],
  ])("%j asks for the %s", (argv, kind) => {
    expect(parseCommandLine(argv).kind).toBe(kind);
  });
});

describe("a command line that is wrong", () => {
  test.each([
    [
      ["--formatt", "json"],
      'There is no option "--formatt"; did you mean --format? See gadget-migrate --help.',
    ],
    [["--zzzzzz"], 'There is no option "--zzzzzz". See gadget-migrate --help.'],
    [["-x"], 'There is no option "-x". See gadget-migrate --help.'],
    [["--no-fix"], /There is no option "--no-fix"/],
    [["--what", "digest"], /There is no option "--what"/],
    [["--fix=all"], '--fix takes safe or unsafe; got "all".'],
    [["--fix="], "--fix= needs a value behind the equals sign."],
    [["--fix", ""], "A path is empty: is a variable not set?"],
    [["--strict=yes"], '--strict takes no value; got "yes".'],
    [["--target"], "--target needs a value."],
    [["--target="], "--target needs a value."],
    [["--target", "--fix"], "--target needs a value."],
    [["--strict", "--strict"], "--strict is given twice; give it once."],
    [["--image-style", "long"], '--image-style takes short or full; got "long".'],
    [["--defaults", "old"], '--defaults takes keep or new; got "old".'],
    [["--fail-on", "critical"], '--fail-on takes error, warning, info or never; got "critical".'],
    [
      ["--format", "xml"],
      'There is no format "xml"; known formats: text, json, sarif, github, gitlab, junit, checkstyle, markdown, html, csv.',
    ],
    [["--format", "text,json"], /^Only one format fits on standard output/],
    [["--format", "text,json", "--output", "a"], /^--output names 1 file for 2 formats/],
    [["--output", ""], "--output needs a value."],
    [["--format", "text,json", "--output", ",b"], /^--output has an empty file name/],
    [["--registry", "https://example.com/x"], /^--registry takes a host and a path without scheme or tag/],
    [["--registry", "example.com/x:v1"], /^--registry takes a host and a path without scheme or tag/],
    [["--fail-on", "eror"], '--fail-on takes error, warning, info or never; got "eror"; did you mean error?'],
    [["--format", "jsn"], /^There is no format "jsn"; did you mean json\? Known formats: text, json, /],
    [["--gadget", "exec,,open"], '--gadget has an empty name; got "exec,,open".'],
    [["--path", "a,"], '--path has an empty glob; got "a,".'],
    [["--config", "a", "--no-config"], "--config and --no-config exclude each other; give one."],
    [["--no-baseline", "--baseline=a"], "--baseline and --no-baseline exclude each other; give one."],
    [
      ["--update-baseline", "--gadget=exec"],
      "--update-baseline takes down all that is found; leave out --gadget.",
    ],
    [["--update-baseline", "--fix"], "--update-baseline takes down all that is found; leave out --fix."],
    [["--staged", "--since=main"], "--staged and --since exclude each other; give one."],
    [["--quiet", "--verbose"], "--quiet and --verbose exclude each other; give one."],
    [["--require-clean"], "--require-clean is about what --fix writes; give both."],
    [["--fix", "--staged", "--require-clean"], /exclude each other/],
    [["--update-baseline", "--staged"], /leave out --staged/],
    [["--stdin-filename", "a.sh", "--path=b"], /exclude each other/],
    [["--stdin-filename", "a.sh", "b.sh"], /^--stdin-filename reads standard input, so it takes no paths/],
  ])("%j is refused: %s", (argv, message) => {
    expect(() => parseCommandLine(argv)).toThrow(Fault);
    expect(() => parseCommandLine(argv)).toThrow(message);
  });
});

describe("the help", () => {
  test("names every option of the report", () => {
    for (const name of OPTION_NAMES) expect(OPTIONS_HELP).toContain(`--${name}`);
  });

  test("names every command", () => {
    for (const name of COMMAND_NAMES) expect(HELP).toMatch(new RegExp(`^  ${name} +\\S`, "m"));
  });

  test.each(COMMAND_NAMES)("of %s names its options and fits a screen", async (name) => {
    const page = (await runCli(".", [name, "--help"])).stdout;
    for (const option of Object.keys(COMMAND_OPTIONS[name])) {
      if (option !== "help") expect(page).toContain(`--${option}`);
    }
    expectToFit(page);
    expect((await runCli(".", ["help", name])).stdout).toBe(page);
  });

  test.each([[["--help"]], [["help"]], [["help", "options"]]])("%j fits a screen", async (argv) => {
    const { code, stdout } = await runCli(".", argv);
    expect(code).toBe(0);
    expectToFit(stdout);
  });

  test("on what there is not says what there is", async () => {
    const { code, stderr } = await runCli(".", ["help", "cooking"]);
    expect(code).toBe(2);
    expect(stderr).toContain('There is no help on "cooking", but on options, assess');
  });

  test.each([
    [["expalin"], 'There is no file or folder "expalin"; did you mean gadget-migrate explain?'],
    [["expalin", "trace", "open"], "did you mean gadget-migrate explain?"],
    [
      ["assess", "--fromat", "text"],
      "Unknown option '--fromat'; did you mean --format? See gadget-migrate assess --help.",
    ],
    [["assess", "--format", "jsn"], 'got "jsn"; did you mean json?'],
    [["explain", "--format", "XML", "trace open"], 'got "XML".'],
    [["help", "exlpain"], "completion; did you mean explain?"],
    [["--format", "JSON"], "did you mean json?"],
    [["--format", "text,"], "--format has an empty name"],
    [["--baseline", "."], "gadget-migrate: .: it cannot be read: it is a folder."],
    [["nowhere-at-all"], 'There is no file or folder "nowhere-at-all".'],
  ])("a mistyped command %j is told", async (argv, message) => {
    const { code, stderr } = await runCli(makeTree({ "a.sh": "" }), argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

function expectToFit(page: string): void {
  const lines = page.trimEnd().split("\n");
  expect(lines.length).toBeLessThan(24);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
}
