import type { Path, Place, Setting, Settings } from "./settings.ts";

/** A setting that a place may see; `sure`: it was made on every way there. */
export interface Visible {
  readonly setting: Setting;
  readonly sure: boolean;
}

/**
 * The settings that may have given a name its value at a place, the latest first.
 * @param isWhole what `+=` adds to is part of its own value
 */
export function visibleAt(
  all: Settings,
  name: string,
  { path, pos }: Place,
  isWhole = false,
): readonly Visible[] {
  const home = homeOf(path);
  const visible: Visible[] = [];
  const settings = all.of(name);
  const hidesOthers = settings.some(({ local, at, path: own }) => {
    return (
      local &&
      home !== undefined &&
      own.includes(home) &&
      at <= pos &&
      own.every((block) => path.includes(block))
    );
  });
  for (const setting of settings.toReversed()) {
    const [last] = setting.path.slice(-1);
    if (setting.scoped && (last === undefined || !path.includes(last))) continue;
    if (hidesOthers && home !== undefined && !setting.path.includes(home)) continue;
    const around = setting.path.filter((block) => !path.includes(block));
    if (around.some(({ kind }) => kind === "isolated" || (kind === "function" && setting.local))) continue;
    const isElsewhere = home !== undefined && !setting.path.includes(home);
    const isLater = setting.at > pos;
    if (isLater && !isElsewhere && !shareLoop(setting, path)) continue;
    const sure = around.length === 0 && (isElsewhere || !isLater);
    visible.push({ setting, sure });
    if (sure && !isElsewhere && (isWhole || !setting.append)) break;
  }
  return visible;
}

/** The function that a place stands in. */
export function homeOf(path: Path): Path[number] | undefined {
  return path.findLast((block) => block.kind === "function");
}

function shareLoop(setting: Setting, path: Path): boolean {
  return setting.path.some((candidate) => candidate.kind === "loop" && path.includes(candidate));
}
