import { at, textAt, type Datum, type Mapping } from "../../data/datum.ts";
import { manifestsIn } from "../../data/manifests.ts";
import type { Range } from "../../text/edits.ts";
import type { RepositoryFile } from "../check.ts";

/** A job of a CI pipeline: what runs on one machine, in the order of its places. */
export interface Job {
  /** As the pipeline calls it; null where it has no name. */
  readonly name: string | null;
  readonly place: Range;
  /** What runs before it, wherever that stands: steps of all jobs, templates that it extends. */
  readonly before: readonly Range[];
  /** Templates that it extends and that other files have. */
  readonly extended: readonly string[];
}

/** The jobs of a file; none where it is no pipeline. */
export function jobsIn({ path, parts, text }: RepositoryFile): readonly Job[] {
  if (JENKINS.test(path)) return [alone({ start: 0, end: text.length })];
  if (!PIPELINE.test(path)) return [];
  const isGitlab = GITLAB.test(path);
  return manifestsIn(parts, /./).flatMap((datum) => {
    if (datum.kind !== "mapping") return [];
    return isGitlab ? gitlabJobs(datum) : jobsOf(datum);
  });
}

const JENKINS = /(?:^|\/)[\w.-]*Jenkinsfile[\w.-]*$/;
const GITLAB = /(?:^|\/)(?:[\w.-]*\.?gitlab-ci\.ya?ml$|\.gitlab\/.*\.ya?ml$)/;
const PIPELINE = new RegExp(
  String.raw`${GITLAB.source}|(?:^|/)(?:\.(?:github|gitea|forgejo)/workflows/[^/]+|\.circleci/[^/]+|\.buildkite/.+|\.?azure-pipelines[^/]*(?:/.+)?|\.azuredevops/.+|\.travis|bitbucket-pipelines|\.drone|\.woodpecker(?:/[^/]+)?|\.cirrus|\.?appveyor|cloudbuild)\.ya?ml$`,
);

function alone(place: Range, name: string | null = null): Job {
  return { name, place, before: [], extended: [] };
}

/** `jobs` by name or as a list, in stages or not; a pipeline without any is one job. */
function jobsOf(pipeline: Mapping): readonly Job[] {
  const stages = at(pipeline, "stages");
  const inStages = stages?.kind === "sequence" ? stages.items.flatMap((stage) => listed(at(stage, "jobs"))) : [];
  const jobs = [...listed(at(pipeline, "jobs")), ...inStages];
  return jobs.length > 0 ? jobs : [alone(pipeline.place)];
}

function listed(jobs: Datum | null): readonly Job[] {
  if (jobs?.kind === "sequence")
    return jobs.items.map((job) => alone(job.place, textAt(job, "job") ?? textAt(job, "deployment")));
  if (jobs?.kind !== "mapping") return [];
  return [...jobs.fields].map(([name, { value }]) => alone(value.place, name));
}

function gitlabJobs(pipeline: Mapping): readonly Job[] {
  const shared = [at(pipeline, "before_script"), at(pipeline, "default", "before_script")];
  return [...pipeline.fields].flatMap(([name, { value }]) => {
    const isJob = !name.startsWith(".") && (at(value, "script") ?? at(value, "extends") ?? at(value, "run")) !== null;
    if (!isJob) return [];
    const templates = namesAt(value, "extends");
    const before = [
      ...(at(value, "before_script") === null ? shared : [at(value, "before_script")]),
      ...templates.map((template) => at(pipeline, template)),
    ];
    return [
      {
        name,
        place: value.place,
        before: before.flatMap((one) => one?.place ?? []),
        extended: templates.filter((template) => at(pipeline, template) === null),
      },
    ];
  });
}

function namesAt(job: Datum, key: string): readonly string[] {
  const given = at(job, key);
  if (given?.kind === "sequence") return given.items.flatMap((item) => textAt(item) ?? []);
  return given === null ? [] : [textAt(given)].filter((name) => name !== null);
}
