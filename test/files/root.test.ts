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
    "plain/link": { link: "../repo" },
  });
  expect(projectRoot(paths, join(tree, cwd))).toBe(join(tree, root));
});
