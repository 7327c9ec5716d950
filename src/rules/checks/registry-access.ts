import { display, literal, type Invocation } from "../../commands/command.ts";
import type { FoundCommand } from "../../commands/find.ts";
import { at, mappingsIn, textAt, type Mapping } from "../../data/datum.ts";
import { manifestsIn } from "../../data/manifests.ts";
import type { Range } from "../../text/edits.ts";
import type { Note } from "../../translate/translation.ts";
import type { RepositoryCheck, RepositoryFile } from "../check.ts";
import type { Finding } from "../finding.ts";
import { DOCUMENTS, installationsIn, type Installation } from "./installations.ts";
import { practiceFinding } from "./practice-finding.ts";
import { hostOf, kindOfHost } from "./registry-host.ts";

/** Images from registries of one's own that nothing in the repository gives credentials for. */
export const registryAccess: RepositoryCheck = (files, _settings, knowledge) => {
  const own = files.filter(({ parts }) => !parts.some(({ language }) => DOCUMENTS.has(language)));
  const credentials = credentialsIn(own);
  const found = new Map<string, readonly Finding[]>();
  const seen = new Set<string>();
  for (const file of own.filter(({ isScanned }) => isScanned)) {
    const findings = [
      ...installationsIn(file, knowledge).flatMap((one) => ofPods(one, credentials)),
      ...gadgetImagesIn(file).flatMap((image) => {
        const key = `${image.host} ${image.puller}`;
        const finding = seen.has(key) ? null : ofGadget(image, file, credentials);
        if (finding !== null) seen.add(key);
        return finding ?? [];
      }),
    ];
    if (findings.length > 0) found.set(file.path, findings);
  }
  return found;
};

/** What the repository says of secrets, anywhere in it. */
interface Credentials {
  /** Names of service accounts that have pull secrets; `*` where a command gives them to one. */
  readonly accounts: ReadonlySet<string>;
  /** Whether the secret that the agent reads is made, or another is named for it. */
  readonly hasAgentSecret: boolean;
  readonly isAgentSecretMounted: boolean;
  readonly isChartUsed: boolean;
  /** Hosts that something logs in to; `*` where it is known only at run time. */
  readonly logins: ReadonlySet<string>;
}

