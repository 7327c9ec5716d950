/** Nanoseconds in each unit of Go's durations (time.ParseDuration). */
const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** Whole nanoseconds in a Go duration (`1.5ms` is 1500000); null when the text is none. */
export function toNanoseconds(text: string): string | null {
  const [, sign = "", rest = ""] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (rest === "0") return "0";
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) return null;
  let sum = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of rest.matchAll(/(\d*)\.?(\d*)([a-zµμ]+)/g)) {
    const scale = UNITS[unit] ?? 0n;
    sum += BigInt(whole || "0") * scale + (BigInt(fraction || "0") * scale) / 10n ** BigInt(fraction.length);
  }
  return `${sign === "-" && sum > 0n ? "-" : ""}${String(sum)}`;
}
