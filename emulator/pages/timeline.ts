/** A stretch of time, in epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A mark on a time axis: its place in percent, and its time. */
export interface Tick {
  readonly percent: number;
  readonly at: number;
}

/** A time axis. */
export interface Axis extends Span {
  readonly stepMillis: number;
  readonly ticks: readonly Tick[];
}

/** A bar on an axis, in percent. */
export interface Bar {
  readonly start: number;
  readonly length: number;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Steps whose multiples are easy to read. */
const steps: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 365].map((count) => count * day),
];

const maxTicks = 5;
/** Shorter stretches would show only the noise of starting a process. */
const minAxisMillis = 2 * second;

/** The axis that shows all of these spans; undefined if there are none. */
export function axisOf(spans: readonly Span[]): Axis | undefined {
  if (spans.length === 0) return undefined;
  const from = Math.min(...spans.map((span) => span.from));
  const latest = Math.max(...spans.map((span) => Math.max(span.from, span.to)));
  const to = Math.max(latest, from + minAxisMillis);
  const rough = (to - from) / maxTicks;
  const stepMillis = steps.find((step) => step >= rough) ?? Math.ceil(rough / day) * day;
  const first = Math.ceil(from / stepMillis) * stepMillis;
  const count = Math.max(0, Math.floor((to - first) / stepMillis) + 1);
  const ticks = Array.from({ length: Math.min(count, maxTicks + 1) }, (_, index) => {
    const at = first + index * stepMillis;
    return { at, percent: percentOf(at, { from, to }) };
  });
  return { from, to, stepMillis, ticks };
}

/** The bar of a span. */
export function barOf(span: Span, axis: Span): Bar {
  const start = percentOf(span.from, axis);
  const end = percentOf(Math.max(span.from, span.to), axis);
  return { start, length: rounded(end - start) };
}

function percentOf(at: number, { from, to }: Span): number {
  return rounded(((at - from) / (to - from)) * 100);
}

function rounded(percent: number): number {
  return Math.round(Math.min(Math.max(percent, 0), 100) * 100) / 100;
}
