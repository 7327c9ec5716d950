import type { Target } from "../engine/report.ts";
import { ciOf } from "./ci.ts";
import { configText } from "./config-text.ts";
import { hooksOf } from "./hooks.ts";
import { eslintOf } from "./packages.ts";

/** What a repository has, as far as it decides on what is written. Paths are relative to its root, with `/`. */
export interface Surroundings {
  /** The text of a file; null where no file stands, or none that can be read. */
  readonly read: (path: string) => string | null;
  /** The names in a folder, sorted; none where there is no folder. */
  readonly list: (folder: string) => readonly string[];
  readonly isGit: boolean;
  /** The configuration that holds already, as the user would type it; null when there is none. */
  readonly config: string | null;
  readonly target: Target;
  /** The version of this program that CI and hooks install. */
  readonly version: string;
}

/** A file to write, where nothing stands yet. */
export interface PlannedFile {
  readonly path: string;
  readonly text: string;
  /** What it does, in a few words. */
  readonly what: string;
}

/** Something that only a person can do, since it changes a file of theirs or installs something. */
export interface HandStep {
  readonly what: string;
  /** Lines to type or to add, as they are. */
  readonly lines: readonly string[];
}

export interface Setup {
  readonly files: readonly PlannedFile[];
  /** What needs nothing, and why. */
  readonly kept: readonly { readonly path: string; readonly why: string }[];
  readonly byHand: readonly HandStep[];
}

/** What `init` does in a repository; nothing is written here. */
export function setupOf(around: Surroundings): Setup {
  const parts: readonly Partial<Setup>[] = [
    configOf(around),
    hooksOf(around),
    ciOf(around),
    eslintOf(around),
  ];
  return {
    files: parts.flatMap(({ files = [] }) => files),
    kept: parts.flatMap(({ kept = [] }) => kept),
    byHand: parts.flatMap(({ byHand = [] }) => byHand),
  };
}

const CONFIG_FILE = "gadget-migrate.config.yaml";

function configOf(around: Surroundings): Partial<Setup> {
  const { config } = around;
  if (config !== null) return { kept: [{ path: config, why: "holds the configuration already" }] };
  return { files: [{ path: CONFIG_FILE, ...configText(around) }] };
}
