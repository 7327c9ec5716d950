import { COMMAND_NAMES, COMMANDS, isCommand } from "./commands.ts";
import { Fault } from "./fault.ts";
import type { Io } from "./io.ts";

/** What `--help` prints; like every page, it fits a terminal of 80 by 24. */
export const HELP = `gadget-migrate rewrites Inspektor Gadget's removed built-in gadgets to images.

  gadget-migrate                       report what breaks below this folder
  gadget-migrate --diff | git apply    see the safe fixes, then apply them
  gadget-migrate explain trace open    what changed for a gadget

Usage: gadget-migrate [options] [paths...] | COMMAND ...

${COMMAND_NAMES.map((name) => `  ${name.padEnd(12)} ${COMMANDS[name].what}`).join("\n")}

  --fix[=unsafe]      write the safe fixes, or the unsafe ones too
  --diff              print the fixes as a patch, write nothing
  --target VERSION    release to work on (default: found here, else the newest)
  --format F[,F]      text, json, sarif, github, gitlab, markdown, html, ...
  --help, --version
Exit codes: 0 nothing found, 1 findings, 2 wrong usage, 3 a fault of our own
`;

/** What `help options` prints. */
export const OPTIONS_HELP = `All options of the report; each is a row of the README too.

  --fix[=unsafe]         write the safe fixes, or the unsafe ones too
  --diff                 print the fixes as a patch for git apply, write nothing
  --target VERSION       release to work on (default: found here, else newest)
  --image-style STYLE    short (default) or full; --pin digest: with the digest
  --registry HOST/PATH   a mirror; --insecure-registry HOST: one over plain HTTP
  --defaults keep|new    add flags that keep old defaults (default), or do not
  --form run|announced   run (default), or --image as once announced (unsafe)
  --config FILE          instead of the configuration found; --no-config: none
  --rule R[,R]           only findings of these rules
  --baseline FILE        findings known there do not count; --update-baseline
                         writes it anew
  --format F[,F]         text, json, sarif, github, gitlab, junit, checkstyle,
                         markdown, html, csv
  --output FILE[,FILE]   a file for each format; - is standard output
  --fail-on SEVERITY     error, warning (default), info or never: exit code 1
  --strict               exit code 1 also when files were skipped
  --stdin-filename PATH  read one file from standard input, as if at PATH
  --version, --help
`;

/**
 * `help [options|COMMAND]`
 * @param argv the words behind `help`
 * @returns the exit code, 0
 * @throws Fault when there is no such page
 */
export async function helpCommand(argv: readonly string[], io: Io): Promise<number> {
  const [topic = "--help"] = argv;
  if (topic === "options") await io.stdout(OPTIONS_HELP);
  else if (topic === "--help" || topic === "-h" || topic === "help") await io.stdout(HELP);
  else if (isCommand(topic)) return (await COMMANDS[topic].load())(["--help"], io);
  else {
    const pages = ["options", ...COMMAND_NAMES.filter((name) => name !== "help")];
    throw new Fault(`There is no help on ${JSON.stringify(topic)}, but on ${pages.join(", ")}.`);
  }
  return 0;
}
