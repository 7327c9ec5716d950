import type { Span } from "./releases.ts";

export interface GoPackage extends Span {
  /** Below the path of the module. */
  readonly path: string;
  /** Id of the built-in gadget that it is all about. */
  readonly gadget?: string;
}

export interface ApiName extends Span {
  readonly name: string;
  /** It counts only where this Go package is imported. */
  readonly package?: string;
  /** What is to be told besides: that Trace resources are gone, or that gadgets are images. */
  readonly about?: "traces" | "gadgets";
  readonly source: string;
}
