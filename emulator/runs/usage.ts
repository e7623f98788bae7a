import { addUsage } from "../state/accountUsage";
import { storedUsage } from "../state/storedForms";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";
import type { Run, RunStats } from "../state/run";

const counters = [
  "ACTOR_COMPUTE_UNITS",
  "DATASET_READS",
  "DATASET_WRITES",
  "KEY_VALUE_STORE_READS",
  "KEY_VALUE_STORE_WRITES",
  "KEY_VALUE_STORE_LISTS",
  "REQUEST_QUEUE_READS",
  "REQUEST_QUEUE_WRITES",
  "DATA_TRANSFER_INTERNAL_GBYTES",
  "DATA_TRANSFER_EXTERNAL_GBYTES",
  "PROXY_RESIDENTIAL_TRANSFER_GBYTES",
  "PROXY_SERPS",
] as const;

/** Of the same order of magnitude as Apify's prices. */
const usdPerComputeUnit = 0.25;
const usdPerDatasetWrite = 0.000005;
const usdPerStoreWrite = 0.00005;

const bytesPerMbyte = 2 ** 20;
const mbytesPerGbyte = 1024;
const millisPerHour = 3_600_000;

type Counter = (typeof counters)[number];
type Counters = Record<Counter, number>;

function allZero(): Counters {
  return Object.fromEntries(counters.map((counter) => [counter, 0])) as Counters;
}

/** The usage of a run that has not ended: zero. */
export function noUsage(): Pick<Run, "usage" | "usageUsd" | "usageTotalUsd"> {
  return { usage: allZero(), usageUsd: allZero(), usageTotalUsd: 0 };
}

/** The statistics of a new run. */
export function newStats(inputBodyLen: number): RunStats {
  return {
    inputBodyLen,
    migrationCount: 0,
    rebootCount: 0,
    restartCount: 0,
    resurrectCount: 0,
    memAvgBytes: 0,
    memMaxBytes: 0,
    memCurrentBytes: 0,
    cpuAvgUsage: 0,
    cpuMaxUsage: 0,
    cpuCurrentUsage: 0,
    netRxBytes: 0,
    netTxBytes: 0,
    durationMillis: 0,
    runTimeSecs: 0,
    metamorph: 0,
    computeUnits: 0,
  };
}

/** Records the usage and the cost of a run at its end. */
export function recordUsage(state: EmulatorState, { run, owner, offMillis }: RunEntry): void {
  const before = { usage: run.usage ?? null, usageUsd: run.usageUsd ?? null };
  const durationMillis = Math.max(0, state.clock.now() - Date.parse(run.startedAt) - offMillis);
  const { memoryMbytes } = run.options;
  const computeUnits = (memoryMbytes / mbytesPerGbyte) * (durationMillis / millisPerHour);
  Object.assign(run.stats, {
    durationMillis,
    runTimeSecs: durationMillis / 1000,
    computeUnits,
    memAvgBytes: 0.25 * memoryMbytes * bytesPerMbyte,
    memMaxBytes: 0.5 * memoryMbytes * bytesPerMbyte,
    cpuAvgUsage: 12.5,
    cpuMaxUsage: 80,
  } satisfies Partial<RunStats>);

  // What was used stays used: items may have been deleted, and a run resurrected with less memory.
  const used = (counter: Counter, amount: number): number =>
    Math.max(before.usage?.[counter] ?? 0, amount);
  const { items } = state.datasets.get(run.defaultDatasetId) ?? { items: [] };
  const { records } = state.keyValueStores.get(run.defaultKeyValueStoreId) ?? {
    records: new Map(),
  };
  const usage = allZero();
  usage.ACTOR_COMPUTE_UNITS = used("ACTOR_COMPUTE_UNITS", computeUnits);
  usage.DATASET_WRITES = used("DATASET_WRITES", items.length);
  usage.KEY_VALUE_STORE_WRITES = used("KEY_VALUE_STORE_WRITES", Math.max(1, records.size));
  const usageUsd = allZero();
  usageUsd.ACTOR_COMPUTE_UNITS = usage.ACTOR_COMPUTE_UNITS * usdPerComputeUnit;
  usageUsd.DATASET_WRITES = usage.DATASET_WRITES * usdPerDatasetWrite;
  usageUsd.KEY_VALUE_STORE_WRITES = usage.KEY_VALUE_STORE_WRITES * usdPerStoreWrite;
  run.usage = usage;
  run.usageUsd = usageUsd;
  run.usageTotalUsd = Object.values(usageUsd).reduce((sum, usd) => sum + usd, 0);
  addUsage(owner, state.clock.now(), { run, before });
  state.journal({ kind: "usage", username: owner.username, usage: storedUsage(owner) });
}
