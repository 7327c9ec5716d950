import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/files/root.ts";
import { makeTree } from "../support/tree.ts";

const cases: readonly { name: string; paths: string[]; cwd: string; root: string }[] = [
  { name: "the top of the work tree of a folder", paths: ["repo/a/b"], cwd: ".", root: "repo" },
  { name: "of the working directory", paths: [], cwd: "repo/a", root: "repo" },
  { name: "of a file", paths: ["x.sh"], cwd: "repo/a", root: "repo" },
  { name: "of a glob", paths: ["repo/a/**/*.sh"], cwd: ".", root: "repo" },
  { name: "of a path that does not exist", paths: ["repo/no/no"], cwd: ".", root: "repo" },
  { name: "a linked work tree has a file .git", paths: ["linked/a"], cwd: ".", root: "linked" },
  { name: "outside of git the folder", paths: ["plain/a"], cwd: ".", root: "plain/a" },
  { name: "outside of git the folder of a file", paths: ["plain/a/x.sh"], cwd: ".", root: "plain/a" },
  {
    name: "of several paths the folder they share",
    paths: ["plain/a/x.sh", "plain/ab"],
    cwd: ".",
    root: "plain",
  },
  { name: "of several repositories too", paths: ["repo/a", "linked"], cwd: ".", root: "." },
  { name: "of several paths in one work tree its top", paths: ["a/x.sh", "c"], cwd: "repo", root: "repo" },
  {
    name: "of several paths of which one holds the others, that one",
    paths: ["../plain", "../plain/a/x.sh"],
    cwd: "repo",
    root: "plain",
  },
  {
    name: "what two paths share outside of the working directory is no project: that one's own counts",
    paths: ["../../plain/a/x.sh", "../../plain/ab"],
    cwd: "repo/c",
    root: "repo",
  },
  { name: "and outside of git itself", paths: ["../repo/a", "../linked"], cwd: "plain", root: "plain" },
  { name: "never the whole disk", paths: ["a", "/dev/null"], cwd: "plain", root: "plain" },
  { name: "not for one file either", paths: ["/gadget-migrate-none.sh"], cwd: "plain", root: "plain" },
  {
    name: "a template of a chart counts from above its folder",
    paths: ["chart/templates/tests/job.yaml"],
    cwd: ".",
    root: "chart",
  },
  { name: "and so does the folder", paths: ["chart/templates"], cwd: ".", root: "chart" },
  {
    name: "a file yet to be written does not look above its folder",
    paths: ["plain/new/x.sh"],
    cwd: ".",
    root: "plain/new",
  },
  { name: "a link counts where it stands", paths: ["plain/link"], cwd: ".", root: "plain" },
];

test.each(cases)("$name", ({ paths, cwd, root }) => {
  const tree = makeTree({
    "repo/.git/HEAD": "",
    "repo/a/b/x.sh": "",
    "repo/a/x.sh": "",
    "repo/c/x.sh": "",
    "linked/.git": "gitdir: ../repo/.git/worktrees/linked\n",
    "linked/a/x.sh": "",
    "plain/a/x.sh": "",
    "plain/ab/x.sh": "",
    "chart/templates/tests/job.yaml": "",
    "plain/link": { link: "../repo" },
  });
  expect(projectRoot(paths, join(tree, cwd))).toBe(join(tree, root));
});
