/**
 * Times whole runs of the built command line tool over a large repository against `rg -uu -l gadget` (the least that any
 * search has to do) and `node -e 0` (the least that any Node program takes), in turns, and prints medians and ratios.
 *
 *   npm run bench -- [--files N] [--rounds N] [--tree DIR] [--bin FILE]
 *
 * `--tree` takes a repository that is there already; nothing is then checked about what is found in it.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { growTree } from "./bench-tree.mjs";

/** What a run may take at most. */
const BARS = { timesRipgrep: 2, megabytes: 150 };

/** Without the certificates that Node 20 would read at each start, if it is told of any: no run needs them. */
const ENVIRONMENT = { ...process.env, NODE_EXTRA_CA_CERTS: "" };

const { values } = parseArgs({
  options: {
    files: { type: "string", default: "40000" },
    rounds: { type: "string", default: "7" },
    tree: { type: "string" },
    bin: { type: "string", default: builtProgram() },
  },
});

const scratch = mkdtempSync(join(tmpdir(), "gadget-migrate-bench-"));
try {
  main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function main() {
  const tree = values.tree ?? join(scratch, "tree");
  const grown = values.tree === undefined ? grow(tree) : null;
  const tool = [process.execPath, values.bin, "--format", "json", "--fail-on", "never", tree];
  checkFindings(run(tool).stdout, grown);

  const programs = {
    "gadget-migrate": tool,
    "rg -uu -l gadget": ["rg", "-uu", "-l", "gadget", tree],
    "node -e 0": [process.execPath, "-e", "0"],
  };
  if (spawnSync("rg", ["--version"]).error !== undefined) {
    delete programs["rg -uu -l gadget"];
    console.log("ripgrep (rg) is not installed: its time and the ratio are left out.");
  }
  report(medians(programs), peakMegabytes(tool));
}

function grow(tree) {
  const grown = growTree(tree, { files: Number(values.files), every: 500, seed: 1 });
  console.log(
    `${grown.files} files, ${(grown.bytes / 1e6).toFixed(0)} MB, ${grown.withFindings} of them with findings`,
  );
  return grown;
}

/** A fast run that misses something is worth nothing. */
function checkFindings(output, grown) {
  const found = new Set(JSON.parse(output).findings.map(({ path }) => path)).size;
  if (grown !== null && found !== grown.withFindings) {
    throw new Error(`findings in ${found} files, not in ${grown.withFindings}`);
  }
}

/** The median time of each program in milliseconds, each run once per round so that the load of the machine meets all alike. */
function medians(programs) {
  const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let round = 0; round <= Number(values.rounds); round++) {
    for (const [name, command] of Object.entries(programs)) {
      const { milliseconds } = run(command);
      // The first round only warms the file cache.
      if (round > 0) times[name].push(milliseconds);
    }
  }
  return Object.fromEntries(
    Object.entries(times).map(([name, all]) => [name, all.sort((a, b) => a - b)[all.length >> 1]]),
  );
}

function run([program, ...args]) {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    env: ENVIRONMENT,
    encoding: "utf8",
    maxBuffer: Infinity,
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (error !== undefined || status !== 0)
    throw new Error(`${program} ${args.join(" ")}: ${error ?? stderr}`);
  return { milliseconds, stdout };
}

/** The process tells its own peak as it ends, which works on every system that Node runs on. */
function peakMegabytes([node, ...args]) {
  const [probe, result] = [join(scratch, "probe.mjs"), join(scratch, "peak")];
  writeFileSync(
    probe,
    `import { writeFileSync } from "node:fs";
     process.on("exit", () => writeFileSync(${JSON.stringify(result)}, String(process.resourceUsage().maxRSS)));`,
  );
  run([node, "--import", probe, ...args]);
  return Number(readFileSync(result, "utf8")) / 1024;
}

function report(times, megabytes) {
  const own = times["gadget-migrate"];
  for (const [name, time] of Object.entries(times)) {
    console.log(`${name.padEnd(18)} ${time.toFixed(0).padStart(6)} ms   ${(own / time).toFixed(2)} x`);
  }
  const ripgrep = times["rg -uu -l gadget"];
  if (ripgrep !== undefined) {
    console.log(verdict(own / ripgrep, BARS.timesRipgrep, (own / ripgrep).toFixed(2), "times rg"));
  }
  console.log(verdict(megabytes, BARS.megabytes, megabytes.toFixed(0), "MB at its peak"));
}

function verdict(value, bar, shown, unit) {
  return `${shown} ${unit}: ${value <= bar ? "within" : "over"} the bar of ${bar}`;
}

function builtProgram() {
  const root = new URL("../", import.meta.url);
  const { bin } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
  return fileURLToPath(new URL(bin["gadget-migrate"], root));
}
