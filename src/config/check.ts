import { nearest } from "../text/nearest.ts";

/** As much of JSON Schema (2020-12) as our schemas use. `$comment` says in words what a pattern expects. */
export interface Schema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly $comment?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly if?: Schema;
  readonly then?: Schema;
}

/** Keys and indexes from the top down. */
export type Path = readonly (string | number)[];

export interface SchemaFault {
  readonly path: Path;
  /** Whether the last key of the path is wrong itself, not what stands behind it. */
  readonly isKey: boolean;
  /** What is wrong, without the end of the sentence. */
  readonly what: string;
}

/** Everything in which a value of JSON differs from a schema, in the order of the value. */
export function check(value: unknown, schema: Schema): readonly SchemaFault[] {
  return new Checker(schema).faults(value, schema, []);
}

class Checker {
  constructor(private readonly root: Schema) {}

  faults(value: unknown, given: Schema, path: Path): readonly SchemaFault[] {
    const schema = this.#resolve(given);
    const wrong = wrongType(value, schema) ?? wrongValue(value, schema);
    if (wrong !== null) return [{ path, isKey: false, what: wrong }];
    return [
      ...this.#ofChoice(value, schema, path),
      ...(Array.isArray(value) ? this.#ofItems(value, schema, path) : []),
      ...(isObject(value) ? this.#ofObject(value, schema, path) : []),
      ...this.#ofParts(value, schema, path),
    ];
  }

  #ofParts(value: unknown, schema: Schema, path: Path): readonly SchemaFault[] {
    const { allOf = [], if: condition, then } = schema;
    const isMeant = condition !== undefined && this.faults(value, condition, path).length === 0;
    const parts = isMeant && then !== undefined ? [...allOf, then] : allOf;
    return parts.flatMap((part) => this.faults(value, part, path));
  }

  #resolve(schema: Schema): Schema {
    const { $ref, ...rest } = schema;
    if ($ref === undefined) return schema;
    const name = $ref.replace(/^#\/\$defs\//, "");
    const found = this.root.$defs?.[name];
    if (found === undefined) throw new RangeError(`the schema has no ${$ref}`);
    return { ...this.#resolve(found), ...rest };
  }

  /** Where a value fits none of several ways, it is told by the way that takes its type. */
  #ofChoice(value: unknown, { anyOf }: Schema, path: Path): readonly SchemaFault[] {
    if (anyOf === undefined) return [];
    const ways = anyOf.map((way) => ({ way: this.#resolve(way), faults: this.faults(value, way, path) }));
    if (ways.some(({ faults }) => faults.length === 0)) return [];
    const meant = ways.find(({ way }) => wrongType(value, { type: way.type ?? "string" }) === null);
    return meant?.faults ?? ways[0]?.faults ?? [];
  }

  #ofItems(value: readonly unknown[], schema: Schema, path: Path): readonly SchemaFault[] {
    const { items } = schema;
    return items === undefined ? [] : value.flatMap((item, i) => this.faults(item, items, [...path, i]));
  }

  #ofObject(value: Readonly<Record<string, unknown>>, schema: Schema, path: Path): readonly SchemaFault[] {
    const { properties = {}, additionalProperties: others = true, propertyNames, required = [] } = schema;
    const missing = required
      .filter((key) => !Object.hasOwn(value, key))
      .map((key) => ({ path, isKey: false, what: `lacks the key ${key}` }));
    const present = Object.entries(value).flatMap(([key, item]): readonly SchemaFault[] => {
      const at = [...path, key];
      const badName = propertyNames === undefined ? null : wrongValue(key, propertyNames);
      if (badName !== null) return [{ path: at, isKey: true, what: badName }];
      const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (own !== undefined) return this.faults(item, own, at);
      if (typeof others === "object") return this.faults(item, others, at);
      return others ? [] : [{ path: at, isKey: true, what: unknownKey(key, Object.keys(properties)) }];
    });
    return [...missing, ...present];
  }
}

function wrongType(value: unknown, { type }: Pick<Schema, "type">): string | null {
  const types = type === undefined ? [] : typeof type === "string" ? [type] : type;
  const fits = types.length === 0 || types.some((one) => isOfType(value, one));
  return fits ? null : `takes ${either(types.map(typeName))}, not ${shown(value)}`;
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

/** What is wrong with a value of the right type. */
function wrongValue(value: unknown, schema: Schema): string | null {
  const { enum: known, const: only, pattern, $comment, minLength = 0, minItems = 0, minimum } = schema;
  if (known !== undefined && !known.includes(value)) return notAmong(value, known);
  if (only !== undefined && value !== only) return `takes ${shown(only)}, not ${shown(value)}`;
  if (typeof value === "string") {
    if (value.length < minLength) return "must not be empty";
    if (pattern !== undefined && !new RegExp(pattern, "u").test(value)) {
      return `takes ${$comment ?? `what matches ${pattern}`}, not ${shown(value)}`;
    }
  }
  if (typeof value === "number" && minimum !== undefined && value < minimum)
    return `takes ${minimum} or more, not ${value}`;
  if (Array.isArray(value) && value.length < minItems) return "must not be empty";
  if (Array.isArray(value) && schema.uniqueItems === true) {
    const twice = repeated(value);
    if (twice !== null) return `has ${twice} twice`;
  }
  if (isObject(value) && Object.keys(value).length < (schema.minProperties ?? 0)) return "must not be empty";
  return null;
}

/** Of texts and numbers, which are all that our schemas want to be unique. */
function repeated(list: readonly unknown[]): string | null {
  const shownItems = list.map((item) => JSON.stringify(item));
  return shownItems.find((item, i) => shownItems.indexOf(item) !== i) ?? null;
}

function notAmong(value: unknown, known: readonly unknown[]): string {
  const names = known.map((one) => (typeof one === "string" ? one : shown(one)));
  const close = typeof value === "string" ? nearest(value, names) : null;
  return `takes ${either(names)}, not ${shown(value)}${didYouMean(close)}`;
}

function unknownKey(key: string, known: readonly string[]): string {
  const close = nearest(key, known);
  const hint = close === null ? `; known are ${known.join(", ")}` : didYouMean(close);
  return `is unknown${hint}`;
}

function didYouMean(name: string | null): string {
  return name === null ? "" : `; did you mean ${name}?`;
}

const TYPE_NAMES: Readonly<Partial<Record<string, string>>> = {
  string: "a text",
  array: "a list",
  object: "a mapping",
  boolean: "true or false",
  number: "a number",
  integer: "a whole number",
  null: "nothing",
};

function typeName(type: string): string {
  return TYPE_NAMES[type] ?? type;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "a mapping";
  return value === null ? "nothing" : JSON.stringify(value);
}

function either(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1) ?? ""}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
