import type { Span } from "./releases.ts";

/** The custom resource that ran built-in gadgets. */
export interface TraceResource extends Span {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
}

export type TraceOutputMode = "Status" | "Stream" | "File" | "ExternalResource";

/** One gadget of the custom resource. */
export interface TraceGadget extends Span {
  /** Value of `spec.gadget`. */
  readonly name: string;
  /** Id of the built-in gadget that it runs. */
  readonly gadget: string;
  /** What became of `spec.filter`, where it did not count as a whole; `refused`: the trace never started with one. */
  readonly filter?: "container-ignored" | "ignored" | "refused";
  readonly outputModes: readonly TraceOutputMode[];
  readonly parameters?: readonly TraceParameter[];
  readonly source: string;
}

/** A key of `spec.parameters`. */
export interface TraceParameter {
  readonly name: string;
  /** The flag of the built-in gadget that does the same; none when nothing does. */
  readonly flag?: string;
  /** What the flag must say where the key is missing: the command has another default. */
  readonly absent?: string;
  /** The key alone turns it on, whatever its value is. */
  readonly presence?: true;
}
