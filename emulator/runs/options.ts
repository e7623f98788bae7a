import { ApiError, invalidValue } from "../http/errors";
import type { DeclaredRunOptions } from "../state/declaration";
import type { Actor, Build } from "../state/entities";
import type { PricingInfo } from "../state/pricing";
import type { RunOptions } from "../state/run";

const defaultTimeoutSecs = 300;
const maxTimeoutSecs = 1_000_000_000;
const defaultMemoryMbytes = 1024;
const minMemoryMbytes = 128;
const maxMemoryMbytes = 32_768;
const diskPerMemory = 2;

/**
 * What a run gets: the call goes before the task's options, these before the Actor's.
 *
 * @param layers - the first one wins, option by option
 */
export function resolveOptions(layers: readonly DeclaredRunOptions[]): RunOptions {
  const asked: DeclaredRunOptions = {};
  for (const layer of [...layers].reverse()) Object.assign(asked, withoutUndefined(layer));
  const { build = "latest", ...rest } = asked;
  const timeoutSecs = checkedTimeout(rest.timeoutSecs ?? defaultTimeoutSecs);
  const memoryMbytes = checkedMemory(rest.memoryMbytes ?? defaultMemoryMbytes);
  const { maxItems, maxTotalChargeUsd, restartOnError } = rest;
  return {
    build,
    timeoutSecs,
    memoryMbytes,
    diskMbytes: memoryMbytes * diskPerMemory,
    ...(maxItems === undefined ? {} : { maxItems }),
    ...(maxTotalChargeUsd === undefined ? {} : { maxTotalChargeUsd }),
    ...(restartOnError === undefined ? {} : { restartOnError }),
  };
}

/** The build that a tag or a number means at this moment. */
export function resolveBuild(actor: Actor, wanted: string): Build {
  const tagged = actor.builds.find(({ tags }) => tags.has(wanted));
  if (tagged !== undefined) return tagged;
  if (!/^\d+\.\d+\.\d+$/.test(wanted)) {
    const message = `Build with tag "${wanted}" was not found. Has the Actor been built already?`;
    throw new ApiError("unknown-build-tag", { message });
  }
  const numbered = actor.builds.find(({ number }) => number === wanted);
  if (numbered !== undefined) return numbered;
  const message = `Build with number "${wanted}" was not found. Has the Actor been built already?`;
  throw new ApiError("build-not-found", { message });
}

/** What Apify asks for where the Actor's pricing has no minimum of its own. */
const minimalChargeUsd = 0.01;

/** Refuses limits of what a run may be charged that leave nothing to charge, or too little. */
export function checkCharges(
  pricing: PricingInfo | undefined,
  { maxItems, maxTotalChargeUsd }: RunOptions,
): void {
  if (maxItems !== undefined && maxItems <= 0) {
    throw new ApiError("max-items-must-be-greater-than-zero");
  }
  if (maxTotalChargeUsd === undefined) return;
  if (maxTotalChargeUsd <= 0) {
    throw new ApiError("max-total-charge-usd-must-be-greater-than-zero");
  }
  const minimum = Math.max(minimalChargeUsd, pricing?.minimalMaxTotalChargeUsd ?? 0);
  if (maxTotalChargeUsd >= minimum) return;
  const message = `Maximum cost per run is less than the allowed minimum of $${minimum}`;
  throw new ApiError("max-total-charge-usd-below-minimum", { message });
}

/** What is longer has no end that could be written as a date. */
function checkedTimeout(timeoutSecs: number): number {
  if (timeoutSecs <= maxTimeoutSecs) return timeoutSecs;
  throw invalidValue(`Timeout must be at most ${maxTimeoutSecs} seconds, but it is ${timeoutSecs}`);
}

function checkedMemory(memoryMbytes: number): number {
  if (Number.isInteger(Math.log2(memoryMbytes)) && memoryMbytes >= minMemoryMbytes) {
    if (memoryMbytes <= maxMemoryMbytes) return memoryMbytes;
  }
  throw invalidValue(
    `Memory must be a power of 2 from ${minMemoryMbytes} to ${maxMemoryMbytes} megabytes, ` +
      `but it is ${memoryMbytes}`,
  );
}

function withoutUndefined(options: DeclaredRunOptions): DeclaredRunOptions {
  const entries = Object.entries(options) as [string, unknown][];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}
