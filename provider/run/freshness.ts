import { Cron } from "croner";

/** How old the data of a run may be. */
export interface FreshnessRules {
  /** Seconds since the run started. */
  readonly maxAgeSecs?: number | undefined;
  /** A cron pattern: a run is stale from the first tick after its start on. */
  readonly cron?: string | undefined;
  /** The IANA time zone of the pattern. Default: UTC. */
  readonly timeZone?: string | undefined;
}

/** Why a run is stale: the rule, and when it became so, in epoch milliseconds. */
export interface Staleness {
  readonly rule: "maxAgeSecs" | "cron";
  readonly sinceMillis: number;
}

/**
 * Whether a run that started then (ISO 8601, by Apify's clock) is stale now; `undefined` when it is
 * not, or its start is not known. Ticks are counted from the start of the run, so that one that starts
 * late, or a deployment that comes late, neither skips a tick nor is run twice for one. Pure.
 */
export function staleness(
  rules: FreshnessRules,
  startedAt: string,
  nowMillis: number,
): Staleness | undefined {
  const startedMillis = Date.parse(startedAt);
  if (Number.isNaN(startedMillis)) return undefined;
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

/** The first tick after a moment, in epoch milliseconds; `undefined` when there is none. Throws on a wrong pattern or zone. */
export function nextTick(
  cron: string,
  timeZone: string | undefined,
  afterMillis: number,
): number | undefined {
  const pattern = new Cron(cron, { timezone: timeZone ?? "UTC", paused: true, mode: "5-part" });
  return pattern.nextRun(new Date(afterMillis))?.getTime();
}