function credentialsIn(files: readonly RepositoryFile[]): Credentials {
  const accounts = new Set<string>();
  const logins = new Set<string>();
  for (const file of files) {
    for (const datum of manifestsIn(file.parts, /imagePullSecrets|login/)) {
      for (const mapping of mappingsIn(datum)) {
        if (textAt(mapping, "kind") === "ServiceAccount" && isGiven(mapping, "imagePullSecrets"))
          accounts.add(textAt(mapping, "metadata", "name") ?? "*");
        if (/(?:^|\/)(?:[\w-]*login[\w-]*)(?:@|$)/.test(textAt(mapping, "uses") ?? ""))
          logins.add(textAt(mapping, "with", "registry") ?? textAt(mapping, "with", "login-server") ?? "*");
      }
    }
    for (const { words } of file.reading().invocations) {
      const texts = words.map(({ value }) => display(value));
      if (texts.some((text) => text.includes("imagePullSecrets"))) accounts.add("*");
      const host = loginIn(words);
      if (host !== null) logins.add(host);
      if (texts.some((text) => /^--?(?:authfile|auth-file|registry-config)\b/.test(text))) logins.add("*");
    }
  }
  const has = (pattern: RegExp): boolean => files.some(({ text }) => pattern.test(text));
  return {
    accounts,
    logins,
    hasAgentSecret: has(/gadget-pull-secret|\bpull-secret["']?\s*[:=]|\bauthfile["']?\s*[:=]/),
    isAgentSecretMounted: has(/mountPullSecret["']?\s*[:=]\s*["']?true|var\/run\/secrets\/gadget\/pull-secret|\bpull-secret["']?\s*[:=]|\bauthfile["']?\s*[:=]/),
    isChartUsed: has(/HelmRelease|\bhelm\s+(?:upgrade|install)|^\s*chart:/m),
  };
}

/** `docker login registry.example.com -u x`: its host, `*` where that is known only at run time, null for other commands. */
function loginIn(words: Invocation["words"]): string | null {
  const texts = words.map(({ value }) => literal(value));
  const at = texts.indexOf("login");
  if (at < 1) return null;
  return texts.slice(at + 1).find((text) => text !== null && /^[\w-]+(?:\.[\w-]+)+(?::\d+)?$/.test(text)) ?? "*";
}

function isGiven(mapping: Mapping, key: string): boolean {
  const given = at(mapping, key);
  return given !== null && !(given.kind === "sequence" && given.items.length === 0);
}

/** A pod, or what makes some, whose image nodes pull. */
function ofPods(one: Installation, { accounts }: Credentials): readonly Finding[] {
  const { kind, file, pod, values, place } = one;
  const image = kind === "chart" ? textAt(values, "image", "repository") : one.image;
  const host = image === null ? null : hostOf(image);
  if (image === null || host === null || kindOfHost(host) !== "own" || accounts.has("*")) return [];
  const account = pod === null ? "gadget" : (textAt(pod, "serviceAccountName") ?? textAt(pod, "serviceAccount") ?? "default");
  const isGivenHere = pod === null ? at(values, "image", "pullSecrets") !== null : isGiven(pod, "imagePullSecrets");
  if (isGivenHere || accounts.has(account)) return [];
  const how = { pods: "registry-secret-pod", deploy: "registry-secret-account", chart: "registry-secret-chart" };
  const message = { messageId: "registry-no-secret", args: { image, host } };
  const notes = [{ messageId: how[kind], args: { account } }];
  return [practiceFinding("registry-access", message, place, file.text, notes)];
}

/** A gadget image with a registry of its own. */
interface GadgetImage {
  readonly image: string;
  readonly host: string;
  readonly place: Range;
  readonly puller: "agent" | "ig";
}

function gadgetImagesIn(file: RepositoryFile): readonly GadgetImage[] {
  const inManifests = manifestsIn(file.parts, /instance-spec|gadgetImage/).flatMap((datum) =>
    [...mappingsIn(datum)].flatMap((mapping) => {
      const key = textAt(mapping, "kind") === "instance-spec" ? "image" : "gadgetImage";
      const image = textAt(mapping, key);
      return gadgetImage(image, at(mapping, key)?.place, "agent");
    }),
  );
  return [...file.commands.flatMap(gadgetImageOf), ...inManifests];
}

function gadgetImageOf({ program, words, programWords, invocation }: FoundCommand): readonly GadgetImage[] {
  const runAt = words.findIndex(({ value }, i) => i >= programWords && literal(value) === "run");
  if (runAt < 0 || invocation.role !== "run") return [];
  const word = words.slice(runAt + 1).find(({ value }) => hostOf(display(value)) !== null);
  if (word === undefined || typeof word.value[0] !== "string") return [];
  const puller = program.id === "ig" || program.id === "local-gadget" ? "ig" : "agent";
  return gadgetImage(display(word.value), word.list.fragment.toSource(word), puller);
}

function gadgetImage(
  image: string | null,
  place: Range | undefined,
  puller: GadgetImage["puller"],
): readonly GadgetImage[] {
  const host = image === null ? null : hostOf(image);
  if (image === null || host === null || place === undefined) return [];
  // The identity of a node is not that of the agent, nor of ig.
  return ["own", "cloud"].includes(kindOfHost(host)) ? [{ image, host, place, puller }] : [];
}

function ofGadget({ image, host, place, puller }: GadgetImage, { text }: RepositoryFile, known: Credentials): Finding | null {
  const make = (messageId: string, note: Note): Finding =>
    practiceFinding("registry-access", { messageId, args: { image, host } }, place, text, [note]);
  if (puller === "ig") {
    if (known.logins.has("*") || known.logins.has(host)) return null;
    return make("registry-no-login", { messageId: "registry-login", args: { host } });
  }
  if (!known.hasAgentSecret) return make("registry-no-agent-secret", { messageId: "registry-agent-secret", args: { host } });
  if (!known.isChartUsed || known.isAgentSecretMounted) return null;
  return make("registry-secret-unmounted", { messageId: "registry-mount", args: {} });
}

