import type { Finding } from "../rules/finding.ts";

/**
 * Names each finding of a file so that it is known again after lines moved or spacing changed: rule, path, command
 * without blanks, and which of the equal ones it is. 16 hexadecimal digits, in the order of the findings.
 */
export function fingerprints(path: string, findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const subject = subjectOf(finding, path);
    const occurrence = (seen.get(subject) ?? 0) + 1;
    seen.set(subject, occurrence);
    return hash(`${subject}\0${occurrence}`);
  });
}

function subjectOf({ ruleId, before }: Finding, path: string): string {
  return [ruleId, path, before.replace(/\s+/g, "")].join("\0");
}

const OFFSET_BASIS = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/** FNV-1a, 64 bits, over UTF-16 code units: enough to tell findings of one repository apart, on every platform. */
function hash(text: string): string {
  let value = OFFSET_BASIS;
  for (let i = 0; i < text.length; i++) {
    value = BigInt.asUintN(64, (value ^ BigInt(text.charCodeAt(i))) * PRIME);
  }
  return value.toString(16).padStart(16, "0");
}
