import { yamlComments } from "./comments.ts";
import type { Language } from "../language.ts";
import { problemsOf, readYaml } from "./read.ts";

/**
 * Manifests, CI files, compose files, playbooks: commands as lists of words, as shell text under keys that hold shell, and
 * as text that is a whole command.
 */
export const yaml: Language = {
  id: "yaml",
  comments: yamlComments,
  read(fragment, context) {
    const { invocations, unread, faults } = readYaml(fragment, context);
    const isEmpty = invocations.length === 0;
    // Lines that could not be read say what is wrong with the document too.
    const broken = isEmpty && unread.length > 0 ? [] : problemsOf(faults, fragment.source, isEmpty);
    return { invocations, problems: [...unread, ...broken] };
  },
};
