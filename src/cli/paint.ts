import { styleText } from "node:util";
import type { Emphasis } from "../reporters/reporter.ts";

type Style = Parameters<typeof styleText>[0];

const STYLES: Readonly<Record<Emphasis, Style>> = {
  error: ["red", "bold"],
  warning: ["yellow", "bold"],
  info: ["blue", "bold"],
  path: "bold",
  rule: "cyan",
  faint: "dim",
  strong: "bold",
  removed: "red",
  added: "green",
  caret: "yellow",
};

/** Colours a part of a report, or leaves it plain. */
export function painter(colour: boolean): (emphasis: Emphasis, text: string) => string {
  if (!colour) return (_, text) => text;
  return (emphasis, text) => styleText(STYLES[emphasis], text, { validateStream: false });
}

/**
 * Whether to colour: as `--color` says, else FORCE_COLOR (unless 0 or false), else NO_COLOR (unless empty), else whether a
 * terminal that can is at the other end.
 */
export function wantsColour(
  colour: "auto" | "always" | "never",
  env: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): boolean {
  if (colour !== "auto") return colour === "always";
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  return isTTY && env["TERM"] !== "dumb";
}
