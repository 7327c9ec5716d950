/** An event of either side as a list of comparable texts by field; a field that it lacks is not in it. */
export type Traits = ReadonlyMap<string, string>;

/** Which events are the same, by index, and by which fields they were told. */
export interface Matching {
  readonly pairs: readonly (readonly [before: number, after: number])[];
  /** Fields that had to be equal; none where events were matched by how much they are alike. */
  readonly keys: readonly string[];
}

/** Of more events than this that no key tells apart, the rest stays unmatched: each would be held against each. */
const MOST_COMPARED = 2000;

/**
 * Matches the events of both sides by key fields; those that are left, in their order, with the one that is most like them and
 * has at least half of the fields equal.
 * @param keys the fields to go by; by default all that have the same values on both sides, each as often
 */
export function matchEvents(
  before: readonly Traits[],
  after: readonly Traits[],
  keys: readonly string[] = sharedFields(before, after),
): Matching {
  const byKey = new Map<string, number[]>();
  const keyOf = (traits: Traits): string => JSON.stringify(keys.map((key) => traits.get(key)));
  for (const [index, traits] of after.entries()) {
    const key = keyOf(traits);
    const others = byKey.get(key);
    if (others === undefined) byKey.set(key, [index]);
    else others.push(index);
  }
  const pairs: (readonly [number, number])[] = [];
  const left: number[] = [];
  for (const [index, traits] of before.entries()) {
    const candidates = byKey.get(keyOf(traits)) ?? [];
    const best = keys.length === 0 ? null : mostAlike(traits, candidates.slice(0, MOST_COMPARED), after, 0);
    if (best === null) left.push(index);
    else {
      pairs.push([index, best]);
      candidates.splice(candidates.indexOf(best), 1);
    }
  }
  const free = [...byKey.values()].flat().sort((a, b) => a - b);
  for (const index of left.slice(0, MOST_COMPARED)) {
    const traits = before[index] ?? new Map<string, string>();
    const best = mostAlike(traits, free.slice(0, MOST_COMPARED), after, 0.5);
    if (best === null) continue;
    pairs.push([index, best]);
    free.splice(free.indexOf(best), 1);
  }
  return { pairs: pairs.sort(([a], [b]) => a - b), keys };
}

/** @param least the share of its fields that must be equal, from 0 to 1 */
function mostAlike(
  traits: Traits,
  candidates: readonly number[],
  after: readonly Traits[],
  least: number,
): number | null {
  let best: number | null = null;
  let most = least * traits.size;
  for (const index of candidates) {
    const alike = [...traits].filter(([field, text]) => after[index]?.get(field) === text).length;
    if (alike > most || (best === null && alike >= most)) {
      best = index;
      most = alike;
    }
  }
  return best;
}

/**
 * Fields whose values are the same ones on both sides, each as often. Those that all events share tell none apart; they count
 * only where there is no other.
 */
function sharedFields(before: readonly Traits[], after: readonly Traits[]): readonly string[] {
  const fields = new Set(before.flatMap((traits) => [...traits.keys()]));
  const [fewer, more] = before.length < after.length ? [before, after] : [after, before];
  const shared = [...fields].filter((field) => {
    const counts = countsOf(more, field);
    return [...countsOf(fewer, field)].every(([text, count]) => (counts.get(text) ?? 0) >= count);
  });
  const telling = shared.filter((field) => countsOf(more, field).size > 1);
  return telling.length > 0 ? telling : shared;
}

function countsOf(events: readonly Traits[], field: string): ReadonlyMap<string | undefined, number> {
  const counts = new Map<string | undefined, number>();
  for (const traits of events) {
    const text = traits.get(field);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}
