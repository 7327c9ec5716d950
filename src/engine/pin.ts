import type { Constant, Value } from "../commands/command.ts";
import type { Note } from "../translate/translation.ts";

/** Names under which scripts keep the release (`IG_VERSION`, `INSPEKTOR_GADGET_TAG`, `gadgetVersion`). */
export const VERSION_NAME =
  /^(?:.*_)?(?:IG|GADGETS?|INSPEKTOR_?GADGET)_?(?:IMAGE_?)?(?:VERSION|TAG|RELEASE)$/i;

/**
 * The tag to write: the target, or the constant that already holds it. A constant of another release is left alone, and
 * the note says so.
 * @param constants as the command sees them
 * @param target release tag, `vX.Y.Z`
 */
export function pin(
  constants: readonly Constant[],
  target: string,
): { readonly tag: Value; readonly notes: readonly Note[] } {
  const versions = constants.filter(
    ({ name, value }) => VERSION_NAME.test(name) && /^v?\d+\.\d+\.\d+$/.test(value),
  );
  const holder = versions.find(({ value }) => `v${value.replace(/^v/, "")}` === target);
  if (holder !== undefined) {
    const reference = { ...holder.reference, words: "one" as const };
    return { tag: holder.value.startsWith("v") ? [reference] : ["v", reference], notes: [] };
  }
  const [other] = versions;
  if (other === undefined) return { tag: [target], notes: [] };
  return {
    tag: [target],
    notes: [
      { messageId: "version-variable-differs", args: { name: other.name, value: other.value, target } },
    ],
  };
}
