import { describe, expect, test } from "vitest";
import { dedent, read } from "./reading.ts";

/** The gadget's word of the only command, with the values that the file gives it. */
function known(source: string): unknown {
  const { invocations } = read("yaml", source, ".github/workflows/a.yml");
  const command = invocations.find(({ words }) => words.length >= 4) ?? { words: [] };
  const [part] = command.words[3]?.value ?? [];
  return typeof part === "string" ? part : part?.known;
}

describe("values that a file gives an expression", () => {
  test.each<[string, string, unknown]>([
    [
      "a matrix",
      dedent`
        jobs:
          a:
            strategy: { matrix: { gadget: [exec, dns] } }
            steps: [{ run: "kubectl gadget trace \${{ matrix.gadget }}" }]
      `,
      ["exec", "dns"],
    ],
    [
      "a matrix with more by include",
      dedent`
        jobs:
          a:
            strategy: { matrix: { gadget: [exec], include: [{ gadget: open }] } }
            steps: [{ run: "kubectl gadget trace \${{ matrix.gadget }}" }]
      `,
      ["exec", "open"],
    ],
    [
      "a matrix that is made at run time",
      dedent`
        jobs:
          a:
            strategy: { matrix: { gadget: "\${{ fromJSON(needs.b.outputs.c) }}" } }
            steps: [{ run: "kubectl gadget trace \${{ matrix.gadget }}" }]
      `,
      undefined,
    ],
    [
      "an environment",
      dedent`
        env: { GADGET: exec }
        jobs: { a: { steps: [{ run: "kubectl gadget trace \${{ env.GADGET }}" }] } }
      `,
      ["exec"],
    ],
    [
      "an input with options",
      dedent`
        on: { workflow_dispatch: { inputs: { gadget: { options: [exec, dns], default: dns } } } }
        jobs: { a: { steps: [{ run: "kubectl gadget trace \${{ inputs.gadget }}" }] } }
      `,
      ["exec", "dns"],
    ],
    [
      "one value that is no text of the file",
      dedent`
        jobs:
          a:
            strategy: { matrix: { gadget: [exec, "\${{ inputs.other }}"] } }
            steps: [{ run: "kubectl gadget trace \${{ matrix.gadget }}" }]
      `,
      undefined,
    ],
    [
      "a name that an inner level sets anew",
      dedent`
        env: { GADGET: exec }
        jobs: { a: { env: { GADGET: "\${{ inputs.x }}" }, steps: [{ run: "kubectl gadget trace \${{ env.GADGET }}" }] } }
      `,
      undefined,
    ],
  ])("%s", (_, source, expected) => {
    expect(known(source.replaceAll("\\$", "$"))).toEqual(expected);
  });

  test("more values than a list of gadgets has are not followed", () => {
    const values = Array.from({ length: 65 }, (__, i) => `g${i}`).join(", ");
    const source = `strategy: { matrix: { gadget: [${values}] } }\nsteps: [{ run: "kubectl gadget trace \${{ matrix.gadget }}" }]\n`;
    expect(known(source)).toBeUndefined();
  });
});
