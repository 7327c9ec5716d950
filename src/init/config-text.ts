import type { Target } from "../engine/report.ts";
import { printable } from "../reporters/terminal.ts";
import type { PlannedFile, Surroundings } from "./setup.ts";

/** The configuration for a repository: the release that it speaks for, and what else could be said. */
export function configText({
  target,
  list,
}: Pick<Surroundings, "target" | "list">): Pick<PlannedFile, "text" | "what"> {
  const hasPackages = list("").includes("package.json");
  const schema = "# yaml-language-server: $schema=./node_modules/gadget-migrate/docs/config.schema.json\n";
  return {
    what:
      target.source === "default"
        ? `for the newest release that is known, ${target.version}`
        : `for ${target.version}`,
    text: `${hasPackages ? schema : ""}${targetText(target)}${FURTHER}`,
  };
}

function targetText({ version, source, evidence }: Target): string {
  const head = "# The Inspektor Gadget release that the commands must work on.\n";
  const [first] = evidence;
  // A name in the repository must not end the comment and go on as configuration.
  const where =
    first === undefined ? "" : printable(`${first.path}:${first.line}, ${first.what} ${first.version}`);
  if (source === "default") {
    const why = first === undefined ? "Nothing here names one" : `What is named here is not known (${where})`;
    return `${head}# ${why}: until it is set, the newest known counts.\n# target: ${version}\n`;
  }
  return `${head}${first === undefined ? "" : `# Found in ${where}.\n`}target: ${version}\n`;
}

const FURTHER = `
# What is not to be scanned, besides what git ignores:
# exclude: [vendor/]

# Further names of the programs:
# programs: { kg: kubectl gadget }

# The short command where people read it, not the one that keeps every old default:
# overrides:
#   - files: "**/*.md"
#     defaults: new
`;
