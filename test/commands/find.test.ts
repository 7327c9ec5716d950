import { describe, expect, test } from "vitest";
import {
  display,
  type Invocation,
  type Value,
  type Word,
  type WordList,
} from "../../src/commands/command.ts";
import { findCommands, type FoundCommand } from "../../src/commands/find.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { applyEdits } from "../../src/text/edits.ts";
import { Fragment } from "../../src/text/fragment.ts";
import { read } from "../languages/shell/reading.ts";

function find(script: string): readonly FoundCommand[] {
  return findCommands(read("shell", Fragment.of(script)).invocations, loadKnowledge(), read);
}

/** Program, a stroke behind the words that name it, `(text)` when nobody runs it. */
function found(script: string): readonly string[] {
  return find(script).map(({ program, programWords, words, invocation }) => {
    const texts = words.map((word) => display(word.value));
    const line = [...texts.slice(0, programWords), "|", ...texts.slice(programWords)].join(" ");
    return `${program.id}: ${line}${invocation.role === "text" ? " (text)" : ""}`;
  });
}

const IG = "ig: ig | trace exec";
const KUBECTL = "kubectl-gadget: kubectl gadget | trace exec";

describe("programs", () => {
  test.each([
    ["ig trace exec", IG],
    ["./bin/build/ig trace exec", "ig: ./bin/build/ig | trace exec"],
    [
      "/usr/local/bin/kubectl-gadget trace exec",
      "kubectl-gadget: /usr/local/bin/kubectl-gadget | trace exec",
    ],
    ["./kubectl-gadget-linux-amd64 trace exec", "kubectl-gadget: ./kubectl-gadget-linux-amd64 | trace exec"],
    ["ig.exe trace exec", "ig: ig.exe | trace exec"],
    ["./ig-v0.30.0 trace exec", "ig: ./ig-v0.30.0 | trace exec"],
    ["ig_linux_arm64_v0.30.0 trace exec", "ig: ig_linux_arm64_v0.30.0 | trace exec"],
    ["gadgetctl trace exec", "gadgetctl: gadgetctl | trace exec"],
    ["local-gadget trace exec", "local-gadget: local-gadget | trace exec"],
    ["kubectl gadget trace exec", KUBECTL],
    ["/opt/kubectl gadget trace exec", "kubectl-gadget: /opt/kubectl gadget | trace exec"],
    ["oc gadget trace exec", "kubectl-gadget: oc gadget | trace exec"],
    ["k gadget trace exec", "kubectl-gadget: k gadget | trace exec"],
    ["minikube kubectl -- gadget trace exec", "kubectl-gadget: minikube kubectl -- gadget | trace exec"],
    ['"ig" trace exec', IG],
    ["~/bin/ig trace exec", "ig: ~/bin/ig | trace exec"],
    ['"$BIN_DIR/ig" trace exec', "ig: $BIN_DIR/ig | trace exec"],
    ["K=kubectl\n$K gadget trace exec", "kubectl-gadget: $K gadget | trace exec"],
    ["${KUBECTL:-kubectl} gadget trace exec", "kubectl-gadget: ${KUBECTL:-kubectl} gadget | trace exec"],
    ["$KUBECTL gadget trace exec", "kubectl-gadget: $KUBECTL gadget | trace exec"],
    ['"$IG" trace exec', "ig: $IG | trace exec"],
    ['"${KUBECTL_GADGET_BIN}" trace exec', "kubectl-gadget: ${KUBECTL_GADGET_BIN} | trace exec"],
    ['G="kubectl gadget"\n$G trace exec', KUBECTL],
    ["kubectl gadget", "kubectl-gadget: kubectl gadget |"],
    ["alias kg='kubectl gadget'", "kubectl-gadget: kubectl gadget |"],
    ["kubectl gadget deploy", "kubectl-gadget: kubectl gadget | deploy"],
  ])("%s", (script, expected) => {
    expect(found(script)).toEqual([expected.replace(/\|$/, "|")]);
  });

  test.each([
    "kubectl get pods",
    "kubectl trace run node",
    "kubectl get gadget trace exec",
    "gadget trace exec",
    "config trace exec",
    "igx trace exec",
    "my-ig trace exec",
    "$X trace exec",
    "$IG --version",
    "$KUBECTL gadget --version",
    "ls /usr/bin/ig",
    "cp ig trace /usr/local/bin",
    "apt-get install ig top",
  ])("none: %s", (script) => {
    expect(found(script)).toEqual([]);
  });
});

