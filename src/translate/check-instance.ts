import { parseAllDocuments } from "yaml";
import schema from "../../rules/schema/instance-spec.schema.json" with { type: "json" };
import { findImage, flagsOf, type KnownFlag, type Running } from "../knowledge/lookup.ts";
import { within } from "../knowledge/releases.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { readImage } from "./image-word.ts";
import { keyOf } from "./instance.ts";
import { checkValue } from "./run-values/check.ts";
import type { ProgramId } from "./translation.ts";

/**
 * What `run -f` of a release would refuse, ignore or misread in a manifest of one instance: faults of its form, an image or
 * keys that the release does not have, values that a key does not take. Empty when there is nothing.
 * @returns each as where it is and what it is, for people who look for a bug
 */
export function instanceFaults(
  text: string,
  program: ProgramId,
  release: string,
  knowledge: Knowledge,
): readonly string[] {
  const [document, second] = parseAllDocuments(text);
  if (document === undefined || second !== undefined || document.errors.length > 0)
    return ["not one document of YAML"];
  const content: unknown = document.toJS();
  const faults = formFaults(content, schema, "");
  if (faults.length > 0 || !isObject(content)) return faults;
  const reference = String(content["image"]);
  const image = findImage(knowledge, readImage([reference]).name ?? "");
  if (image === null || !within(image, release)) return [`/image: no ${reference} at ${release}`];
  const flags = flagsOf({ image, program, release, knowledge });
  const values = isObject(content["paramValues"]) ? Object.entries(content["paramValues"]) : [];
  return values.flatMap(([key, value]) =>
    keyFaults(key, String(value), flags, { image, program, release, knowledge }),
  );
}

function keyFaults(
  key: string,
  value: string,
  flags: readonly KnownFlag[],
  running: Running,
): readonly string[] {
  const flag = flags.findLast((one) => keyOf(one) === key);
  if (flag === undefined) return [`/paramValues: no ${key} at ${running.release}`];
  const wrong = checkValue(flag, [value], running);
  return wrong.map((fault) => `/paramValues/${key}: ${fault.kind} ${value}`);
}

/** The part of JSON Schema that the form of a manifest takes. */
interface Form {
  readonly type?: string;
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly items?: Form;
  readonly properties?: Readonly<Partial<Record<string, Form>>>;
  readonly additionalProperties?: boolean | Form;
  readonly required?: readonly string[];
}

function formFaults(value: unknown, form: Form, at: string): readonly string[] {
  if (form.const !== undefined)
    return value === form.const ? [] : [`${at}: not ${JSON.stringify(form.const)}`];
  switch (form.type) {
    case "string": {
      if (typeof value !== "string") return [`${at}: not a text`];
      const isShort = value.length < (form.minLength ?? 0);
      return isShort || (form.pattern !== undefined && !new RegExp(form.pattern).test(value))
        ? [`${at}: not a text as it must be: ${JSON.stringify(value)}`]
        : [];
    }
    case "array": {
      if (!Array.isArray(value)) return [`${at}: not a list`];
      return value.flatMap((item: unknown, i) => formFaults(item, form.items ?? {}, `${at}/${i}`));
    }
    case "object":
      return isObject(value) ? fieldFaults(value, form, at) : [`${at}: not a mapping`];
    default:
      return [];
  }
}

function fieldFaults(value: Readonly<Record<string, unknown>>, form: Form, at: string): readonly string[] {
  const missing = (form.required ?? []).filter((key) => !Object.hasOwn(value, key));
  const fields = Object.entries(value).flatMap(([key, field]) => {
    const known = form.properties?.[key] ?? form.additionalProperties ?? true;
    if (typeof known === "boolean") return known ? [] : [`${at}/${key}: not known`];
    return formFaults(field, known, `${at}/${key}`);
  });
  return [...missing.map((key) => `${at}/${key}: missing`), ...fields];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
