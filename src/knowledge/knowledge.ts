import type { DeployFlag, HelmValue } from "./deployment.ts";
import type { FlagGroup, RunFlag } from "./flag.ts";
import type { Gadget, OldColumn, OldJsonField } from "./gadget.ts";
import type { ApiName, GoPackage } from "./go-api.ts";
import type { FieldGroup, Image, OutputMode } from "./image.ts";
import type { Consumer, Program, Wrapper } from "./program.ts";
import type { Release, Span } from "./releases.ts";
import type { TraceGadget, TraceResource } from "./trace-resource.ts";

/**
 * The shape of `rules/`, as it stands in the YAML files and, compiled to one JSON module, in memory. In YAML, flags and
 * fields may leave out what they share with the image or group that holds them.
 */
export interface Knowledge {
  /** Oldest first, by version. */
  readonly releases: readonly Release[];
  /** First release that warned, and first without built-in gadgets. */
  readonly milestones: { readonly deprecated: string; readonly removed: string };
  readonly programs: readonly Program[];
  /** Categories of built-in gadgets (`trace`, `top`, ...): a command word after the program. */
  readonly categories: readonly string[];
  readonly wrappers: readonly Wrapper[];
  readonly consumers: readonly Consumer[];
  readonly flagGroups: readonly FlagGroup[];
  /** What every gadget that knows containers had (`Gadget.commonColumns`). */
  readonly commonColumns: readonly OldColumn[];
  readonly commonJsonFields: readonly OldJsonField[];
  readonly gadgets: readonly Gadget[];
  readonly images: readonly Image[];
  /** Fields that the programs add to data sources. */
  readonly fieldGroups: readonly FieldGroup[];
  readonly runFlags: readonly RunFlag[];
  /** Operators that every image has, and parts of the programs that are always there. */
  readonly commonOperators: readonly string[];
  readonly outputModes: readonly OutputMode[];
  /** Annotations of data sources and fields that not all releases know. */
  readonly annotations: readonly { readonly key: string; readonly since: string }[];
  /** Flags of `kubectl gadget deploy`, of all releases. */
  readonly deployFlags: readonly DeployFlag[];
  readonly traceResource: TraceResource;
  /** Gadgets of that resource, of all releases. */
  readonly traceGadgets: readonly TraceGadget[];
  /** The Helm chart: its name, and a pattern of what manifests and commands call it. */
  readonly helmChart: { readonly name: string; readonly namePattern: string };
  /** Values that not all releases of the chart read. */
  readonly helmValues: readonly HelmValue[];
  /** The paths that the Go module had. */
  readonly goModules: readonly (Span & { readonly path: string })[];
  /** Packages of it that are gone. */
  readonly goPackages: readonly GoPackage[];
  /** Names of services, messages and functions that are gone. */
  readonly apiNames: readonly ApiName[];
  /** Command words on images (`pull`, `build`), which some program has or people take it to have. */
  readonly imageCommands: readonly string[];
}
