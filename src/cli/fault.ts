/**
 * Something that the user can put right: an unknown option, a path that does not exist, a file that cannot be written.
 * Ends the run with exit code 2; the message is one sentence, shown as it is.
 */
export class Fault extends Error {
  constructor(
    message: string,
    /** Further sentences, where several things are wrong at once. */
    readonly more: readonly string[] = [],
  ) {
    super(message);
  }
}
