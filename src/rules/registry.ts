import type { Severity } from "./severity.ts";

/** What holds for all findings of a rule, and what it is about in sentences for people. */
export interface Rule {
  /**
   * How bad it is: `by-target` is an info where the target still has what was removed, a warning where that is deprecated,
   * an error where it is gone.
   */
  readonly severity: Severity | "by-target";
  /** Whether it reports without being asked to. */
  readonly isOn: boolean;
  /** True: what it finds depends on the whole repository, so that it is not for an editor, which has one file. */
  readonly needsRepository?: true;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  /** Findings with a severity of their own, by the key that sets it in the configuration. */
  readonly parts?: Readonly<Record<string, RulePart>>;
}

interface RulePart {
  /** False: they are reported where this part is set, or the rule is asked for by name. */
  readonly isOn?: false;
  readonly what: string;
  readonly messageIds: readonly string[];
}

/**
 * All rules, sorted. Everything that lists rules takes them from here: `explain`, the reports, the ESLint plugin, the schema
 * of the configuration and the tests that ask for a page of each.
 */
export const RULES = {
  "builtin-api": {
    severity: "by-target",
    isOn: true,
    what: "A program uses what was removed with the built-in gadgets: Go packages of Inspektor Gadget, its gRPC services, the Kubernetes API on `Trace` resources, or types that list the keys of a built-in gadget's JSON.",
    why: "It does not compile against the target, or finds nothing there at run time. Before v0.37.0 the finding is an info, up to v0.41.x a warning, from v0.42.0 on an error.",
    fix: "There is none: a program must be rebuilt around the image of the gadget. The finding names that image, and where to read what changed.",
  },
  "builtin-gadget": {
    severity: "by-target",
    isOn: true,
    what: "A command calls a built-in gadget, such as `kubectl gadget trace exec` or `ig top file`.",
    why: "Built-in gadgets were deprecated in v0.37.0 and removed in v0.42.0. A gadget is an image now, and one command, `run`, starts them all. Before v0.37.0 the finding is an info, up to v0.41.x a warning, from v0.42.0 on an error.",
    fix: "The command becomes `run IMAGE:TARGET`, its flags, columns and filters become those of the image, and defaults that changed are restored. It is safe where nothing can break unseen, unsafe where a note says what to check, and manual where only a person can decide.",
  },
  "floating-image": {
    severity: "warning",
    isOn: true,
    what: "A gadget image, or the tool's own (`ghcr.io/inspektor-gadget/ig`), without a fixed tag: none, `latest` or `main`; in a command, a manifest, values of a chart, a constant.",
    why: "Such an image changes under those who use it. Gadget images are built for one release and may not load on another, and what a flag or a field is called changes between releases.",
    fix: "The tag of the target, or the variable in which the file keeps that release. It is safe. Images of other publishers are reported as info, without a fix; digests, and tags that come from variables, are left alone.",
    parts: {
      thirdParty: {
        what: "Images of other publishers; an info unless set.",
        messageIds: ["image-of-others-floats"],
      },
    },
  },
  "image-prepull": {
    severity: "warning",
    isOn: false,
    needsRepository: true,
    what: "A job of a CI pipeline that runs gadget images which nothing in it has pulled before: with `ig` on the runner, or with `kubectl gadget` on a cluster that the job itself sets up.",
    why: "Runners and clusters of CI are new each time, so the first run of each image waits for the registry, within the time that the command has, and fails with it.",
    fix: "There is none. The finding names the images and has the step that pulls them, or, for a cluster, what helps there: each gadget pod has a store of its own, which nothing on the runner fills.",
  },
  "image-pull-policy": {
    severity: "warning",
    isOn: false,
    what: "A container of the agent or of `ig` whose pinned image is pulled at each start, or whose image has no fixed tag.",
    why: "With `Always`, a node that cannot reach the registry cannot start the agent. Without a fixed tag, nodes run releases of different days, and gadget images are built for one release.",
    fix: "For a pinned image `Always` becomes `IfNotPresent`, unsafe, since a tag may be pushed again. For one without a fixed tag there is none here; `floating-image` pins it.",
  },
  "network-policy": {
    severity: "warning",
    isOn: false,
    needsRepository: true,
    what: "A namespace that the agent of Inspektor Gadget or `ig` is installed to, and that no file gives a network policy.",
    why: "The pods may do nearly everything on their nodes, and without a policy they may also talk to anyone, and anyone to them.",
    fix: "There is none, and none is ever written: a wrong policy cuts the agent off from its registry or from the Kubernetes API. The finding has one to start from.",
  },
  "output-consumer": {
    severity: "warning",
    isOn: true,
    what: "Something reads the output of a gadget by the place of a column, by the name of a field or by a text, and finds something else there after the migration.",
    why: "The table of an image has other columns in another order, and its JSON has other names. What reads the old ones does not fail: it takes another column, or nothing, for what it wants.",
    fix: "What can be rewritten for sure is part of the fix of the command. The rest is reported here, with each column and name that moves, and where it is now. Old names behind a command that runs an image already are rewritten.",
  },
  "registry-access": {
    severity: "warning",
    isOn: false,
    needsRepository: true,
    what: "An image of the agent, of `ig` or of a gadget that comes from a registry of one's own, while no file gives credentials for it.",
    why: "Most registries of companies want credentials. Nodes have pull secrets for containers; gadget images are pulled by the agent itself, which uses none of those.",
    fix: "There is none: credentials are not for a repository. The finding says which secret is read, and what makes the agent read it.",
  },
  "removed-option": {
    severity: "error",
    isOn: true,
    what: "A command that runs an image, or `kubectl gadget deploy`, says something that the target does not have: an image that is gone, a flag, a field or a value that was renamed or removed.",
    why: "A flag that is unknown ends the command with an error; a field that is unknown may just print nothing. The tables of all releases from v0.36.0 on tell what became of each.",
    fix: "The new name, and the tag of the target where the command has another. It is safe where the two are equal, unsafe where a note says what differs, and manual where nothing took its place.",
    parts: {
      deprecated: {
        isOn: false,
        what: "Values of the Helm chart under a name that was replaced and that the target still reads; not reported unless set, or the rule is asked for by name.",
        messageIds: ["helm-value-renamed"],
      },
    },
  },
  "resource-limits": {
    severity: "warning",
    isOn: false,
    what: "A container of the agent or of `ig` without limits for CPU and memory.",
    why: "What a gadget needs grows with the events of its node. Without limits a busy one takes what other pods need.",
    fix: "There is none: what is right depends on the gadgets and the node. The finding has values to begin with.",
  },
  "trace-resource": {
    severity: "by-target",
    isOn: true,
    what: "A `Trace` custom resource of `gadget.kinvolk.io/v1alpha1`, in a manifest or written by a program, or a `kubectl` command on one.",
    why: "The agent of v0.42.0 and later has no controller for it: what is applied there does nothing, or is refused because the kind is unknown. Before v0.37.0 the finding is an info, up to v0.41.x a warning, from v0.42.0 on an error.",
    fix: "None is made in place: a gadget instance is no Kubernetes object. The finding carries the instance manifest that does the same, `gadget-migrate manifests --out DIR` writes it as a file, and `kubectl gadget run -f FILE` runs it.",
  },
  "unknown-gadget": {
    severity: "error",
    isOn: true,
    what: "A command calls a gadget that no release ever had.",
    why: "It never worked. Most such commands are mistyped, or written by a program that made them up.",
    fix: "There is none: what was meant is not known. The nearest real gadget is named where there is one.",
  },
  "unused-ignore": {
    severity: "info",
    isOn: true,
    what: "A comment that ignores findings (`gadget-migrate-ignore-...`) ignores none, or is not right itself.",
    why: "It would hide the next finding that comes to its place, without anybody having decided so. With an unknown name it does not ignore what it was written for.",
    fix: "Remove the comment, or the name of the rule in it. It is left to you: why it was written is not known.",
    parts: {
      unknown: {
        what: "Names of rules or comments that there are none of; a warning unless set.",
        messageIds: ["ignore-unknown-kind", "ignore-unknown-rule"],
      },
      reason: {
        what: "Comments without a reason, where requireReason is on; a warning unless set.",
        messageIds: ["ignore-without-reason"],
      },
    },
  },
  "version-skew": {
    severity: "info",
    isOn: true,
    what: "Two parts of one repository name releases of Inspektor Gadget that do not fit each other: the chart or the agent's image, the command line tools, the tags of gadget images.",
    why: "A gadget image is built for one release. On another it is run with a warning, and may not load; a command line tool of another release than the agent may speak of flags and fields that the agent does not have.",
    fix: "None is made: which of them is right is not known. Releases that differ in their patch number only fit each other.",
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleId = keyof typeof RULES;

/** In the order in which reports list them. */
export const RULE_IDS: readonly RuleId[] = Object.keys(RULES).filter(isRuleId);

/** A rule that one file is enough for. */
export type FileRuleId = {
  [Id in RuleId]: (typeof RULES)[Id] extends { readonly needsRepository: true } ? never : Id;
}[RuleId];

export const FILE_RULE_IDS: readonly FileRuleId[] = RULE_IDS.filter(isFileRuleId);

function isFileRuleId(id: RuleId): id is FileRuleId {
  return ruleOf(id).needsRepository !== true;
}

export function isRuleId(id: string): id is RuleId {
  return Object.hasOwn(RULES, id);
}

/** The rule as data of one type, whatever is said of it. */
export function ruleOf(id: RuleId): Rule {
  return RULES[id];
}

/** Where its page is in the repository and in the package. */
export function rulePage(id: RuleId): string {
  return `docs/rules/${id}.md`;
}
