import { describe, expect, test } from "vitest";
import { linesOf } from "./reading.ts";

/** The lines of commands that start with `ig`. */
function found(script: string): readonly string[] {
  return linesOf(script).filter((line) => /^ig\b/.test(line));
}

describe("places of commands", () => {
  test.each([
    ["a list", "a; ig 1 && ig 2 || ig 3 & ig 4", ["ig 1", "ig 2", "ig 3", "ig 4"]],
    [
      "a condition",
      "if ig 1; then ig 2; elif ig 3; then ig 4; else ig 5; fi",
      ["ig 1", "ig 2", "ig 3", "ig 4", "ig 5"],
    ],
    [
      "loops",
      "for i in $(ig 1); do ig 2; done; while ig 3; do ig 4; done; until ig 5; do :; done",
      ["ig 1", "ig 2", "ig 3", "ig 4", "ig 5"],
    ],
    ["a counting loop", "for ((i=0; i<$(ig 1); i++)); do ig 2; done", ["ig 1", "ig 2"]],
    ["a case", "case $(ig 1) in a|$(ig 2)) ig 3;; *) ig 4; esac", ["ig 1", "ig 2", "ig 3", "ig 4"]],
    ["a selection", "select x in $(ig 1); do ig 2; done", ["ig 1", "ig 2"]],
    ["groups", "{ ig 1; }; (ig 2)", ["ig 1", "ig 2"]],
    ["functions", "f() { ig 1; }; function g { ig 2; }; h() ( ig 3 )", ["ig 3", "ig 2", "ig 1"]],
    [
      "substitutions",
      'a $(ig 1) "$(ig 2 "$(ig 3)")" `ig 4` "`ig 5`"',
      ["ig <$(ig 3)>".replace("<$(ig 3)>", "2 <$(ig 3)>"), "ig 1", "ig 3", "ig 4", "ig 5"].toSorted(),
    ],
    ["nested backquotes", 'a `b \\`ig 1\\` c` "`ig 2 \\`ig 3\\``"', ["ig 1", "ig 2 <`ig 3`...>", "ig 3"]],
    ["process substitutions", "a <(ig 1) >(ig 2) < <(ig 3)", ["ig 1", "ig 2", "ig 3"]],
    [
      "expansions",
      'a ${x:-$(ig 1)} "${x/$(ig 2)/`ig 3`}" $(( $(ig 4) + 1 ))',
      ["ig 1", "ig 2", "ig 3", "ig 4"],
    ],
    [
      "assignments",
      "x=$(ig 1) y=($(ig 2)) local z=$(ig 3); export w=$(ig 4)",
      ["ig 1", "ig 2", "ig 3", "ig 4"],
    ],
    [
      "tests",
      "[[ -n $(ig 1) && $(ig 2) == x ]]; [ $(ig 3) ]; (( $(ig 4) ))",
      ["ig 1", "ig 2", "ig 3", "ig 4"],
    ],
    ["a job of its own", "coproc ig 1", ["ig 1"]],
    ["here-documents", "cat <<EOF\n$(ig 1) `ig 2`\nEOF\ncat <<'EOF'\n$(ig 3)\nEOF", ["ig 1", "ig 2"]],
    ["here-strings", 'cat <<< "$(ig 1)"', ["ig 1"]],
    ["quoted words", "echo 'ig 1' \"ig 2\"", []],
    ["comments", "# ig 1\necho # ig 2", []],
  ])("%s", (_, script, lines) => {
    expect(found(script).toSorted()).toEqual([...lines].toSorted());
  });
});

describe("scripts in here-documents", () => {
  test.each([
    ["a shell", "bash <<EOF\nig 1\nEOF", ["ig 1"]],
    ["a shell with flags", "sudo sh -ex <<'EOF'\nig 1\nEOF", ["ig 1"]],
    ["a shell that reads its input", "bash -s -- a b <<'EOF'\nig 1\nEOF", ["ig 1"]],
    ["another machine", "ssh -p 22 user@host <<'EOF'\nig 1\nEOF", ["ig 1"]],
    ["a shell on another machine", "ssh host 'bash -s' <<EOF\nig 1\nEOF", []],
    ["a container", "kubectl exec -i pod -- bash <<EOF\nig 1\nEOF", ["ig 1"]],
    ["a file", "cat > run.sh <<'EOF'\nig 1\nEOF", ["ig 1"]],
    ["a file named by a variable", 'cat <<EOF > "$DIR/run.sh"\nig 1\nEOF', ["ig 1"]],
    ["a file with a first line", "cat <<'EOF' > /usr/bin/x\n#!/bin/bash\nig 1\nEOF", ["ig 1"]],
    ["a file by tee", "sudo tee /x.sh >/dev/null <<'EOF'\nig 1\nEOF", ["ig 1"]],
    ["a pipe into a shell", "cat <<EOF | ssh host bash\nig 1\nEOF", ["ig 1"]],
    ["a pipe into tee", "cat <<EOF | sudo tee x.sh\nig 1\nEOF", ["ig 1"]],
    ["tabs", "bash <<-EOF\n\tig 1 \\\n\t\t2\n\tEOF", ["ig 1 2"]],
    ["a shell in a shell", "bash <<A\nbash <<'B'\nig \\$x\nB\nA", ["ig <$x...>"]],
    [
      "expansions of the outer shell",
      "bash <<EOF\nig $NS \\$NS '$x' \\`a\\`\nEOF",
      ["ig <${NS}...> <$NS...> <${x}> <`a`...>"],
    ],
    [
      "an expansion with a template in it",
      "bash <<EOF\nig $(a {{ .b }}) x\nEOF",
      ["ig <$(a {{ .b }})...> x"],
    ],
    ["data for a script", "bash run.sh <<EOF\nig 1\nEOF", []],
    ["data for a command", "bash -c 'cat' <<EOF\nig 1\nEOF", []],
    ["a manifest", "kubectl apply -f - <<EOF\nig 1\nEOF", []],
    ["a file that is no script", "cat > a.yaml <<EOF\nig 1\nEOF", []],
  ])("%s", (_, script, lines) => {
    expect(found(script)).toEqual(lines);
  });
});
