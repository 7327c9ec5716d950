/** `FUZZ=1`: random seeds and ten times as many runs, to look for faults. Without it each run gives the same answer. */
export const isFuzz = process.env["FUZZ"] === "1";

/** How often a property runs, of which `usual` is enough to guard it. */
export function runs(usual: number): number {
  return isFuzz ? usual * 10 : usual;
}
