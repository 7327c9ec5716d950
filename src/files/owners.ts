import { readFileSync } from "node:fs";
import ignore from "ignore";

/** Where GitHub and GitLab look for it, in this order. */
const PLACES = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

/**
 * Who owns files by the project's CODEOWNERS: the last line that matches decides. Nobody, where there is no such file.
 * @param root absolute
 * @returns for a path with `/`, relative to the root
 */
export function ownersIn(root: string): (path: string) => readonly string[] {
  let rules: readonly OwnerRule[] | undefined;
  return (path) => {
    rules ??= rulesOf(codeowners(root));
    return rules.findLast(({ owns }) => owns(path))?.owners ?? [];
  };
}

interface OwnerRule {
  readonly owns: (path: string) => boolean;
  readonly owners: readonly string[];
}

function codeowners(root: string): string {
  for (const place of PLACES) {
    try {
      return readFileSync(`${root}/${place}`, "utf8");
    } catch {
      // The next place may have it.
    }
  }
  return "";
}

/** Patterns are those of `.gitignore` without negation; sections of GitLab (`[Docs]`) only group them. */
function rulesOf(text: string): readonly OwnerRule[] {
  return text.split(/\r?\n/).flatMap((line): readonly OwnerRule[] => {
    const [pattern, ...owners] = line
      .replace(/(?:^|\s)#.*$/, "")
      .trim()
      .split(/(?<!\\)\s+/);
    if (pattern === undefined || pattern === "" || /^[[^!]/.test(pattern)) return [];
    const matcher = ignore().add(pattern);
    return [{ owns: (path) => matcher.ignores(path), owners }];
  });
}
