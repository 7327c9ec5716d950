import definitions from "../../rules/schema/definitions.schema.json" with { type: "json" };
import gadget from "../../rules/schema/gadget.schema.json" with { type: "json" };
import image from "../../rules/schema/image.schema.json" with { type: "json" };
import { VALUE_NAMES } from "../translate/value-names.ts";
import type { Schema } from "./check.ts";
import type { Row } from "./config.ts";

/** Keys that rows of one's own may leave out: what is taken for them is said in `own-rules.ts`. */
const OPTIONAL: ReadonlySet<unknown> = new Set([
  ...["source", "since", "until", "firstRelease", "id", "kind", "programs", "spellings", "containers"],
  ...["groups", "groupsExcept", "outputs", "defaultOutput", "positionals", "commonColumns", "columns"],
  ...["jsonFields", "operators", "shorthand", "default", "visible", "hidden", "json"],
]);

/** Registry, path and name; a tag, a digest, or both. */
const REFERENCE =
  "[A-Za-z0-9.-]+(?::\\d+)?(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)+(?::\\w[\\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?";

/**
 * The schemas of `rules/` as definitions of one schema, for rows of one's own: an image is a whole reference, and what is
 * the same for nearly all rows need not be said.
 */
export const RULE_DEFINITIONS: Readonly<Record<string, Schema>> = definitionsOf();

function definitionsOf(): Readonly<Record<string, Schema>> {
  const { flag, flagBase, ...ofImages } = image.$defs;
  const shared = adapted({
    ...definitions.$defs,
    ...ofImages,
    flag: { description: flag.description, ...flagBase, additionalProperties: false },
    gadget: { ...gadget, required: ["command", "to"] },
    image: { ...image, required: ["name", "flags", "dataSources"], $defs: undefined },
    source: { description: "Where the row is from, for whoever reads it.", type: "string", minLength: 1 },
  }) as Readonly<Record<string, Schema>>;
  return {
    ...shared,
    gadgetMapping: withProperties(shared["gadgetMapping"], {
      image: {
        $comment:
          "the name of an image of Inspektor Gadget, or a whole reference such as registry.example.com/gadgets/trace_http:1.4.0",
        type: ["string", "null"],
        pattern: `^(?:[a-z0-9_]+|${REFERENCE})$`,
      },
    }),
    flagMapping: withProperties(shared["flagMapping"], {
      value: { description: "How the new value is made of the old one.", enum: VALUE_NAMES },
    }),
    image: withProperties(shared["image"], {
      name: {
        description: "The whole reference. Its tag, or digest, is what commands have that say no other.",
        $comment: "a whole reference, such as registry.example.com/gadgets/trace_http:1.4.0",
        type: "string",
        pattern: `^${REFERENCE}$`,
      },
    }),
  };
}

function withProperties(schema: Schema = {}, properties: Readonly<Record<string, Schema>>): Schema {
  return { ...schema, properties: { ...schema.properties, ...properties } };
}

/** References made local, and required keys without those that may be left out. */
function adapted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(adapted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value as Row).flatMap(
    ([key, item]): readonly (readonly [string, unknown])[] => {
      if (key === "$schema" || key === "$id" || item === undefined) return [];
      if (key === "$ref" && typeof item === "string") return [[key, item.replace(/^[^#]*/, "")]];
      if (key !== "required" || !Array.isArray(item)) return [[key, adapted(item)]];
      const required = item.filter((name) => !OPTIONAL.has(name));
      return required.length === 0 ? [] : [[key, required]];
    },
  );
  return Object.fromEntries(entries);
}
