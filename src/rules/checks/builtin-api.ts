import type { Code } from "../../data/code.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import type { Part } from "../../languages/registry.ts";
import type { CheckedFile, CheckSettings, FileCheck } from "../check.ts";
import type { Finding } from "../finding.ts";
import { traceCalls } from "./api-calls.ts";
import { goneImports, importsOf, registryCalls } from "./api-imports.ts";
import { goneNames } from "./api-names.ts";
import { mirroringTypes } from "./api-types.ts";
import { traceFindings } from "./trace-resource.ts";
import { typedTraces } from "./typed-traces.ts";

/**
 * A check of programs that use Inspektor Gadget's packages and services, or Trace resources, through an API.
 * @param read what a part says as a program; null for parts in other languages
 */
export function apiCheck(read: (part: Part, file: CheckedFile) => Code | null): FileCheck {
  return (file, settings, knowledge) => {
    const found = file.parts.flatMap((part) => {
      const code = read(part, file);
      return code === null ? [] : findingsIn(code, file, settings, knowledge);
    });
    return eachOnce(found);
  };
}

function findingsIn(
  code: Code,
  file: CheckedFile,
  settings: CheckSettings,
  knowledge: Knowledge,
): readonly Finding[] {
  const imports = importsOf(code, knowledge);
  const place = { text: file.text, settings, knowledge };
  const { traceResource } = knowledge;
  const typed = typedTraces(code, imports, file.text, traceResource);
  // Only a program that names their group can have others, and it takes long to tell.
  const named = file.text.includes(traceResource.group) ? code.objects : [];
  // In the module itself, or a fork of it, all that is imported is there.
  const isOwn = knowledge.goModules.some(({ path }) => settings.isOwnModule?.(path) === true);
  return [
    ...(isOwn
      ? []
      : [
          ...goneImports(imports, place),
          ...registryCalls(code, imports, place),
          ...goneNames(code, imports, place),
        ]),
    ...traceFindings([...named, ...typed], file, settings, knowledge),
    ...(file.text.includes(traceResource.group) ? traceCalls(code, place) : []),
    ...mirroringTypes(code, file.known, place),
  ];
}

/** A place may be read in several ways. */
function eachOnce(findings: readonly Finding[]): readonly Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.ruleId} ${finding.range.start} ${finding.message.messageId}`;
    if (!byPlace.has(key)) byPlace.set(key, finding);
  }
  return [...byPlace.values()];
}
