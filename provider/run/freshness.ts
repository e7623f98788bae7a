import { Cron } from "croner";
import { parseMillis } from "../apify/clock";

/** How old the data of a run may be. */
export interface FreshnessRules {
  /** Seconds since the run started. */
  readonly maxAgeSecs?: number | undefined;
  /** A cron pattern: a run becomes stale at the first tick after its start. */
  readonly cron?: string | undefined;
  /** The IANA time zone of the pattern. Default: UTC. */
  readonly timeZone?: string | undefined;
}

/** Why a run is stale: the rule, and since when, in epoch milliseconds. */
export interface Staleness {
  readonly rule: "maxAgeSecs" | "cron";
  readonly sinceMillis: number;
}

/**
 * Why a run that started at this time (ISO 8601, by Apify's clock) is stale now; `undefined` if it is not
 * stale or its start is not known. Ticks are counted from the start of the run, so that a late run or a
 * late deployment neither skips a tick nor counts one twice. Pure.
 */
export function staleness(
  rules: FreshnessRules,
  startedAt: string | null | undefined,
  nowMillis: number,
): Staleness | undefined {
  const startedMillis = parseMillis(startedAt);
  if (startedMillis === undefined) return undefined;
  const { maxAgeSecs } = rules;
  if (maxAgeSecs !== undefined) {
    const sinceMillis = startedMillis + maxAgeSecs * 1000;
    if (nowMillis > sinceMillis) return { rule: "maxAgeSecs", sinceMillis };
  }
  if (rules.cron !== undefined) {
    const tick = nextTick(rules.cron, rules.timeZone, startedMillis);
    if (tick !== undefined && tick <= nowMillis) return { rule: "cron", sinceMillis: tick };
  }
  return undefined;
}

/** The first tick after a moment, in epoch milliseconds; `undefined` if there is none. Throws if the pattern or the zone is invalid. */
export function nextTick(
  cron: string,
  timeZone: string | undefined,
  afterMillis: number,
): number | undefined {
  const pattern = new Cron(cron, { timezone: timeZone ?? "UTC", mode: "5-part" });
  return pattern.nextRun(new Date(afterMillis))?.getTime();
}
