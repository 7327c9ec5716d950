import { COMMAND_NAMES, COMMANDS, isCommand } from "./commands.ts";
import { Fault } from "./fault.ts";
import type { Io } from "./io.ts";
import { didYouMean } from "./option-values.ts";

/** What `--help` prints; like every page, it fits a terminal of 80 by 24. */
export const HELP = `gadget-migrate rewrites Inspektor Gadget's removed built-in gadgets to images.

  gadget-migrate                       report what breaks below this folder
  gadget-migrate --diff | git apply    see the safe fixes, then apply them
  gadget-migrate explain trace open    what changed for a gadget

Usage: gadget-migrate [options] [paths...] | COMMAND ... | --version

${COMMAND_NAMES.map((name) => `  ${name.padEnd(12)} ${COMMANDS[name].what}`).join("\n")}

  --fix[=unsafe]      write the safe fixes, or the unsafe ones too
  --diff              print the fixes as a patch, write nothing
  --target VERSION    release to work on (default: found here, else the newest)
  --format F[,F]      text, json, sarif, github, gitlab, markdown, html, ...
Exit codes: 0 nothing found, 1 findings, 2 wrong usage, 3 a fault of our own
`;

/** What `help options` prints. */
export const OPTIONS_HELP = `All options of the report; the README says more of each.
Fix     --fix[=unsafe]         write the safe fixes, or the unsafe ones too
        --diff                 print them as a patch for git apply instead
        --require-clean        refuse to change files that are not committed
Target  --target VERSION       release to work on (default: found, else newest)
        --image-style STYLE    short (default) or full; --pin digest: by digest
        --registry HOST/PATH   a mirror; --insecure-registry HOST: plain HTTP
        --defaults keep|new    keep what was the default (default), or do not
        --form run|announced   run, or --image as once announced (unsafe)
Choose  --rule, --gadget, --path A[,B]  only findings of, about, in these
        --staged, --since REF  only what is staged; only files changed since
        --baseline FILE        not those known there; --no-baseline: all;
                               --update-baseline writes it anew
        --stdin-filename PATH  read one file from standard input, as if at PATH
        --config FILE          instead of the one found; --no-config: none
Report  --format F[,F]         text, json, sarif, github, gitlab, junit,
                               checkstyle, markdown, html, csv
        --output FILE[,FILE]   a file for each format; - is standard output
        --fail-on SEVERITY     error, warning (default), info or never: exit 1
        --strict               exit code 1 also when files were skipped
        --quiet, --verbose     findings alone; also why files were passed over
        --stats, --color WHEN  times and counts; auto (default), always or never
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
    throw new Fault(
      `There is no help on ${JSON.stringify(topic)}, but on ${pages.join(", ")}${didYouMean(topic, pages)}`,
    );
  }
  return 0;
}
