import fc from "fast-check";
import { isFuzz, runs } from "./property-runs.ts";

/** Any number does, as long as it stays: a test that passes must pass again. */
const SEED = 20_250_717;

fc.configureGlobal({ numRuns: runs(100), ...(isFuzz ? {} : { seed: SEED }) });
