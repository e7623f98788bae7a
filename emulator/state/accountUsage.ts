import type { Run } from "./run";

/** A quantity of a service, and its price. */
export interface ServiceUsage {
  readonly quantity: number;
  readonly usd: number;
}

/** What was used on one day, by service, such as `ACTOR_COMPUTE_UNITS`. */
export type DayUsage = Map<string, ServiceUsage>;

/** An account, as far as this file needs it. */
interface Account {
  readonly usage: Map<string, DayUsage>;
}

/** A month by the clock of UTC, in which Apify counts the usage of an account. */
export interface UsageCycle {
  readonly startAt: string;
  readonly endAt: string;
}

/** Adds what a run has used since `before` to the usage of its account. */
export function addUsage(
  user: Account,
  at: number,
  { run, before }: { readonly run: Run; readonly before: Pick<Run, "usage" | "usageUsd"> },
): void {
  const day = new Date(at).toISOString().slice(0, 10);
  const ofDay = user.usage.get(day) ?? new Map<string, ServiceUsage>();
  user.usage.set(day, ofDay);
  for (const [service, total] of Object.entries(run.usage ?? {})) {
    const quantity = total - (before.usage?.[service] ?? 0);
    const usd = (run.usageUsd?.[service] ?? 0) - (before.usageUsd?.[service] ?? 0);
    if (quantity === 0) continue;
    const sum = ofDay.get(service) ?? { quantity: 0, usd: 0 };
    ofDay.set(service, { quantity: sum.quantity + quantity, usd: sum.usd + usd });
  }
}

/** The cycle that contains a time. */
export function usageCycle(at: number): UsageCycle {
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return {
    startAt: new Date(Date.UTC(year, month)).toISOString(),
    endAt: new Date(Date.UTC(year, month + 1) - 1).toISOString(),
  };
}

/** The days of the cycle that contains a time, and what was used on each, oldest first. */
export function cycleDays(user: Account, at: number): (readonly [day: string, usage: DayUsage])[] {
  const month = new Date(at).toISOString().slice(0, 7);
  return [...user.usage].filter(([day]) => day.startsWith(month)).sort();
}

/** The usage of the services in the cycle that contains a time. */
export function cycleUsage(user: Account, at: number): DayUsage {
  const sums: DayUsage = new Map();
  for (const [, ofDay] of cycleDays(user, at)) {
    for (const [service, { quantity, usd }] of ofDay) {
      const sum = sums.get(service) ?? { quantity: 0, usd: 0 };
      sums.set(service, { quantity: sum.quantity + quantity, usd: sum.usd + usd });
    }
  }
  return sums;
}

/** The cost of the cycle that contains a time. */
export function monthlyUsageUsd(user: Account, at: number): number {
  return totalUsd(cycleUsage(user, at));
}

/** The cost of all services. */
export function totalUsd(usage: DayUsage): number {
  return [...usage.values()].reduce((sum, { usd }) => sum + usd, 0);
}
