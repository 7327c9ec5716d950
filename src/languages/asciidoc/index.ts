import { blockOf } from "../markdown/code.ts";
import { readBlock, readSpan, united } from "../markdown/shown.ts";
import { asciidocComments } from "../comments.ts";
import type { Language } from "../language.ts";
import { withPlainLineEnds } from "../shell/mask.ts";
import { placesOf } from "./places.ts";

/** Documents in AsciiDoc: listings, literal blocks, and text in backquotes that is a whole command. */
export const asciidoc: Language = {
  id: "asciidoc",
  comments: asciidocComments,
  read(file, context) {
    const fragment = withPlainLineEnds(file);
    return united(
      placesOf(fragment.text).map((place) =>
        place.kind === "block"
          ? readBlock(blockOf(fragment, place.parts), place.info, context)
          : readSpan(fragment.slice(place.start, place.end, asMonospace), context),
      ),
    );
  },
};

/** What text in backquotes can hold: nothing that would be markup, or end a cell. */
function asMonospace(written: string): string | null {
  return /[`+*_#^~|{}<>\\\n]/.test(written.replace(/(?<=\w)_(?=\w)/g, "")) ? null : written;
}