describe("wrappers", () => {
  test.each([
    "sudo ig trace exec",
    "sudo -E -u root ig trace exec",
    "sudo -Eu root A=b ig trace exec",
    "sudo -uroot -- ig trace exec",
    "sudo --user=root ig trace exec",
    "sudo --user root ig trace exec",
    "sudo $OPTS ig trace exec",
    "env A=b C=$d ig trace exec",
    "env -i - A=b ig trace exec",
    "timeout 10 ig trace exec",
    "timeout -k 5 -s KILL $T ig trace exec",
    "nohup ig trace exec &",
    "time -p ig trace exec",
    "unbuffer ig trace exec",
    "exec ig trace exec",
    "command ig trace exec",
    "nice -n 5 ionice -c2 ig trace exec",
    "sudo -E env A=b timeout 10 nohup stdbuf -oL ig trace exec",
    "xargs -I{} ig trace exec",
    "docker exec -it -u root c ig trace exec",
    "kubectl exec -n ns pod -c main -- ig trace exec",
    "kubectl -n ns exec pod -- ig trace exec",
    "oc exec p -- timeout 5 ig trace exec",
    "kubectl debug node/n -it --image=ghcr.io/inspektor-gadget/ig -- ig trace exec",
    "sh -c 'ig trace exec'",
    "bash -lc 'ig trace exec'",
    "bash -ce 'ig trace exec' x",
    'bash -o pipefail -x -c "ig trace exec"',
    "su - root -c 'ig trace exec'",
    "su -c 'ig trace exec' root",
    "eval 'ig trace exec'",
    "eval ig trace exec",
    "ssh -p 22 -i key user@host 'ig trace exec'",
    "ssh host sudo ig trace exec",
    "watch -n1 'ig trace exec'",
    "watch ig trace exec",
    "script -qc 'ig trace exec' /dev/null",
    "docker run --rm ubuntu:22.04 bash -c 'ig trace exec'",
    "docker run --entrypoint sh ghcr.io/inspektor-gadget/ig:v0.30.0 -c 'ig trace exec'",
    "docker run --entrypoint=ig ghcr.io/inspektor-gadget/ig:v0.30.0 trace exec",
    "sudo ssh host \"sudo bash -c 'ig trace exec'\"",
    "kubectl exec p -- sh -c \"ssh h 'ig trace exec'\"",
    "retry 3 ig trace exec",
    "run_on_node a ig trace exec",
    "f() { ig trace exec; }",
    "x=$(sudo ig trace exec)",
  ])("%s", (script) => {
    expect(found(script)).toEqual([IG]);
  });

  test.each([
    ["bash script.sh -c 'ig trace exec'"],
    ['bash -c "$CMD"'],
    ["docker exec c"],
    ["docker build -t ig ."],
    ["docker run ubuntu trace exec"],
    ["kubectl exec pod -- ls"],
    ["timeout 10"],
    ["sudo"],
    ["sudo -u ig trace exec"],
  ])("none: %s", (script) => {
    expect(found(script)).toEqual([]);
  });

  test("a script of several commands", () => {
    expect(found("bash -c 'cd /x; sudo ig trace exec | jq . && kubectl gadget trace exec'")).toEqual([
      IG,
      KUBECTL,
    ]);
  });

  test.each([
    ["docker run --rm -it --privileged -v /:/host ghcr.io/inspektor-gadget/ig:v0.30.0 trace exec", "docker"],
    ["sudo podman run --pid host --name x ghcr.io/inspektor-gadget/ig trace exec", "podman"],
    ["docker run $ARGS ghcr.io/inspektor-gadget/ig@sha256:0123 trace exec", null],
    ["docker run mirror.local:5000/inspektor-gadget/ig:$V trace exec", "docker"],
    ["docker run $REGISTRY/inspektor-gadget/ig trace exec", "docker"],
    ["IMG=ghcr.io/inspektor-gadget/ig:v0.30.0\ndocker run $IMG trace exec", "docker"],
    ["kubectl debug node/n -it --image ghcr.io/inspektor-gadget/ig:v0.30.0 -- trace exec", "kubectl"],
  ])("the image is the program: %s", (script, head) => {
    const [command] = find(script);
    if (head === null) {
      expect(command).toBeUndefined();
      return;
    }
    expect(found(script)).toEqual(["ig: | trace exec"]);
    expect(command && display(command.head.value)).toBe(head);
    expect(command?.image).not.toBeNull();
  });

  test("a variable of the script around it is known in a script in quotes", () => {
    expect(found('K=kubectl\nssh host "$K gadget trace exec"')).toEqual([
      "kubectl-gadget: ${K} gadget | trace exec",
    ]);
  });

  test("words that xargs adds stand for themselves", () => {
    expect(found("xargs -n1 ig trace exec -p")).toEqual(["ig: ig | trace exec -p ..."]);
    expect(found("xargs -I X ig trace exec -p a-X")).toEqual(["ig: ig | trace exec -p a-X"]);
    const [command] = find("xargs -i ig trace {}");
    expect(command?.words[2]?.value).toEqual([{ code: "{}", words: "one" }]);
  });

  test("the output of a script becomes that of its commands", () => {
    const pipes = find("bash -c 'ig trace exec -o json | head' | jq .pod > out").map(({ invocation }) => {
      const { pipe, sink } = invocation.output;
      return [...pipe.map((words) => words.map((word) => display(word.value)).join(" ")), sink.kind];
    });
    expect(pipes).toEqual([["head", "jq .pod", "file"]]);
    const [own] = find("bash -c 'ig trace exec > a' | jq .pod");
    expect(own?.invocation.output.pipe).toEqual([]);
  });
});

