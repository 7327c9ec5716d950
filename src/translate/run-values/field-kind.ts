import type { Field } from "../../knowledge/image.ts";

/** How the values of a field are compared and sorted; `other`: not at all. */
export function kindOf({ type }: Field): "int" | "uint" | "float" | "bool" | "string" | "other" {
  const name = type.replace(/\d+$/, "");
  return name === "int" || name === "uint" || name === "float" || name === "bool" || name === "string"
    ? name
    : "other";
}
