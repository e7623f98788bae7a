import { ApiError, invalidValue } from "../http/errors";
import type { DeclaredRunOptions } from "../state/declaration";
import type { Actor, Build } from "../state/entities";
import type { RunOptions } from "../state/shapes";

const defaultTimeoutSecs = 300;
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
  const { build = "latest", timeoutSecs = defaultTimeoutSecs, ...rest } = asked;
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
