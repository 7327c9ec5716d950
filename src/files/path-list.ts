/**
 * Paths of one listing, cut apart when somebody asks for them: most runs only count them, and to make texts of tens of
 * thousands takes longer than to list them.
 */
export class PathList {
  #paths: readonly string[] | null = null;

  private constructor(
    readonly length: number,
    /** The paths and whatever stands between them. */
    private readonly whole: () => string,
    private readonly cut: () => readonly string[],
  ) {}

  static of(paths: readonly string[]): PathList {
    return new PathList(
      paths.length,
      () => paths.join("\0"),
      () => paths,
    );
  }

  /**
   * @param whole has all of the paths in it
   * @param cut makes them, as many as `length` says
   */
  static cutLater(whole: string, length: number, cut: (whole: string) => readonly string[]): PathList {
    return new PathList(
      length,
      () => whole,
      () => cut(whole),
    );
  }

  /** All of some lists, sorted by code units. */
  static sorted(lists: readonly PathList[]): PathList {
    const length = lists.reduce((sum, list) => sum + list.length, 0);
    return new PathList(
      length,
      () => lists.map((list) => list.whole()).join("\0"),
      () => lists.flatMap(({ all }) => all).sort(),
    );
  }

  get all(): readonly string[] {
    return (this.#paths ??= this.cut());
  }

  /**
   * The same without some.
   * @param sign a text that all which are left out have: where no path has it, none is looked at
   */
  without(sign: string, isLeftOut: (path: string) => boolean): PathList {
    return this.whole().includes(sign) ? PathList.of(this.all.filter((path) => !isLeftOut(path))) : this;
  }
}
