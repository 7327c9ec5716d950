import { display, type Value, type Word, type WordList } from "../../commands/command.ts";
import type { Edit } from "../../text/edits.ts";
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
class ImageList implements WordList {
  constructor(
    readonly fragment: Fragment,
    private readonly holds: "reference" | "tag",
  ) {}

  write(value: Value): string {
    const reference = display(value);
    return this.holds === "reference" ? reference : reference.slice(reference.lastIndexOf(":") + 1);
  }

  /** Nothing may follow; the empty edit says so by changing nothing. */
  insertAfter({ end }: Word): Edit {
    return { start: end, end, text: "" };
  }

  cut(): null {
    return null;
  }

  inside(): null {
    return null;
  }
}
