import { randomInt } from "node:crypto";
import { appendFileSync } from "node:fs";

/**
 * How much of a randomised test to do: `npm test` does a part that fits its time, `npm run figures`
 * (which sets PULUMI_APIFY_FIGURES) all of it, unless PULUMI_APIFY_FIGURES_AMOUNT says otherwise.
 */
export function amount(options: { readonly quick: number; readonly full: number }): number {
  const collected = process.env.PULUMI_APIFY_FIGURES === undefined ? "quick" : "full";
  const chosen = process.env.PULUMI_APIFY_FIGURES_AMOUNT ?? collected;
  return chosen === "full" ? options.full : options.quick;
}

/** What a test counted. Names are what the table of figures sums up. */
export interface Figures {
  /** Faults that met a request. */
  readonly faults?: number;
  /** Processes of Pulumi's dynamic host, or of the native plugin, that were killed or interrupted at work. */
  readonly hostKills?: number;
  /** Processes of the real CLI that were killed or interrupted at work. */
  readonly cliKills?: number;
  readonly modelSequences?: number;
  readonly modelCommands?: number;
  /** Starts beyond the one that an intent needed. */
  readonly doubleStarts: number;
  /** Runs neither in the state, nor taken over by the next `up`, nor named to the user. */
  readonly lostRuns: number;
  /** Tasks beyond the one that a resource needed. */
  readonly doubleCreates?: number;
  /** Tasks neither in the state, nor used by the next `up`, nor named to the user. */
  readonly lostTasks?: number;
  /** Tasks that a stack changed or deleted, although it had neither created nor adopted them. */
  readonly overwrittenTasks?: number;
}

/** What must never happen, and did not yet. */
export const noneOfAll = {
  doubleStarts: 0,
  lostRuns: 0,
  doubleCreates: 0,
  lostTasks: 0,
  overwrittenTasks: 0,
} as const satisfies Figures;

/** Prints what a test counted, and hands it to `npm run figures` when that runs the test. */
export function printFigures(where: string, figures: Figures): void {
  const counts = Object.entries(figures).map(([name, count]) => `${name} ${String(count)}`);
  console.log(`      figures of ${where}: ${counts.join(", ")}`);
  const file = process.env.PULUMI_APIFY_FIGURES;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ where, ...figures })}\n`);
}

/** The seed of this run: PULUMI_APIFY_SEED, or a new one. A test prints it, so that it can be run again. */
export function chosenSeed(): number {
  const given = process.env.PULUMI_APIFY_SEED;
  return given === undefined ? randomInt(2 ** 31) : Number(given);
}
