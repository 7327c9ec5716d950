import type { SourceFile } from "./report.ts";

/**
 * Whether a file belongs to a module of Go, or to one below it, by the nearest `go.mod` above it: what such a file imports of
 * the module is there, whatever the target has.
 */
export function ownModules(files: Iterable<SourceFile>): (path: string, module: string) => boolean {
  const modules = Array.from(files, moduleOf)
    .filter((one) => one !== null)
    .sort((a, b) => b.folder.length - a.folder.length);
  return (path, module) => {
    const name = modules.find(({ folder }) => path.startsWith(folder))?.name ?? "";
    return name === module || name.startsWith(`${module}/`);
  };
}

function moduleOf({ path, text }: SourceFile): { readonly folder: string; readonly name: string } | null {
  if (!/(?:^|\/)go\.mod$/.test(path)) return null;
  const name = /^module[ \t]+"?([^\s"]+)/m.exec(text)?.[1];
  return name === undefined ? null : { folder: path.slice(0, -"go.mod".length), name };
}
