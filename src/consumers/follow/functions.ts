/** Functions that give back what they get, or a part of it, whatever it is. */
export const PASSING: ReadonlySet<string> = new Set([
  "debug/0", "debug/1", "stderr/0", "objects/0", "arrays/0", "iterables/0", "scalars/0", "booleans/0",
  "reverse/0", "sort/0", "unique/0", "toarray/0",
]); // prettier-ignore

/** Functions that do not look at what they get. */
export const IGNORING: ReadonlySet<string> = new Set([
  "env/0",
  "now/0",
  "input_filename/0",
  "input_line_number/0",
  "halt/0",
  "builtins/0",
  "infinite/0",
  "nan/0",
  "range/1",
  "range/2",
  "range/3",
  "pow/2",
  "atan2/2",
  "fma/3",
]);

/** Functions that tell null from what has a value. */
export const TYPE_TESTS: ReadonlySet<string> = new Set([
  "values/0",
  "nulls/0",
  "strings/0",
  "numbers/0",
  "type/0",
]);

/** Functions of keys: what they give for an event cannot be said. */
export const KEY_FUNCTIONS: ReadonlySet<string> = new Set([
  "keys/0", "keys_unsorted/0", "to_entries/0", "with_entries/1", "map_values/1", "paths/0", "paths/1", "leaf_paths/0",
  "tostream/0", "walk/1", "getpath/1", "delpaths/1", "setpath/2", "path/1", "pick/1", "recurse/0", "recurse/1",
  "recurse/2", "env/1", "has/1", "contains/1", "inside/1", "in/1", "length/0", "add/0", "flatten/0", "flatten/1",
]); // prettier-ignore
