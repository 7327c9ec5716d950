import { read } from "virtual:rules";
import type { Knowledge } from "./knowledge.ts";

let knowledge: Knowledge | undefined;

/** The migration knowledge that this build carries; parsed at the first call, the same object ever after. */
export function loadKnowledge(): Knowledge {
  // The tests hold every file of the rules against its schema, so that nothing needs to be checked here.
  knowledge ??= read() as Knowledge;
  return knowledge;
}
