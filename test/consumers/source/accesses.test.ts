import { describe, expect, test } from "vitest";
import { accessesOf } from "../../../src/consumers/source/accesses.ts";
import { namesOf } from "../../../src/consumers/source/names.ts";

/** What a program reads of the output of the command that stands between `<<` and `>>`. */
function reads(marked: string): readonly string[] {
  const start = marked.indexOf("<<");
  const text = marked.replace("<<", "").replace(">>", "");
  const names = namesOf(text, { start, end: marked.indexOf(">>") - 2 });
  return accessesOf(text, names).map(({ start: from, end }) => text.slice(from, end));
}

describe("keys of JSON", () => {
  test.each<readonly [string, string, readonly string[]]>([
    [
      "Python, line by line",
      'proc = subprocess.Popen([<<"kubectl">>, "gadget"], stdout=PIPE)\nfor line in proc.stdout:\n    event = json.loads(line)\n    print(event["comm"], event["k8s"]["pod"], event.get("pid"))\n',
      ['event["comm"]', 'event["k8s"]["pod"]', 'event.get("pid")'],
    ],
    [
      "Python, at once",
      'out = subprocess.check_output(\n    [<<"ig">>, "snapshot"],\n    text=True,\n)\nfor p in json.loads(out):\n    print(p["comm"])\n',
      ['p["comm"]'],
    ],
    [
      "TypeScript, a promise",
      'const { stdout } = await execa(<<"kubectl">>);\nconst events = JSON.parse(stdout);\nfor (const event of events) console.log(event.comm, event.k8s?.podName);\n',
      ["event.comm", "event.k8s?.podName"],
    ],
    [
      "JavaScript, a stream",
      'const child = spawn(<<"kubectl">>);\nchild.stdout.on("data", (data) => {\n  const event = JSON.parse(data.toString());\n  use(event.comm);\n});\n',
      ["event.comm"],
    ],
    [
      "nothing of another variable",
      'const out = run(<<"ig">>);\nconst other = JSON.parse(read("x"));\nuse(other.comm);\n',
      [],
    ],
  ])("%s", (_, text, expected) => {
    const found = reads(text);
    for (const one of expected) expect(found).toContain(one);
    if (expected.length === 0) expect(found).toEqual([]);
  });

  test("of what is parsed and read at once", () => {
    const [found = ""] = reads('out = run(<<"ig">>)\nprint(json.loads(out)["pcomm"])\n');
    expect(found).toContain('["pcomm"]');
  });
});

describe("columns", () => {
  test.each<readonly [string, string, readonly string[]]>([
    [
      "Python",
      'out = run(<<"ig">>)\nfor line in out.splitlines():\n    parts = line.split()\n    print(parts[3], parts[-1])\n',
      ["parts[3]", "parts[-1]"],
    ],
    [
      "at once",
      'out = run(<<"ig">>)\nfor line in out.splitlines():\n    print(line.split()[3])\n',
      ["line.split()[3]"],
    ],
    [
      "JavaScript",
      'const out = execSync(<<"ig">>).toString();\nfor (const line of out.split("\\n")) {\n  const cells = line.split(/\\s+/);\n  use(cells[2]);\n}\n',
      ["cells[2]"],
    ],
    [
      "Go",
      'out, err := exec.Command(<<"ig">>).Output()\nfor _, line := range strings.Split(string(out), "\\n") {\n\tcells := strings.Fields(line)\n\tfmt.Println(cells[4])\n}\n',
      ["cells[4]"],
    ],
    [
      "not at commas",
      'out = run(<<"ig">>)\nfor line in out.splitlines():\n    parts = line.split(",")\n    print(parts[3])\n',
      [],
    ],
  ])("%s", (_, text, expected) => {
    expect(reads(text)).toEqual(expected);
  });
});
