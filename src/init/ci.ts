import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { PlannedFile, Setup, Surroundings } from "./setup.ts";

/** What runs the report in the CI systems that the repository uses. */
export function ciOf(around: Surroundings): Partial<Setup> {
  const known = [github(around), gitlab(around), ...others(around)];
  const found = known.filter((part) => part !== null);
  return {
    files: found.flatMap(({ files = [] }) => files),
    kept: found.flatMap(({ kept = [] }) => kept),
    byHand: found.flatMap(({ byHand = [] }) => byHand),
  };
}

const WORKFLOWS = ".github/workflows";

function github({ read, list, version }: Surroundings): Partial<Setup> | null {
  const workflows = list(WORKFLOWS).filter((name) => /\.ya?ml$/.test(name));
  if (workflows.length === 0) return null;
  const own = workflows.find((name) => read(`${WORKFLOWS}/${name}`)?.includes("gadget-migrate") === true);
  if (own !== undefined) return has(`${WORKFLOWS}/${own}`);
  const short = workflows.filter((name) => name.endsWith(".yml"));
  const extension = short.length * 2 > workflows.length ? "yml" : "yaml";
  const what = "annotates pull requests, and fails while there are findings";
  return {
    files: [{ path: `${WORKFLOWS}/gadget-migrate.${extension}`, text: workflow(version), what }],
  };
}

function workflow(version: string): string {
  return `name: gadget-migrate
on:
  pull_request:
permissions:
  contents: read
jobs:
  gadgets:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@fbc6f3992d24b796d5a048ff273f7fcc4a7b6c09 # v5.1.0
        with:
          persist-credentials: false
      # The report is the summary of the job too; --fail-on never lets the job pass whatever is found.
      - run: npx --yes gadget-migrate@${version} --format github,markdown --output "-,$GITHUB_STEP_SUMMARY"
`;
}

const PIPELINE = ".gitlab-ci.yml";
const JOB = ".gitlab/gadget-migrate.yml";

function gitlab({ read, version }: Surroundings): Partial<Setup> | null {
  const text = read(PIPELINE);
  if (text === null) return null;
  if (text.includes("gadget-migrate")) return has(PIPELINE);
  const { stages, isIncluding } = pipelineOf(text);
  const item = `  - local: ${JOB}`;
  return {
    files: [jobFile(version, stageFor(stages))],
    byHand: [
      {
        what: isIncluding ? `${PIPELINE}: add to what \`include:\` lists` : `${PIPELINE}: add`,
        lines: isIncluding ? [item] : ["include:", item],
      },
    ],
  };
}

function jobFile(version: string, stage: string | null): PlannedFile {
  const reports = "gl-gadget-migrate.json,gadget-migrate.xml";
  const text = `gadget-migrate:
${stage === null ? "" : `  stage: ${JSON.stringify(stage)}\n`}  image: node:22.21.1-alpine3.22
  script:
    - npx --yes gadget-migrate@${version} --format text,gitlab,junit --output -,${reports}
  artifacts:
    when: always
    reports:
      codequality: gl-gadget-migrate.json
      junit: gadget-migrate.xml
`;
  return { path: JOB, text, what: "a job with reports for Code Quality and for tests" };
}

/** Where a pipeline has stages of its own, a job without one stands in `test`, which must be among them. */
function stageFor(names: readonly string[]): string | null {
  if (names.length === 0 || names.includes("test")) return null;
  return names.find((name) => /lint|check|verify|valid|test/i.test(name)) ?? names[0] ?? null;
}

/** Other systems, by the file that each is known by. */
const OTHERS: readonly string[] = [
  "Jenkinsfile",
  "azure-pipelines.yml",
  ".circleci/config.yml",
  ".buildkite/pipeline.yml",
  "bitbucket-pipelines.yml",
  ".travis.yml",
  ".drone.yml",
  ".woodpecker.yml",
];

function others({ read, version }: Surroundings): readonly Partial<Setup>[] {
  const line = `npx --yes gadget-migrate@${version} --format text,junit --output -,gadget-migrate.xml`;
  return OTHERS.flatMap((path) => {
    const text = read(path);
    if (text === null) return [];
    if (text.includes("gadget-migrate")) return [has(path)];
    return [
      { byHand: [{ what: `${path}: add a step that runs (with Node 20.19 or newer)`, lines: [line] }] },
    ];
  });
}

/** Stages that are listed as they are (no `!reference`), and whether other files are included. */
function pipelineOf(text: string): { readonly stages: readonly string[]; readonly isIncluding: boolean } {
  const { contents } = parseDocument(text, { logLevel: "silent" });
  if (!isMap(contents)) return { stages: [], isIncluding: false };
  const list = contents.get("stages", true);
  const items = isSeq(list) && list.tag?.startsWith("!") !== true ? list.items : [];
  const stages = items.flatMap((item) =>
    isScalar(item) && typeof item.value === "string" ? [item.value] : [],
  );
  return { stages, isIncluding: contents.has("include") };
}

function has(path: string): Partial<Setup> {
  return { kept: [{ path, why: "has gadget-migrate already" }] };
}
