import { display, type Value, type Word } from "../../commands/command.ts";
import { SealedList } from "../../commands/lists.ts";
import type { Fragment } from "../../text/fragment.ts";

/**
 * The image of a container as a word of the command that its arguments make.
 * @param image the whole reference
 * @param text the scalar that holds it, or its tag alone
 */
export function imageWord(image: string, text: Fragment, holds: "reference" | "tag"): Word {
  return { start: 0, end: text.text.length, value: [image], list: new ImageList(text, holds) };
}

/** A place for one word, and no other. */
class ImageList extends SealedList {
  constructor(
    fragment: Fragment,
    private readonly holds: "reference" | "tag",
  ) {
    super(fragment);
  }

  override readonly write = (value: Value): string => {
    const reference = display(value);
    return this.holds === "reference" ? reference : reference.slice(reference.lastIndexOf(":") + 1);
  };
}
