import { literal, type Value } from "../commands/command.ts";
import type { FoundCommand } from "../commands/find.ts";
import type { Edit } from "../text/edits.ts";
import type { Note } from "../translate/translation.ts";

/** The tag of a container's image as another release, and the image that the command has then. */
export interface ContainerMove {
  readonly edit: Edit;
  readonly value: Value;
}

/** The tag of the container's image, where the command itself spells it out, becomes the target too. */
export function containerMove({ image }: FoundCommand, target: string): ContainerMove | null {
  const [, path, release] = /^(.*):(v\d+\.\d+\.\d+)$/.exec(literal(image?.value ?? []) ?? "") ?? [];
  if (image === null || path === undefined || release === target) return null;
  const value = [`${path}:${target}`];
  const { start, end, list } = image;
  const text = list.write(value, image);
  const edit = text === null ? null : list.fragment.toSourceEdit({ start, end, text });
  return edit === null ? null : { edit, value };
}

/** A container image whose own tag is another release may not load a gadget image of the target. */
export function containerDoubts(command: FoundCommand, target: string, moves: boolean): readonly Note[] {
  const release = /:(v\d+\.\d+\.\d+)(?:@|$)/.exec(command.container ?? "")?.[1];
  if (release === undefined || release === target) return [];
  const messageId = moves ? "container-moves-too" : "container-runs-other-release";
  return [{ messageId, args: { release, target } }];
}
