/** A time of day somewhere, in hours and minutes. */
export interface DailyTime {
  readonly zone: string;
  readonly hour: number;
  readonly minute: number;
}

const stepMillis = 15 * 60_000;

/**
 * The moments, in epoch milliseconds, at which a day's clock first shows this time or a later one:
 * a time that the change to summer time skips comes when the clock has jumped, and one that comes
 * twice comes with the first. For times at a quarter of an hour.
 */
export function dailyTicks(
  { zone, hour, minute }: DailyTime,
  fromMillis: number,
  toMillis: number,
): readonly number[] {
  const local = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const found = new Map<string, number>();
  // The day under way at the begin may have had its tick already.
  const begin = fromMillis - 24 * 3_600_000;
  for (let millis = begin; millis < toMillis; millis += stepMillis) {
    const [date = "", time = ""] = local.format(millis).split(", ");
    const [hours, minutes] = time.split(":").map(Number);
    const isOver = (hours ?? 0) * 60 + (minutes ?? 0) >= hour * 60 + minute;
    if (isOver && !found.has(date)) found.set(date, millis);
  }
  return [...found.values()].filter((millis) => millis >= fromMillis);
}
