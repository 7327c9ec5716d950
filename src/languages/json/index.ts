import { jsonComments } from "../comments.ts";
import type { Language } from "../language.ts";
import { looksLikeCommand, mentionsProgram } from "../yaml/mention.ts";
import { asYaml } from "./as-yaml.ts";

/**
 * JSON, with the comments and commas that editors allow in it: manifests, `scripts` of package.json, tasks, dev containers.
 * It is YAML but for its comments and tabs, and is read as such.
 */
export const json: Language = {
  id: "json",
  comments: jsonComments,
  read(fragment, context) {
    const { text } = fragment;
    const isData = text.length > LARGE && !looksLikeCommand(text);
    if (isData || !mentionsProgram(text)) return { invocations: [], problems: [] };
    const { invocations, problems } = context.read("yaml", asYaml(fragment));
    const told = problems.map(({ reason, ...place }) => ({
      ...place,
      reason: reason.replaceAll("YAML", "JSON"),
    }));
    return { invocations, problems: told };
  },
};

/** Code units; a file of people is smaller, and to parse a larger one takes time. */
const LARGE = 200_000;
