import { ApiError, invalidValue } from "../http/errors";
import type { DeclaredRunOptions } from "../state/declarationTypes";
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
 * The options of a run: from the request, else from the task, else from the Actor.
 *
 * @param layers - by precedence; the first layer that has an option decides it
 */
export function resolveOptions(layers: readonly DeclaredRunOptions[]): RunOptions {
  const requested: DeclaredRunOptions = {};
  for (const layer of [...layers].reverse()) Object.assign(requested, withoutUndefined(layer));
  const { build = "latest", ...rest } = requested;
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

/** The build that a tag or a number refers to now. */
export function resolveBuild(actor: Actor, tagOrNumber: string): Build {
  const tagged = actor.builds.find(({ tags }) => tags.has(tagOrNumber));
  if (tagged !== undefined) return tagged;
  if (!/^\d+\.\d+\.\d+$/.test(tagOrNumber)) {
    const message = `Build with tag "${tagOrNumber}" was not found. Has the Actor been built already?`;
    throw new ApiError("unknown-build-tag", { message });
  }
  const numbered = actor.builds.find(({ number }) => number === tagOrNumber);
  if (numbered !== undefined) return numbered;
  const message = `Build with number "${tagOrNumber}" was not found. Has the Actor been built already?`;
  throw new ApiError("build-not-found", { message });
}

/** Applies where the Actor's pricing has no minimum of its own. */
const minimalChargeUsd = 0.01;

/** Throws an ApiError for a charge limit (`maxItems`, `maxTotalChargeUsd`) that is too low. */
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

/** A longer timeout would end after the last date that JavaScript can represent. */
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
