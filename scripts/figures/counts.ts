import type { Figures } from "../../test/support/figures";

/** Where tests run. Each place has counts of its own, because its tests prove something else. */
export const places = ["in process", "dynamic host", "native plugin", "real CLI"] as const;

/** One of the {@link places}. */
export type Place = (typeof places)[number];

/** The counts of the tests in one place. */
export interface Counts {
  /** The number of test groups that reported counts. */
  readonly reports: number;
  readonly faults: number;
  readonly kills: number;
  readonly sequences: number;
  readonly commands: number;
  readonly doubleStarts: number;
  readonly lostRuns: number;
  readonly doubleCreates: number;
  readonly lostTasks: number;
  readonly overwrittenTasks: number;
}

/** The place of a test group, by its name up to the first comma. */
const placeOf: Readonly<Record<string, Place>> = {
  "the fault matrix": "in process",
  "the model": "in process",
  "the model of Tasks": "in process",
  "the dynamic host": "dynamic host",
  "the model of the dynamic host": "dynamic host",
  "the native plugin": "native plugin",
  "the model of the native plugin": "native plugin",
  "the real CLI": "real CLI",
};

const nothing: Counts = {
  reports: 0,
  faults: 0,
  kills: 0,
  sequences: 0,
  commands: 0,
  doubleStarts: 0,
  lostRuns: 0,
  doubleCreates: 0,
  lostTasks: 0,
  overwrittenTasks: 0,
};

/** Sums up the lines that `printFigures` wrote; throws for an unknown test group. */
export function countsByPlace(lines: string): Readonly<Record<Place, Counts>> {
  const sums: Record<Place, Counts> = {
    "in process": nothing,
    "dynamic host": nothing,
    "native plugin": nothing,
    "real CLI": nothing,
  };
  for (const line of lines.split("\n").filter((text) => text !== "")) {
    const { where, ...figures } = JSON.parse(line) as Figures & { where: string };
    const place = placeOf[where.split(",")[0] ?? ""];
    if (place === undefined) throw new Error(`The place of the test group "${where}" is unknown.`);
    sums[place] = add(sums[place], figures);
  }
  return sums;
}

function add(counts: Counts, figures: Figures): Counts {
  const {
    faults = 0,
    hostKills = 0,
    cliKills = 0,
    modelSequences = 0,
    modelCommands = 0,
    doubleCreates = 0,
    lostTasks = 0,
    overwrittenTasks = 0,
  } = figures;
  return {
    reports: counts.reports + 1,
    faults: counts.faults + faults,
    kills: counts.kills + hostKills + cliKills,
    sequences: counts.sequences + modelSequences,
    commands: counts.commands + modelCommands,
    doubleStarts: counts.doubleStarts + figures.doubleStarts,
    lostRuns: counts.lostRuns + figures.lostRuns,
    doubleCreates: counts.doubleCreates + doubleCreates,
    lostTasks: counts.lostTasks + lostTasks,
    overwrittenTasks: counts.overwrittenTasks + overwrittenTasks,
  };
}
