import type { Fragment } from "../../text/fragment.ts";
import { actionsOf } from "./actions.ts";
import { waysThrough } from "./branches.ts";
import { mask } from "./mask.ts";

/** A template as YAML, once for each way through its branches, with what it prints as holes. */
export function yamlWays(file: Fragment): readonly Fragment[] {
  const { actions } = actionsOf(file.text);
  return waysThrough(actions).map((leftOut) => mask(file, actions, leftOut, "yaml"));
}