describe("text for people", () => {
  test.each([
    ["echo kubectl gadget trace exec", [`${KUBECTL} (text)`]],
    ["echo 'kubectl gadget trace exec'", [`${KUBECTL} (text)`]],
    ["echo '$ sudo ig trace exec -A'", ["ig: ig | trace exec -A (text)"]],
    ["printf 'ig trace exec\\n'", ["ig: ig | trace exec (text)"]],
    [
      "printf 'ig trace exec\\n\\tig top file\\n'",
      ["ig: ig | trace exec (text)", "ig: ig | top file (text)"],
    ],
    ["printf '\\033[1mig trace exec\\033[0m\\n'", []],
    ['run "kubectl gadget trace exec | jq ."', [`${KUBECTL} (text)`]],
    ['run "ls && kubectl gadget trace exec"', []],
    ['log "see kubectl gadget trace exec"', [`${KUBECTL} (text)`]],
    ['echo "Run: kubectl gadget trace exec -n demo to see it."', [`${KUBECTL} -n demo (text)`]],
    ["warn \"Run 'kubectl gadget trace exec -A', then wait\"", [`${KUBECTL} -A (text)`]],
    ['info "use `kubectl gadget trace exec`"', [KUBECTL]],
    ["info 'use `ig trace exec`, or `ig top file 5`.'", [`${IG} (text)`, "ig: ig | top file 5 (text)"]],
    ["printf 'Usage:\\n  ig trace exec -c %s\\n' x", [`${IG} -c %s (text)`]],
    ['die "kubectl gadget trace failed"', []],
    ['echo "kubectl gadget not found"', []],
    ['echo "big trace exec, kubectl-gadgets trace exec"', []],
    ['pkill -f "kubectl gadget trace exec"', []],
    ["killall ig trace exec", []],
    ['git commit -m "kubectl gadget trace exec"', []],
    ['[ "$cmd" = "kubectl gadget trace exec" ]', []],
    ["grep 'kubectl gadget trace exec' README", []],
    ["grep -r ig trace exec", []],
    ["sed 's/ig trace exec/x/' f", []],
    ["ls 'ig trace exec'", ["ig: ig | trace exec (text)"]],
  ])("%s", (script, expected) => {
    expect(found(script)).toEqual(expected);
  });
});

