import type { Note } from "../translate/translation.ts";
import type { Finding } from "./finding.ts";

/** The sentence of a finding: what is wrong. */
export function findingMessage({ message }: Finding): string {
  return sentence(message);
}

/**
 * The sentence that a message id stands for.
 * @throws RangeError for an id that has no sentence: a bug
 */
export function sentence({ messageId, args }: Note): string {
  const write = NOTES[messageId];
  if (write === undefined) throw new RangeError(`no sentence for ${messageId}`);
  return write(args);
}

type Args = Readonly<Partial<Record<string, string>>>;

/** The end of a sentence, and why as the next one, when there is a why. */
const because = (note = ""): string => (note === "" ? "." : `. ${note}`);

/** What else there is to say. */
const more = (note = ""): string => (note === "" ? "" : ` ${note}`);

/** What else it was, at other releases. */
const besides = (older = ""): string => (older === "" ? "" : ` (${older})`);

/** A second sentence that offers a name, when there is one. */
const didYouMean = (name = ""): string => (name === "" ? "" : ` Did you mean \`${name}\`?`);

/** All sentences, by message id. */
const NOTES: Readonly<Record<string, (args: Args) => string>> = {
  "allowed-images-change": ({ flag = "" }) =>
    `${flag} lists what may run: whatever names the image without this tag is refused then.`,
  "announced-another": ({ reference = "", gadget = "" }) =>
    `\`--image ${reference}\` names another gadget than \`${gadget}\`.`,
  "announced-image": () =>
    "`--image` is dropped: no release took a gadget's image by a flag; `run` takes it as its first word.",
  "announced-written": () =>
    "No release accepts this form, which was asked for: what runs the command must make `run` of it.",
  "api-gadgets-are-images": ({ target = "" }) =>
    `Gadgets are images now, which no package has to register: pkg/gadget-context names one, pkg/runtime/local or pkg/runtime/grpc of ${target} runs it.`,
  "api-module-moved": ({ module = "", now = "", since = "" }) => `The module ${module} is called ${now} since ${since}.`,
  "api-name-goes": ({ name = "", removed = "" }) => `${name} belongs to the API of built-in gadgets, which ${removed} removes.`,
  "api-name-removed": ({ name = "", removed = "" }) =>
    `${name} belongs to the API of built-in gadgets, and ${removed} removed it.`,
  "api-no-traces": () =>
    "There are no Trace resources any more: a gadget instance (`kubectl gadget run -f FILE --detach`) takes the place of each.",
  "api-package-goes": ({ package: path = "", removed = "" }) => `The Go package ${path} is removed in ${removed}.`,
  "api-package-removed": ({ package: path = "", removed = "" }) => `There is no Go package ${path} any more: ${removed} removed it.`,
  "api-registry": () => "The registry of built-in gadgets went with them.",
  "api-registry-gadget": ({ gadget = "" }) => `The registry of built-in gadgets, and \`${gadget}\` in it, went with them.`,
  "api-run-image": ({ image = "", gadget = "" }) =>
    `Run the image ${image} instead: pkg/gadget-context names it, pkg/runtime/local or pkg/runtime/grpc runs it, pkg/datasource reads its fields, which \`gadget-migrate explain ${gadget}\` lists.`,
  "api-trace-call": ({ removed = "" }) => `This works on Trace resources through the Kubernetes API; ${removed} removed their kind.`,
  "api-type-mirrors": ({ type = "", gadget = "" }) =>
    `The type ${type} lists keys of the JSON that \`${gadget}\` printed, and the image prints others.`,
  "bad-value": ({ flag = "", value = "", expected = "", allowed = "", release = "" }) =>
    `${release} does not take \`${value}\` for --${flag}: ${expectation(expected, allowed)}.`,
  "behind-unknown": ({ program = "" }) =>
    `\`${program}\` is taken to run the words behind it as a command: check that it does.`,
  "builtin-deprecated": ({ gadget = "", deprecated = "", removed = "" }) =>
    `\`${gadget}\` is a built-in gadget: deprecated since ${deprecated}, removed in ${removed}.`,
  "builtin-dynamic": ({ removed = "" }) =>
    `Built-in gadgets are removed in ${removed}; which one this runs is known only at run time.`,
  "builtin-removed": ({ gadget = "", removed = "" }) =>
    `\`${gadget}\` is a built-in gadget, and ${removed} removed those.`,
  "builtin-to-be-removed": ({ gadget = "", removed = "" }) =>
    `\`${gadget}\` is a built-in gadget, and ${removed} removes those.`,
  "cannot-write-here": () => "The new command cannot be written in this place without changing what stands around it.",
  "category-alone": ({ category = "" }) =>
    `\`${category}\` alone shows the gadgets of a category; there are no categories any more, \`run\` takes any image.`,
  "cells-with-blanks": ({ columns = "" }) =>
    `Cells of ${columns} may be empty or have blanks, so that words behind them are not columns.`,
  "characters-move": ({ command = "" }) => `\`${command}\` counts characters, and columns have other widths now.`,
  "choice-differs": ({ gadgets = "", line = "" }) => `\`${gadgets}\` becomes \`${line}\`.`,
  "choice-manual": ({ gadgets = "" }) => `A person must rebuild ${gadgets}: \`gadget-migrate explain\` tells how.`,
  "choice-needs-flags": ({ gadgets = "", flags = "" }) => `Add \`${flags}\` for ${gadgets}.`,
  "choice-unknown": ({ gadgets = "" }) => `No release had ${gadgets}.`,
  "choice-without-image": ({ gadgets = "" }) => `No image takes the place of ${gadgets}.`,
  "column-differs": ({ column = "", field = "", note = "" }) =>
    `Column ${column} is field ${field} now${because(note)}`,
  "column-gone": ({ column = "", note = "" }) => `Column ${column} has no field in the image${because(note)}`,
  "column-hidden": ({ code = "", column = "", older = "", field = "" }) =>
    `\`${code}\` was ${column}${besides(older)}; the table shows ${field} only when --fields names it.`,
  "column-list": ({ list = "", now = "", headers = "" }) =>
    `\`${list}\` names columns${now === "" ? "" : `, which are \`${now}\` now`}; the table has ${headers}.`,
  "column-lost": ({ code = "", column = "", older = "", note = "" }) =>
    `\`${code}\` was ${column}${besides(older)}, which the image does not have${because(note)}`,
  "column-moves": ({ code = "", column = "", older = "", field = "", at = "", count = "", note = "" }) =>
    `\`${code}\` was ${column}${besides(older)}; ${field} is column ${at} of ${count} now.${more(note)}`,
  "column-other-text": ({ code = "", column = "", field = "", note = "" }) =>
    `\`${code}\` was ${column} and is ${field} now${because(note)}`,
  "column-undecided": ({ column = "" }) => `What became of column ${column} is not known.`,
  "column-unknown": ({ column = "", nearest = "" }) =>
    `The gadget never had a column ${column}.${didYouMean(nearest)}`,
  "columns-are-dynamic": ({ value = "" }) =>
    `The columns in \`${value}\` are known only at run time: give --fields the names of the image's fields, an unknown one prints nothing.`,
  "columns-kept-by": ({ fields = "" }) =>
    `With \`--fields=${fields}\` on the new command the columns stay where they were.`,
  "commands-instead": ({ lines = "" }) => `In its place:\n${indented(lines)}`,
  "container-moves-too": ({ release = "", target = "" }) =>
    `The container's own tag moves from ${release} to ${target} with it: check that it still has the mounts and rights it needs.`,
  "container-runs-other-release": ({ release = "", target = "" }) =>
    `The container runs ${release}, which may not load a gadget image of ${target}: give both the same release.`,
  "dashes-go": ({ word = "" }) => `Take the dashes out of \`${word}\` first: no image's name has any.`,
  "default-differs": ({ note = "" }) => note,
  "default-differs-for": ({ note = "", gadgets = "" }) => `For ${gadgets}: ${note}`,
  "dynamic-code": ({ code = "" }) =>
    code.includes("\n") ? `Written here:\n${indented(code)}` : `Here it is written \`${code}\`.`,
  "field-differs": ({ field = "", to = "", note = "" }) => `Field ${field} is ${to} now${because(note)}`,
  "field-gone": ({ field = "", note = "" }) => `Field ${field} is gone${because(note)}`,
  "filter-compares-number": ({ column = "", field = "" }) =>
    `The filter on ${column} compared a text; ${field} is the number behind it.`,
  "filter-has-no-equal": ({ filter = "" }) => `The filter \`${filter}\` cannot be said in the new grammar.`,
  "filter-is-dynamic": ({ filter = "" }) =>
    `The filter \`${filter}\` is known only at run time, and its grammar changed: FIELD==VALUE, FIELD!=VALUE, FIELD~REGEX.`,
  "filter-needs-data-source": ({ filter = "" }) =>
    `Each data source has a filter of its own, --filter.NAME, and which one \`${filter}\` is for is not clear.`,
  "filter-value-is-dynamic": ({ filter = "" }) =>
    `The value in \`${filter}\` is known only at run time: it must not begin with ! ~ < > = and have no comma.`,
  "fix-clashes": () => "Another fix changes the same place.",
  "flag-before-plugin": ({ flag = "" }) =>
    `kubectl takes no flag before the name of a plugin, so ${flag} must stand behind \`gadget\`.`,
  "flag-differs": ({ flag = "", to = "", note = "" }) =>
    to === flag ? `${flag} is not quite the same${because(note)}` : `${flag} became ${to}${because(note)}`,
  "flag-dropped": ({ flag = "", note = "" }) => `${flag} is dropped${because(note)}`,
  "flag-manual": ({ flag = "", note = "" }) => `${flag} has no equal${because(note)}`,
  "flag-means-other": ({ flag = "", image = "", before = "", release = "" }) =>
    `What ${flag} of ${image} says at ${before} is something else at ${release}.`,
  "flag-never-existed": ({ flag = "", gadget = "", image = "", nearest = "" }) =>
    `${flag} is dropped: no release had it on \`${gadget}\`.${image === "" ? didYouMean(nearest) : ` ${image} has it: add it if it was meant.`}`,
  "flag-not-at": ({ flag = "", image = "", release = "", since = "", until = "" }) =>
    `${image} has no ${flag} at ${release} (${spanText(since, until)}).`,
  "flag-takes-command": ({ flag = "" }) =>
    `The command never ran: ${flag} before the gadget's words takes the next word as its value.`,
  "flag-undecided": ({ flag = "" }) => `What became of ${flag} is not known.`,
  "function-changes": () =>
    "The function's own words change, for callers in other files too: they must pass it the name of an image.",
  "gadget-differs": ({ note = "" }) => note,
  "gadget-from-list": ({ word = "", images = "" }) =>
    `The image's name is put together from \`${word}\`: right for ${images}.`,
  "gadget-in-constant": ({ word = "", text = "" }) =>
    `\`${word}\` holds words of the command (\`${text}\`): change them where it is set.`,
  "gadget-in-list": ({ word = "" }) =>
    `\`${word}\` holds whole commands: change each where the list is, and leave this line as it is.`,
  "gadget-is-dynamic": ({ word = "" }) =>
    `The gadget in \`${word}\` is known only at run time, so that no image can be checked.`,
  "gadget-manual": ({ note = "" }) => note,
  "gadget-today": ({ gadget = "", image = "" }) => `What was \`${gadget}\` is \`run ${image}\` today.`,
  "header-changed": ({ header = "", now = "" }) =>
    now === "" ? `The table has no column ${header} now.` : `The column ${header} is headed ${now} now.`,
  "helm-value-before": ({ before = "", since = "" }) => `Before ${since} the chart reads ${before}.`,
  "helm-value-ignored": ({ key = "", release = "", since = "", until = "" }) =>
    `The Helm chart of ${release} does not read ${key} (${spanText(since, until)}), and says nothing of it.`,
  "helm-value-now": ({ key = "", to = "", since = "" }) => `${key} is ${to} since ${since}.`,
  "helm-value-renamed": ({ keys = "", release = "" }) =>
    `The Helm chart of ${release} has another name for ${keys}; it still reads the old one.`,
  "help-probe": () => "It asks for help: `run` shows the help of an image only once it can pull it.",
  "ignore-ends-nothing": ({ text = "" }) => `\`${text}\` ends nothing: no start stands before it.`,
  "ignore-unknown-kind": ({ comment = "", nearest = "", known = "" }) =>
    `There is no comment \`${comment}\`.${didYouMean(nearest) || ` Known are ${known}.`}`,
  "ignore-unknown-rule": ({ rule = "", nearest = "" }) =>
    `There is no rule \`${rule}\`, so that nothing of it is ignored.${didYouMean(nearest)}`,
  "ignore-unused": ({ text = "" }) => `Nothing is found where \`${text}\` would ignore it.`,
  "ignore-unused-rule": ({ rule = "" }) => `Nothing of ${rule} is found where this would ignore it.`,
  "ignore-without-reason": ({ text = "" }) => `\`${text}\` gives no reason: add one behind \`--\`.`,
  "image-and-manifest": () => "`run` takes an image or a manifest, not both.",
  "image-as-command": ({ image = "" }) =>
    `\`${image}\` is a gadget image and never was a command: \`run\` takes it.`,
  "image-differs": ({ note = "" }) => note,
  "image-floats": ({ image = "", tag = "" }) =>
    `\`${image}\` is whatever was published last: tag ${tag} moves, and may not fit the release in use.`,
  "image-has-digest": ({ release = "" }) => `The image is pinned by digest: take the digest that its tag ${release} has.`,
  "image-in-constant": () => "The image is named elsewhere: change it where it is set.",
  "image-not-at": ({ image = "", release = "", since = "", until = "" }) =>
    `There is no image ${image} at ${release} (${spanText(since, until)}).`,
  "image-not-at-target": ({ image = "", target = "" }) => `${target} has no image ${image}.`,
  "image-not-described": ({ image = "" }) =>
    `Nothing is known of ${image} but what the configuration makes of the gadget: check its flags, its output and whether the release runs it.`,
  "image-not-on": ({ image = "", program = "" }) => `${image} does not run with ${program}.`,
  "image-not-pulled": ({ flag = "" }) =>
    `Nothing is pulled here (${flag}): the new image must be pulled or imported before.`,
  "image-of-others-floats": ({ image = "" }) =>
    `\`${image}\` is not from Inspektor Gadget and has no fixed tag: pin it to one that its publisher keeps.`,
  "image-older": ({ image = "", first = "" }) =>
    `\`${image}\` is older than ${first}, the first release whose flags and fields are known here: check each name, and what reads its output.`,
  "image-without-tag": ({ image = "" }) =>
    `\`${image}\` has no tag and is whatever was published last, which may not fit the release in use.`,
  "images-listed": ({ flag = "" }) => `${flag} refuses images that it does not list: name the one with the new tag there.`,
  "jq-constant-changes": ({ word = "", before = "", after = "" }) =>
    `\`${word}\` is \`${before}\`, and must become \`${after}\` where it is set.`,
  "jq-constant-stays": ({ word = "", before = "" }) =>
    `\`${word}\` is \`${before}\` here, which reads no key that moved: check that it is never set to another program.`,
  "jq-not-followed": ({ code = "" }) => `What \`${code}\` reads of an event cannot be followed: keys have changed.`,
  "jq-program-in-file": ({ command = "", file = "", gadget = "" }) =>
    `\`${command}\` reads the JSON of \`${gadget}\`, whose keys have changed: change the program in ${file}.`,
  "jq-two-meanings": () => "A part of the jq program reads events and other values: change its paths by hand.",
  "jq-whole-event": ({ code = "" }) => `\`${code}\` looks at all keys of an event, and keys have changed.`,
  "json-differs": ({ path = "", to = "", note = "" }) =>
    to === path ? `${path} is not quite the same${because(note)}` : `${path} is ${to} now${because(note)}`,
  "json-gone": ({ path = "", note = "" }) => `The image's JSON has nothing for ${path}${because(note)}`,
  "json-null-before": ({ path = "", to = "", code = "" }) =>
    `${path} was left out where it was 0 or empty, ${to === "" ? "it" : to} is always there: check \`${code}\`.`,
  "json-null-sought": () => "Values that are 0 or empty were null before and are not now; what reads this may look for null, or for nothing.",
  "json-text-moves": ({ text = "", path = "", to = "", others = "", note = "" }) =>
    `\`${text}\` was the key of ${path}, which is ${to} now${others === "" ? "" : `, and ${others} has the same key`}.${more(note)}`,
  "json-unknown": ({ path = "", nearest = "" }) => `The JSON of the gadget never had ${path}.${didYouMean(nearest)}`,
  "json-wrapped": () => "The image prints arrays of events, the built-in printed one event at a time: jq must take them apart.",
  "kept-as-data": () => "This is kept as a value; what runs it, and how, is not known.",
  "limits-missing": ({ missing = "" }) => `The container has no limit for ${missing}: a busy gadget can take what its node has.`,
  "limits-suggested": ({ lines = "" }) =>
    `The chart's own example, to begin with; measure with the gadgets that you run, since a limit for memory that is too low ends the agent and with it all gadgets:\n${indented(lines)}`,
  "list-is-dynamic": ({ flag = "", value = "" }) =>
    `${flag} took a list, its filter takes one plain value: check what \`${value}\` may be.`,
  "may-hold-flags": ({ word = "" }) => `\`${word}\` may hold flags of the built-in gadget, which \`run\` reads too.`,
  "metric-boundaries": ({ subject = "" }) =>
    `The bounds of the buckets are one annotation more, with its commas behind backslashes: ${subject}:metrics.boundaries=1\\,2\\,4.`,
  "metric-detached": () =>
    "It counts on its own until it is deleted. `kubectl gadget deploy --otel-metrics-listen=true` makes the agent serve its metrics, on port 2224 (2223 before).",
  "metric-gauge": () => "No image keeps a gauge: snapshots list what there is once, and end.",
  "metric-label-name": ({ label = "", name = "", since = "" }) =>
    `The label \`${label}\` is called \`${name}\` before ${since}.`,
  "metric-named-after-field": ({ field = "", since = "" }) =>
    `Before ${since} the metric has the name of its field, ${field}.`,
  "mirror-needs-image": ({ image = "", release = "" }) => `The registry must have ${image}:${release}.`,
  "misread-word": ({ word = "", release = "" }) => `${release} would take \`${word}\` for something else.`,
  "missing-value": ({ flag = "" }) => `--${flag} lacks its value.`,
  "network-policy-missing": ({ namespace = "" }) =>
    `${namespace === "" ? "The namespace that this goes to" : `Namespace ${namespace}`} has no network policy here: its gadget pods may talk to anyone, and anyone to them.`,
  "network-policy-start": ({ lines = "", registry = "" }) =>
    `One to start from, to be tried where an agent that is cut off does no harm. It lets the pods ask for names, pull gadget images from ${registry} and reach the Kubernetes API, by which kubectl gadget comes in; who scrapes metrics, and where exporters send to, needs a line more:\n${indented(lines)}`,
  "never-ran": () => "No release ran this line as it is: check that the new one does what was meant.",
  "no-image": () => "No word names the image.",
  "no-image-known": ({ gadget = "", release = "" }) => `No image is known that does what \`${gadget}\` did at ${release}.`,
  "not-on-program": ({ gadget = "", programs = "" }) => `\`${gadget}\` was a command of ${programs} only.`,
  "not-run": ({ word = "" }) => `\`${word}\` is not \`run\`.`,
  "other-shell": () => "Another shell than bash or sh runs this: check its quotes.",
  "output-captured": () => "What it prints is read by the program that starts it: columns and JSON keys have changed.",
  "output-columns-move": ({ command = "", gadget = "" }) =>
    `\`${command}\` reads the table of \`${gadget}\`, whose columns are others now.`,
  "output-file-read": () => "What it prints is read from a file later: columns and JSON keys have changed.",
  "output-is-dynamic": ({ flag = "", value = "" }) =>
    `The value of ${flag} (\`${value}\`) is known only at run time: json, jsonpretty and yaml stay, columns=... becomes --fields.`,
  "output-left-on-stdout": ({ mode = "" }) => `It leaves ${mode} on its standard output; who reads that is not known, and keys have changed.`,
  "output-keys-move": ({ command = "", gadget = "" }) =>
    `\`${command}\` looks for keys in the JSON of \`${gadget}\`, which has others now.`,
  "output-lists-columns": () =>
    "No release of `run` takes columns in -o, and prints nothing with them: --fields names them.",
  "output-mode-gone": ({ mode = "", image = "", modes = "" }) => `${image} has no -o ${mode}, only ${modes}.`,
  "output-names-stale": ({ command = "", image = "" }) =>
    `\`${command}\` reads names of the built-in gadget, which the JSON of ${image} does not have.`,
  "output-of-function": () =>
    "It stands in a function that this file does not call: whoever calls it may read its output, whose columns and JSON keys have changed.",
  "output-read-by-machine": ({ command = "" }) => `\`${command}\` reads its output: columns and JSON keys have changed.`,
  "output-read-by-unknown": ({ command = "" }) =>
    `${command === "" ? "What stands behind it" : `\`${command}\``} may depend on its output: columns and JSON keys have changed.`,
  "output-read-in-program": ({ code = "", gadget = "" }) =>
    `\`${code}\` reads what \`${gadget}\` printed, and that stands elsewhere now.`,
  "positional-value": ({ word = "", until = "", flag = "" }) =>
    `The word ${word} was read as ${flag} up to ${until} and ignored later; now it takes effect.`,
  "prepull-agent": () =>
    "The agent is new in this job and its pods have empty stores, which no pull on the runner fills: keep the images in a registry near the runner (`gadget-migrate images --format mirror`, then --registry), and give the first run time.",
  "prepull-before": ({ lines = "" }) =>
    `A step before it (\`gadget-migrate images --format github\` or \`gitlab\` writes one that also keeps them between runs):\n${indented(lines)}`,
  "prepull-container": () =>
    "Here ig runs in a container, whose store is gone with it: mount /var/lib/ig, so that it finds what was pulled.",
  "prepull-missing": ({ job = "", images = "" }) =>
    `${job === "" ? "This job" : `The job ${job}`} runs ${images}, which nothing in it pulls before: the first run waits for the registry, and fails with it.`,
  "process-pattern": ({ line = "" }) =>
    `\`${line}\` finds the old command by its words, and not the new one: change the pattern too.`,
  "program-filled-in": ({ code = "" }) => `What \`${code}\` becomes is decided when the file is made from this template.`,
  "program-renamed": ({ program = "", now = "" }) => `${program} is called ${now} today, which must be there instead.`,
  "pull-always": ({ image = "" }) =>
    `\`${image}\` is pinned, yet asked for at the registry at each start, which fails when the registry cannot be reached.`,
  "pull-floating": ({ image = "" }) =>
    `\`${image}\` has no fixed tag and is pulled at each start: nodes that start at other times run other releases.`,
  "pull-floating-kept": ({ image = "" }) =>
    `\`${image}\` has no fixed tag and is kept by each node as it came: nodes run what was published last when they first pulled it.`,
  "pull-tag-may-move": () => "Should this tag ever be pushed again, nodes keep what they have.",
  "reader-rewritten": ({ before = "", after = "" }) => `\`${before}\` behind it becomes \`${after}\`.`,
  "reader-shared": ({ before = "", after = "" }) =>
    `\`${before}\` reads other commands too: for this one it would be \`${after}\`.`,
  "reader-stuck": ({ before = "", after = "" }) =>
    `\`${before}\` behind it must become \`${after}\`, and cannot be changed where it stands.`,
  "readers-differ": () => "What reads the output must be changed in another way for each gadget.",
  "registry-agent-secret": ({ host = "" }) =>
    `The agent itself pulls gadget images, with none of the nodes' or pods' secrets: put the credentials for ${host} into a secret gadget-pull-secret (kubernetes.io/dockerconfigjson) in its namespace before \`kubectl gadget deploy\`; with Helm, set mountPullSecret=true as well.`,
  "registry-login": ({ host = "" }) =>
    `ig reads /var/lib/ig/config.json, else the credentials of docker: run \`sudo ig login ${host}\` or \`docker login ${host}\` before it, or give it --authfile FILE.`,
  "registry-mount": () =>
    "Set mountPullSecret=true (config.mountPullSecret=true before v0.42.0) in the values of the chart.",
  "registry-no-agent-secret": ({ image = "", host = "" }) =>
    `\`${image}\` comes from ${host}, and nothing here makes the secret that the agent pulls gadget images with.`,
  "registry-no-login": ({ image = "", host = "" }) =>
    `\`${image}\` comes from ${host}, and nothing here logs in to that.`,
  "registry-no-secret": ({ image = "", host = "" }) =>
    `\`${image}\` comes from ${host}, and its pods have no pull secret for that.`,
  "registry-secret-account": ({ account = "" }) =>
    `\`deploy\` has no flag for pull secrets: give the service account ${account} of the agent's namespace \`imagePullSecrets\`, or let the nodes have the credentials.`,
  "registry-secret-chart": () =>
    "Name a secret in image.pullSecrets of the chart (from v0.43.0 on), or give the service account gadget `imagePullSecrets`. It is for the agent's own image; gadget images need gadget-pull-secret.",
  "registry-secret-pod": ({ account = "" }) =>
    `Name a secret of type kubernetes.io/dockerconfigjson in imagePullSecrets of the pod, or of its service account ${account}; where nodes have credentials of their own, this can be ignored.`,
  "registry-secret-unmounted": ({ image = "", host = "" }) =>
    `\`${image}\` comes from ${host}; gadget-pull-secret is there, and the chart mounts it only where it is told to.`,
  "repeated-flag": ({ flag = "" }) => `Of several --${flag} only the last one counts.`,
  "shared-with-unsafe": () => "It shares words with a command whose fix is unsafe: they change together.",
  "shown-to-people": () => "This is text that people read: check that it still says what it should.",
  "skewed-image": () => "An image of another release than the agent may not load there: pin it to the agent's release.",
  "skewed-library": () =>
    "A program that is built with packages of one release may not run gadget images of another, nor understand its agent: require the agent's release.",
  "skewed-program": () =>
    "Tools and agent of different releases do not know the same flags and fields: install both at one release.",
  "stray-word": ({ word = "" }) => `Nothing reads the word \`${word}\`.`,
  "tag-stays": ({ image = "", release = "" }) => `The tag of \`${image}\` stays as it is; the change is for ${release}.`,
  "text-changed": ({ before = "", after = "", column = "" }) => `\`${before}\` of column ${column} is \`${after}\` now.`,
  "text-used-elsewhere": () =>
    "A variable or an argument holds words of the command, and is used elsewhere too: check what the change does there.",
  "through-helper": ({ name = "", path = "" }) =>
    `\`${name}\` in ${path} runs it and adds words of its own: check that it hands on the new ones as they are.`,
  "trace-all-namespaces": () =>
    "A manifest has no default namespace: without operator.KubeManager.namespace the instance looks at all of them, as the Trace did.",
  "trace-command": ({ removed = "" }) =>
    `This works on the custom resource Trace, which is removed in ${removed}; what takes its place is a gadget instance.`,
  "trace-command-change": () => "An instance cannot be changed while it runs: delete it, change its manifest and run that.",
  "trace-command-delete": ({ name = "" }) =>
    `\`kubectl gadget delete ${name}\` ends an instance that runs with --detach; one without ends with its command.`,
  "trace-command-result": () =>
    "There is no operation that collects a result: without --detach, the command prints it, at once or when it ends (Ctrl-C or --timeout SECONDS).",
  "trace-command-show": ({ name = "" }) =>
    `An instance has no status: \`kubectl gadget list\` shows which run, \`kubectl gadget attach ${name}\` what they print.`,
  "trace-command-start": () => "No annotation starts it: an instance begins as soon as it is run.",
  "trace-command-stop": () => "No annotation stops it: an instance that runs with --detach is deleted.",
  "trace-deprecated": ({ gadget = "", deprecated = "", removed = "" }) =>
    `${traceOf(gadget)} runs a built-in gadget: these are deprecated since ${deprecated}; they and the resource itself are removed in ${removed}.`,
  "trace-filter-container": ({ gadget = "" }) => `The Trace gadget ${gadget} ignored containerName, so the manifest has none.`,
  "trace-filter-ignored": ({ gadget = "" }) => `The Trace gadget ${gadget} ignored its filter, so the manifest has none.`,
  "trace-filter-refused": ({ gadget = "" }) =>
    `The Trace gadget ${gadget} never started with a filter, so the manifest has none.`,
  "trace-gadget-unknown": ({ gadget = "", nearest = "" }) => `No release had a Trace gadget ${gadget}.${didYouMean(nearest)}`,
  "trace-manifest": ({ lines = "", file = "" }) =>
    `The gadget instance that takes its place, for ${file} (\`gadget-migrate manifests\` writes it):\n${indented(lines)}`,
  "trace-manifest-open": ({ lines = "" }) =>
    `The gadget instance to start from, in which something must be filled in or changed:\n${indented(lines)}`,
  "trace-output-never": ({ mode = "", allowed = "" }) =>
    `No release had the output mode ${mode} for this gadget, only ${allowed}.`,
  "trace-output-resource": ({ output = "" }) =>
    `No instance writes a resource${output === "" ? "" : ` such as ${output}`}: run it without --detach, which prints the result when it ends (Ctrl-C or --timeout SECONDS).`,
  "trace-output-status": () =>
    "An instance has no .status.output: run it without --detach, which prints the result, at once or when it ends (Ctrl-C or --timeout SECONDS).",
  "trace-output-stream": () =>
    "It begins when it is run, with no annotation; `kubectl gadget attach` shows its events (-o json, with other keys), `kubectl gadget delete` ends it.",
  "trace-parameter": ({ name = "", value = "" }) => `Nothing is like the parameter ${name} (\`${value}\`).`,
  "trace-removed": ({ gadget = "", removed = "" }) =>
    `${traceOf(gadget)} runs a built-in gadget, and ${removed} removed those and the resource itself.`,
  "trace-run-mode": ({ mode = "" }) => `No release did anything with the run mode ${mode}: the Trace never ran.`,
  "trace-to-be-removed": ({ gadget = "", removed = "" }) =>
    `${traceOf(gadget)} runs a built-in gadget, and ${removed} removes those and the resource itself.`,
  "trace-without-gadget": () =>
    "It names no gadget, so it only changes a Trace that is written elsewhere: change the manifest of its instance instead.",
  "under-condition": ({ words = "" }) =>
    `\`${words}\` stands under a condition of the template; without it the new command would need other flags.`,
  "unknown-field": ({ field = "", nearest = "" }) => `The image has no field ${field}.${didYouMean(nearest)}`,
  "unknown-flag": ({ flag = "", image = "", nearest = "", release = "" }) =>
    `${image} has no ${flag} at ${release}.${didYouMean(nearest)}`,
  "unknown-gadget": ({ gadget = "", nearest = "" }) => `No release had a gadget \`${gadget}\`.${didYouMean(nearest)}`,
  "unknown-image": ({ image = "", nearest = "" }) => `There is no gadget image ${image}.${didYouMean(nearest)}`,
  "value-had-unit": ({ flag = "", value = "", seconds = "" }) =>
    `${flag} takes plain seconds and never took \`${value}\`: written as ${seconds}.`,
  "value-has-no-equal": ({ flag = "", value = "" }) => `Nothing is like \`${value}\` for ${flag} today.`,
  "value-is-dynamic": ({ flag = "", value = "" }) =>
    `The value of ${flag} (\`${value}\`) must be changed, and is known only at run time.`,
  "value-never-valid": ({ flag = "", value = "" }) => `${flag} never took the value \`${value}\`.`,
  "value-not-understood": ({ flag = "", value = "" }) => `What \`${value}\` means for ${flag} is not known.`,
  "version-skew": ({ what = "", version = "", other = "", otherVersion = "", place = "" }) =>
    `This says ${version} (${what}), while ${place} says ${otherVersion} (${other}).`,
  "version-variable-differs": ({ name = "", value = "", target = "" }) =>
    `${name} is ${value}; the image is pinned to ${target} all the same.`,
  "words-are-shared": () => "Another command uses the same words and has no fix that agrees: change them together.",
  "words-around": ({ words = "" }) => `It is not clear what \`${words}\` belongs to: the command, or what stands around it.`,
  "words-dropped": ({ words = "" }) => `\`${words}\` is dropped: the gadget never read it. Does anything else?`,
  "words-from-callers": ({ old = "", now = "" }) =>
    `It hands on the words of its callers, and this file has none: they must say \`${now}\` for \`${old}\`, and so on; this line stays.`,
  "words-from-elsewhere": ({ old = "", now = "" }) =>
    `Change the words where they come from: \`${now}\` for \`${old}\`, and so on; this line may stay.`,
  "workflow-alone": ({ category = "" }) =>
    `\`${category}\` alone shows its commands. They are one image now, which does all of it in one go.`,
  "workflow-over": ({ command = "" }) => `Remove it: \`${command}\` is the whole workflow, from start to end.`,
  "workflow-sequence": ({ lines = "" }) => `In place of all commands of this workflow:\n${indented(lines)}`,
};

/** The resource with its gadget, where that is known. */
function traceOf(gadget: string): string {
  return gadget === "" ? "A Trace resource" : `A Trace resource with the gadget ${gadget}`;
}

/** Lines of code under a sentence. */
function indented(lines: string): string {
  return lines.replace(/^(?=.)/gm, "    ");
}

function spanText(since: string, until: string): string {
  return until === "" ? `from ${since} on` : `from ${since} to ${until}`;
}

function expectation(expected: string, allowed: string): string {
  switch (expected) {
    case "one-of":
      return `one of ${allowed}`;
    case "data-source":
      return `data sources are ${allowed}`;
    case "operator":
      return `the field can be compared with ${allowed}`;
    case "int":
    case "uint":
      return `a whole number from ${allowed.replace(", ", " to ")}`;
    default:
      return `a ${expected.replaceAll("-", " ")} is expected`;
  }
}
