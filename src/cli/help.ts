/** What `--help` prints; fits a terminal of 80 by 24. */
export const HELP = `gadget-migrate rewrites Inspektor Gadget's removed built-in gadgets to images.

  gadget-migrate                       report what breaks below this folder
  gadget-migrate --diff | git apply    see the safe fixes, then apply them
  gadget-migrate explain trace open    what changed for a gadget (all: matrix)

Usage: gadget-migrate [options] [paths...]; --version, --help; explain, matrix ...

  --fix[=unsafe]         write the safe fixes, or the unsafe ones too
  --diff                 print the fixes as a patch for git apply, write nothing
  --target VERSION       release to work on (default: found here, else newest)
  --image-style STYLE    short (default) or full; --pin digest: with the digest
  --registry HOST/PATH   a mirror; --insecure-registry HOST: one over plain HTTP
  --defaults keep|new    add flags that keep old defaults (default), or do not
  --form run|announced   run (default), or --image as once announced (unsafe)
  --config FILE          instead of the configuration found; --no-config: none
  --rule R[,R]           only these; --baseline FILE, --update-baseline: the known
  --format F[,F]         text, json, sarif, github, gitlab, junit, markdown, ...
  --output FILE[,FILE]   a file for each format; - is standard output
  --fail-on SEVERITY     error, warning (default), info or never: exit code 1
  --strict               exit code 1 also when files were skipped
  --stdin-filename PATH  read one file from standard input, as if at PATH
Exit codes: 0 nothing found, 1 findings, 2 wrong usage, 3 a fault of our own
`;
