import { html } from "./html";
import type { Html } from "./html";

const millisPerSecond = 1000;
const millisPerMinute = 60_000;
const millisPerHour = 3_600_000;
const millisPerDay = 86_400_000;
/** JavaScript has no dates beyond this one. */
const maxDateMillis = 8.64e15;

/** The epoch milliseconds of a stored time; undefined if it is none. */
export function millisOf(time: unknown): number | undefined {
  if (typeof time !== "string") return undefined;
  const millis = Date.parse(time);
  return Number.isNaN(millis) ? undefined : millis;
}

/** A time in UTC and how long ago it was, such as `2026-01-01 10:00:05 (3 min ago)`. */
export function timeAndAge(millis: number | undefined, now: number): Html {
  if (millis === undefined) return html`<span class="none">–</span>`;
  return html`${time(millis)} <span class="age">(${ageText(now - millis)})</span>`;
}

/** A time in UTC. */
export function time(millis: number): Html {
  const iso = isoOf(millis);
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace("T", " ")}</time>`;
}

/** `3 min ago`, or `in 3 min`. */
export function ageText(millis: number): string {
  if (Math.abs(millis) < millisPerSecond) return "just now";
  const text = roughDuration(Math.abs(millis));
  return millis < 0 ? `in ${text}` : `${text} ago`;
}

/** `950 ms`, `2.1 s`, `1 min 05 s`, `2 h 03 min` or `3 d 04 h`. */
export function durationText(millis: number): string {
  if (millis < millisPerSecond) return `${Math.max(0, Math.round(millis))} ms`;
  if (millis < millisPerMinute) return `${(Math.floor(millis / 100) / 10).toFixed(1)} s`;
  if (millis < millisPerHour) return inUnits(millis, [millisPerMinute, "min"], "s");
  if (millis < millisPerDay) return inUnits(millis, [millisPerHour, "h"], "min");
  return inUnits(millis, [millisPerDay, "d"], "h");
}

/** The time of day, or the date if the axis has days. */
export function tickText(millis: number, stepMillis: number): string {
  const iso = isoOf(millis);
  if (stepMillis >= millisPerDay) return iso.slice(0, 10);
  return stepMillis >= millisPerMinute ? iso.slice(11, 16) : iso.slice(11, 19);
}

function isoOf(millis: number): string {
  return new Date(Math.min(Math.max(millis, -maxDateMillis), maxDateMillis)).toISOString();
}

function inUnits(millis: number, [unitMillis, unit]: [number, string], rest: string): string {
  const restMillis = { s: millisPerSecond, min: millisPerMinute, h: millisPerHour }[rest] ?? 1;
  const whole = Math.floor(millis / unitMillis);
  const left = Math.floor((millis % unitMillis) / restMillis);
  return `${whole} ${unit} ${String(left).padStart(2, "0")} ${rest}`;
}

function roughDuration(millis: number): string {
  if (millis < millisPerMinute) return `${Math.floor(millis / millisPerSecond)} s`;
  if (millis < millisPerHour) return `${Math.floor(millis / millisPerMinute)} min`;
  if (millis < millisPerDay) return `${Math.floor(millis / millisPerHour)} h`;
  return `${Math.floor(millis / millisPerDay)} d`;
}