describe("changes of words behind wrappers", () => {
  /** Replaces the second word behind the program. */
  function changed(script: string, value: Value): string | null {
    const [command] = find(script);
    const word = command?.words[command.programWords + 1];
    if (word === undefined) throw new Error("no command");
    const text = word.list.write(value, word);
    const edit =
      text === null ? null : word.list.fragment.toSourceEdit({ start: word.start, end: word.end, text });
    return edit === null ? null : applyEdits(script, [edit]);
  }

  test.each([
    ["sudo ig trace exec", "a b", "sudo ig trace 'a b'"],
    ["bash -c 'ig trace exec'", "a b", "bash -c 'ig trace '\\''a b'\\'''"],
    ['ssh h "ig trace exec -n $NS"', "a'b", `ssh h "ig trace 'a'\\\\''b' -n $NS"`],
    ["ssh h ig trace exec", "a.b", "ssh h ig trace a.b"],
    ["ssh h ig trace exec", "a b", null],
    ["eval ig trace exec", "a;b", null],
    ["watch 'ig trace exec'", "a;b", "watch 'ig trace '\\''a;b'\\'''"],
    [
      "docker run --rm ghcr.io/inspektor-gadget/ig trace exec",
      "x",
      "docker run --rm ghcr.io/inspektor-gadget/ig trace x",
    ],
  ])("%s: %s", (script, text, expected) => {
    expect(changed(script, [text])).toBe(expected);
  });
});

describe("invocations of any language", () => {
  const list: WordList = {
    fragment: Fragment.of(""),
    write: () => null,
    insertAfter: (previous) => ({ start: previous.end, end: previous.end, text: "" }),
    cut: () => null,
    inside: (word) => Fragment.of(display(word.value)),
  };
  function invocation(texts: readonly string[], image?: string): Invocation {
    const words: readonly Word[] = texts.map((text) => ({ start: 0, end: 0, value: [text], list }));
    const implied = image === undefined ? {} : { implied: { image } };
    return {
      words,
      output: { pipe: [], sink: { kind: "captured" } },
      role: "run",
      constants: [],
      ...implied,
    };
  }

  test.each([
    ["a list of words", invocation(["kubectl", "gadget", "trace", "exec"]), ["kubectl-gadget 2"]],
    ["a script in a list", invocation(["sh", "-c", "sudo ig trace exec; ig top file"]), ["ig 1", "ig 1"]],
    ["arguments of an image", invocation(["trace", "exec"], "ghcr.io/inspektor-gadget/ig:v0.30.0"), ["ig 0"]],
    ["a program in spite of an image", invocation(["ig", "trace"], "ghcr.io/inspektor-gadget/ig"), ["ig 1"]],
    ["arguments of another image", invocation(["trace", "exec"], "docker.io/library/ig"), []],
    ["no words", invocation([]), []],
  ])("%s", (_, given, expected) => {
    const commands = findCommands([given], loadKnowledge(), read);
    expect(commands.map(({ program, programWords }) => `${program.id} ${programWords}`)).toEqual(expected);
  });

  test("a wrapper around itself ends", () => {
    const script = "bash -c 'x'";
    const endless = { ...list, inside: () => Fragment.of(script) };
    const words = ["bash", "-c", "x"].map((text) => ({ start: 0, end: 0, value: [text], list: endless }));
    const loop = { ...invocation([]), words };
    expect(findCommands([loop], loadKnowledge(), () => ({ invocations: [loop], problems: [] }))).toEqual([]);
  });
});
