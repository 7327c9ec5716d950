import { frozen } from "../../commands/lists.ts";
import type { Reading } from "../../commands/command.ts";
import { blockOf } from "../markdown/code.ts";
import { readBlock, readSpan, united } from "../markdown/shown.ts";
import { rstComments } from "../comments.ts";
import type { Language } from "../language.ts";
import { withPlainLineEnds } from "../shell/mask.ts";
import { placesOf } from "./places.ts";

/** Documents in reStructuredText: code blocks, literal blocks, and literals in sentences that are a whole command. */
export const rst: Language = {
  id: "rst",
  comments: rstComments,
  read(file, context) {
    const fragment = withPlainLineEnds(file);
    return united(
      placesOf(fragment.text).map((place) => {
        if (place.kind === "block") return readBlock(blockOf(fragment, place.parts), place.info, context);
        const span = fragment.slice(place.start, place.end, asLiteral);
        const reading = readSpan(span, context);
        return place.inTable ? asItIs(reading) : reading;
      }),
    );
  },
};

/** What a literal in a sentence can hold. */
function asLiteral(written: string): string | null {
  return /[`\n]/.test(written) ? null : written;
}

/** A longer text would tear the lines of a table. */
function asItIs({ invocations, problems }: Reading): Reading {
  return {
    invocations: invocations.map((invocation) => ({ ...invocation, words: frozen(invocation.words) })),
    problems,
  };
}
