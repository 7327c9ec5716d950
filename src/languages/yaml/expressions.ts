import type { Fragment, Hole } from "../../text/fragment.ts";

/**
 * What something else than YAML fills in: `{{ x }}` of Argo and Ansible, `${{ x }}` of GitHub, `$(X)` of Kubernetes,
 * Tekton and Azure, `${X}` and `$X` of compose and GitLab, `<placeholders>`. `$$` is an escaped `$`.
 */
const EXPRESSION = /\$\$|\$?\{\{.*?\}\}|\$\([^()\s]*\)|\$\{[^{}]*\}|\$[A-Za-z_]\w*|<[A-Za-z][\w .-]*>/gs;

/** The parts of a word that are known only later: the holes of its text, and expressions in it; in order. */
export function expressionsIn(fragment: Fragment): readonly Hole[] {
  const holes = [...fragment.holes];
  for (const { index: start, 0: code } of fragment.text.matchAll(EXPRESSION)) {
    const end = start + code.length;
    if (code !== "$$" && fragment.holesIn({ start, end }).length === 0)
      holes.push({ start, end, code, words: "one" });
  }
  return holes.sort((a, b) => a.start - b.start);
}
