import type { Value } from "../../commands/command.ts";
import type { KnownFlag, Running } from "../../knowledge/lookup.ts";
import { HOLE, withHoles } from "../holes.ts";
import type { ValueFault } from "./fault.ts";
import { checkFilter } from "./filter.ts";
import { checkDuration, checkInt, checkType } from "./plain.ts";
import { checkFields, checkOutput } from "./printed.ts";
import { checkSort } from "./sort.ts";
import { checkPerSource, sourceNames } from "./sources.ts";

/** Checks one value of a flag; what is dynamic, and what is read from a file (`@path`), counts as right. */
export function checkValue(flag: KnownFlag, value: Value, running: Running): readonly ValueFault[] {
  const text = withHoles(value);
  if (text.startsWith("@") || text === HOLE) return [];
  switch ("syntax" in flag ? flag.syntax : undefined) {
    case "fields":
      return checkFields(text, running);
    case "output":
      return checkOutput(text, running);
    case "filter":
      return checkFilter(text, flag.source ?? null, running);
    case "sort":
      return checkSort(text, running);
    case "source-ints":
      return checkPerSource(text, sourceNames(running), (item) =>
        checkInt(item, -(2n ** 31n), 2n ** 31n - 1n),
      );
    case "source-durations":
      return checkPerSource(text, sourceNames(running), checkDuration);
    case "expression":
    case undefined:
      return checkType(flag, text);
  }
}
