/** A line `key: value` or `key = value`; the value without quotes, empty where there is none. */
export interface Setting {
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

/** The settings of one mapping by their keys. */
export type Block = ReadonlyMap<string, Setting>;

/**
 * The mappings of a text in YAML, JSON, HCL or the like, read by their columns alone: it need not parse. Settings of one
 * mapping stand in one column, with nothing further left and no new list item between them. Values with blanks are left out.
 */
export function blocksOf(text: string): readonly Block[] {
  const all: Block[] = [];
  let open: { readonly column: number; readonly block: Map<string, Setting> }[] = [];
  for (const [i, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (IS_EMPTY.test(line)) continue;
    const indent = line.search(/\S/);
    open = open.filter(({ column }) => column <= indent);
    const [, items = "", key, value = ""] = SETTING.exec(line) ?? [];
    if (key === undefined) continue;
    const column = indent + items.length;
    let block = open.at(-1)?.column === column ? open.at(-1)?.block : undefined;
    if (block === undefined) {
      block = new Map();
      open.push({ column, block });
      all.push(block);
    }
    block.set(key, { value, line: i + 1 });
  }
  return all;
}

const IS_EMPTY = /^\s*(?:$|#|\/\/)/;
const SETTING = /^\s*((?:-\s+)*)["']?([\w-]+)["']?\s*[:=]\s*["']?([^"'#\s,]*)["']?,?\s*(?:#.*)?$/;
